"""Stories over the events in memory that pass the filters: one row an act, and its reports counted.

The status of a story follows from those of its reports (`STORY_STATUSES`): what was planned and is
reported has happened, what one claims and another denies is both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from events.columns_in_memory import NO_DAY, Bools, EventColumns, Ints
from events.ontology import EVENT_TYPES, STATUSES
from events.row_filters import FilteredRows

HAPPENED, DENIED_TOO = "planned, happened", "claimed, denied"
STORY_STATUSES: tuple[str, ...] = (*STATUSES, HAPPENED, DENIED_TOO)
# of the statuses of its reports, the first that a story has is its own
_STRONGEST = ("reported", "claimed", "planned", "denied")
_REFUSALS = frozenset(code for code, each in EVENT_TYPES.items() if each.refusal)
_UNWEIGHED = 1.0  # weight of an event that has none
_NO_SPAN = np.iinfo(np.int64).max
Filtered = FilteredRows[EventColumns]


@dataclass(frozen=True)
class Grouped:
    """Rows of shown reports with the number of the story of each, from 0."""

    columns: EventColumns
    rows: Ints
    story: Ints
    stories: int

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


def grouped(filtered: Filtered) -> Grouped:
    """The reports that the filters show, by story."""
    rows = np.flatnonzero(filtered.passing())
    ids, story = np.unique(filtered.columns.number("story_id")[rows], return_inverse=True)
    return Grouped(filtered.columns, rows, story, len(ids))


def summaries(filtered: Filtered) -> pd.DataFrame:
    """STORY_ROW_COLUMNS of each story without those of its main report, whose row among the events
    in memory is `row`; in the order of the main reports."""
    told = grouped(filtered)
    denied, dated = _denying(told), _best_dated(told)
    days = {name: told.columns.days(name)[dated] for name in ("first", "last")}
    frame = pd.DataFrame(
        {
            "row": _main(told, denied),
            "reports": np.bincount(told.story, minlength=told.stories),
            "outlets": _distinct(told, "origin").groupby("story").size().to_numpy(),
            "langs": _distinct(told, "lang").groupby("story")["value"].agg(list).to_numpy(),
            "story_first": _dates(days["first"]),
            "story_last": _dates(days["last"]),
            "story_status": pd.Series(_statuses(told, denied), dtype="str"),
        }
    )
    return frame.sort_values("row", ignore_index=True)


def placed(columns: EventColumns, first: dt.date, last: dt.date) -> Bools:
    """Which events touch the days: by their interval (an open end by its first day), or, undated,
    by the publication of their article."""
    begin, end = (int(np.datetime64(day, "D").astype(np.int64)) for day in (first, last))
    firsts, published = columns.days("first"), columns.days("published")
    lasts = np.where(columns.days("last") == NO_DAY, firsts, columns.days("last"))
    dated = (firsts != NO_DAY) & (firsts <= end) & (lasts >= begin)
    found: Bools = dated | (columns.undated & (published >= begin) & (published <= end))
    return found


def _denying(told: Grouped) -> Bools:
    """Which rows deny what another of their story tells: by status, or as a refusal of it."""
    status = told.columns.text("status").isin(["denied"])[told.rows]
    refusal = told.columns.text("type").isin(_REFUSALS)[told.rows]
    return status | (refusal & told.any_of(~refusal)[told.story])


def _main(told: Grouped, denied: Bools) -> Ints:
    """The main report: no denial and no plan where there is another, of most weight, best dated,
    surest, first published."""
    columns, rows = told.columns, told.rows
    planned = columns.text("status").isin(["planned"])[rows]
    weight = np.nan_to_num(columns.number("weight")[rows].astype(float), nan=_UNWEIGHED)
    confidence = columns.number("confidence")[rows]
    published = columns.days("published")[rows]
    return told.first_of(denied, planned, -weight, _span(told), -confidence, published)


def _best_dated(told: Grouped) -> Ints:
    """The report with the narrowest interval, of those that happened where there are any."""
    happened = told.columns.text("status").isin(["reported", "claimed"])[told.rows]
    return told.first_of(~happened, _span(told))


def _span(told: Grouped) -> Ints:
    """Days from first to last, the largest number where one is missing."""
    first, last = (told.columns.days(name)[told.rows] for name in ("first", "last"))
    whole = (first != NO_DAY) & (last != NO_DAY)
    found: Ints = np.where(whole, last - np.where(whole, first, 0), _NO_SPAN)
    return found


def _statuses(told: Grouped, denied: Bools) -> list[str]:
    column = told.columns.text("status")
    has = {s: told.any_of(column.isin([s])[told.rows] & ~denied) for s in _STRONGEST}
    denies = told.any_of(denied)
    affirmed = has["reported"] | has["claimed"] | has["planned"]
    chosen = np.select(
        [denies & affirmed, has["planned"] & has["reported"], *(has[s] for s in _STRONGEST)],
        [DENIED_TOO, HAPPENED, *_STRONGEST],
        "denied",
    )
    found: list[str] = chosen.tolist()
    return found


def _distinct(told: Grouped, name: str) -> pd.DataFrame:
    """`story` and `value`: each value of a text column once a story, sorted."""
    column = told.columns.text(name)
    values = np.asarray(column.values, dtype=object)[column.codes[told.rows]]
    frame = pd.DataFrame({"story": told.story, "value": values})
    return frame.drop_duplicates().sort_values(["story", "value"])


def _dates(days: Ints) -> pd.Series[pd.Timestamp]:
    # NO_DAY is how numpy keeps NaT
    return pd.Series(days.astype("datetime64[D]").astype("datetime64[s]"))
