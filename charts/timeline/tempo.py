"""The tempo chart: events per day, week, month or year, stacked by quad class; a dyad over time.

The counts of the bars come from charts/timeline/tempo_counts.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from charts.chart import Chart
from charts.drawing import Axes, Drawing, Line, Mark, Panel, Rect, Symbol, Target, Text
from charts.sheet import hover, names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.frame_marks import framed, tick_word
from charts.sheet.scale import ticks
from charts.sheet.shapes import line_dash
from charts.sheet.theme import Theme, theme_of
from charts.timeline.spans import iso
from charts.timeline.tempo_counts import (
    LEFT,
    Bar,
    CodedLine,
    DyadOptions,
    Tempo,
    TempoOptions,
    count,
    count_dyad,
)
from events.wording import format_number, label, named, translator

HEIGHT, AXIS = 220.0, 36.0  # heights in pixels: of the bars, and of the axis below them


def tempo(
    table: pd.DataFrame,
    options: TempoOptions = TempoOptions(),  # noqa: B008 (frozen)
) -> Chart[Drawing]:
    """Events per unit stacked by quad class. customdata [first, last, quad]."""
    return _chart(count(table, options), (), options)


def dyad(table: pd.DataFrame, options: DyadOptions) -> Chart[Drawing]:
    """What two actors do to each other: cooperation above the line, conflict below.

    customdata [a, b, first, last, quad]. Events of other pairs are counted as left out.
    """
    return _chart(count_dyad(table, options), (options.a, options.b), options)


def unit_note(found: Tempo, lang: str) -> str:
    """``Time unit: week.``"""
    text = translator(lang)("Time unit: {unit}.")
    return text.format(unit=label(found.unit, lang).lower())


def value_ticks(bottom: int, top: int, most: int = 5) -> list[int]:
    """Ticks of the value axis: round integers from `bottom` to `top`."""
    span = max(1, top - bottom)
    step = next(s * 10**p for p in range(9) for s in (1, 2, 5) if span / (s * 10**p) <= most)
    return list(range(-(-bottom // step) * step, top + 1, step))


def tempo_notes(found: Tempo, lang: str) -> tuple[str, ...]:
    """Notes: the time unit of a bar, the events that are in no bar, the rows of each coder."""
    lines = [_line_note(line, lang) for line in found.lines]
    notes = (unit_note(found, lang), left_out_note(found.left_out, lang), *lines)
    return tuple(note for note in notes if note)


def _frame(found: Tempo, options: TempoOptions) -> CaptionFrame:
    """The texts around a tempo chart."""
    symbols = [f"quad {quad}" for quad in sorted({bar.quad for bar in found.bars})]
    symbols += [line_symbol(number, line) for number, line in enumerate(found.lines)]
    notes = tempo_notes(found, options.lang)
    return frame(options.caption, notes, symbols, options.width, options.lang)


def line_symbol(number: int, line: CodedLine) -> str:
    """The entry of the key for the line of a coder."""
    return f"line {number} {line.coder}"


def _line_note(line: CodedLine, lang: str) -> str:
    told = translator(lang)("Line of {coder}: rows in a time unit shown: {n}; in none: {m}.")
    drawn, left = (format_number(number, lang) for number in (sum(line.counts), line.left_out))
    return told.format(coder=line.coder, n=drawn, m=left)


def tempo_alt(found: Tempo, lang: str) -> str:
    """The alternative text of a tempo chart."""
    return translator(lang)("{n} events counted by {unit}.").format(
        n=format_number(found.drawn, lang), unit=label(found.unit, lang).lower()
    )


def _chart(found: Tempo, pair: tuple[str, ...], options: TempoOptions) -> Chart[Drawing]:
    lang, look = options.lang, theme_of(options.theme)
    around = _frame(found, options)
    top, low, high = around.header + 8, min(found.bottom, 0), max(1, found.top)
    room = (high - low) * 0.04
    scale = found.scale
    ends = (high + room, low - room * (low < 0))
    days = (scale.first, scale.last + 1)
    axes = Axes(LEFT, top, scale.right, top + HEIGHT, days, ends, upright=True)
    marks = (*_grid(found, axes, look, lang), *_bars(found, pair, look, lang),
             *_coder_lines(found, look, lang))  # fmt: skip
    drawing = framed(around, 8 + HEIGHT + AXIS, look, (Panel(axes, marks),))
    notes, alt = tempo_notes(found, lang), tempo_alt(found, lang)
    twin = partial(tempo_twin, found, lang)
    return Chart(drawing, found.rows, found.drawn, found.left_out, notes, alt, twin)


def tempo_twin(found: Tempo, lang: str) -> pd.DataFrame:
    """Table twin, one row per bar and per step of a coder's line: from, to, class, events."""
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
    rows += [
        {
            _("From"): iso(first),
            _("To"): iso(end - 1),
            _("Class"): _("Coded by {coder}").format(coder=line.coder),
            _("Events"): number,
        }
        for line in found.lines
        for first, end, number in zip(line.edges, line.edges[1:], line.counts, strict=False)
        if number
    ]
    return pd.DataFrame(rows)


def _grid(found: Tempo, axes: Axes, look: Theme, lang: str) -> Iterator[Mark]:
    """The lines of the values with their numbers, the days below."""
    first, last = axes.x
    for value in value_ticks(found.bottom, max(1, found.top)):
        yield Line(((first, value), (last, value)), *((look.grid,) if value else (look.muted, 1.2)))
        number = format_number(abs(value), lang)
        yield Text(first, value, number, colour=look.muted, anchor="right", dx=-8)
    for tick in ticks(found.scale, lang):
        dy = 25 if tick.row else 10
        yield tick_word(tick, found.scale.day(tick.text_x), axes.y[1], look, dy)


def _bars(found: Tempo, pair: tuple[str, ...], look: Theme, lang: str) -> Iterator[Mark]:
    for bar in found.bars:
        end = bar.first + (bar.last + 1 - bar.first) * 0.92
        target = Target((*pair, iso(bar.first), iso(bar.last), bar.quad), _hover(bar, lang))
        colour = look.quads[bar.quad]
        yield Rect(bar.first, bar.base, end, bar.base + bar.events, colour, target=target)


def _coder_lines(found: Tempo, look: Theme, lang: str) -> Iterator[Mark]:
    """A line in steps a coder; in the middle of each step it can be pointed at."""
    for number, line in enumerate(found.lines):
        steps = list(zip(line.edges, line.edges[1:], line.counts, strict=False))
        points = tuple((day, n) for first, end, n in steps for day in (first, end))
        yield Line(points, look.text, 1.4, line_dash(line_symbol(number, line)))
        for first, end, events in steps:
            target = Target((), _line_hover(line, (first, end), events, lang))
            yield Symbol((first + end) / 2, events, 9.0, "", target=target)


def _line_hover(line: CodedLine, days: tuple[int, int], events: int, lang: str) -> str:
    name = translator(lang)("Coded by {coder}").format(coder=line.coder)
    told = hover.days_words(days[0], days[1] - 1, lang)
    events_told = names.escape(named(name, format_number(events, lang), lang))
    return f"<b>{names.escape(told)}</b><br>{events_told}"


def _hover(bar: Bar, lang: str) -> str:
    days = hover.days_words(bar.first, bar.last, lang)
    heading = f"<b>{names.escape(days)}</b>"
    told = named(label(f"quad {bar.quad}", lang), format_number(bar.events, lang), lang)
    return f"{heading}<br>{told}"
