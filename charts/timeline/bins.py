"""Level of detail: above a number of marks, lanes show counts per day, week, month or year.

A bin counts only events whose whole interval lies in it. An event dated less precisely is counted
in the smallest larger unit that contains it, drawn as a bar of that length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from charts.timeline.lanes import MOST_LANES, OTHER, Lane
from charts.timeline.spans import UNITS, Unit, intervals, starts, to_date, unit_for

MARKS_LIMIT = 2_000  # events in view above which bins are shown
BIN_HEIGHT = 30.0  # height of the fullest bin in pixels
PEAK_ROOM = 10.0  # pixels above it, for its number
COARSE_ROW = 6.0
MOST_CELLS = 660  # most bins on a page: about 200 kB


@dataclass(frozen=True)
class Bin:
    """Events of one lane and quad class dated inside first..last. `coarse`: wider than a bin."""

    lane: int
    first: int
    last: int
    quad: int
    events: int
    coarse: bool


def view_unit(first: int, last: int, width: float, lanes: int = MOST_LANES) -> Unit:
    """The unit of bins that are at least eight pixels wide, at most MOST_CELLS over all lanes."""
    room = min(width / 8, MOST_CELLS / max(1, lanes))
    return unit_for(first, last, max(1, int(room)))


def count_bins(
    table: pd.DataFrame,
    spans: pd.DataFrame,
    placed: list[list[int]],
    first: int,
    last: int,
    unit: Unit,
) -> list[Bin]:
    """Bins of the events of a table; `placed` gives the lanes of each row.

    `spans`: the intervals of the same rows, all dated. Open ends reach to the edge of the view.
    """
    lane = np.array([n for row in placed for n in row], dtype="int64")
    row = np.repeat(np.arange(len(placed)), [len(p) for p in placed])
    begin = np.where(spans["open_start"], np.minimum(first, spans["first"]), spans["first"])[row]
    end = np.where(spans["open_end"], np.maximum(last, spans["last"]), spans["last"])[row]
    quad = table["quad"].to_numpy(dtype="int64")[row]
    low, high, coarse = cells(begin, end, unit)
    frame = pd.DataFrame({"lane": lane, "first": low, "last": high, "quad": quad, "coarse": coarse})
    keys = ["lane", "first", "last", "quad"]
    sizes = frame.groupby([*keys, "coarse"]).size().rename("events").reset_index()
    columns = [sizes[name].tolist() for name in [*keys, "events", "coarse"]]
    return [Bin(*row) for row in zip(*columns, strict=True)]


def cells(
    begin: np.ndarray, end: np.ndarray, unit: Unit
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per interval, first and last day of the smallest unit (from `unit` up) that contains it."""
    low, high = begin.copy(), end.copy()
    todo = np.ones(len(begin), dtype=bool)
    coarse = np.zeros(len(begin), dtype=bool)
    for step in UNITS[UNITS.index(unit) :]:
        if not todo.any():
            break
        edges = starts(int(begin[todo].min()), int(end[todo].max()), step)
        cell = np.searchsorted(edges, begin, side="right") - 1
        cell = np.clip(cell, 0, len(edges) - 2)
        fits = todo & (begin >= edges[cell]) & (end < edges[cell + 1])
        low[fits], high[fits] = edges[cell[fits]], edges[cell[fits] + 1] - 1
        coarse[fits] = step != unit
        todo &= ~fits
    coarse[todo] = True
    return low, high, coarse


def read_bins(bins: pd.DataFrame, lanes: list[Lane]) -> list[Bin]:
    """Bins counted by the store. Columns: first, last, events; lane or key; quad; coarse.

    Rows of lanes that are not shown are added to the lane OTHER where there is one.
    """
    spans = intervals(bins)
    keys = (bins["lane"] if "lane" in bins else bins["key"]).astype(str).tolist()
    number = {lane.key: index for index, lane in enumerate(lanes)}
    other = number.get(OTHER, -1)
    cells = pd.DataFrame(
        {
            "lane": [number.get(key, other) for key in keys],
            "first": spans["first"],
            "last": spans["last"],
            "quad": bins["quad"].astype("int64") if "quad" in bins else 0,
            "coarse": bins.get("coarse", False),
            "events": bins["events"],
        }
    )[spans["dated"] & np.array([number.get(key, other) >= 0 for key in keys], dtype=bool)]
    columns = ["lane", "first", "last", "quad", "coarse"]
    sums = cells.groupby(columns, as_index=False)["events"].sum()
    rows = zip(*(sums[c].tolist() for c in (*columns[:4], "events", "coarse")), strict=True)
    return [Bin(*row) for row in rows]


