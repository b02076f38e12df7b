"""What stands around an act, as numbers for the reader's network: for each act and each party,
date and word near it, how far it is and of what kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from loaders.acts.reader_input import ReaderInput

REACH = 32  # words before and after an act that are read once more with the act marked
KINDS = (
    "", "state", "government", "military", "party", "organisation", "armed_group", "company",
    "media", "bloc", "person", "group", "place", "date",
)  # fmt: skip
FORMS = ("", "name", "agent", "adjective", "office", "pronoun", "place")
PRECISIONS = ("day", "week", "month", "quarter", "year", "span")
PLACE_KINDS = ("city", "country", "region", "site", "water", "area")
STEPS = (0, 1, 2, 4, 7, 12, 20, 40, 80)  # words: the upper bounds of the distance classes
DISTANCES = 2 * len(STEPS) + 1
SENTENCES = 8  # classes of the distance in sentences
RANKS = 6
STANDINGS = 4  # of a date in the act's sentence: not in it, alone, the nearest, one of the others
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ActFeatures:
    """Numbers around the acts of an article. A acts, M parties, D dates, W = 2 * REACH + 1 words.

    words: (A, W) index of each word near the act, -1 outside the text; marked, kinds: (A, W)
    whether a word tells the act, of what kind the mention over it is. parties: (A, M, 5) distance,
    sentences, kind, form, rank. dates: (A, D, 5) distance, sentences, precision, whether it dates
    no event, its standing in the act's sentence. places: (A, P, 4) distance, sentences, kind,
    whether it is the article's dateline.
    """

    words: Ints
    marked: Ints
    kinds: Ints
    parties: Ints
    dates: Ints
    places: Ints


def act_features(given: ReaderInput, acts: Sequence[Sequence[int]]) -> ActFeatures:
    """The features of acts, each given by the indices of its words (in order, at least one)."""
    kinds = _kinds(given)
    near = np.stack([_near(len(given.words), act) for act in acts])
    marked = np.stack([np.isin(row, act) for row, act in zip(near, acts, strict=True)])
    inside = near >= 0
    return ActFeatures(
        near,
        marked.astype(np.int64),
        np.where(inside, kinds[near], 0),
        np.stack([_parties(given, act) for act in acts]),
        np.stack([_dates(given, act) for act in acts]),
        np.stack([_places(given, act) for act in acts]),
    )


def _kinds(given: ReaderInput) -> Ints:
    kinds = np.zeros(len(given.words), dtype=np.int64)
    for party in given.parties:
        kinds[party.first : party.last + 1] = _index(KINDS, party.kind)
    for date in given.dates:
        kinds[date.first : date.last + 1] = KINDS.index("date")
    return kinds


def _near(count: int, act: Sequence[int]) -> Ints:
    centre = act[len(act) // 2]
    row = np.arange(centre - REACH, centre + REACH + 1)
    return np.where((row >= 0) & (row < count), row, -1)


def _parties(given: ReaderInput, act: Sequence[int]) -> Ints:
    rows = [
        (
            distance_class(party.first, party.last, act),
            sentence_class(given, party.first, act),
            _index(KINDS, party.kind),
            _index(FORMS, party.form),
            min(party.rank, RANKS - 1),
        )
        for party in given.parties
    ]
    return np.asarray(rows, dtype=np.int64).reshape(-1, 5)


def _dates(given: ReaderInput, act: Sequence[int]) -> Ints:
    rows = [
        (
            distance_class(mention.first, mention.last, act),
            sentence_class(given, mention.first, act),
            _index(PRECISIONS, mention.date.precision),
            int(bool(mention.date.not_event)),
            standing,
        )
        for mention, standing in zip(given.dates, _standings(given, act), strict=True)
    ]
    return np.asarray(rows, dtype=np.int64).reshape(-1, 5)


def _standings(given: ReaderInput, act: Sequence[int]) -> list[int]:
    """How each date stands in the sentence of the act (STANDINGS)."""
    here = given.sentence_of[act[0]]
    inside = [here >= 0 and given.sentence_of[date.first] == here for date in given.dates]
    away = [max(act[0] - date.last, date.first - act[-1], 0) for date in given.dates]
    nearest = min((a for a, found in zip(away, inside, strict=True) if found), default=0)
    alone = sum(inside) == 1
    return [
        (1 if alone else 2 if a == nearest else 3) if found else 0
        for a, found in zip(away, inside, strict=True)
    ]


def _places(given: ReaderInput, act: Sequence[int]) -> Ints:
    rows = [
        (
            distance_class(named.first, named.last, act),
            sentence_class(given, named.first, act),
            _index(PLACE_KINDS, named.mention.place.kind if named.mention.place else ""),
            int(named.mention.role == "dateline"),
        )
        for named in given.places
    ]
    return np.asarray(rows, dtype=np.int64).reshape(-1, 4)


def distance_class(first: int, last: int, act: Sequence[int]) -> int:
    """How far a mention stands from an act: 0 on it, then before it, then behind it."""
    if first <= act[-1] and act[0] <= last:
        return 0
    away = act[0] - last if last < act[0] else first - act[-1]
    step = 1 + next((n for n, bound in enumerate(STEPS[1:], 1) if away <= bound), len(STEPS)) - 1
    return step if last < act[0] else len(STEPS) + step


def sentence_class(given: ReaderInput, word: int, act: Sequence[int]) -> int:
    """How many sentences behind (1 to 3) or before (4 to 6) the act's; 0 in it, 7 in none."""
    here, there = given.sentence_of[act[0]], given.sentence_of[word]
    if here < 0 or there < 0:
        return 7
    away = max(-3, min(3, there - here))
    return away if away >= 0 else 3 - away


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else 0
