"""The place of an act with its certainty: named in its clause, by back reference, or at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.model import PlaceMention
from events.ontology import EVENT_TYPES
from events.registry import country
from loaders.grammar.clauses import Clause
from loaders.linking.around import around_of
from loaders.linking.certainty import Around, weighed
from loaders.linking.landing import owned_grounds, state_of
from loaders.linking.placing import place_of
from loaders.linking.pointers import as_mention, pointed_at, stand_ins
from loaders.linking.reading import Reading
from loaders.linking.sides import Sides
from loaders.linking.speaking import spoken_at


def where(
    clause: Clause,
    event_type: str,
    reading: Reading,
    free: Sequence[PlaceMention],
    sides: Sides,
    teller: str | None,
) -> PlaceMention | None:
    """The place of an act of that type or None. free: places of the sentence that do not act;
    teller: code of the actor that tells it."""
    owned = owned_grounds(reading.parties, reading.lexicon)
    named = _tied(clause, event_type, reading, [*free, *owned])
    if named is not None:
        return named
    words, lexicon = reading.words, reading.lexicon
    spoken = spoken_at(clause, words, free, lexicon, event_type, sides, teller)
    if spoken is not None:
        return weighed(spoken[0], spoken[1], event_type, reading.spoken, Around())
    pointed = pointed_at(clause, words, reading.places, lexicon)
    if pointed is not None:
        return weighed(pointed, "pointed", event_type, reading.spoken, Around())
    back = _pointed_back(clause, event_type, reading)
    return back or _at_home(clause, event_type, reading, sides)


def _tied(
    clause: Clause, event_type: str, reading: Reading, places: Sequence[PlaceMention]
) -> PlaceMention | None:
    words, dates = reading.words, reading.dates
    tied = place_of(clause, reading.clauses, words, places, reading.lexicon, event_type, dates)
    if tied is None:
        return None
    place, how = tied
    around = around_of(clause, words, place, dates, reading.lexicon)
    return weighed(place, how, event_type, reading.spoken, around)


def _pointed_back(clause: Clause, event_type: str, reading: Reading) -> PlaceMention | None:
    """ "withdrew its troops from the city": as if the city were named there."""
    words = reading.words
    meant = stand_ins(words, reading.places, reading.before, reading.lexicon)
    mentions = [as_mention(words, start, place) for start, place in meant.items()]
    dates = reading.dates
    tied = place_of(clause, reading.clauses, words, mentions, reading.lexicon, event_type, dates)
    if tied is None:
        return None
    stood, how = tied
    place = _unweighed(meant[stood.start], reading)
    around = around_of(clause, words, stood, dates, reading.lexicon)
    around = replace(around, bare=False, followed=False)
    first = weighed(place, how, event_type, reading.spoken, around)
    return weighed(first, "pointed", event_type, reading.spoken, Around())


def _unweighed(place: PlaceMention, reading: Reading) -> PlaceMention:
    """The mention as the finder gave it, without the reasons of another event."""
    return next((p for p in reading.places if p.part == place.part and p.start == place.start),
                place)  # fmt: skip


def _at_home(
    clause: Clause, event_type: str, reading: Reading, sides: Sides
) -> PlaceMention | None:
    """ "declared martial law": what only holds in the state that orders it."""
    ordered = reading.lexicon.word_groups.get("at_home", frozenset())
    decreed = EVENT_TYPES[event_type].decreed
    if not decreed or not any(w.low in ordered for w in clause.match.found):
        return None
    states = {country(party.code): party for party in sides.sources}
    if len(states) != 1 or "" in states:
        return None
    code, party = states.popitem()
    place = state_of(replace(party, code=code))
    return None if place is None else weighed(place, "home", event_type, reading.spoken, Around())