def strip_bins(first: np.ndarray, last: np.ndarray, quad: np.ndarray, most: int) -> pd.DataFrame:
    """The density strip over a whole span: first, last, quad, events.

    Events that no single bin contains are not counted: they are len(first) - events.sum(). The
    bins are larger where less than three quarters of the events would fit, down to 24 bins.
    """
    columns = ["first", "last", "quad", "events"]
    if len(first) == 0:
        return pd.DataFrame({c: pd.Series(dtype="int64") for c in columns})
    short = (last - first) < 32
    core = short if short.any() else np.ones(len(first), dtype=bool)
    begin, end = int(first[core].min()), int(last[core].max())
    unit = unit_for(begin, end, most)
    low, high, coarse = cells(first, last, unit)
    for larger in UNITS[UNITS.index(unit) + 1 :]:
        if coarse.mean() <= 0.25 or len(starts(begin, end, larger)) <= 24:
            break
        low, high, coarse = cells(first, last, larger)
    frame = pd.DataFrame({"first": low, "last": high, "quad": quad})[~coarse]
    return frame.groupby(["first", "last", "quad"]).size().rename("events").reset_index()


def unit_name(first: int, last: int) -> Unit:
    """The unit with this first and last day; otherwise the next larger one."""
    days = last - first + 1
    if days == 1:
        return "day"
    start = to_date(first)
    if days == 7 and start.weekday() == 0:
        return "week"
    limits: tuple[tuple[int, Unit], ...] = ((31, "month"), (92, "quarter"), (366, "year"))
    return next((unit for most, unit in limits if days <= most), "decade")


@dataclass(frozen=True)
class BinBox:
    """A bin as drawn: `top` and `bottom` in pixels below its lane's top. `peak`: the fullest bin
    of its lane, which is labelled with its number.
    """

    bin: Bin
    top: float
    bottom: float
    counts: dict[int, int]
    peak: bool = False


def coarse_rows(bins: Sequence[Bin], lane: int) -> list[int]:
    """The units (indexes in UNITS) of coarse bars in a lane, shortest first: one row each."""
    found = {unit_name(b.first, b.last) for b in bins if b.coarse and b.lane == lane}
    return sorted(UNITS.index(unit) for unit in found)


def bin_boxes(bins: Sequence[Bin], padding: float) -> list[BinBox]:
    """Bins stacked by quad class, coarse ones below, one bar each.

    All lanes share one scale: height is proportional to the square root of the number, so that a
    lane of a few events is visible next to one of thousands.
    """
    cells: dict[tuple[int, int, int, bool], list[Bin]] = {}
    for item in sorted(bins, key=lambda b: (b.lane, b.first, b.last, b.quad)):
        cells.setdefault((item.lane, item.first, item.last, item.coarse), []).append(item)
    peaks: dict[int, int] = {}
    for (lane, *_days, coarse), cell in cells.items():
        if not coarse:
            peaks[lane] = max(peaks.get(lane, 0), sum(b.events for b in cell))
    rows = {lane: coarse_rows(bins, lane) for lane in {key[0] for key in cells}}
    boxes: list[BinBox] = []
    for (lane, first, last, coarse), cell in cells.items():
        if coarse:
            row = rows[lane].index(UNITS.index(unit_name(first, last)))
            boxes.append(_coarse_box(cell, padding + PEAK_ROOM + BIN_HEIGHT + 2 + COARSE_ROW * row))
        else:
            boxes += _fine_boxes(
                cell, padding + PEAK_ROOM + BIN_HEIGHT, max(peaks.values()), peaks[lane]
            )
    return boxes


def _coarse_box(cell: list[Bin], top: float) -> BinBox:
    """One bar in the colour of the largest class."""
    largest = max(cell, key=lambda b: (b.events, b.quad))
    return BinBox(largest, top, top + COARSE_ROW - 2, {b.quad: b.events for b in cell})


def _fine_boxes(cell: list[Bin], bottom: float, most: int, peak: int) -> list[BinBox]:
    total = sum(b.events for b in cell)
    height = max(1.5, math.sqrt(total / most) * BIN_HEIGHT)
    boxes, floor = [], bottom
    for item in cell:
        top = floor - item.events / total * height
        boxes.append(BinBox(item, top, floor, {item.quad: item.events}, total == peak))
        floor = top
    return boxes
