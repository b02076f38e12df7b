"""Busy days: those on which one pair of actors did several acts of a kind.

Then a report without a place may tell of any of them, and its parties alone join it to none.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from loaders.stories.nearness import Spot, contains

MOST_NAMES = 6  # with more places than this for one pair and day, the day is busy

Row = Mapping[str, Any]


def busy_days(rows: Sequence[Row]) -> list[bool]:
    """Of each report (fields of `loaders.stories.reports.Report`), whether its pair is busy on its
    day: several places, or twice in one article. Reports that are not sure make no day busy for
    those that are."""
    told: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        told[_pair_and_day(row)].append(row)
    busy = {key for key, each in told.items() if _is_busy(each)}
    sure = {key for key in busy if _is_busy([row for row in told[key] if row["sure"]])}
    return [_pair_and_day(row) in (sure if row["sure"] else busy) for row in rows]


def _pair_and_day(row: Row) -> tuple[Any, ...]:
    return row["first"], row["last"], row["quad"], row["sources"], row["targets"]


def _is_busy(rows: Sequence[Row]) -> bool:
    if len({row["article_id"] for row in rows}) < len(rows):
        return True
    places = _places(rows)
    if len(places) > MOST_NAMES:
        return True
    return any(not _in_one_region(a, b) for a, b in itertools.combinations(places, 2))


def _places(rows: Sequence[Row]) -> list[Row]:
    """A row for each place, without the states of which a part is told too: no other place."""
    told = {row["place_id"]: row for row in rows if row["place_id"]}.values()
    parts = {row["country"] for row in told if row["place_kind"] != "country"}
    return [row for row in told if row["place_kind"] != "country" or row["country"] not in parts]


def _in_one_region(a: Row, b: Row) -> bool:
    """Whether one is a region and the other lies in it (Kursk, the Kursk region)."""
    one, other = _spot(a), _spot(b)
    return contains(one, other) or contains(other, one)


def _spot(row: Row) -> Spot:
    return Spot(row["place_id"], row["place_kind"], row["country"], row["centre"])
