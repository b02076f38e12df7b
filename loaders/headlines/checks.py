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
    AUXILIARY,
    NEEDED,
    RELATIVE,
    is_relative,
    is_verb,
    lemma,
    low,
)
from loaders.headlines.word_lists import forms, listed, opens_with, plain
from loaders.headlines.writing import is_balanced

if TYPE_CHECKING:
    from spacy.tokens import Token

LEAST = 12  # characters
LEAST_WORDS = 3
MOST_CUTS = 3
_GAP = 2  # a mark alone between two words is no cut
_NOUNS = ("NOUN", "PROPN", "ADJ", "SYM", "X", "VERB")
_STATUS_WORDS = {"claimed": "claimed", "planned": "planned", "denied": "denied"}
_NAMED = ("NORP", "GPE", "LOC", "ORG", "PER", "PERSON", "FAC")
_OMISSIONS = ("…", "...")
_LINKS = ("CCONJ", "SCONJ", "PUNCT")
_OBJECTS = frozenset(["dobj", "obj", "iobj", "obl:arg", "dative", "expl:comp", "pobj"])


@dataclass(frozen=True)
class Draft:
    """A headline to be checked: its text, and the clause that it was made of, None for a title.
    `kicker`: the name before it of a party that it does not name ("Haiti: the airport ...").
    `names`: where parties are named in the sentence, `dates`: where days are."""

    body: str
    lang: str
    clause: Clause | None = None
    kicker: str = ""
    names: Sequence[Span] = ()
    dates: Sequence[Span] = ()

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
    is_code = len(first) > 1 and first.isupper()  # "US", not "us"
    if is_code or opens_with(draft.body, listed(draft.lang, "firm_openers")):
        return True
    return not opens_with(draft.body, listed(draft.lang, "openers"))


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
    first = clause.doc[min(clause.kept)]
    if first.i < clause.subject.left_edge.i and "Fin" in first.morph.get("VerbForm", []):
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
    if draft.clause is not None and _ends_before_its_verb(draft.clause):
        return False
    last = plain(draft.text).replace("'", "' ").split()[-1]
    is_quoted = "‘" in draft.text  # its mark is no elision
    return last not in listed(draft.lang, "closers") and (is_quoted or not last.endswith("'"))


def _ends_the_sentence(clause: Clause) -> bool:
    """A sentence without a full stop may have been cut itself."""
    last = max(i for i in clause.kept if not clause.doc[i].is_punct)
    rest = clause.doc[last + 1 :]
    return len(rest) > 0 and all(token.is_punct for token in rest) and not clause.last


def _ends_before_its_verb(clause: Clause) -> bool:
    """Whether the verb of its last noun fell: "stormed the parliament and the rioting | spread"."""
    if clause.subject == clause.verb:
        return False  # the phrase of a noun
    last = max(i for i in clause.kept if not clause.doc[i].is_punct)
    follows = clause.doc[last + 1 : last + 2]
    is_noun = clause.doc[last].pos_ in _NOUNS[:2]
    return is_noun and any("Fin" in word.morph.get("VerbForm", []) for word in follows)


def is_whole(draft: Draft, _event: Event) -> bool:
    """Quotation marks and brackets in pairs, no sign of omission, no elided word before a cut."""
    clause = draft.clause
    torn = (
        _is_cut_after_elision,
        _is_cut_in_a_word,
        _is_cut_before_a_genitive,
        _is_cut_from_its_noun,
        _is_half_a_negation,
        _runs_together,
    )
    if clause is not None and any(is_torn(clause) for is_torn in torn):
        return False
    return is_balanced(draft.text) and not any(sign in draft.text for sign in _OMISSIONS)


def is_of_one_piece(draft: Draft, _event: Event) -> bool:
    """Few cuts: a sentence that takes many was not understood."""
    if draft.clause is None:
        return True
    return cuts(draft.clause) <= MOST_CUTS


def cuts(clause: Clause) -> int:
    """In how many places words fell inside of a clause."""
    return sum(after - before > _GAP for before, after in pairwise(sorted(clause.kept)))


