"""Subjects: stories that belong together because they share parties and time.

Two stories share a subject where the parties of one are all among those of the other and their days
are at most `NEAR` apart; and so on from story to story.
"""

from __future__ import annotations

import datetime as dt
import itertools

import pandas as pd

NEAR = dt.timedelta(days=3)


def subjects(stories: pd.DataFrame) -> list[int]:
    """The number of the subject of each row (EVENT_COLUMNS): the place of its first row.

    Every pair is looked at: for the few hundred stories of a list, not for a whole store.
    """
    into = list(range(len(stories)))

    def root(row: int) -> int:
        while into[row] != row:
            row = into[row]
        return row

    parties, days = _parties(stories), _days(stories)
    for one, other in itertools.combinations(range(len(stories)), 2):
        if _shared(parties[one], parties[other]) and _near(days[one], days[other]):
            first, second = sorted((root(one), root(other)))
            into[second] = first
    return [root(row) for row in range(len(stories))]


def _parties(stories: pd.DataFrame) -> list[frozenset[str]]:
    """The states and organisations of each story; a part of a state counts as the state."""
    sides = zip(stories["sources"], stories["targets"], strict=True)
    return [frozenset(code.split(":")[0] for side in pair for code in side) for pair in sides]


def _days(stories: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """First and last day of each, else the day of publication."""
    first = stories["first"].fillna(stories["last"]).fillna(stories["published"])
    last = stories["last"].fillna(stories["first"]).fillna(stories["published"])
    return list(zip(first, last, strict=True))


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def _near(one: tuple[pd.Timestamp, pd.Timestamp], other: tuple[pd.Timestamp, pd.Timestamp]) -> bool:
    """False too where a day is missing: NaT is near nothing."""
    return bool(one[0] <= other[1] + NEAR and other[0] <= one[1] + NEAR)
