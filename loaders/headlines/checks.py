"""What a headline must be, each as a property with its name: the first that fails says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from events.headline import MOST, capitalised, under
from events.model import Event
from loaders.headlines.clause import Clause, Span, disagree
from loaders.headlines.parse_tree import (
    NEEDED,
    is_governed,
    is_verb,
    lemma,
    low,
    needs,
)
from loaders.headlines.torn import is_torn
from loaders.headlines.word_lists import (
    forms,
    holds,
    is_personal_object,
    listed,
    may_open,
    may_stand_below,
    plain,
)
from loaders.headlines.writing import is_balanced

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST = 12  # characters
LEAST_WORDS = 3
MOST_CUTS = 3
MOST_CUTS_BESIDE = 1  # in a clause that does not tell the act itself
_GAP = 2  # a mark alone between two words is no cut
_NOUNS = ("NOUN", "PROPN", "ADJ", "SYM", "X", "VERB")
_STATUS_WORDS = {"claimed": "claimed", "planned": "planned", "denied": "denied"}
_NAMED = ("NORP", "GPE", "LOC", "ORG", "PER", "PERSON", "FAC")
_OMISSIONS = ("…", "...")
_OWN_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass")


@dataclass(frozen=True)
class Draft:
    """A headline to be checked: its text, and the clause that it was made of, None for a title.
    `kicker`: the name before it of a party that it does not name ("Haiti: the airport ...").
    `names`: where parties are named in the sentence, `dates`: where days are. `beside`: it tells
    another act of the sentence, and how true that is with its own words."""

    body: str
    lang: str
    clause: Clause | None = None
    kicker: str = ""
    names: Sequence[Span] = ()
    dates: Sequence[Span] = ()
    beside: bool = False

    @property
    def text(self) -> str:
        """The headline with its kicker."""
        return under(self.kicker, self.body, self.lang) if self.kicker else capitalised(self.body)


def fits(draft: Draft, _event: Event) -> bool:
    words = len(draft.body.split()) + len(draft.kicker.split())
    return LEAST <= len(draft.text) <= MOST and words >= LEAST_WORDS - bool(draft.kicker)


def opens_well(draft: Draft, _event: Event) -> bool:
    """Not with a pronoun, a conjunction, "selon" or a word that points back."""
    first = draft.body.split()[0] if draft.body else "-"
    if not first[0].isalnum():
        return bool(draft.kicker) and first[0] in "“«"  # who speaks, and what is said
    opens = may_stand_below if draft.kicker else may_open
    return opens(draft.body, draft.lang)


def points_to_nothing(draft: Draft, _event: Event) -> bool:
    """No "the latter" in it, "ce dernier": whom, an earlier sentence says."""
    text = plain(draft.body)
    return not any(holds(text, words) for words in listed(draft.lang, "backward"))


def has_a_subject(draft: Draft, _event: Event) -> bool:
    """A noun before its verb, not "three" or "others"."""
    clause = draft.clause
    if clause is None or clause.subject.i in clause.instead:
        return True
    if clause.subject == clause.verb:  # a phrase of a noun, or a sentence without a subject
        return is_verb(clause.verb) or len(clause.kept) < len(clause.doc)
    if clause.verb.pos_ not in ("VERB", "AUX") and not is_verb(clause.verb):
        return False
    if clause.subject.i not in clause.kept or _is_of_an_apposition(clause):
        return False
    if is_governed(clause.subject, listed(draft.lang, "kinds")):
        return False  # "a hundred diplomats and | of officials have"
    first = clause.doc[min(clause.kept)]
    if first != clause.subject and "Fin" in first.morph.get("VerbForm", []):
        return False  # "warns he, his party will ..."
    is_participle = is_verb(clause.subject) and "Part" in clause.subject.morph.get("VerbForm", [])
    return clause.subject.i < clause.verb.i and clause.subject.pos_ in _NOUNS and not is_participle


def _is_of_an_apposition(clause: Clause) -> bool:
    """Whether the subject stands beside the real one: "activists, a small group, have blocked"."""
    subject, edge = clause.subject, clause.subject.left_edge.i
    is_joined = any(child.dep_ == "conj" for child in subject.children)
    is_joined |= lemma(subject) in listed(clause.doc.lang_, "parts")  # "a dozen have"
    after_a_mark = edge > 0 and clause.doc[edge - 1].is_punct
    return after_a_mark and not is_joined and disagree(subject, clause.verb)


def ends_well(draft: Draft, _event: Event) -> bool:
    """Not in the middle of a phrase."""
    if draft.clause is not None and _ends_the_sentence(draft.clause):
        return True
    if draft.clause is not None and _ends_before_what_it_needs(draft.clause):
        return False
    last = plain(draft.text).replace("'", "' ").split()[-1]
    is_quoted = "‘" in draft.text  # its mark is no elision
    return last not in listed(draft.lang, "closers") and (is_quoted or not last.endswith("'"))


def _ends_the_sentence(clause: Clause) -> bool:
    """A sentence without a full stop may have been cut itself."""
    last = max(i for i in clause.kept if not clause.doc[i].is_punct)
    rest = clause.doc[last + 1 :]
    return len(rest) > 0 and all(token.is_punct for token in rest) and not clause.last


def _ends_before_what_it_needs(clause: Clause) -> bool:
    """Whether what its last word needs fell."""
    last = clause.doc[max(i for i in clause.kept if not clause.doc[i].is_punct)]
    follows = clause.doc[last.i + 1] if last.i + 1 < len(clause.doc) else None
    if follows is None:
        return False
    if follows.pos_ == "ADP" and _waits(last):
        return True
    if clause.subject == clause.verb or last.pos_ not in _NOUNS[:2]:
        return False  # the phrase of a noun
    return "Fin" in follows.morph.get("VerbForm", [])


def _waits(last: Token) -> bool:
    """Whether a phrase behind a word belongs to it: "in favour | of", "favourable | to", "begun |
    in March", not "the summit | of"."""
    if last.dep_ in ("acl", *NEEDED) and last.pos_ in ("ADJ", "VERB"):
        return True
    of = low(last.nbor()) in listed(last.doc.lang_, "genitive")
    told = any(c.i < last.i and c.dep_ != "case" for c in last.children)
    if not of or told or last.pos_ != "NOUN" or last.i == 0:
        return False
    before, kinds = last.nbor(-1), listed(last.doc.lang_, "kinds")
    return before.pos_ == "ADP" and low(before) not in kinds


