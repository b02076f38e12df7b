"""A report as input of the joins: its fields, its days, and the order in which reports are placed.

An event without a date stands at the days that bound it closely ("five days after the strike"),
else at the day on which its article was published and the day before: that is enough to compare it
with others, and it gets no date by it. One of which only the beginning
is known stands at its first day. Events without any day, or longer than LONGEST, are compared with
nothing but their like.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from events.certainty import sure_enough
from events.ontology import EVENT_TYPES
from events.records import records
from events.sectors import SECTORS
from loaders.stories.busy import busy_days
from loaders.stories.nearness import Spot
from loaders.stories.words import stems, telling_words

PLACING = ("first", "last", "published", "bounds_from", "bounds_to")
SHORT = 2  # days after the first of an interval that is compared day by day
COOPERATION = (1, 2)  # quad classes

Span = tuple[int, int]
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Report:
    """The fields of a report that are compared. `first` and `last` are day ordinals. `dated`: the
    text tells them. `sure`: it is shown by default; the others never decide anything about those
    that are. `busy`: its parties did several such acts on that day. `lent`:
    the words of its day stand elsewhere in its article, and may be of another act."""

    event_id: int
    article_id: int
    type: str
    quad: int
    status: str
    first: int
    last: int
    dated: bool
    loose: bool
    sources: frozenset[str]
    targets: frozenset[str]
    place_id: str
    place_kind: str
    country: str
    centre: tuple[float, float] | None
    part: str
    quote: str
    marked: tuple[Span, ...]
    sure: bool = True
    busy: bool = False
    lent: bool = False

    @property
    def short(self) -> bool:
        return self.last - self.first <= SHORT

    @cached_property
    def mutual(self) -> bool:
        """Whether source and target are interchangeable; False for a type no longer in use."""
        return self.type in EVENT_TYPES and EVENT_TYPES[self.type].symmetric

    @property
    def cooperative(self) -> bool:
        return self.quad in COOPERATION

    @property
    def denies(self) -> bool:
        """Whether it says of an act that it was not done."""
        refusal = self.type in EVENT_TYPES and EVENT_TYPES[self.type].refusal
        return self.status == "denied" or refusal

    @cached_property
    def parties(self) -> frozenset[str]:
        return self.sources | self.targets

    @cached_property
    def states(self) -> frozenset[str]:
        """The parties, each part of a state as its state ("SYR:REB" as "SYR")."""
        return frozenset(map(state, self.parties))

    @cached_property
    def spot(self) -> Spot:
        return Spot(self.place_id, self.place_kind, self.country, self.centre)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names and numbers of the quote, without dates and actors (compared separately)."""
        return telling_words(self._unmarked)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Beginnings of the other words of the quote."""
        return stems(self._unmarked)

    @cached_property
    def _unmarked(self) -> str:
        letters = list(self.quote)
        for start, end in self.marked:
            low, high = max(0, start), min(len(letters), end)
            letters[low:high] = " " * max(0, high - low)
        return "".join(letters)


def state(code: str) -> str:
    """The state of a part of it, or the code itself: "SYR:REB" -> "SYR"."""
    return code.partition(":")[0] or code


def covers(code: str, party: str) -> bool:
    """Whether one is a state and the other a part of it that acts for it or belongs to it."""
    whole, part = sorted((code, party), key=len)
    sector = SECTORS.get(part.partition(":")[2])
    return ":" not in whole and state(part) == whole and not (sector and sector.apart)


def ordered_reports(events: pd.DataFrame) -> list[Report]:
    """The reports in the order of placing: by last day, sure ones and short intervals first."""
    rows = list(_rows(events))
    busy = busy_days(rows)
    reports = [Report(**row, busy=flag) for row, flag in zip(rows, busy, strict=True)]
    return sorted(reports, key=placing_order)


def placing_order(report: Report) -> tuple[int, bool, int, int]:
    """By last day, sure ones and short intervals first."""
    return report.last, not report.sure, report.last - report.first, report.event_id


def days_of(row: Row) -> Span | None:
    """First and last day ordinal at which a report (PLACING) is compared; None where there is no
    day."""
    first, last, published, *bounds = (_day(row.get(name)) for name in PLACING)
    if first is not None:
        return first, first if last is None else last
    if last is None and bounds[0] and bounds[1] and bounds[1] - bounds[0] <= SHORT:
        return bounds[0], bounds[1]
    if last is None and published is not None:
        return published - 1, published
    return None


def _day(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value.toordinal())


def _rows(events: pd.DataFrame) -> Iterator[dict[str, Any]]:
    sure = sure_enough(events["certainty_type"].to_numpy(dtype=float, na_value=math.nan))
    for row, is_sure in zip(records(events), sure.tolist(), strict=True):
        days = days_of(row)
        if days is not None:
            yield {**_fields(row), "first": days[0], "last": days[1], "sure": is_sure}


def _fields(row: Row) -> dict[str, Any]:
    lat, lon = float(row["lat"]), float(row["lon"])
    located = not (math.isnan(lat) or math.isnan(lon))
    return {
        "event_id": int(row["event_id"]),
        "article_id": int(row["article_id"]),
        "type": row["type"],
        "quad": int(row["quad"]),
        "status": row["status"],
        "dated": not pd.isna(row["first"]) or _is_bounded(row),
        "loose": row["date_basis"] in ("inferred", "story") or _is_bounded(row),
        "lent": _is_lent(row),
        "sources": frozenset(row["sources"]),
        "targets": frozenset(row["targets"]),
        "place_id": row["place_id"],
        "place_kind": row["place_kind"],
        "country": row["place_country"],
        "centre": (lat, lon) if located else None,
        "part": row["part"],
        "quote": str(row["quote"]),
        "marked": tuple(_marked(row)),
    }


def _is_bounded(row: Row) -> bool:
    """Whether it has no date, and stands at what bounds it."""
    days = days_of({**row, "published": None})
    return pd.isna(row["first"]) and days is not None


def _is_lent(row: Row) -> bool:
    """Whether the words of its date stand elsewhere in the article, and may be of another act."""
    return bool(row["date_text"]) and str(row["date_text"]) not in str(row["quote"])


def _marked(row: Row) -> Iterator[Span]:
    """Offsets of dates and actors in the quote."""
    spans, shift = str(row["spans"] or "[]"), int(row["start"])
    for kind, part, start, end in json.loads(spans) if spans != "[]" else ():
        if part == row["part"] and kind in ("date", "actor"):
            yield start - shift, end - shift
