"""From lexicon matches (atoms) of a sentence to drafts: names, demonyms, capitals, persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from events.model import PlaceMention
from loaders.find.actors.capitals import acts_as_government
from loaders.find.actors.compose import noun_entries
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.given_names import is_surname
from loaders.find.actors.known import known_person
from loaders.find.actors.lexicon import ActorLexicon, Atom, find_atoms, longest, tokenise
from loaders.find.outlets import in_outlet
from loaders.text.document import Sentence


def scan(
    sentence: Sentence,
    lexicon: ActorLexicon,
    places: Collection[PlaceMention],
    day: dt.date | None,
    named: set[str],
) -> SentenceDrafts:
    """The frame of a sentence: one draft per name found, and the nouns still without an actor.

    `named` holds the persons whom the article names in full.
    """
    frame = SentenceDrafts(sentence, tokenise(sentence.text, lexicon.endings), lexicon)
    atoms = find_atoms(frame.tokens, lexicon)
    frame.nouns = [atom for atom in atoms if noun_entries(atom) and not _has_pro_anti(frame, atom)]
    for atom in atoms:
        draft = _draft(frame, atom, places, day, named)
        if draft is not None:
            frame.drafts.append(draft)
    _promote_listed_capitals(frame)
    return frame


def _promote_listed_capitals(frame: SentenceDrafts) -> None:
    """Treat capitals listed before an acting one alike: "Londres, Paris et Washington ont mené"."""
    capitals = [draft for draft in frame.drafts if draft.role == "capital"]
    for left, right in reversed(list(pairwise(capitals))):
        between = frame.tokens[right.first].gap.strip()
        comma = left.last == right.first and between == ","
        joined = left.last == right.first - 1 and frame.listed(left.last, "and")
        at_place = frame.listed(left.first - 1, "locative") and frame.glued(left.first)
        if right.confidence > 0 and (comma or joined) and not at_place:
            left.confidence = max(left.confidence, right.confidence)


def _draft(
    frame: SentenceDrafts,
    atom: Atom,
    places: Collection[PlaceMention],
    day: dt.date | None,
    named: set[str],
) -> ActorDraft | None:
    entry = atom.entries[0]
    if entry.role in ("name", "people", "adjective") and _has_pro_anti(frame, atom):
        return None
    if entry.role in ("name", "people", "adjective") and _qualifies(frame, atom):
        return ActorDraft(
            atom.first, atom.last, entry.code, entry.kind, "adjective", 0.5, role="qualifier"
        )
    if entry.role == "name" and entry.kind == "media" and _in_state(frame, atom):
        return None
    if entry.role in ("name", "capital") and is_surname(frame, atom):
        return None
    if entry.kind != "media" and _is_in_outlet(frame, atom):
        return None
    if entry.role == "name" and _is_region(frame, atom, places):
        return None
    if entry.role == "name":
        return None if _is_first_name(frame, atom, places) else _name(atom)
    if entry.role == "capital":
        # kept as a candidate: "la réponse de Paris" joins it, else it is dropped
        acts = acts_as_government(frame, atom, places)
        return ActorDraft(
            atom.first,
            atom.last,
            entry.code,
            "government",
            "name",
            0.85 if acts else 0.0,
            role="capital",
        )
    if entry.role == "person":
        return known_person(frame, atom, day, named)
    if entry.role in ("people", "adjective"):
        return _demonym(frame, atom)
    return None


def _is_in_outlet(frame: SentenceDrafts, atom: Atom) -> bool:
    start, end = frame.tokens[atom.first].start, frame.tokens[atom.last - 1].end
    return in_outlet(frame.sentence.text, frame.lexicon.lang, start, end)


def _has_pro_anti(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether a prefix says that it is not of that state: "pro-Russian", "anti-American"."""
    at = atom.first
    return frame.listed(at - 1, "prefixes_apart") and "-" in frame.tokens[at].gap


def _in_state(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether it is a region and not the broadcaster: "l'État d'Al-Jazira", "Al-Jazira state"."""
    near = range(atom.first - 3, atom.first)
    before = any(at >= 0 and frame.listed(at, "regions") for at in near)
    return before or frame.listed(atom.last, "regions")


def _qualifies(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether the state is part of a compound modifier: "Iran-backed", "US-brokered"."""
    at = atom.last
    return frame.listed(at, "suffixes") and "-" in frame.tokens[at].gap


def _name(atom: Atom) -> ActorDraft:
    entry = atom.entries[0]
    return ActorDraft(atom.first, atom.last, entry.code, entry.kind, "name", 0.9, role="name")


def _is_first_name(frame: SentenceDrafts, atom: Atom, places: Collection[PlaceMention]) -> bool:
    """Whether a state's name is a given name here: "Jordan Bardella", "Chad Smith"."""
    if atom.last - atom.first > 1 or not frame.listed(atom.first, "first_names"):
        return False
    at = atom.last
    if not frame.glued(at) or not frame.tokens[at].text[0].isupper():
        return False
    following = longest(frame.tokens, at, frame.lexicon)
    if following is not None and following.of_role("name", "capital", "adjective", "people"):
        return False  # "griff Israel Beirut an"
    if any(_places_from(frame, at, places)):
        return False
    return not any(noun.first == at for noun in frame.nouns) and frame.tokens[at].gap == " "


def _is_region(frame: SentenceDrafts, atom: Atom, places: Collection[PlaceMention]) -> bool:
    """Whether a state's name means a region of another state here: "Atlanta, Georgia"."""
    return atom.entries[0].kind == "state" and any(
        p.place is not None and p.place.kind == "region" and p.place.country != atom.entries[0].code
        for p in _places_from(frame, atom.first, places)
    )


def _places_from(
    frame: SentenceDrafts, at: int, places: Iterable[PlaceMention]
) -> Iterator[PlaceMention]:
    """The places that begin with a word of the sentence."""
    start = frame.tokens[at].start + frame.sentence.start
    return (p for p in places if p.part == frame.sentence.part and p.start == start)


def _demonym(frame: SentenceDrafts, atom: Atom) -> ActorDraft:
    people = atom.of_role("people")
    adjective = atom.of_role("adjective")
    entry = (people or adjective)[0]
    if people and (not adjective or _stands_alone(frame, atom)):
        return ActorDraft(atom.first, atom.last, entry.code, "group", "agent", 0.8, role="people")
    return ActorDraft(
        atom.first, atom.last, entry.code, "state", "adjective", 0.6, role="adjective"
    )


def _stands_alone(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether a demonym that is both noun and adjective is a noun here: "the Chinese said"."""
    if frame.lexicon.tables.get("capital_people"):
        return frame.tokens[atom.first].text[0].isupper()
    if frame.lexicon.tables.get("article_people"):
        return frame.listed(atom.first - 1, "articles") and frame.glued(atom.first)
    return False
