"""Tempo and dyad over time as still pictures."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from charts.chart import Chart
from charts.sheet.scale import ticks
from charts.sheet.shapes import line_dash
from charts.sheet.theme import theme_of
from charts.still.paper import Paper, dashed, rectangle
from charts.timeline.tempo import (
    AXIS,
    HEIGHT,
    line_symbol,
    tempo_alt,
    tempo_frame,
    tempo_notes,
    tempo_twin,
    value_ticks,
)
from charts.timeline.tempo_counts import LEFT, DyadOptions, Tempo, TempoOptions, count, count_dyad
from events.wording import format_number


def tempo_figure(
    table: pd.DataFrame,
    options: TempoOptions = TempoOptions(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.timeline.tempo.tempo`."""
    return _chart(count(table, options), options)


def dyad_figure(table: pd.DataFrame, options: DyadOptions) -> Chart[Figure]:
    """The picture of `charts.timeline.tempo.dyad`."""
    return _chart(count_dyad(table, options), options)


def _chart(found: Tempo, options: TempoOptions) -> Chart[Figure]:
    width, lang = options.width, options.lang
    around = tempo_frame(found, options)
    paper = Paper(width, around.header + 8 + HEIGHT + AXIS + around.footer, theme_of(options.theme))
    paper.frame(around)
    _draw(paper, found, around.header + 8, lang)
    notes, alt = tempo_notes(found, lang), tempo_alt(found, lang)
    twin = partial(tempo_twin, found, lang)
    return Chart(paper.figure, found.rows, found.drawn, found.left_out, notes, alt, twin)


def _draw(paper: Paper, found: Tempo, top: float, lang: str) -> None:
    look, scale = paper.theme, found.scale
    low, high = min(found.bottom, 0), max(1, found.top)
    room = (high - low) * 0.04
    tall = high + room - low + room * (low < 0)

    def y(value: float) -> float:
        return top + HEIGHT * (high + room - value) / tall

    for value in value_ticks(low, high):
        paper.line([(LEFT, y(value)), (scale.right, y(value))], look.grid, 1)
        number = format_number(abs(value), lang)
        paper.text(LEFT - 8, y(value), number, colour=look.muted, anchor="right")
    shapes, colours = [], []
    for bar in found.bars:
        x0 = scale.x(bar.first)
        x1 = x0 + (scale.x(bar.last + 1) - x0) * 0.92
        shapes.append(rectangle(x0, y(bar.base + bar.events), x1, y(bar.base)))
        colours.append(look.quads[bar.quad])
    paper.polygons(shapes, colours)
    for number, line in enumerate(found.lines):
        edges = zip(line.edges, line.edges[1:], line.counts, strict=False)
        points = [(scale.x(day), y(n)) for first, end, n in edges for day in (first, end)]
        dash = line_dash(line_symbol(number, line))
        paper.line(points, look.text, 1.4, **dashed(dash))
    paper.line([(LEFT, y(0)), (scale.right, y(0))], look.muted, 1.2)
    for tick in ticks(scale, lang):
        side, weight = ("center", 400) if tick.row == 0 else ("left", 600)
        below = top + HEIGHT + (10 if tick.row == 0 else 25)
        paper.text(tick.text_x, below, tick.text, weight=weight, colour=look.muted, anchor=side)
