"""Network, matrix and flows as still pictures."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from charts.actors.dyads import Edge, count_edges, largest
from charts.actors.flows import FLOW_SIDE, flow_height, flow_name, flow_notes, flow_words
from charts.actors.flows_layout import THICKNESS, Flow
from charts.actors.flows_layout import lay_out as lay_out_flow
from charts.actors.matrix import (
    CELL,
    TURN,
    Measure,
    cell_colour,
    cell_text,
    ink_on,
    matrix_cells,
    matrix_head,
    matrix_notes,
    matrix_width,
    matrix_words,
    most_actors,
    row_name,
    short_name,
)
from charts.actors.network import OPACITY, balance_key, edge_width, network_words, together_note
from charts.actors.network_layout import LINE, Network, Node, lay_out
from charts.actors.together import pairs_drawn
from charts.chart import Caption, Chart, ThemeName
from charts.sheet.caption import frame
from charts.sheet.measure import text_width
from charts.sheet.theme import TEXT_SIZE, balance_colour, theme_of
from charts.sheet.twins import edges_twin
from charts.still.paper import Paper, faded, rectangle


def network_figure(
    table: pd.DataFrame,
    *,
    min_events: int = 1,
    ego: str | None = None,
    max_nodes: int = 40,
    width: float = 1180.0,
    height: float = 620.0,
    lang: str = "en",
    theme: ThemeName = "light",
    together: Counter[tuple[str, str]] | None = None,
    caption: Caption = Caption(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.actors.network.network`: same arguments, same places."""
    found = lay_out(table, min_events, ego, max_nodes, width, height, lang)
    left_out, notes, alt = network_words(found, lang)
    dashed = pairs_drawn(found, together or Counter())
    if dashed:
        told = together_note(len(dashed), lang)
        notes, alt = (*notes, told), f"{alt} {told}"
    key = {words: colour for colour, words in balance_key(theme_of(theme), lang)}
    around = frame(caption, notes, list(key), width, lang)
    paper = Paper(width, around.header + height + around.footer, theme_of(theme))
    paper.colours = key
    paper.frame(around)
    spots = {node.code: (node.x, node.y + around.header) for node in found.nodes}
    for first, second in dashed:
        ends = [spots[first], spots[second]]
        paper.line(ends, faded(paper.theme.muted, 0.55), 1.0, linestyle=(0, (4, 3)))
    for edge in reversed(found.edges):
        _draw_edge(paper, edge, found, around.header)
    for node in found.nodes:
        x, y = node.x, node.y + around.header
        paper.disc(x, y, 2 * node.radius + 2, paper.theme.background)
        paper.disc(x, y, 2 * node.radius, paper.theme.muted)
    for node in found.nodes:
        y = node.y + around.header + node.radius + TEXT_SIZE * 0.5 + 3
        for number, line in enumerate(node.lines):
            paper.text(node.x, y + LINE * number, line, TEXT_SIZE, anchor="center", halo=True)
    drawn = found.dyads.drawn(found.edges)
    twin = partial(edges_twin, found.edges, lang)
    return Chart(paper.figure, found.dyads.rows, drawn, left_out, notes, alt, twin)


def _draw_edge(paper: Paper, edge: Edge, found: Network, top: float) -> None:
    """A curve bowed to one side, so that both directions are seen, with a head at its end."""
    spots = {node.code: node for node in found.nodes}
    start, end = spots[edge.source], spots[edge.target]
    points = _curve(start, end, top)
    if len(points) < 2:
        return
    colour = faded(balance_colour(edge.score, paper.theme), OPACITY)
    width = edge_width(edge, max(one.events for one in found.edges))
    paper.line(points[:-1], colour, width)
    (x0, y0), (x1, y1) = points[-2], points[-1]
    angle, size = math.atan2(y1 - y0, x1 - x0), 6.0 + width
    head = [
        (x1, y1),
        (x1 - size * math.cos(angle - 0.4), y1 - size * math.sin(angle - 0.4)),
        (x1 - size * math.cos(angle + 0.4), y1 - size * math.sin(angle + 0.4)),
    ]
    paper.polygons([head], [colour])


def _curve(start: Node, end: Node, top: float, steps: int = 160) -> list[tuple[float, float]]:
    """Points of a quadratic curve that stops at the edge of the target's dot."""
    bow = 0.16
    x0, y0, x1, y1 = start.x, start.y + top, end.x, end.y + top
    cx, cy = (x0 + x1) / 2 + (y1 - y0) * bow, (y0 + y1) / 2 - (x1 - x0) * bow
    points: list[tuple[float, float]] = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        x, y = a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1
        if math.hypot(x - x1, y - y1) < end.radius + 2 and points:
            break
        points.append((x, y))
    return points