def is_whole(draft: Draft, _event: Event) -> bool:
    """Quotation marks and brackets in pairs, no sign of omission, no elided word before a cut."""
    clause = draft.clause
    if clause is not None and is_torn(clause):
        return False
    return is_balanced(draft.text) and not any(sign in draft.text for sign in _OMISSIONS)


def is_of_one_piece(draft: Draft, _event: Event) -> bool:
    """Few cuts: a sentence that takes many was not understood."""
    if draft.clause is None:
        return True
    return cuts(draft.clause) <= (MOST_CUTS_BESIDE if draft.beside else MOST_CUTS)


def cuts(clause: Clause) -> int:
    """In how many places words fell inside of a clause."""
    return sum(after - before > _GAP for before, after in pairwise(sorted(clause.kept)))


def says_its_status(draft: Draft, event: Event) -> bool:
    """A claimed, planned or denied act says so."""
    if event.status == "reported" or draft.beside:
        return True
    told = forms(draft.lang, _STATUS_WORDS[event.status])
    if draft.clause is None:
        return any(word in told for word in plain(draft.body).replace("'", "' ").split())
    tokens = [draft.clause.doc[i] for i in draft.clause.kept]
    if event.status == "planned" and any("Fut" in t.morph.get("Tense", []) for t in tokens):
        return True
    return any({low(token), lemma(token)} & told for token in tokens)


