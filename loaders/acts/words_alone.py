"""Reading without the learned reader: event words of the lexicon, and what stands nearest to them.

It says the same as the network (ActReading), in numbers that are no probabilities but only an
order: an event word without a cue against it tells an act; the party before it in its sentence is
the doer, the one behind it is acted upon; the nearest date and place of the sentence are its own.
It is there so that the program goes on without the file of the network, not to be as good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from events.ontology import EVENT_TYPES, STATUSES
from events.sectors import SECTORS
from loaders.acts.act_features import REACH
from loaders.acts.network import ActReading, Floats
from loaders.acts.reader_input import EventWord, NamedPlace, ReaderInput
from loaders.acts.sections import sections

TYPES = tuple(EVENT_TYPES)
TOLD = 0.8  # of an event word
NOBODY = 0.2  # beside the nearest mention of a sentence
GOVERNS = ("government", "actor")  # roles of a place's name that mean a party
FADES = 12  # words over which a mention loses two thirds of its share


class WordsAlone:
    """Reads by words alone; of the network's kind."""

    def read_in_sections(self, given: ReaderInput) -> Iterator[tuple[ReaderInput, ActReading]]:
        """(section of the article, its acts), mostly one."""
        types = _types(given)
        told = [_words(word) for word in given.event_words if not word.cues]
        for part in sections(given, told):
            yield part.given, reading(part.given, types[part.first : part.last], part.acts)


def _words(word: EventWord) -> list[int]:
    return list(range(word.first, word.last + 1))


def _types(given: ReaderInput) -> Floats:
    types = np.zeros((len(given.words), len(TYPES) + 1), np.float32)
    types[:, 0] = 1.0
    for word in given.event_words:
        told = 0.0 if word.cues else TOLD
        types[word.first : word.last + 1] = 0.0
        types[word.first : word.last + 1, 0] = 1 - told
        types[word.first : word.last + 1, 1 + TYPES.index(word.type)] = told
    return types


def reading(given: ReaderInput, types: Floats, acts: list[list[int]]) -> ActReading:
    """What stands nearest to each act (its words), in the shape of the network's answers."""
    count = len(acts)
    sides = [[_nearest(given, act, given.parties, side) for side in (-1, 1)] for act in acts]
    teller = [0.0] * len(given.parties)
    roles = [[[*doer, NOBODY, 0.0], [*other, NOBODY, 0.0], [*teller, 1.0, 0.0]]
             for doer, other in sides]  # fmt: skip
    days = [[*_days(given, act), NOBODY / 2, NOBODY] for act in acts]
    places = [[*_places(given, act), NOBODY / 4] for act in acts]
    return ActReading(
        types,
        acts,
        roles=_shares(roles, (count, 3, len(given.parties) + 2)),
        namers=np.zeros((count, 2, 2 * REACH + 2), np.float32),
        sectors=_always(count * 2, len(SECTORS) + 1, 0).reshape(count, 2, -1),
        days=_shares(days, (count, len(given.dates) + 2)),
        places=_shares(places, (count, len(given.places) + 1)),
        statuses=_always(count, len(STATUSES), 0),
        weights=_always(count, 3, 1),
        pairs=np.zeros((count, count), np.float32),
    )


def _nearest(
    given: ReaderInput, act: list[int], mentions: Sequence[object], side: int
) -> list[float]:
    """How near each mention stands in the act's sentence; side: -1 before, 1 behind, 0 any."""
    here, found = given.sentence_of[act[0]], []
    for mention in mentions:
        first, last = mention.first, mention.last  # type: ignore[attr-defined]
        before = last < act[0]
        fits = given.sentence_of[first] == here and (not side or before == (side < 0))
        away = act[0] - last if before else max(first - act[-1], 0)
        found.append(float(np.exp(-away / FADES)) if fits else 0.0)
    return found


def _days(given: ReaderInput, act: list[int]) -> list[float]:
    """The nearest date, but none that dates no event ("the agreement of 2013")."""
    near = _nearest(given, act, given.dates, 0)
    return [
        0.0 if at.date.not_event else share for at, share in zip(given.dates, near, strict=True)
    ]


def _places(given: ReaderInput, act: list[int]) -> list[float]:
    """The nearest place, but no state and none whose name means its government."""
    near = _nearest(given, act, given.places, 0)
    return [share * _is_ground(at) for at, share in zip(given.places, near, strict=True)]


def _is_ground(named: NamedPlace) -> bool:
    place = named.mention.place
    return place is not None and place.kind != "country" and named.mention.role not in GOVERNS


def _shares(rows: Sequence[object], shape: tuple[int, ...]) -> Floats:
    """Rows that add up to 1."""
    found = np.asarray(rows, np.float32).reshape(shape)
    shares: Floats = found / found.sum(axis=-1, keepdims=True)
    return shares


def _always(rows: int, columns: int, answer: int) -> Floats:
    found = np.zeros((rows, columns), np.float32)
    found[:, answer] = 1.0
    return found
