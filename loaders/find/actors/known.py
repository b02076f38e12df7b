"""Office holders of the table, named in full or by their surname."""

from __future__ import annotations

import datetime as dt
import functools

from events.reference import office_holders
from events.registry import actor, fold
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.holders import days_from_term, is_elect, is_woman, term_of
from loaders.find.actors.lexicon import Atom

_LONG_GONE = dt.timedelta(days=400)  # this long after a term, nobody acts for the organisation
_ALIKE = 3  # leading letters that spellings of one given name share (Sergei, Sergueï, Sergej)


def known_person(
    frame: SentenceDrafts, atom: Atom, day: dt.date | None, named: set[str]
) -> ActorDraft | None:
    """The draft of an office holder; None where the surname belongs to somebody else.

    `named` holds the persons whom the article names in full: they are meant first.
    """
    persons = [entry.code for entry in atom.of_role("person")]
    first = atom.first
    if atom.last - atom.first == 1:
        if _is_other_name(frame, atom.last, atom.last):
            return None
        if _is_other_name(frame, atom.first - 1, atom.first):
            persons = [p for p in persons if _has_given_name(p, frame.tokens[first - 1].text)]
            first -= 1
        if not persons:
            return None
    return _draft(frame, first, atom.last, _meant(frame, first, persons, named), day)


def _meant(frame: SentenceDrafts, first: int, persons: list[str], named: set[str]) -> list[str]:
    """The likely ones of several persons of one name: named in full, or a woman after "Mrs"."""
    if len(persons) > 1 and frame.listed(first - 1, "titles_female"):
        persons = [person for person in persons if is_woman(person)] or persons
    return [person for person in persons if person in named] or persons


def _draft(
    frame: SentenceDrafts, first: int, last: int, persons: list[str], day: dt.date | None
) -> ActorDraft:
    term, holds = term_of(persons, day)
    sure = 0.9 if holds else 0.75 if is_elect(term, day) else 0.6
    offices = (term.office,) if holds else ()
    code = term.code
    left = day is not None and days_from_term(term, day) > _LONG_GONE
    if left and actor(code).kind != "state":
        code = f"X:{term.person}"
    return ActorDraft(first, last, code, "person", "name", sure, term.person, offices, "person")


def _has_given_name(person: str, word: str) -> bool:
    wanted = fold(word)[:_ALIKE]
    return len(wanted) >= _ALIKE and any(name.startswith(wanted) for name in _given_names()[person])


@functools.cache
def _given_names() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in office_holders():
        full = [text for text in (row.person, *row.aliases) if " " in text]
        table.setdefault(row.person, set()).update(fold(text).split()[0] for text in full)
    return {person: frozenset(names) for person, names in table.items()}


def persons_in_full(text: str) -> set[str]:
    """The persons whose surname others share and whom a text names in full."""
    return {person for full, person in _shared_surnames() if full in text}


@functools.cache
def _shared_surnames() -> tuple[tuple[str, str], ...]:
    """(full name, person) of everybody who shares a one-word alias with another person."""
    owners: dict[str, set[str]] = {}
    fulls: dict[str, set[str]] = {}
    for row in office_holders():
        for text in (row.person, *row.aliases):
            (fulls if " " in text else owners).setdefault(
                row.person if " " in text else text, set()
            ).add(text if " " in text else row.person)
    shared = set().union(*(people for people in owners.values() if len(people) > 1))
    return tuple((full, person) for person in sorted(shared) for full in sorted(fulls[person]))


def _is_other_name(frame: SentenceDrafts, at: int, seam: int) -> bool:
    if not frame.glued(seam) or at < 0 or "'" in frame.tokens[seam].gap.replace("’", "'"):
        return False
    word = frame.tokens[at].text
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    if any(noun.first <= at < noun.last for noun in frame.nouns):
        return False
    if any(draft.first <= at < draft.last for draft in frame.drafts):
        return False
    if frame.listed(at, "titles") or frame.listed(at, "titles_female"):
        return False
    return at > 0  # the first word of a sentence has a capital in any case