def has_its_objects(draft: Draft, _event: Event) -> bool:
    """What the verb needs is there, and one thing that the act is done to."""
    clause = draft.clause
    if clause is None or len(clause.kept) == len(clause.doc):
        return True
    needed = needs(clause.verb)
    things = [child for child in needed if child.dep_ in ("obj", "dobj") and child.pos_ != "PRON"]
    between = set(range(things[0].i, things[-1].i)) if things else set()
    is_torn = len(things) > 1 and not between <= clause.kept
    is_bare = is_verb(clause.verb) and _is_bare(clause)
    return not (is_torn or is_bare) and all(c.i in clause.kept for c in needed)


def _is_bare(clause: Clause) -> bool:
    """Whether an active verb ends the headline and a noun behind it fell: the object, perhaps."""
    last = max(i for i in clause.kept if not clause.doc[i].is_punct)
    passive = any(child.dep_ in ("aux:pass", "auxpass") for child in clause.verb.children)
    nouns = (t for t in clause.doc[last + 1 :] if t.pos_ in ("NOUN", "PROPN") and not t.ent_type_)
    return last == clause.verb.i and not passive and any(clause.verb in t.ancestors for t in nouns)


def names_its_objects(draft: Draft, _event: Event) -> bool:
    """Whom the act is done to is named, not "him"; nor is he beside the act."""
    clause = draft.clause
    if clause is None:
        return True
    acts = clause.kept if draft.beside else clause.must | {clause.verb.i}
    tokens = (clause.doc[i] for i in clause.kept if i not in clause.instead)
    return not any(
        token.head.i in acts or (token.dep_ == "pobj" and token.head.head.i in acts)
        for token in tokens
        if is_personal_object(token, draft.lang)
    )


def names_its_subjects(draft: Draft, _event: Event) -> bool:
    """Whom "he" or "they" is told of stands before: "diplomats said he" names nobody."""
    clause = draft.clause
    if clause is None:
        return True
    kept = [clause.doc[i] for i in sorted(clause.kept) if i not in clause.instead]
    pronouns, things = listed(draft.lang, "pronouns"), listed(draft.lang, "things")
    asked = (t for t in kept if low(t) in pronouns - things and t.dep_ in _OWN_SUBJECTS)
    return all(any(_may_be(noun, word) for noun in kept if noun.i < word.i) for word in asked)


def _may_be(noun: Token, pronoun: Token) -> bool:
    """Whether a noun may be whom a pronoun stands for: "he" for no plural; "they" for "police"."""
    if noun.pos_ not in _NOUNS[:2]:
        return False
    number, numbers = pronoun.morph.get("Number", []), noun.morph.get("Number", [])
    return "Plur" in number or not number or not numbers or numbers == number


def says_who(draft: Draft, _event: Event) -> bool:
    """Somebody or some place is named in it."""
    clause = draft.clause
    if clause is None or draft.kicker or clause.instead:
        return True
    tokens = [clause.doc[i] for i in clause.kept]
    days = [t for t in tokens if any(a <= t.idx < b for a, b in draft.dates)]
    if any(t not in days and (t.pos_ == "PROPN" or t.ent_type_ in _NAMED) for t in tokens):
        return True
    return any(a <= token.idx < b for token in tokens for a, b in draft.names)


def names_once(draft: Draft, _event: Event) -> bool:
    """No name twice at the beginning ("Israel: “Israel says ...”")."""
    body = draft.body.lstrip("“«\N{NO-BREAK SPACE} ").casefold()
    return not (draft.kicker and body.startswith(draft.kicker.casefold()))


CHECKS: tuple[Callable[[Draft, Event], bool], ...] = (
    fits,
    opens_well,
    names_once,
    points_to_nothing,
    has_a_subject,
    ends_well,
    is_whole,
    is_of_one_piece,
    says_its_status,
    has_its_objects,
    names_its_objects,
    names_its_subjects,
    says_who,
)


def failed_check(draft: Draft, event: Event) -> str:
    """The name of the first check that the draft fails, "" where it passes all."""
    return next((check.__name__ for check in CHECKS if not check(draft, event)), "")
