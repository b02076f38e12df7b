"""Stories over the events in memory: one row an act, and its reports counted.

`OneRowAStory` shows of each story the main one of the reports that pass the filters. The status of
a story follows from those of its reports (`STORY_STATUSES`): what was planned and is reported has
happened, what one claims and another denies is both.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from events.columns_in_memory import NO_DAY, Bools, Coded, EventColumns, Ints
from events.frames import lists
from events.ontology import EVENT_TYPES, STATUSES
from events.row_filters import FilteredRows

HAPPENED, DENIED_TOO = "planned, happened", "claimed, denied"
STORY_STATUSES: tuple[str, ...] = (*STATUSES, HAPPENED, DENIED_TOO)
# of the statuses of its reports, the first that a story has is its own
_STRONGEST = ("reported", "claimed", "planned", "denied")
REFUSALS = frozenset(code for code, each in EVENT_TYPES.items() if each.refusal)
UNWEIGHED = 1.0  # weight of an event that has none
_FIRST_DAY = dt.date(1970, 1, 1).toordinal()  # day 0 of columns in memory
_NO_SPAN = np.iinfo(np.int64).max
T = TypeVar("T")


class OneRowAStory(FilteredRows[EventColumns]):
    """The filters over all reports, and of each story that they leave its main report."""

    def shown(self) -> Bools:
        """The main reports of the stories that pass."""
        return self._main

    @functools.cached_property
    def _main(self) -> Bools:
        rows = self.passing().copy()
        order, story = _best_first(self.columns)
        passing = rows[order]
        order, story = order[passing], story[passing]
        rows[order[1:][story[1:] == story[:-1]]] = False
        rows.flags.writeable = False
        return rows

    def number(self, which: Bools) -> int:
        """How many stories have such a report that passes, be it the main one or not."""
        told = np.zeros(self.columns.stories, bool)
        told[self.columns.story[self.passing() & which]] = True
        return int(told.sum())

    def counted(self, name: str, column: Coded, rows: Bools, at: Ints | None = None) -> Ints:
        """How many stories have a report with each value."""
        number, value = self.columns.cached(
            ("stories by", name), lambda: _distinct_pairs(self.columns, column, at)
        )
        seen = np.zeros(len(value), bool)
        seen[number[rows if at is None else rows[at]]] = True
        found: Ints = np.bincount(value[seen], minlength=len(column.values))
        return found


@dataclass(frozen=True)
class Grouped:
    """Rows of shown reports with the number of the story of each, from 0."""

    columns: EventColumns
    rows: Ints
    story: Ints
    stories: int

    def holds(self, name: str, wanted: Collection[str]) -> Bools:
        """Which rows hold one of the texts in a column."""
        column = self.columns.text(name)
        return Coded(column.codes[self.rows], column.values).isin(wanted)

    def any_of(self, which: Bools) -> Bools:
        """Which stories have such a report; `which` is over the rows."""
        found = np.zeros(self.stories, bool)
        found[self.story[which]] = True
        return found

    def first_of(self, *keys: npt.NDArray[np.generic]) -> Ints:
        """The row of each story that comes first by the keys, the most important first."""
        ids = self.columns.number("event_id")[self.rows]
        order = np.lexsort((ids, *reversed(keys), self.story))
        starts = np.flatnonzero(np.diff(self.story[order], prepend=-1))
        found: Ints = self.rows[order][starts]
        return found


def summaries(filtered: FilteredRows[EventColumns], main: Ints) -> dict[str, Any]:
    """STORY_ROW_COLUMNS of the stories with these main reports, in their order: arrays by name."""
    told = _reports_of(filtered, main)
    days = {name: told.columns.days(name)[_best_dated(told)] for name in ("first", "last")}
    return {
        "reports": np.bincount(told.story, minlength=told.stories),
        "outlets": np.bincount(_distinct(told, "origin")[0], minlength=told.stories),
        "langs": lists(_by_story(*_distinct(told, "lang"), told.stories)),
        "story_articles": lists(_by_story(*_articles(told), told.stories)),
        "story_sources": lists(_by_story(*_distinct(told, "source"), told.stories)),
        "story_first": _dates(days["first"]),
        "story_last": _dates(days["last"]),
        "story_status": pd.array(_statuses(told), dtype="str"),
    }


def _reports_of(filtered: FilteredRows[EventColumns], main: Ints) -> Grouped:
    """All shown reports of the stories, numbered in the order of their main reports; where the main
    one was coded by others, all shown rows."""
    order, story = _best_first(filtered.columns)
    asked = filtered.columns.story[main]
    begin, end = (np.searchsorted(story, asked, side) for side in ("left", "right"))
    several = np.concatenate([np.arange(0), *map(np.arange, begin.tolist(), end.tolist())])
    alone = begin == end
    rows = np.concatenate([main[alone], order[several]])
    numbers = np.concatenate([np.flatnonzero(alone), np.repeat(np.arange(len(main)), end - begin)])
    by_others = coded(filtered.columns)
    # where a report is shown, rows that others coded of its act are not counted beside it
    counted = filtered.passing()[rows] & ~(by_others[rows] & ~by_others[main][numbers])
    return Grouped(filtered.columns, rows[counted], numbers[counted], len(main))


def placed(columns: EventColumns, first: dt.date, last: dt.date) -> Bools:
    """Which events that were read touch the days: by their interval (an open end by its first day),
    or, undated, by their bounds or the publication of their article. Rows of tables are no reports
    to group."""
    begin, end = (int(np.datetime64(day, "D").astype(np.int64)) for day in (first, last))
    firsts, published = columns.days("first"), columns.days("published")
    lasts = np.where(columns.days("last") == NO_DAY, firsts, columns.days("last"))
    dated = (firsts != NO_DAY) & (firsts <= end) & (lasts >= begin)
    from_, to = columns.days("bounds_from"), columns.days("bounds_to")
    bounded = (from_ != NO_DAY) & (to != NO_DAY) & (from_ <= end) & (to >= begin)
    inside = (published >= begin) & (published <= end)
    touching = dated | (columns.undated & (inside | bounded))
    found: Bools = touching & ~coded(columns)
    return found


def coded_days(columns: EventColumns) -> set[int]:
    """The first days (ordinals) of the events that others coded."""
    firsts = columns.days("first")[coded(columns)]
    return set((np.unique(firsts[firsts != NO_DAY]) + _FIRST_DAY).tolist())


def reported_days(columns: EventColumns, shorter_than: int) -> set[int]:
    """The days (ordinals) on which events that were read may stand: those of their interval, their
    bounds, and, of the undated, the publication and the day before, of fewer days than that."""
    told = ~coded(columns)
    undated = columns.undated & told
    firsts, published = columns.days("first"), columns.days("published")
    lasts = np.where(columns.days("last") == NO_DAY, firsts, columns.days("last"))
    spans = (
        (firsts[told], lasts[told]),
        (columns.days("bounds_from")[undated], columns.days("bounds_to")[undated]),
        (np.maximum(published[undated], NO_DAY + 1) - 1, published[undated]),
    )
    return {day for begins, ends in spans for day in days_within(begins, ends, shorter_than)}


def days_within(begins: Ints, ends: Ints, shorter_than: int) -> set[int]:
    """The days (ordinals) of the spans of fewer days than that; those that are open have none."""
    whole = (begins != NO_DAY) & (ends != NO_DAY)
    short = np.stack([begins[whole], ends[whole]])
    short = np.unique(short[:, short[1] - short[0] < shorter_than], axis=1) + _FIRST_DAY
    return {day for begin, end in short.T.tolist() for day in range(begin, end + 1)}


def coded_on(columns: EventColumns, days: Collection[int]) -> Bools:
    """Which events that others coded begin on these days (ordinals)."""
    asked = np.fromiter(days, np.int64, len(days)) - _FIRST_DAY
    found: Bools = coded(columns) & np.isin(columns.days("first"), asked)
    return found


def coded(columns: EventColumns) -> Bools:
    """Which events others coded, in rows of tables."""
    return ~columns.text("coder").isin([""])


def _best_first(columns: EventColumns) -> tuple[Ints, Ints]:
    """Rows of the stories with several reports, and their stories: by story, the main report first.

    One that was read where there is one, no denial and no plan where there is another, dated, of
    most weight, with a place, best dated, surest, first published. Made once for each version of
    the store.
    """

    def make() -> tuple[Ints, Ints]:
        rows = np.flatnonzero((np.bincount(columns.story) > 1)[columns.story])
        told = Grouped(columns, rows, columns.story[rows], columns.stories)
        ids, published = columns.number("event_id")[rows], columns.days("published")[rows]
        confidence = columns.number("confidence")[rows]
        order = np.lexsort((ids, published, -confidence, _span(told), _standing(told), told.story))
        return rows[order], told.story[order]

    return columns.cached("best first", make)


def _standing(told: Grouped) -> Ints:
    """A number that is lower the more a report stands for its story, whatever its days."""
    columns, rows = told.columns, told.rows
    weight = np.nan_to_num(columns.number("weight")[rows].astype(float), nan=UNWEIGHED)
    denied = told.holds("status", ["denied"]) | told.holds("type", REFUSALS)
    standing = coded(columns)[rows].astype(np.int64)
    for worse in (denied, told.holds("status", ["planned"]), columns.undated[rows]):
        standing = standing * 2 + worse
    found: Ints = (standing * 4 + (2 - weight.astype(np.int64))) * 2 + columns.unlocated[rows]
    return found


def _distinct_pairs(columns: EventColumns, column: Coded, at: Ints | None) -> tuple[Ints, Ints]:
    """Per item of the column the number of its pair of story and value; per pair its value."""
    story = columns.story if at is None else columns.story[at]
    width = max(1, len(column.values))
    pairs, number = np.unique(story * width + column.codes, return_inverse=True)
    return number.astype(np.int32), (pairs % width).astype(np.int32)


def _denying(told: Grouped) -> Bools:
    """Which rows deny what another of their story tells: by status, or as a refusal of it."""
    status = told.holds("status", ["denied"])
    refusal = told.holds("type", REFUSALS)
    return status | (refusal & told.any_of(~refusal)[told.story])


def _best_dated(told: Grouped) -> Ints:
    """The report with the narrowest interval, of those that happened where there are any."""
    happened = told.holds("status", ["reported", "claimed"])
    return told.first_of(~happened, _span(told))


def _span(told: Grouped) -> Ints:
    """Days from first to last, the largest number where one is missing."""
    first, last = (told.columns.days(name)[told.rows] for name in ("first", "last"))
    whole = (first != NO_DAY) & (last != NO_DAY)
    found: Ints = np.where(whole, last - np.where(whole, first, 0), _NO_SPAN)
    return found


def _statuses(told: Grouped) -> list[str]:
    denied = _denying(told)
    has = {s: told.any_of(told.holds("status", [s]) & ~denied) for s in _STRONGEST}
    denies = told.any_of(denied)
    affirmed = has["reported"] | has["claimed"] | has["planned"]
    chosen = np.select(
        [denies & affirmed, has["planned"] & has["reported"], *(has[s] for s in _STRONGEST)],
        [DENIED_TOO, HAPPENED, *_STRONGEST],
        "denied",
    )
    found: list[str] = chosen.tolist()
    return found


def _distinct(told: Grouped, name: str) -> tuple[Ints, list[str]]:
    """Stories and values of a text column, each pair once, by story and value."""
    column = told.columns.text(name)
    ranks = np.argsort(np.argsort(np.asarray(column.values, dtype=object)))
    width = max(1, len(column.values))
    pairs = np.unique(told.story * width + ranks[column.codes[told.rows]])
    values = sorted(column.values)
    return pairs // width, [values[n] for n in (pairs % width).tolist()]


def _articles(told: Grouped) -> tuple[Ints, list[int]]:
    """Stories and ids of articles, each pair once, by story and id."""
    ids = told.columns.number("article_id")[told.rows]
    values, number = np.unique(ids, return_inverse=True)
    pairs = np.unique(told.story * max(1, len(values)) + number)
    return pairs // max(1, len(values)), values[pairs % max(1, len(values))].tolist()


def _by_story(story: Ints, values: list[T], stories: int) -> list[list[T]]:
    """The values of each story."""
    found: list[list[T]] = [[] for _ in range(stories)]
    for number, value in zip(story.tolist(), values, strict=True):
        found[number].append(value)
    return found


def _dates(days: Ints) -> npt.NDArray[np.datetime64]:
    # NO_DAY is how numpy keeps NaT
    return days.astype("datetime64[D]").astype("datetime64[s]")
