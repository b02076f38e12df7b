"""Where an event happens: a locative of its own clause, a town before a region or a country.

A place that speaks or acts (role "government" or "actor") never places an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from events.model import PlaceMention
from loaders.build.aside import is_aside
from loaders.build.attachment import attach
from loaders.build.clauses import Clause
from loaders.build.lexicon import Lexicon
from loaders.build.tokens import Words

if TYPE_CHECKING:
    from spacy.tokens import Token

HIT_TYPES = frozenset({"ASSAULT", "COERCE", "RETREAT", "PROTEST", "MOBILIZE"})
_RANK = {"city": 0, "site": 0, "water": 1, "region": 2, "area": 2, "country": 3}
_NOT_PLACES = ("government", "actor", "dateline")


def place_of(
    clause: Clause,
    clauses: Sequence[Clause],
    words: Words,
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
) -> PlaceMention | None:
    """The best place of the clause, or None."""
    sentence = words.sentence
    rows = []
    for place in places:
        inside = place.part == sentence.part and sentence.start <= place.start < sentence.end
        if not inside or place.place is None or place.role in _NOT_PLACES:
            continue
        if is_aside(words, place, clause.match.trigger.type, lexicon):
            continue
        fit = _fit(clause, clauses, words, place, lexicon)
        if fit:
            rows.append((_RANK[place.place.kind], fit, place.start, place))
    best = min(rows, key=lambda row: row[:3])[3] if rows else None
    return _town_before(best, words, places) if best is not None else None


def _town_before(wide: PlaceMention, words: Words, places: Sequence[PlaceMention]) -> PlaceMention:
    """ "Kobané, en Syrie": the town that a country or region comes to explain; else itself."""
    assert wide.place is not None
    if wide.place.kind not in ("country", "region"):
        return wide
    text, offset = words.sentence.text, words.sentence.start
    for place in places:
        if place.part != wide.part or not offset <= place.start < place.end < wide.start:
            continue
        found = place.place
        if found is None or place.role in _NOT_PLACES or found.kind not in ("city", "site"):
            continue
        if found.country != wide.place.country:
            continue
        between = text[place.end - offset : wide.start - offset]
        if between.startswith(",") and len(between.split()) <= 2 and "," not in between[1:]:
            return place
    return wide


def _fit(
    clause: Clause,
    clauses: Sequence[Clause],
    words: Words,
    place: PlaceMention,
    lexicon: Lexicon,
) -> int:
    """1 hangs on the clause, 2 stands near it, 0 does not belong to it."""
    assert place.place is not None
    preposition = _preposition(words, place, lexicon)
    if not _may_place(clause, place, preposition, lexicon):
        return 0
    token = _token(words, place)
    if clause.parsed and token is not None:
        heads = {t.i: "verb" for t in (clause.verb, clause.noun) if t is not None}
        heads |= {w.token.i: "noun" for w in clause.match.found if w.token is not None}
        if attach(token, heads, {}, lexicon) is not None:
            return 1
        if any(c is not clause and _hangs(token, c, lexicon) for c in clauses):
            return 0
    return 2 if _nearest_trigger(clause, clauses, words, place) else 0


def _hangs(token: Token, clause: Clause, lexicon: Lexicon) -> bool:
    heads = {t.i: "verb" for t in (clause.verb, clause.noun) if t is not None}
    return attach(token, heads, {}, lexicon) is not None


def _may_place(clause: Clause, place: PlaceMention, preposition: str, lexicon: Lexicon) -> bool:
    assert place.place is not None
    locative = preposition in lexicon.roles.get("place", ())
    if place.place.kind == "country":
        return locative and preposition not in lexicon.roles.get("with", ())
    if clause.match.trigger.type in HIT_TYPES:
        return True
    return locative


def _preposition(words: Words, place: PlaceMention, lexicon: Lexicon) -> str:
    """The preposition before a place, past articles, adjectives and "the city of"."""
    known = lexicon.roles.get("place", frozenset()) | lexicon.roles.get("target", frozenset())
    covered = words.at(place.start, place.end)
    at = covered[0].i if covered else 0
    for word in reversed(words[max(0, at - 6) : at]):
        if word.low in known:
            return word.low
        if word.is_mark or word.pos in ("VERB", "AUX", "PROPN"):
            return ""
    return ""


def _token(words: Words, place: PlaceMention) -> Token | None:
    covered = [w.token for w in words.at(place.start, place.end) if w.token is not None]
    numbers = {token.i for token in covered}
    outward = [t for t in covered if t.head.i not in numbers or t.head == t]
    return outward[0] if outward else None


def _nearest_trigger(
    clause: Clause, clauses: Sequence[Clause], words: Words, place: PlaceMention
) -> bool:
    """Whether no other trigger stands nearer to the place."""
    covered = words.at(place.start, place.end)
    at = covered[0].i if covered else 0
    nearest = min(clauses, key=lambda c: abs(c.match.head.i - at))
    return nearest is clause
