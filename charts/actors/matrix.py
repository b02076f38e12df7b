"""The dyad matrix: sources in rows, targets in columns, counts or mean scores in the cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd

from charts.actors.dyads import Dyads, Edge, count_edges, counted_note, largest
from charts.chart import Chart, ChartOptions
from charts.drawing import Axes, Drawing, Mark, Panel, Rect, Target, Text
from charts.sheet import hover, names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.frame_marks import framed
from charts.sheet.measure import shorten, text_width
from charts.sheet.theme import LABEL_SIZE, TEXT_SIZE, Theme, balance_colour, ink_on, mix, theme_of
from charts.sheet.twins import edges_twin, strongest
from events.wording import format_number, format_short, translator

Measure = Literal["events", "score"]
LOW, HIGH, FILLED = 26.0, 46.0, 400.0  # pixels: height of a row, of all rows of a small matrix
NAME_WIDTH = 200.0
TURN = 60.0  # slant of the names above the columns, in degrees
NARROWEST, WIDEST, EDGE = 22.0, 84.0, 24.0  # pixels: width of columns, room at the right


@dataclass(frozen=True, kw_only=True)
class MatrixOptions(ChartOptions):
    """Options of a matrix: counts of events or mean scores, and the largest number of actors."""

    measure: Measure = "events"
    max_actors: int = 25


def matrix_cells(
    dyads: Dyads, most: int
) -> tuple[list[str], list[str], dict[tuple[str, str], Edge]]:
    """Row codes (sources), column codes (targets), largest first, and the edge of each cell."""
    kept = largest(dyads.edges, most)
    edges = [e for e in dyads.edges if e.source in kept and e.target in kept]
    rows = [code for code in kept if any(e.source == code for e in edges)]
    columns = [code for code in kept if any(e.target == code for e in edges)]
    return rows, columns, {(e.source, e.target): e for e in edges}


def cell_colour(edge: Edge, measure: Measure, most: int, look: Theme) -> str:
    """Counts in one hue from pale to full; scores from red over grey to blue."""
    if measure == "score":
        return balance_colour(edge.score, look)
    return mix(look.accent, look.background, 0.88 * (1 - (edge.events / most) ** 0.5))


def cell_text(edge: Edge, measure: Measure, lang: str, room: float = 46.0) -> str:
    """The text of a cell `room` pixels wide; a number that is too wide is given in thousands."""
    if measure == "score":
        return score_text(edge, lang)
    whole = format_number(edge.events, lang)
    return whole if text_width(whole, LABEL_SIZE) < room - 3 else format_short(edge.events, lang)


def matrix(
    table: pd.DataFrame,
    options: MatrixOptions = MatrixOptions(),
) -> Chart[Drawing]:
    """Sources in rows, targets in columns; counts or mean scores. customdata begin with
    [source, target]."""
    found, look = _lay_out(table, options), theme_of(options.theme)
    rows, columns = max(1, len(found.rows)), max(1, len(found.columns))
    right, bottom = found.left + found.wide, found.top + found.tall * rows
    ends = ((-0.5, columns - 0.5), (-0.5, rows - 0.5))
    axes = Axes(found.left, found.top, right, bottom, *ends)
    marks = (*_names(found, options.lang), *_cells(found, axes, options, look))
    body = bottom + 14 - found.frame.header
    drawing = framed(found.frame, body, look, (Panel(axes, marks),))
    return found.chart(drawing, options.lang)


def _names(found: MatrixLayout, lang: str) -> Iterator[Mark]:
    """The names of the rows, and those of the columns, slanted."""
    for number, name in enumerate(found.names):
        yield Text(-0.5, number, name, TEXT_SIZE, anchor="right", dx=-8)
    for number, code in enumerate(found.columns):
        yield Text(number, -0.5, short_name(code, lang), TEXT_SIZE, dy=-6, turn=TURN)


def _cells(found: MatrixLayout, axes: Axes, options: MatrixOptions, look: Theme) -> Iterator[Mark]:
    """The cells, a pixel apart, and then their numbers."""
    most = max((edge.events for edge in found.edges), default=1)
    across, down = (0.5 - share / 2 for share in axes.per_pixel)
    wide, template = 1 / axes.per_pixel[0], _hover(options.lang)
    numbers: list[Mark] = []
    for edge in found.edges:
        x, y = found.columns.index(edge.target), found.rows.index(edge.source)
        colour = cell_colour(edge, options.measure, most, look)
        target = Target(_custom(edge, options.lang), template=template)
        yield Rect(x - across, y - down, x + across, y + down, colour, target=target)
        text = cell_text(edge, options.measure, options.lang, wide)
        numbers.append(Text(x, y, text, colour=ink_on(colour), anchor="center"))
    yield from numbers


@dataclass(frozen=True)
class MatrixLayout:
    """A matrix laid out in pixels from the top left, with its counts.

    `edges` are those of the cells, largest first; `left`, `top` and `wide` bound them.
    """

    rows: list[str]
    columns: list[str]
    edges: list[Edge]
    dyads: Dyads
    left_out: dict[str, int]
    notes: tuple[str, ...]
    frame: CaptionFrame
    names: list[str]
    left: float
    top: float
    wide: float

    @property
    def tall(self) -> float:
        """Height of a row: few rows are higher."""
        return min(HIGH, max(LOW, FILLED / max(1, len(self.rows))))

    def chart(self, figure: Drawing, lang: str) -> Chart[Drawing]:
        """What is drawn as a `Chart`, with its counts, notes and texts."""
        dyads, twin = self.dyads, partial(edges_twin, self.edges, lang)
        alt = matrix_words(self.rows, self.columns, self.edges, lang)
        drawn = dyads.drawn(self.edges)
        return Chart(figure, dyads.rows, drawn, self.left_out, self.notes, alt, twin)


def _lay_out(table: pd.DataFrame, options: MatrixOptions) -> MatrixLayout:
    """Rows and columns for as many actors as there is room for, and the texts around them."""
    width, lang = options.width, options.lang
    dyads = count_edges(table)
    rows, columns, cells = matrix_cells(dyads, most_actors(options.max_actors, width))
    edges = sorted(cells.values(), key=lambda e: (-e.events, e.source, e.target))
    left_out = dyads.left_out(edges, "beyond the actors shown")
    notes = matrix_notes(dyads, left_out, options.measure, lang)
    around = frame(options.caption, notes, [], width, lang)
    row_names = [row_name(code, width, lang) for code in rows]
    left = 24 + max((text_width(name, TEXT_SIZE) for name in row_names), default=60.0)
    top = around.header + matrix_head(columns, lang)
    wide = matrix_width(width, left, columns, lang)
    return MatrixLayout(
        rows, columns, edges, dyads, left_out, notes, around, row_names, left, top, wide
    )


def matrix_words(rows: list[str], columns: list[str], edges: list[Edge], lang: str) -> str:
    """The alternative text of a matrix."""
    alt = translator(lang)("Matrix of who acts on whom: sources {n}, targets {m}.")
    return alt.format(n=len(rows), m=len(columns)) + " " + strongest(edges, lang)


def matrix_notes(
    dyads: Dyads, left_out: dict[str, int], measure: Measure, lang: str
) -> tuple[str, ...]:
    """How to read the matrix, what is counted, and what is not in it."""
    _ = translator(lang)
    told = {
        "events": _("Rows act on columns. In the cells: number of events."),
        "score": _(
            "Rows act on columns. In the cells: mean score of the events, red for conflict, blue "
            "for cooperation."
        ),
    }
    notes = (told[measure], counted_note(dyads, lang), left_out_note(left_out, lang))
    return tuple(note for note in notes if note)


def row_name(code: str, width: float, lang: str) -> str:
    """An actor's name, shortened to the room beside a row; a wide picture leaves more room."""
    return shorten(names.actor(code, lang), max(NAME_WIDTH, 0.22 * width), TEXT_SIZE)


