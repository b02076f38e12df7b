"""How much a page loads from a large store: rows while marks are distinct, counts beyond.

Up to LARGE shown events the whole table is loaded and every chart is exact in every detail. Above,
the store counts (bins, dyads, places) and rows are only loaded for the days in view.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from charts.timeline.bins import MARKS_LIMIT, view_unit
from charts.timeline.lanes import MOST_LANES
from charts.timeline.spans import to_number, unit_for
from events.answers import Unit
from events.filters import Filters
from pages.shared import zoom
from pages.shared.zoom import Days
from pages.shell.store_access import query

LARGE = 20_000  # up to this number of events whole tables are loaded
SAMPLE = 500  # rows for the list beside a chart of counts
RECENT = 2_000  # rows of a large store for the list beside charts drawn from counts
NEWEST = 1_500  # events that the first view of a large store aims at
# the store's names for the lanes of the timeline
BIN_COLUMN = {"actor": "doer", "type": "type", "place": "place_name", "dyad": "dyad"}


@dataclass(frozen=True)
class Detail:
    """The data of a timeline.

    table: the rows to draw (all, those in view, or none where bins stand for them). listed: rows
    for the list and table beside it, not always all that are in view. in_view: events in view.
    """

    table: pd.DataFrame
    listed: pd.DataFrame
    shown: Days | None
    whole: Days | None
    in_view: int
    bins: pd.DataFrame | None = None
    density: pd.DataFrame | None = None


def is_large(filters: Filters) -> bool:
    """Whether the filters show more events than are loaded as a whole table."""
    return query().count(filters) > LARGE


def for_timeline(filters: Filters, lanes: str, asked: str = "") -> Detail:
    """Rows or counts for the days in view; `asked`: the `view` of the link (pages.shared.zoom)."""
    if is_large(filters):
        return _counted(filters, lanes, asked)
    table = query().events(filters)
    shown = zoom.days(table, asked)
    inside = in_days(table, shown)
    return Detail(table, inside, shown, zoom.whole_of(table), len(inside))


def _counted(filters: Filters, lanes: str, asked: str) -> Detail:
    density, whole = strip_of(filters)
    shown = zoom.chosen(asked) or (whole if asked == zoom.ALL else newest(density)) or whole
    if shown is None:
        empty = query().events(filters, limit=0)
        return Detail(empty, query().events(filters, limit=SAMPLE), None, None, 0)
    narrow = narrowed(filters, shown)
    in_view = query().count(narrow)
    if in_view <= MARKS_LIMIT or lanes not in BIN_COLUMN:
        table = query().events(narrow, limit=MARKS_LIMIT)
        return Detail(table, table, shown, whole, in_view, density=density)
    unit = view_unit(to_number(shown[0]), to_number(shown[1]), 700.0)
    counted = "year" if unit == "decade" else unit
    bins = query().bins(narrow, counted, BIN_COLUMN[lanes], most=MOST_LANES)
    listed = query().events(narrowed(filters, latest(shown, SAMPLE / in_view)), limit=SAMPLE)
    return Detail(listed.head(0), listed, shown, whole, in_view, bins, density)


def latest(shown: Days, share: float) -> Days:
    """The last `share` of the days shown, at least one day."""
    days = (shown[1] - shown[0]).days + 1
    length = min(days, max(1, round(days * share)))
    return shown[1] - dt.timedelta(days=length - 1), shown[1]


def narrowed(filters: Filters, shown: Days) -> Filters:
    """The filters with their period cut to the days shown."""
    first = max(shown[0], filters.date_from or shown[0])
    last = min(shown[1], filters.date_to or shown[1])
    return replace(filters, date_from=min(first, last), date_to=last)


def strip_of(filters: Filters) -> tuple[pd.DataFrame, Days | None]:
    """Counts over the whole span for the strip (`coarse`: in no bar of it), and that span."""
    found = query().options(filters)
    if found.first is None or found.last is None:
        return query().bins(filters, "year"), None
    whole = _held(found.first.date(), filters.date_from, found.last.date(), filters.date_to)
    unit = unit_for(to_number(whole[0]), to_number(whole[1]), 200)
    known: Unit = "year" if unit == "decade" else unit
    return query().bins(filters, known), whole


def _held(
    first: dt.date, date_from: dt.date | None, last: dt.date, date_to: dt.date | None
) -> Days:
    return max(first, date_from or first), min(last, date_to or last)


def newest(density: pd.DataFrame) -> Days | None:
    """Days of the latest bins with a tenth of the events, or NEWEST; without the far future."""
    fine = density[~density["coarse"]]
    sums = fine.groupby(["first", "last"])["events"].sum().reset_index()
    if sums.empty:
        return None
    reached = sums["events"].cumsum() / sums["events"].sum()
    share = min(0.1, NEWEST / float(sums["events"].sum()))
    end = int(np.argmax(reached.to_numpy() >= 0.995))
    start = int(np.argmax(reached.to_numpy() >= float(reached.iloc[end]) - share))
    return sums["first"].iloc[start].date(), sums["last"].iloc[end].date()


def in_days(table: pd.DataFrame, shown: Days | None) -> pd.DataFrame:
    """The events whose interval overlaps the days; all events if no days are chosen."""
    if shown is None:
        return table
    first, last = (pd.Timestamp(day) for day in shown)
    undated = table["first"].isna() & table["last"].isna()
    begins = table["first"].isna() | (table["first"] <= last)
    ends = table["last"].isna() | (table["last"] >= first)
    return table[begins & ends & ~undated]


def recent(filters: Filters) -> pd.DataFrame:
    """All shown events; for a large store those of its newest days."""
    if not is_large(filters):
        return query().events(filters)
    shown = newest(strip_of(filters)[0])
    if shown is None:
        return query().events(filters, limit=RECENT)
    in_view = max(1, query().count(narrowed(filters, shown)))
    return query().events(narrowed(filters, latest(shown, RECENT / in_view)), limit=RECENT)


def of_actor(filters: Filters, code: str) -> pd.DataFrame:
    """Shown events that include all of one actor (for a large store at most LARGE)."""
    narrow = filters
    if code and is_large(filters) and not filters.actors:
        narrow = replace(filters, actors=(code,))
    return query().events(narrow, limit=LARGE)


def of_places(filters: Filters, place_ids: tuple[str, ...]) -> list[int]:
    """Ids of the shown events at the places."""
    # an active place filter already includes these places
    narrow = replace(filters, places=place_ids)
    found = query().events(narrow, limit=LARGE, columns=["event_id"])
    return [int(i) for i in found["event_id"]]
