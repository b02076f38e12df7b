"""The tempo chart: events per day, week, month or year, stacked by quad class; a dyad over time.

The counts of the bars come from charts/timeline/tempo_counts.py.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import plotly.graph_objects as go

from charts.chart import Chart
from charts.sheet import hover, names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.figure_parts import FigureParts
from charts.sheet.plotly_sheet import Sheet, css_dash
from charts.sheet.scale import ticks
from charts.sheet.shapes import line_dash
from charts.sheet.theme import theme_of
from charts.timeline.spans import (
    iso,
)
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
) -> Chart[go.Figure]:
    """Events per unit stacked by quad class. customdata [first, last, quad]."""
    return _chart(count(table, options), [], options)


def dyad(table: pd.DataFrame, options: DyadOptions) -> Chart[go.Figure]:
    """What two actors do to each other: cooperation above the line, conflict below.

    customdata [a, b, first, last, quad]. Events of other pairs are counted as left out.
    """
    return _chart(count_dyad(table, options), [options.a, options.b], options)


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


def tempo_frame(found: Tempo, options: TempoOptions) -> CaptionFrame:
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
    for number, line in enumerate(found.lines):
        _draw_line(sheet, number, line, lang)
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


def _draw_line(sheet: Sheet, number: int, line: CodedLine, lang: str) -> None:
    steps = list(zip(line.edges, line.edges[1:], line.counts, strict=False))
    name = translator(lang)("Coded by {coder}").format(coder=line.coder)
    told = [hover.days_words(first, end - 1, lang) for first, end, _count in steps]
    sheet.figure.add_scatter(
        mode="lines",
        x=[iso(day) for day in line.edges],
        y=[*line.counts, line.counts[-1]],
        line={
            "shape": "hv",
            "color": sheet.theme.text,
            "width": 1.4,
            "dash": css_dash(line_dash(line_symbol(number, line))),
        },
        hoverinfo="text",
        hovertext=[
            f"<b>{names.escape(days)}</b><br>"
            f"{names.escape(named(name, format_number(events, lang), lang))}"
            for days, (_first, _end, events) in zip(told, steps, strict=True)
        ],
    )


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
