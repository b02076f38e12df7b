"""The dyad matrix: sources in rows, targets in columns, counts or mean scores in the cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from charts.actors.dyads import Dyads, Edge, count_edges, counted_note, largest
from charts.chart import Chart, ChartOptions, Figure
from charts.sheet import hover, names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.figure_parts import FigureParts
from charts.sheet.measure import shorten, text_width
from charts.sheet.plotly_sheet import Sheet
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


def cell_colour(edge: Edge | None, measure: Measure, most: int, look: Theme) -> str:
    """Counts in one hue from pale to full; scores from red over grey to blue."""
    if edge is None:
        return look.background
    if measure == "score":
        return balance_colour(edge.score, look)
    return mix(look.accent, look.background, 0.88 * (1 - (edge.events / most) ** 0.5))


def cell_text(edge: Edge | None, measure: Measure, lang: str, room: float = 46.0) -> str:
    """The text of a cell `room` pixels wide; a number that is too wide is given in thousands."""
    if edge is None:
        return ""
    if measure == "score":
        return score_text(edge, lang)
    whole = format_number(edge.events, lang)
    return whole if text_width(whole, LABEL_SIZE) < room - 3 else format_short(edge.events, lang)


def matrix(
    table: pd.DataFrame,
    options: MatrixOptions = MatrixOptions(),
) -> Chart[go.Figure]:
    """Sources in rows, targets in columns; counts or mean scores. customdata begin with
    [source, target]."""
    found = lay_out(table, options)
    around, width = found.frame, options.width
    right = width - found.left - found.wide
    look = theme_of(options.theme)
    sheet = Sheet(FigureParts(), around, look, width, found.height, found.left, right)
    _matrix_cells(sheet, found.rows, found.columns, found.cells, options.measure, options.lang)
    plain = {"visible": False, "fixedrange": True}
    domain = sheet.domain(found.top, found.bottom)
    sheet.figure.update_layout(
        xaxis={"range": [-0.5, max(1, len(found.columns)) - 0.5], **plain},
        yaxis={"range": [max(1, len(found.rows)) - 0.5, -0.5], **plain, "domain": domain},
    )
    words = [
        sheet.text(
            found.left - 8, found.top + found.tall * (n + 0.5), name, TEXT_SIZE, anchor="right"
        )
        for n, name in enumerate(found.names)
    ]
    words += _column_names(sheet, found.columns, found.top, options.lang)
    sheet.finish(words, [])
    return found.chart(sheet.figure.figure(), options.lang)


@dataclass(frozen=True)
class MatrixLayout:
    """A matrix laid out in pixels from the top left, with its counts; both renderers draw from it.

    `edges` are those of the cells, largest first; `left`, `top`, `wide` and `bottom` bound them.
    """

    rows: list[str]
    columns: list[str]
    cells: dict[tuple[str, str], Edge]
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

    @property
    def bottom(self) -> float:
        """Lower edge of the cells."""
        return self.top + self.tall * max(1, len(self.rows))

    @property
    def height(self) -> float:
        """Height of the whole picture in pixels."""
        return self.bottom + 14 + self.frame.footer

    def chart(self, figure: Figure, lang: str) -> Chart[Figure]:
        """The drawn figure as a `Chart`, with its counts, notes and texts."""
        dyads, twin = self.dyads, partial(edges_twin, self.edges, lang)
        alt = matrix_words(self.rows, self.columns, self.edges, lang)
        drawn = dyads.drawn(self.edges)
        return Chart(figure, dyads.rows, drawn, self.left_out, self.notes, alt, twin)


def lay_out(table: pd.DataFrame, options: MatrixOptions) -> MatrixLayout:
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
        rows, columns, cells, edges, dyads, left_out, notes, around, row_names, left, top, wide
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


def _column_names(
    sheet: Sheet, columns: list[str], top: float, lang: str
) -> list[dict[str, object]]:
    words = []
    turned = {"textangle": -TURN, "xanchor": "left", "yanchor": "bottom", "xshift": -4}
    for number, code in enumerate(columns):
        note = sheet.text(0, top - 6, short_name(code, lang), TEXT_SIZE)
        # a share of the plot's width: the name stays over its column when a page squeezes it;
        # plotly rotates around the anchor's corner, so the name starts at its column
        words.append({**note, **turned, "x": (number + 0.5) / len(columns)})
    return words


def _matrix_cells(
    sheet: Sheet,
    rows: list[str],
    columns: list[str],
    cells: dict[tuple[str, str], Edge],
    measure: Measure,
    lang: str,
) -> None:
    """One square marker per cell, so that each cell has its own colour and click."""
    most = max((edge.events for edge in cells.values()), default=1)
    found = sorted(cells.values(), key=lambda e: (rows.index(e.source), columns.index(e.target)))
    colours = [cell_colour(edge, measure, most, sheet.theme) for edge in found]
    wide = (sheet.width - sheet.left - sheet.right) / max(1, len(columns))
    sheet.figure.add_bar(
        orientation="h",
        base=[round(columns.index(edge.target) - 0.5 + 0.5 / wide, 3) for edge in found],
        x=[round(1 - 1 / wide, 3) for _ in found],
        y=[rows.index(edge.source) for edge in found],
        width=1 - 1 / LOW,
        marker={"color": colours, "line": {"width": 0}},
        text=[cell_text(edge, measure, lang, wide) for edge in found],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": LABEL_SIZE, "color": [ink_on(c) for c in colours]},
        hovertemplate=_hover(lang),
        customdata=[_custom(edge, lang) for edge in found],
    )
    sheet.figure.update_layout(barmode="overlay")


def _hover(lang: str) -> str:
    """Hover template: pair, number, split by class, mean score; filled from a cell's customdata."""
    score = translator(lang)("Mean score: {n}").format(n="%{customdata[8]}")
    return f"{hover.counts_template(2, lang)}<br>{score}<extra></extra>"


def _custom(edge: Edge, lang: str) -> list[object]:
    """Source, target, pair in words, events in words, events of the classes 1 to 4, mean score."""
    pair = names.pair(edge.source, edge.target, lang)
    told = hover.counts_fields(pair, edge.counts, lang)
    return [edge.source, edge.target, *told, score_text(edge, lang)]
