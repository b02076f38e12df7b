"""Which phrases of a clause may fall from a headline: rules with their names, and their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import (
    OBLIQUE,
    RELATIVE,
    follows_a_mark,
    is_set_apart,
    is_verb,
    lemma,
    low,
)
from loaders.headlines.persons import PERSON
from loaders.headlines.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

LOOSE = OBLIQUE - {"obl:arg", "obl:agent", "agent"} | {"advmod"}
_DEFINING = ("det", "det:poss", "poss", "nmod:poss")
_TIMES = (*OBLIQUE, "advmod", "nummod", "amod")
Rule = Callable[["Cutting", "Token"], bool]
LABELS: dict[Rule, frozenset[str]] = {}  # how a phrase hangs that a rule is asked of; else of any


def asked_of(*labels: str) -> Callable[[Rule], Rule]:
    """A rule that lets no other phrases fall than those with these labels (most have others)."""

    def noted(rule: Rule) -> Rule:
        LABELS[rule] = frozenset(labels)
        return rule

    return noted


@dataclass(frozen=True)
class Cutting:
    """What is asked of a phrase: the language, the clause, the dates told in the sentence, each as
    the numbers of its words."""

    lang: str
    clause: Clause
    dates: Sequence[frozenset[int]] = ()

    @asked_of("advcl", "parataxis", "acl", "dep", "appos", "ccomp", *RELATIVE)
    def is_side_clause(self, token: Token) -> bool:
        """A clause beside the act ("as ...", "..., which ..."), set off by a mark."""
        if token.dep_ == "ccomp":
            return is_set_apart(token)
        beside_any = token.dep_ == "appos" and token.head.pos_ != "PROPN"
        return not beside_any and follows_a_mark(token)

    @asked_of("discourse", "intj", "vocative", "dislocated", "meta", "parataxis")
    def is_aside(self, _token: Token) -> bool:
        return True

    def is_bracketed(self, token: Token) -> bool:
        edge = token.left_edge.i
        return edge > 0 and token.doc[edge - 1].text in "([–—"

    @asked_of(*_TIMES)
    def is_date(self, token: Token) -> bool:
        """A phrase of nothing but a day that is told elsewhere, unless it tells how long."""
        lasts = low(token.left_edge) in listed(self.lang, "lasting")
        return not lasts and self.is_time(token)

    @asked_of(*_TIMES)
    def is_time(self, token: Token) -> bool:
        """A phrase of nothing but a time: a day, "between 2022 and 2023"."""
        words = list(token.subtree)
        inside = [w for w in words if self._in_date(w)]
        parts = listed(self.lang, "day_parts")
        rest = [w for w in words if not self._in_date(w) and low(w) not in parts]
        return bool(inside) and all(w.pos_ in ("ADP", "DET", "PUNCT", "CCONJ") for w in rest)

    def _in_date(self, word: Token) -> bool:
        return any(word.i in date for date in self.dates)

    def is_opening(self, token: Token) -> bool:
        """What stands before the subject, cut off by a comma."""
        edge, verb = self.clause.subject.left_edge.i, self.clause.verb
        return (
            token.head == verb
            and token.right_edge.i < edge
            and (token.dep_ in (*OBLIQUE, "advmod", "advcl", "mark", "cc") or is_verb(token))
        )

    @asked_of(*LOOSE)
    def is_set_off(self, token: Token) -> bool:
        """A phrase behind a comma: "..., five days after the strike"."""
        return token.i > self.clause.verb.i and follows_a_mark(token)

    @asked_of("advmod")
    def is_adverb(self, token: Token) -> bool:
        asks = token.tag_ == "WRB" or {"Rel", "Int"} & set(token.morph.get("PronType", []))
        return token.head == self.clause.verb and not asks

    @asked_of("advcl")
    def is_adverbial_clause(self, _token: Token) -> bool:
        return True

    @asked_of(*LOOSE)
    def is_loose(self, token: Token) -> bool:
        """A phrase of time, place or cause at a verb."""
        return is_verb(token.head) and self._opens_with(token, "loose")

    @asked_of("obl:arg")
    def is_before_the_object(self, token: Token) -> bool:
        """A phrase between a verb and its object: "called | in a resolution | for"."""
        things = (c.i for c in token.head.children if c.dep_ in ("obj", "dobj"))
        between = any(token.head.i < token.i < thing for thing in things)
        return between and low(token.left_edge) in listed(self.lang, "loose")

    def _opens_with(self, token: Token, group: str) -> bool:
        return low(token.left_edge) in listed(self.lang, group)

    @asked_of(*LOOSE)
    def is_loose_at_noun(self, token: Token) -> bool:
        needs_it = token.head.pos_ == "ADJ"  # "furious at"
        return not needs_it and self._opens_with(token, "loose") and self._ends_its_noun(token)

    @asked_of(*LOOSE)
    def is_spare(self, token: Token) -> bool:
        """A phrase at the verb that tells by what, against whom: the last that may fall."""
        return token.head == self.clause.verb and self._opens_with(token, "spare")

    @asked_of("compound", "amod", "nmod")
    def is_office(self, token: Token) -> bool:
        """What stands before the name of a person: "Hungarian Prime Minister"; not a part of the
        name of a body ("General Assembly")."""
        offices = listed(self.lang, "offices")
        if (
            token.i >= token.head.i
            or token.head.ent_type_ not in PERSON
            or low(token.head) in offices
        ):
            return False
        return any(low(token.doc[i]) in offices for i in range(token.i, token.head.i))

    @asked_of("appos")
    def is_name_added(self, token: Token) -> bool:
        is_one_name = token.pos_ == token.head.pos_ == "PROPN" and not follows_a_mark(token)
        return not is_one_name

    @asked_of("prep", "nmod")
    def is_phrase_at_noun(self, token: Token) -> bool:
        at_noun = token.head.pos_ in ("NOUN", "PROPN")
        is_phrase = token.left_edge.pos_ == "ADP" and token.i > token.head.i
        return at_noun and is_phrase and self._ends_its_noun(token) and self._is_more(token)

    def _is_more(self, token: Token) -> bool:
        """Whether the noun says enough without the phrase: no part, no number, no "loss of life",
        no name ("Alliance of Sahel States")."""
        noun, genitive = token.head, low(token.left_edge) in listed(self.lang, "genitive")
        is_name = noun.i > 0 and str(noun.text)[:1].isupper()
        if lemma(noun) in listed(self.lang, "parts") or (is_name and genitive):
            return False
        if genitive and (self._is_kind(token) or self._is_defined_by(token)):
            return False
        above = noun.head.head if noun.dep_ == "pobj" else noun.head
        told = {child.pos_ for child in noun.children if child.i < noun.i}
        if noun.dep_ in ("nmod", "pobj"):  # "a draft of resolution" speaks for both
            told |= {child.pos_ for child in above.children if child.pos_ == "DET"}
        return noun.pos_ == "PROPN" or bool(told & {"DET", "NUM", "ADJ"})

    def _is_defined_by(self, token: Token) -> bool:
        """Whether nothing but the genitive tells which thing is meant: "the safety | of the
        leader", not "the fourth summit of"."""
        lefts = (child for child in token.head.children if child.i < token.head.i)
        before = [child for child in lefts if child.dep_ != "case"]  # "à | la demande | de"
        return bool(before) and all(low(c) in listed(self.lang, "definite") for c in before)

    def _is_kind(self, token: Token) -> bool:
        """Whether a genitive tells what kind of thing it is: "forces de sécurité", "wave of
        attacks", not "the siege of the town"."""
        thing = next((c for c in token.children if c.dep_ == "pobj"), token)
        defined = any(c.dep_ in _DEFINING for c in thing.children)
        bare = low(token.left_edge) in listed(self.lang, "kinds")
        return thing.pos_ == "NOUN" and bare and not defined

    @asked_of("acl", "amod", *RELATIVE)
    def is_added_to_any(self, token: Token) -> bool:
        """What tells more of "two officers", "a warship": less of it stays true."""
        articles = listed(self.lang, "indefinite")
        any_one = any(c.pos_ == "NUM" or low(c) in articles for c in token.head.children)
        adds = token.dep_ in ("acl", *RELATIVE) and any_one
        is_more = token.dep_ == "amod" and any(c.i > token.i for c in token.children)
        defined = any(c.dep_ in _DEFINING for c in token.head.children)
        of_any = token.dep_ in RELATIVE and not defined and token.head.pos_ == "NOUN"
        return (adds or is_more or of_any) and token.i > token.head.i

    def _ends_its_noun(self, token: Token) -> bool:
        """Whether nothing that stays follows it in the phrase that it belongs to."""
        end = token.head.right_edge.i if token.head != self.clause.verb else token.right_edge.i
        return not set(range(token.right_edge.i + 1, end + 1)) & self.clause.kept

    @asked_of("conj")
    def is_joined_noun(self, token: Token) -> bool:
        """The second of two things that the act is done to, not of two sides."""
        if is_verb(token):
            return False
        first, own = token.head, self.clause.subject
        if token.pos_ == "PROPN" or own in (token, *token.ancestors):
            return False  # fewer names, or less of who acts, are others
        return first.dep_ in ("dobj", "obj", "pobj", "nmod", "conj") and not self._is_of_two(first)

    def _is_of_two(self, noun: Token) -> bool:
        cases = {low(child) for child in noun.children if child.dep_ == "case"}
        words = {low(noun.left_edge), low(noun.head)} | cases
        return bool(words & listed(self.lang, "lasting"))

    @asked_of("advcl", "conj", "parataxis")
    def is_purpose_or_result(self, token: Token) -> bool:
        """A clause or verb beside the act."""
        return is_verb(token) and token.i > self.clause.verb.i


WITHOUT_LOSS: tuple[Rule, ...] = (
    Cutting.is_side_clause,
    Cutting.is_aside,
    Cutting.is_bracketed,
    Cutting.is_date,
    Cutting.is_opening,
)
FOR_ROOM: tuple[Rule, ...] = (
    Cutting.is_adverbial_clause,
    Cutting.is_set_off,
    Cutting.is_time,
    Cutting.is_loose,
    Cutting.is_before_the_object,
    Cutting.is_adverb,
    Cutting.is_loose_at_noun,
    Cutting.is_office,
    Cutting.is_name_added,
    Cutting.is_phrase_at_noun,
    Cutting.is_added_to_any,
    Cutting.is_spare,
    Cutting.is_joined_noun,
)
LAST: tuple[Rule, ...] = (Cutting.is_purpose_or_result,)