def _is_cut_in_a_word(clause: Clause) -> bool:
    """Whether one side of a hyphen fell: "Al" of "Al-Jazira"."""
    doc, kept = clause.doc, clause.kept
    return any(
        not token.whitespace_ and (token.i in kept) != (token.i + 1 in kept)
        for token in doc[:-1]
        if "-" in (token.text[-1], doc[token.i + 1].text[0])
    )


def _is_cut_before_a_genitive(clause: Clause) -> bool:
    """Whether the noun before "of" fell: what it is of is another thing then."""
    words, doc = listed(clause.doc.lang_, "genitive"), clause.doc
    of = (doc[i] for i in clause.kept if i and low(doc[i]) in words and doc[i].pos_ == "ADP")
    return any(t.i - 1 not in clause.kept and doc[t.i - 1].pos_ in _NOUNS[:4] for t in of)


def _is_half_a_negation(clause: Clause) -> bool:
    """Whether "ne" stays and what it goes with fell: "ne gagne Tunis | que le 11 janvier"."""
    lang, kept = clause.doc.lang_, sorted(clause.kept)
    halves, others = listed(lang, "half_negations"), listed(lang, "other_halves")
    return any(
        low(clause.doc[i]) in halves
        and not any(low(clause.doc[n]) in others for n in kept if i < n or n == i - 1)
        for i in kept
    )


def _runs_together(clause: Clause) -> bool:
    """Whether what stood between two clauses fell: "the rise fails | it has revived protests"."""
    kept = [clause.doc[i] for i in sorted(clause.kept)]
    heads = [t for t in kept if is_verb(t) and _is_finite(t) and t.dep_ not in AUXILIARY]
    pairs = ((a, b) for a, b in pairwise(heads) if b.dep_ not in (*NEEDED, *RELATIVE, "csubj"))
    return any(not _is_linked(a, b, kept) for a, b in pairs)


def _is_finite(verb: Token) -> bool:
    words = (verb, *(child for child in verb.children if child.dep_ in AUXILIARY))
    return any("Fin" in word.morph.get("VerbForm", []) for word in words)


def _is_linked(first: Token, second: Token, kept: Sequence[Token]) -> bool:
    """Whether a conjunction, a mark or a relative stands between, or one is said by the other."""
    if first.dep_ in (*NEEDED, *RELATIVE, "csubj", "parataxis"):
        return True
    between = (t for t in kept if first.i < t.i < second.i)
    return any(t.pos_ in _LINKS or is_relative(t) or t.dep_ == "mark" for t in between)


def _is_cut_from_its_noun(clause: Clause) -> bool:
    """Whether what another noun was joined to fell: "the lull in | insults and | threats"."""
    kept = (clause.doc[i] for i in clause.kept)
    joined = (t for t in kept if t.dep_ == "conj" and t.pos_ in _NOUNS[:2])
    return any(t.head.i not in clause.kept and t != clause.subject for t in joined)


def _is_cut_after_elision(clause: Clause) -> bool:
    kept = clause.kept
    elided = (i for i in kept if low(clause.doc[i]).endswith("'") and len(clause.doc[i]) < 7)
    return any(i + 1 not in kept for i in elided)


def says_its_status(draft: Draft, event: Event) -> bool:
    """A claimed, planned or denied act says so."""
    if event.status == "reported":
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
    needed = [child for child in clause.verb.children if child.dep_ in NEEDED]
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
    """Whom the act is done to is named, not "him"."""
    clause = draft.clause
    if clause is None:
        return True
    personal, acts = listed(draft.lang, "personal"), clause.must | {clause.verb.i}
    tokens = (clause.doc[i] for i in clause.kept if i not in clause.instead)
    return not any(
        token.pos_ == "PRON" and token.dep_ in _OBJECTS and low(token) in personal
        for token in tokens
        if token.head.i in acts or (token.dep_ == "pobj" and token.head.head.i in acts)
    )


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


CHECKS: tuple[Callable[[Draft, Event], bool], ...] = (
    fits,
    opens_well,
    has_a_subject,
    ends_well,
    is_whole,
    is_of_one_piece,
    says_its_status,
    has_its_objects,
    names_its_objects,
    says_who,
)


def failed_check(draft: Draft, event: Event) -> str:
    """The name of the first check that the draft fails, "" where it passes all."""
    return next((check.__name__ for check in CHECKS if not check(draft, event)), "")
