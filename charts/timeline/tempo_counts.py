"""Events per day, week, month or year by quad class, of a table or of a pair of actors.

An event is in a bar only if its whole date lies in the bar's days. Events dated less precisely are
counted separately, never spread over bars or put on a first of January.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from charts.chart import ChartOptions
from charts.sheet.scale import Scale
from charts.timeline.spans import (
    UNITS,
    Unit,
    View,
    default_view,
    intervals,
    starts,
    to_number,
    unit_for,
)

LEFT = 64.0  # pixels left of the bars for the numbers of the axis
COOPERATION = (1, 2)
VAGUE = "dated less precisely than a bar"


@dataclass(frozen=True, kw_only=True)
class TempoOptions(ChartOptions):
    """Options of a tempo chart: time unit of a bar and days shown (None: chosen to fit). `coded`:
    rows that others coded (first, last, precision, open_start, open_end, coder), counted as a line
    a coder beside the bars of the table."""

    unit: Unit | None = None
    view: View | None = None
    coded: pd.DataFrame | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class DyadOptions(TempoOptions):
    """Options of the chart of a pair: the codes of the two actors."""

    a: str
    b: str


@dataclass(frozen=True)
class Bar:
    """Events of one quad class in first..last; `base`: its start above the bars below it."""

    first: int
    last: int
    quad: int
    events: int
    base: int


@dataclass(frozen=True)
class CodedLine:
    """The rows of one coder: `counts` over the days from an edge to the next, one less than
    `edges`; `left_out`: rows in none of them."""

    coder: str
    edges: tuple[int, ...]
    counts: tuple[int, ...]
    left_out: int


@dataclass(frozen=True)
class Tempo:
    """Bars in time order, and the events that are in none; the lines of coders, by name."""

    bars: list[Bar]
    unit: Unit
    scale: Scale
    rows: int
    left_out: dict[str, int]
    top: int
    bottom: int
    inside: np.ndarray = field(compare=False)  # which of the rows are in a bar
    lines: tuple[CodedLine, ...] = ()

    @property
    def drawn(self) -> int:
        """Events in a bar."""
        return self.rows - sum(self.left_out.values())


def count(table: pd.DataFrame, options: TempoOptions, mirror: bool = False) -> Tempo:
    """Count the events of a table per time unit; `mirror` puts conflict below the line."""
    spans = intervals(table)
    view = options.view or default_view(table) or (dt.date(2000, 1, 1), dt.date(2000, 1, 31))
    first, last = to_number(view[0]), to_number(view[1])
    right = options.width - 16.0
    unit = options.unit or unit_for(first, last, int((right - LEFT) / 9))
    edges = starts(first, last, unit)
    high, dated = spans["last"].to_numpy(), spans["dated"].to_numpy(dtype=bool)
    cell, touches, fits = _cells(spans, edges)
    low = spans["first"].to_numpy()
    left_out = {
        "undated": int((~dated).sum()),
        "before the days shown": int((dated & (high < edges[0])).sum()),
        "after the days shown": int((dated & (low >= edges[-1])).sum()),
        VAGUE: int((touches & ~fits).sum()),
    }
    bars = _stack(cell[fits], table["quad"].to_numpy(dtype="int64")[fits], edges, mirror)
    scale = Scale(int(edges[0]), int(edges[-1]) - 1, LEFT, right)
    lines = () if options.coded is None else tuple(_lines(options.coded, edges))
    ends = [bar.base + bar.events for bar in bars] + [bar.base for bar in bars] + [0]
    ends += [number for line in lines for number in line.counts]
    found = {reason: number for reason, number in left_out.items() if number}
    return Tempo(bars, unit, scale, len(table), found, max(ends), min(ends), fits, lines)


def _cells(spans: pd.DataFrame, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each interval the bar in which it begins, whether it touches the days shown, and whether
    it lies in that bar whole."""
    low, high = spans["first"].to_numpy(), spans["last"].to_numpy()
    cell = np.clip(np.searchsorted(edges, low, side="right") - 1, 0, len(edges) - 2)
    closed = ~(spans["open_start"] | spans["open_end"]).to_numpy(dtype=bool)
    touches = spans["dated"].to_numpy(dtype=bool) & (high >= edges[0]) & (low < edges[-1])
    return cell, touches, touches & closed & (low >= edges[cell]) & (high < edges[cell + 1])


def _lines(coded: pd.DataFrame, edges: np.ndarray) -> Iterator[CodedLine]:
    for coder, rows in coded.groupby("coder", sort=True):
        cell, _, fits = _cells(intervals(rows), edges)
        counts = np.bincount(cell[fits], minlength=len(edges) - 1).tolist()
        days = tuple(edges.tolist())
        yield CodedLine(str(coder), days, tuple(counts), len(rows) - int(fits.sum()))


def _stack(cell: np.ndarray, quad: np.ndarray, edges: np.ndarray, mirror: bool) -> list[Bar]:
    counts = Counter(zip(cell.tolist(), quad.tolist(), strict=True))
    floor: dict[tuple[int, bool], int] = {}
    bars = []
    for (index, klass), number in sorted(counts.items()):
        down = mirror and klass not in COOPERATION
        start = floor.get((index, down), 0)
        end = start - number if down else start + number
        floor[index, down] = end
        first, last = int(edges[index]), int(edges[index + 1]) - 1
        bars.append(Bar(first, last, klass, number, min(start, end)))
    return bars


def count_dyad(table: pd.DataFrame, options: DyadOptions) -> Tempo:
    """The tempo of one pair in both directions; the other rows are counted as left out.

    Without a unit, the shortest one whose bars contain at least half of the events dated there.
    """
    mine = of_pair(table, options.a, options.b)
    found = count(table[mine], options, mirror=True)
    for coarser in UNITS[UNITS.index(found.unit) + 1 :]:
        if options.unit is not None or found.left_out.get(VAGUE, 0) <= found.drawn:
            break
        found = count(table[mine], replace(options, unit=coarser), mirror=True)
    others = len(table) - int(mine.sum())
    left_out = {**found.left_out, **({"another pair of actors": others} if others else {})}
    inside = np.zeros(len(table), dtype=bool)
    inside[mine] = found.inside
    return replace(found, rows=len(table), left_out=left_out, inside=inside)


def in_no_bar(table: pd.DataFrame, options: DyadOptions) -> np.ndarray:
    """Which rows of `table` are events of the pair that stand in no bar of `dyad`."""
    mine: np.ndarray = of_pair(table, options.a, options.b) & ~count_dyad(table, options).inside
    return mine


def in_bar(
    table: pd.DataFrame, a: str, b: str, first: dt.date, last: dt.date, quad: int
) -> np.ndarray:
    """Which rows of `table` stand in one bar of `dyad`: the pair, the class, the whole date."""
    spans = intervals(table)
    open_end = (spans["open_start"] | spans["open_end"]).to_numpy(dtype=bool)
    inside = (spans["first"] >= to_number(first)) & (spans["last"] <= to_number(last))
    fits = spans["dated"].to_numpy(dtype=bool) & inside.to_numpy(dtype=bool) & ~open_end
    chosen: np.ndarray = (
        of_pair(table, a, b) & fits & (table["quad"].to_numpy(dtype="int64") == quad)
    )
    return chosen


def of_pair(table: pd.DataFrame, a: str, b: str) -> np.ndarray:
    """Which rows of `table` are events of the pair, in either direction."""
    rows = zip(table["sources"], table["targets"], strict=True)
    return np.array([(a in s and b in t) or (b in s and a in t) for s, t in rows], dtype=bool)