def matrix_figure(
    table: pd.DataFrame,
    *,
    measure: Measure = "events",
    max_actors: int = 25,
    width: float = 1180.0,
    lang: str = "en",
    theme: ThemeName = "light",
    caption: Caption = Caption(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.actors.matrix.matrix`, with the same arguments."""
    dyads = count_edges(table)
    rows, columns, cells = matrix_cells(dyads, most_actors(max_actors, width))
    edges = sorted(cells.values(), key=lambda e: (-e.events, e.source, e.target))
    left_out = dyads.left_out(edges, "beyond the actors shown")
    notes = matrix_notes(dyads, left_out, measure, lang)
    around = frame(caption, notes, [], width, lang)
    row_names = [row_name(code, width, lang) for code in rows]
    left = 24 + max((text_width(name, TEXT_SIZE) for name in row_names), default=60.0)
    top = around.header + matrix_head(columns, lang)
    wide = matrix_width(width, left, columns, lang) / max(1, len(columns))
    height = top + CELL * max(1, len(rows)) + 14 + around.footer
    paper = Paper(width, height, theme_of(theme))
    paper.frame(around)
    for number, name in enumerate(row_names):
        paper.text(left - 8, top + CELL * (number + 0.5), name, TEXT_SIZE, anchor="right")
    for number, code in enumerate(columns):
        x = left + wide * (number + 0.5)
        paper.text(x, top - 6, short_name(code, lang), TEXT_SIZE, turn=TURN)
    most = max((edge.events for edge in edges), default=1)
    for edge in edges:
        x, y = left + wide * columns.index(edge.target), top + CELL * rows.index(edge.source)
        colour = cell_colour(edge, measure, most, paper.theme)
        paper.box(x, y, x + wide - 1, y + CELL - 1, colour)
        paper.text(x + wide / 2, y + CELL / 2, cell_text(edge, measure, lang, wide),
                   colour=ink_on(colour, paper.theme), anchor="center")  # fmt: skip
    alt = matrix_words(rows, columns, edges, lang)
    twin = partial(edges_twin, edges, lang)
    return Chart(paper.figure, dyads.rows, dyads.drawn(edges), left_out, notes, alt, twin)


def flows_figure(
    table: pd.DataFrame,
    *,
    max_actors: int = 12,
    width: float = 1180.0,
    lang: str = "en",
    theme: ThemeName = "light",
    caption: Caption = Caption(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.actors.flows.flows`, with the same arguments."""
    dyads = count_edges(table)
    kept = largest(dyads.edges, max_actors)
    edges = [e for e in dyads.edges if e.source in kept and e.target in kept]
    left_out = dyads.left_out(edges, "beyond the actors shown")
    body = flow_height(kept)
    flow = lay_out_flow(edges, kept, body)
    notes = flow_notes(dyads, left_out, flow, lang)
    quads = sorted({quad for edge in edges for quad in edge.counts})
    around = frame(caption, notes, [f"quad {quad}" for quad in quads], width, lang)
    paper = Paper(width, around.header + 20 + body + around.footer, theme_of(theme))
    paper.frame(around)
    _draw_flow(paper, flow, around.header + 10, lang)
    alt = flow_words(edges, lang)
    twin = partial(edges_twin, edges, lang)
    return Chart(paper.figure, dyads.rows, dyads.drawn(edges), left_out, notes, alt, twin)


def _draw_flow(paper: Paper, flow: Flow, top: float, lang: str) -> None:
    look, left, right = paper.theme, FLOW_SIDE, paper.width - FLOW_SIDE
    x0, x1 = left + THICKNESS, right - THICKNESS
    for ribbon in sorted(flow.ribbons, key=lambda r: -r.events):
        upper = _bend(x0, top + ribbon.left, x1, top + ribbon.right)
        lower = [(x, y + ribbon.height) for x, y in reversed(upper)]
        paper.polygons([upper + lower], [faded(look.quads[ribbon.quad], 0.6)])
    for side, x, text_x, anchor in (
        (flow.sources, left, left - 6, "right"),
        (flow.targets, x1, right + 6, "left"),
    ):
        for node in side:
            corners = rectangle(x, top + node.top, x + THICKNESS, top + node.bottom)
            paper.polygons([corners], [look.muted])
            y = top + (node.top + node.bottom) / 2
            paper.text(text_x, y, flow_name(node, lang), TEXT_SIZE, anchor=anchor)


def _bend(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    """A smooth step from one height to another."""
    points = []
    for step in range(25):
        t = step / 24
        points.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3 - 2 * t)))
    return points
