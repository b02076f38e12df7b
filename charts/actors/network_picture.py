"""The network as a picture, its actors at the same places as on the page."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from charts.actors.dyads import Edge
from charts.actors.network import OPACITY, balance_key, edge_width, network_chart, network_words
from charts.actors.network_layout import LINE, Network, NetworkOptions, Node, lay_out
from charts.actors.together import pairs_drawn
from charts.chart import Chart
from charts.drawing import Axes, Drawing, Line, Mark, Panel, Point, Symbol, Text, polygon
from charts.sheet.caption import frame
from charts.sheet.frame_marks import framed
from charts.sheet.theme import TEXT_SIZE, Theme, balance_colour, theme_of


def network_picture(
    table: pd.DataFrame,
    options: NetworkOptions = NetworkOptions(),  # noqa: B008 (frozen)
) -> Chart[Drawing]:
    """The picture of `charts.actors.network.network`."""
    found, look = lay_out(table, options), theme_of(options.theme)
    dashed = pairs_drawn(found, options.together)
    _left_out, notes, _alt = network_words(found, len(dashed), options.lang)
    key = {words: colour for colour, words in balance_key(look, options.lang)}
    around = frame(options.caption, notes, list(key), options.width, options.lang)
    width, height, top = options.width, options.height, around.header
    axes = Axes(0, top, width, top + height, (0, width), (0, height))
    panel = Panel(axes, (*_links(found, dashed, look), *_nodes(found, look)))
    drawing = framed(around, height, look, (panel,), key)
    return network_chart(drawing, found, len(dashed), options.lang)


def _links(found: Network, dashed: list[tuple[str, str]], look: Theme) -> Iterator[Mark]:
    """Dashed links of pairs only named together; over them the edges, the largest last."""
    spots = {node.code: node for node in found.nodes}
    for one, two in ((spots[first], spots[second]) for first, second in dashed):
        yield Line(((one.x, one.y), (two.x, two.y)), look.muted, 1.0, (4, 3), 0.55)
    most = max((edge.events for edge in found.edges), default=1)
    for edge in reversed(found.edges):
        points = _curve(spots[edge.source], spots[edge.target])
        if len(points) > 1:
            yield from _arrow(points, edge, most, look)


def _nodes(found: Network, look: Theme) -> Iterator[Mark]:
    """The circles, then all names over them."""
    for node in found.nodes:
        yield Symbol(node.x, node.y, 2 * node.radius + 2, look.background)
        yield Symbol(node.x, node.y, 2 * node.radius, look.muted)
    for node in found.nodes:
        y = node.y + node.radius + TEXT_SIZE * 0.5 + 3
        for number, line in enumerate(node.lines):
            yield Text(node.x, y + LINE * number, line, TEXT_SIZE, anchor="center", halo=True)


def _arrow(points: list[Point], edge: Edge, most: int, look: Theme) -> Iterator[Mark]:
    """A curve with an arrowhead."""
    colour, width = balance_colour(edge.score, look), edge_width(edge, most)
    yield Line(tuple(points[:-1]), colour, width, opacity=OPACITY)
    (x0, y0), (x1, y1) = points[-2], points[-1]
    angle, size = math.atan2(y1 - y0, x1 - x0), 6.0 + width
    sides = [
        (x1 - size * math.cos(angle + turn), y1 - size * math.sin(angle + turn))
        for turn in (-0.4, 0.4)
    ]
    yield polygon([(x1, y1), *sides], colour, OPACITY)


def _curve(start: Node, end: Node, steps: int = 160) -> list[Point]:
    """A quadratic curve that stops at the edge of the target's dot, bent to one side so that both
    directions can be seen.
    """
    bow = 0.16
    cx = (start.x + end.x) / 2 + (end.y - start.y) * bow
    cy = (start.y + end.y) / 2 - (end.x - start.x) * bow
    points: list[Point] = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        x, y = a * start.x + b * cx + c * end.x, a * start.y + b * cy + c * end.y
        if math.hypot(x - end.x, y - end.y) < end.radius + 2 and points:
            break
        points.append((x, y))
    return points
