"""Stories gathered into subjects: those that share parties, place and time, under the main one.

The stories are gone through from the main one down. A story joins the first subject whose main
story has two parties in common with it (or its only one), lies in no other country, and happens
within NEAR days of it; else it begins a subject. Stories are compared with the main one alone, so a
subject does not drift.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from charts.timeline.spans import day_pairs

NEAR = 14  # days between two intervals
LONGEST = 62  # days; an interval that is longer happens at no time in particular
_MAIN_FIRST = ("weight", "outlets", "reports", "confidence")
Pair = tuple[str, str]


def subject_keys(table: pd.DataFrame) -> list[str]:
    """The subject of each row: story_id of its main story, as text."""
    rows = table.reset_index(drop=True)
    days = day_pairs(rows)
    parties = [_parties(s, t) for s, t in zip(rows["sources"], rows["targets"], strict=True)]
    countries, stories = rows["place_country"].tolist(), rows["story_id"].tolist()
    main: dict[Pair, list[int]] = {}
    subject: dict[object, int] = {}  # story -> row of the main story of its subject
    for row in _main_first(rows):
        if stories[row] in subject:
            continue
        pairs = list(_pairs(parties[row]))
        known = sorted({other for pair in pairs for other in main.get(pair, ())})
        found = next((o for o in known if _meet(days[row], days[o])
                      and _same(countries[row], countries[o])), None)  # fmt: skip
        subject[stories[row]] = row if found is None else found
        if found is None:
            for pair in pairs:
                main.setdefault(pair, []).append(row)
    return [str(stories[subject[story]]) for story in stories]


def _main_first(rows: pd.DataFrame) -> list[int]:
    by = [name for name in _MAIN_FIRST if name in rows]
    order = rows.sort_values([*by, "event_id"], ascending=[*(False for _ in by), True])
    return [int(row) for row in order.index]


def _parties(sources: Any, targets: Any) -> tuple[str, ...]:
    """The parties, each part of a state as the state."""
    return tuple(sorted({code.partition(":")[0] or code for code in (*sources, *targets)}))


def _pairs(parties: tuple[str, ...]) -> Iterator[Pair]:
    """What two stories share that share their parties: every two, or the only one."""
    if len(parties) == 1:
        yield parties[0], ""
    yield from combinations(parties, 2)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    short = all(last - first < LONGEST for first, last in (one, other))
    return one == other or (short and one[0] <= other[1] + NEAR and other[0] <= one[1] + NEAR)


def _same(one: str, other: str) -> bool:
    return one == other or not (one and other)
