"""The events of a bin of the timeline, by the chart's rule of counting."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd

from charts.timeline.bins import cells
from charts.timeline.lanes import NONE, OTHER, LaneKind, lane_keys, lane_namer
from charts.timeline.spans import UNITS, Unit, intervals, starts, to_number
from events import wording
from events.filters import Filters
from pages.shared import detail, side_panel
from pages.shared.detail import Detail
from pages.shared.zoom import Days
from pages.shell.language import current
from pages.shell.store_access import query

MOST = 5_000  # most events in a bin's days to search through; above, a click only zooms
_FIELDS = {"actor": "actors", "type": "types"}


def open_bin(
    custom: list[str],
    lane_kind: LaneKind,
    shown: set[str],
    found: Detail,
    filters: Filters,
    page: str,
) -> None:
    """List the events of a bin: its customdata, and the keys of all lanes that have bins."""
    _kind, unit, _ids, key, first, last = custom
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    rows = _rows(key, lane_kind, days, found, filters)
    if rows is None or unit not in UNITS:
        side_panel.unpick()
        return
    stored, view = found.bins is not None, found.shown or days
    mine = events_of(rows, lane_kind, key, shown, days, view, unit, stored)
    when = wording.format_interval(*days, "span", current(), short=True)
    title = f"{lane_namer(mine, lane_kind, current())(key)} · {when}"
    side_panel.pick(title, page, mine["event_id"].tolist())


def _rows(
    key: str, lane_kind: LaneKind, days: Days, found: Detail, filters: Filters
) -> pd.DataFrame | None:
    """Events that include those of a bin; None if there are too many."""
    if found.bins is None:
        return found.table
    narrow = detail.narrowed(filters, days)
    field = _FIELDS.get(lane_kind, "")
    if field and key not in (OTHER, NONE) and not getattr(filters, field):
        alone: dict[str, tuple[str, ...]] = {field: (key,)}
        narrow = replace(narrow, **alone)  # type: ignore[arg-type]
    return None if query().count(narrow) > MOST else query().events(narrow)


def events_of(
    table: pd.DataFrame,
    lane_kind: LaneKind,
    key: str,
    shown: set[str],
    days: Days,
    view: Days,
    unit: Unit,
    stored: bool,
) -> pd.DataFrame:
    """The rows of `table` that a bin counts: in lane `key`, with `days` as their smallest unit.

    shown: keys of all lanes; events in none are in OTHER. Open ends reach to the view's edge.
    stored: counted by the store, which puts an event that fits no decade in bins first to last.
    """
    spans = intervals(table)
    first, last = to_number(view[0]), to_number(view[1])
    begin = np.where(spans["open_start"], np.minimum(first, spans["first"]), spans["first"])
    end = np.where(spans["open_end"], np.maximum(last, spans["last"]), spans["last"])
    low, high, _coarse = cells(begin, end, unit)
    if stored and len(table):
        edges = starts(int(begin.min()), int(end.max()), unit)
        nowhere = cells(begin, end, "decade")[2]
        low = np.where(nowhere, edges[np.searchsorted(edges, begin, side="right") - 1], low)
        high = np.where(nowhere, edges[np.searchsorted(edges, end, side="right")] - 1, high)
    seen = spans["dated"].to_numpy() & (begin <= last) & (end >= first)
    mine = seen & (low == to_number(days[0])) & (high == to_number(days[1]))
    kept: pd.DataFrame = table[seen]  # as the chart: a subject depends on all of them
    lanes = lane_keys(kept, lane_kind)
    if lane_kind == "place":  # the store counts places by name, not by id
        lanes = [(*row, str(name)) for row, name in zip(lanes, kept["place_name"], strict=True)]
    inside = [shown.isdisjoint(row) if key == OTHER else key in row for row in lanes]
    found: pd.DataFrame = kept.loc[inside & mine[seen]]
    return found
