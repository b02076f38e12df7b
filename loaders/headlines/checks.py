"""What a headline must be, each as a property with its name: the first that fails says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from events.headline import MOST
from events.model import Event
from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import lemma, low
from loaders.headlines.word_lists import forms, listed, opens_with, plain
from loaders.headlines.writing import is_balanced

LEAST = 12  # characters
_STATUS_WORDS = {"claimed": "claimed", "planned": "planned", "denied": "denied"}
_NAMED = ("NORP", "GPE", "LOC", "ORG", "PER", "PERSON", "FAC")
_WITH_NOTHING = frozenset("…")
_OBJECTS = frozenset(["dobj", "obj", "iobj", "obl:arg", "dative", "expl:comp", "pobj"])


@dataclass(frozen=True)
class Draft:
    """A headline to be checked: its text, and the clause that it was made of, None for a title.
    `kicker`: the name before it of a party that it does not name ("Haiti: the airport ...")."""

    text: str
    lang: str
    clause: Clause | None = None
    kicker: str = ""


def fits(draft: Draft, _event: Event) -> bool:
    return LEAST <= len(draft.text) <= MOST and " " in draft.text


def opens_well(draft: Draft, _event: Event) -> bool:
    """Not with a pronoun, a conjunction, "selon" or a word that points back."""
    first = draft.text.split()[0]
    if not first[0].isalnum():
        return False
    is_code = len(first) > 1 and first.isupper()  # "US", not "us"
    return is_code or not opens_with(draft.text, listed(draft.lang, "openers"))


def ends_well(draft: Draft, _event: Event) -> bool:
    """Not in the middle of a phrase."""
    last = plain(draft.text).replace("'", "' ").split()[-1]
    return last not in listed(draft.lang, "closers") and not last.endswith("'")


def is_whole(draft: Draft, _event: Event) -> bool:
    """Quotation marks and brackets in pairs, no sign of omission, no elided word before a cut."""
    if draft.clause is not None and _is_cut_after_elision(draft.clause):
        return False
    return is_balanced(draft.text) and not _WITH_NOTHING & set(draft.text)


def _is_cut_after_elision(clause: Clause) -> bool:
    kept = clause.kept
    elided = (i for i in kept if low(clause.doc[i]).endswith("'") and len(clause.doc[i]) < 7)
    return any(i + 1 not in kept for i in elided)


def says_its_status(draft: Draft, event: Event) -> bool:
    """A claimed, planned or denied act says so."""
    if event.status == "reported":
        return True
    told = forms(draft.lang, _STATUS_WORDS[event.status])
    if event.status == "planned" and draft.clause is not None:
        if any("Fut" in draft.clause.doc[i].morph.get("Tense") for i in draft.clause.kept):
            return True
    if draft.clause is not None:
        tokens = [draft.clause.doc[i] for i in draft.clause.kept]
        return any({low(token), lemma(token)} & told for token in tokens)
    return any(word in told for word in plain(draft.text).replace("'", "' ").split())


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
        if token.head.i in acts
    )


def says_who(draft: Draft, _event: Event) -> bool:
    """Somebody or some place is named in it."""
    if draft.clause is None:
        return True
    tokens = [draft.clause.doc[i] for i in draft.clause.kept]
    return draft.kicker != "" or any(t.pos_ == "PROPN" or t.ent_type_ in _NAMED for t in tokens)


CHECKS: tuple[Callable[[Draft, Event], bool], ...] = (
    fits,
    opens_well,
    ends_well,
    is_whole,
    says_its_status,
    names_its_objects,
    says_who,
)


def failed_check(draft: Draft, event: Event) -> str:
    """The name of the first check that the draft fails, "" where it passes all."""
    return next((check.__name__ for check in CHECKS if not check(draft, event)), "")
