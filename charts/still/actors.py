"""The network as a still picture."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from charts.actors.dyads import Edge
from charts.actors.network import OPACITY, balance_key, edge_width, network_chart, network_words
from charts.actors.network_layout import LINE, Network, NetworkOptions, Node, lay_out
from charts.actors.together import pairs_drawn
from charts.chart import Chart
from charts.sheet.caption import frame
from charts.sheet.theme import TEXT_SIZE, balance_colour, theme_of
from charts.still.paper import Paper, faded


def network_figure(
    table: pd.DataFrame,
    options: NetworkOptions = NetworkOptions(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.actors.network.network`, with the same places."""
    found, look = lay_out(table, options), theme_of(options.theme)
    dashed = pairs_drawn(found, options.together)
    _left_out, notes, _alt = network_words(found, len(dashed), options.lang)
    key = {words: colour for colour, words in balance_key(look, options.lang)}
    around = frame(options.caption, notes, list(key), options.width, options.lang)
    paper = Paper(options.width, around.header + options.height + around.footer, look)
    paper.colours = key
    paper.frame(around)
    _draw_links(paper, found, dashed, around.header)
    _draw_nodes(paper, found, around.header)
    return network_chart(paper.figure, found, len(dashed), options.lang)


def _draw_links(paper: Paper, found: Network, dashed: list[tuple[str, str]], top: float) -> None:
    """Draw dashed links of pairs only named together; over them the edges, the largest last."""
    spots = {node.code: (node.x, node.y + top) for node in found.nodes}
    for first, second in dashed:
        ends = [spots[first], spots[second]]
        paper.line(ends, faded(paper.theme.muted, 0.55), 1.0, linestyle=(0, (4, 3)))
    for edge in reversed(found.edges):
        _draw_edge(paper, edge, found, top)


def _draw_nodes(paper: Paper, found: Network, top: float) -> None:
    """Draw the circles, then all names over them."""
    for node in found.nodes:
        x, y = node.x, node.y + top
        paper.disc(x, y, 2 * node.radius + 2, paper.theme.background)
        paper.disc(x, y, 2 * node.radius, paper.theme.muted)
    for node in found.nodes:
        y = node.y + top + node.radius + TEXT_SIZE * 0.5 + 3
        for number, line in enumerate(node.lines):
            paper.text(node.x, y + LINE * number, line, TEXT_SIZE, anchor="center", halo=True)


def _draw_edge(paper: Paper, edge: Edge, found: Network, top: float) -> None:
    """A curve with an arrowhead, bent to one side so that both directions can be seen."""
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
