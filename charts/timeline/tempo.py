"""Events per day, week, month or year, stacked by quad class; a dyad over time.

An event is in a bar only where its whole date lies in the bar's days. What is dated less precisely
is counted beneath, never spread or put on a first of January.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.chart import Chart, ChartOptions
from charts.sheet import hover, names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.figure_parts import FigureParts
from charts.sheet.plotly_sheet import Sheet
from charts.sheet.scale import Scale, ticks
from charts.sheet.theme import theme_of
from charts.timeline.spans import (
    UNITS,
    Unit,
    View,
    default_view,
    intervals,
    iso,
    starts,
    to_number,
    unit_for,
)
from events.wording import format_number, label, named, translator

LEFT, HEIGHT, AXIS = 64.0, 220.0, 36.0
COOPERATION = (1, 2)
VAGUE = "dated less precisely than a bar"


@dataclass(frozen=True, kw_only=True)
class TempoOptions(ChartOptions):
    """What a tempo chart is asked for: days of a bar and days shown (None: as they fit best)."""

    unit: Unit | None = None
    view: View | None = None


@dataclass(frozen=True, kw_only=True)
class DyadOptions(TempoOptions):
    """What the chart of a pair is asked for: the codes of the two actors."""

    a: str
    b: str


@dataclass(frozen=True)
class Bar:
    """Events of one quad class in first..last; `base` is where it stands on those below it."""

    first: int
    last: int
    quad: int
    events: int
    base: int


@dataclass(frozen=True)
class Tempo:
    """Bars in time order and what they do not hold."""

    bars: list[Bar]
    unit: Unit
    scale: Scale
    rows: int
    left_out: dict[str, int]
    top: int
    bottom: int
    inside: np.ndarray = field(compare=False)  # which of the rows are in a bar

    @property
    def drawn(self) -> int:
        return self.rows - sum(self.left_out.values())


def count(table: pd.DataFrame, options: TempoOptions, mirror: bool = False) -> Tempo:
    """Count the events of a table a unit; `mirror` puts conflict below the line."""
    spans = intervals(table)
    view = options.view or default_view(table) or (dt.date(2000, 1, 1), dt.date(2000, 1, 31))
    first, last = to_number(view[0]), to_number(view[1])
    right = options.width - 16.0
    unit = options.unit or unit_for(first, last, int((right - LEFT) / 9))
    edges = starts(first, last, unit)
    low, high = spans["first"].to_numpy(), spans["last"].to_numpy()
    cell = np.clip(np.searchsorted(edges, low, side="right") - 1, 0, len(edges) - 2)
    dated = spans["dated"].to_numpy(dtype=bool)
    closed = ~(spans["open_start"] | spans["open_end"]).to_numpy(dtype=bool)
    touches = dated & (high >= edges[0]) & (low < edges[-1])
    fits = touches & closed & (low >= edges[cell]) & (high < edges[cell + 1])
    left_out = {
        "undated": int((~dated).sum()),
        "before the days shown": int((dated & (high < edges[0])).sum()),
        "after the days shown": int((dated & (low >= edges[-1])).sum()),
        VAGUE: int((touches & ~fits).sum()),
    }
    bars = _stack(cell[fits], table["quad"].to_numpy(dtype="int64")[fits], edges, mirror)
    scale = Scale(int(edges[0]), int(edges[-1]) - 1, LEFT, right)
    ends = [bar.base + bar.events for bar in bars] + [bar.base for bar in bars] + [0]
    found = {reason: number for reason, number in left_out.items() if number}
    return Tempo(bars, unit, scale, len(table), found, max(ends), min(ends), fits)


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


def tempo(
    table: pd.DataFrame,
    options: TempoOptions = TempoOptions(),
) -> Chart[go.Figure]:
    """Events per unit stacked by quad class. customdata [first, last, quad]."""
    return _chart(count(table, options), [], options)


def dyad(table: pd.DataFrame, options: DyadOptions) -> Chart[go.Figure]:
    """What two actors do to each other: cooperation above the line, conflict below.

    customdata [a, b, first, last, quad]. Events of other pairs are counted as left out.
    """
    return _chart(count_dyad(table, options), [options.a, options.b], options)


def count_dyad(table: pd.DataFrame, options: DyadOptions) -> Tempo:
    """The tempo of one pair in both directions; the other rows are counted as left out.

    Without a unit, the shortest whose bars hold at least half of what is dated in these days.
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


def unit_note(found: Tempo, lang: str) -> str:
    """``Time unit: week.``"""
    text = translator(lang)("Time unit: {unit}.")
    return text.format(unit=label(found.unit, lang).lower())