def score_text(edge: Edge, lang: str) -> str:
    """The mean score with one decimal, never as "-0.0"."""
    return format_number(round(edge.score, 1) + 0.0, lang, 1)


def most_actors(asked: int, width: float) -> int:
    """The number of actors whose columns fit the width, `asked` at most."""
    return max(5, min(asked, int((width - NAME_WIDTH - 3 * EDGE) / NARROWEST)))


def matrix_width(width: float, left: float, columns: list[str], lang: str) -> float:
    """Width of all columns together, leaving room at the right for their slanted names."""
    share = math.cos(math.radians(TURN))
    reach = [text_width(short_name(code, lang), TEXT_SIZE) * share + 12 for code in columns]
    number, right = max(1, len(columns)), EDGE
    for _ in range(5):  # narrower columns bring more names to the edge
        cell = min(WIDEST, (width - left - right) / number)
        over = [far - (number - at - 0.5) * cell for at, far in enumerate(reach)]
        right = max(right, *over, EDGE)
    return max(60.0, min(width - left - right, WIDEST * number))


def matrix_head(columns: list[str], lang: str) -> float:
    """Room above the columns for their slanted names."""
    widths = [text_width(short_name(code, lang), TEXT_SIZE) for code in columns]
    return 16 + max(widths, default=20.0) * math.sin(math.radians(TURN))


def short_name(code: str, lang: str) -> str:
    """An actor's name, shortened to the room above a column."""
    return shorten(names.actor(code, lang), 150.0, TEXT_SIZE)


def _hover(lang: str) -> str:
    """Hover template: pair, number, split by class, mean score; filled from a cell's customdata."""
    score = translator(lang)("Mean score: {n}").format(n="%{customdata[8]}")
    return f"{hover.counts_template(2, lang)}<br>{score}<extra></extra>"


def _custom(edge: Edge, lang: str) -> tuple[object, ...]:
    """Source, target, pair in words, events in words, events of the classes 1 to 4, mean score."""
    pair = names.pair(edge.source, edge.target, lang)
    told = hover.counts_fields(pair, edge.counts, lang)
    return (edge.source, edge.target, *told, score_text(edge, lang))