def value_ticks(bottom: int, top: int, most: int = 5) -> list[int]:
    """Whole round numbers from `bottom` to `top`."""
    span = max(1, top - bottom)
    step = next(s * 10**p for p in range(9) for s in (1, 2, 5) if span / (s * 10**p) <= most)
    return list(range(-(-bottom // step) * step, top + 1, step))


def tempo_notes(found: Tempo, lang: str) -> tuple[str, ...]:
    """The unit of a bar, and what is in none."""
    notes = (unit_note(found, lang), left_out_note(found.left_out, lang))
    return tuple(note for note in notes if note)


def tempo_frame(found: Tempo, options: TempoOptions) -> CaptionFrame:
    """The words around a tempo chart."""
    quads = [f"quad {quad}" for quad in sorted({bar.quad for bar in found.bars})]
    notes = tempo_notes(found, options.lang)
    return frame(options.caption, notes, quads, options.width, options.lang)


def tempo_alt(found: Tempo, lang: str) -> str:
    """The alternative text of a tempo chart."""
    return translator(lang)("{n} events counted by {unit}.").format(
        n=format_number(found.drawn, lang), unit=label(found.unit, lang).lower()
    )


def _chart(found: Tempo, pair: list[str], options: TempoOptions) -> Chart[go.Figure]:
    width, lang = options.width, options.lang
    around = tempo_frame(found, options)
    height = around.header + 8 + HEIGHT + AXIS + around.footer
    sheet = Sheet(FigureParts(), around, theme_of(options.theme), width, height, LEFT, 16.0)
    _draw(sheet, found, pair, lang)
    notes, alt = tempo_notes(found, lang), tempo_alt(found, lang)
    twin = partial(tempo_twin, found, lang)
    return Chart(sheet.figure.figure(), found.rows, found.drawn, found.left_out, notes, alt, twin)


def tempo_twin(found: Tempo, lang: str) -> pd.DataFrame:
    """One row a bar: from, to, class, events."""
    _ = translator(lang)
    rows = [
        {
            _("From"): iso(bar.first),
            _("To"): iso(bar.last),
            _("Class"): label(f"quad {bar.quad}", lang),
            _("Events"): bar.events,
        }
        for bar in found.bars
    ]
    return pd.DataFrame(rows)


def _draw(sheet: Sheet, found: Tempo, pair: list[str], lang: str) -> None:
    look, scale = sheet.theme, found.scale
    top = sheet.frame.header + 8
    for quad in sorted({bar.quad for bar in found.bars}):
        bars = [bar for bar in found.bars if bar.quad == quad]
        sheet.figure.add_bar(
            x=[iso(bar.first) for bar in bars],
            y=[bar.events for bar in bars],
            base=[bar.base for bar in bars],
            width=[(bar.last - bar.first + 1) * 86_400_000 * 0.92 for bar in bars],
            offset=0,
            marker={"color": look.quads[quad], "line": {"width": 0}},
            hoverinfo="text",
            hovertext=[_hover(bar, lang) for bar in bars],
            customdata=[[*pair, iso(bar.first), iso(bar.last), bar.quad] for bar in bars],
        )
    lines = value_ticks(found.bottom, max(1, found.top))
    room = max(1, found.top - found.bottom) * 0.04
    plain = {"fixedrange": True, "showticklabels": False, "ticks": "", "showline": False}
    grid = {"showgrid": True, "gridcolor": look.grid, "tickvals": lines}
    sheet.figure.update_layout(
        barmode="overlay",
        xaxis=plain | {"type": "date", "range": [iso(scale.first), iso(scale.last + 1)],
                       "showgrid": False, "zeroline": False},
        yaxis=plain | grid | {"range": [found.bottom - room * (found.bottom < 0),
                                        max(1, found.top) + room],
                              "domain": sheet.domain(top, top + HEIGHT),
                              "zeroline": True, "zerolinecolor": look.muted},
    )  # fmt: skip
    sheet.finish(_axis_words(sheet, found, lines, top, room, lang), [])


def _axis_words(
    sheet: Sheet, found: Tempo, lines: list[int], top: float, room: float, lang: str
) -> list[dict[str, object]]:
    words = []
    for tick in ticks(found.scale, lang):
        y = top + HEIGHT + (10 if tick.row == 0 else 25)
        side = "center" if tick.row == 0 else "left"
        note = sheet.text(sheet.left, y, tick.text, anchor=side, bold=bool(tick.row),
                          colour=sheet.theme.muted)  # fmt: skip
        words.append({**note, "xref": "x", "x": found.scale.moment(tick.text_x), "xshift": 0})
    low = found.bottom - room * (found.bottom < 0)
    for value in lines:
        share = (max(1, found.top) + room - value) / (max(1, found.top) + room - low)
        number = format_number(abs(value), lang)
        words.append(
            sheet.text(LEFT - 8, top + HEIGHT * share, number, anchor="right",
                       colour=sheet.theme.muted)
        )  # fmt: skip
    return words


def _hover(bar: Bar, lang: str) -> str:
    days = hover.days_words(bar.first, bar.last, lang)
    heading = f"<b>{names.escape(days)}</b>"
    told = named(label(f"quad {bar.quad}", lang), format_number(bar.events, lang), lang)
    return f"{heading}<br>{told}"
