"""The actor network laid out: the same events always give the same picture."""

from __future__ import annotations

import functools
import math
from collections import Counter
from dataclasses import dataclass, field, replace

import networkx as nx
import pandas as pd

from charts.actors.dyads import Dyads, Edge, EdgeSelection, count_edges, select, sizes
from charts.chart import ChartOptions
from charts.map.place_marks import overlaps
from charts.sheet import names
from charts.sheet.measure import text_width, wrap
from charts.sheet.theme import TEXT_SIZE
from events.wording import format_number, translator

SEED = 7
_NAME_WIDTH, _NAME_LINES = 150.0, 3
LINE = 13.0  # pixels from one line of a name to the next
_ROOM = 6500.0  # square pixels of the picture for an actor, so that no name meets another one
ONE_RING = 14  # names that find room on one ring
TILT = 0.5  # actors in one row are tilted a little: ECharts squeezes a picture without any height


@dataclass(frozen=True, kw_only=True)
class NetworkOptions(ChartOptions):
    """Options of a network in a picture of `width` x `height` pixels.

    min_events: fewest events of a link. ego: show this actor and its neighbours only. max_nodes:
    most actors; a small picture holds fewer, the strongest. together: pairs named in one sentence
    (`charts.actors.together`), as dashed links added after all others.
    """

    min_events: int = 1
    ego: str | None = None
    max_nodes: int = 40
    height: float = 620.0
    together: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True)
class Node:
    """An actor at pixels `x`, `y` of the picture."""

    code: str
    name: str
    events: int
    x: float
    y: float
    largest: int = 0  # events of the largest actor of the picture

    @property
    def lines(self) -> tuple[str, ...]:
        """The name beneath the circle, broken into lines."""
        return _lines(self.name)

    @property
    def radius(self) -> float:
        """Radius in pixels, at most 22; grows with the root of the number of events."""
        unit = min(1.5, 18.5 / math.sqrt(max(1, self.largest, self.events)))
        return 3.5 + unit * math.sqrt(self.events)


@dataclass(frozen=True)
class Network:
    """The nodes and edges shown, what is not shown, and the counts they come from."""

    nodes: list[Node]
    edges: list[Edge]
    hidden: EdgeSelection
    dyads: Dyads
    width: float
    height: float


def lay_out(table: pd.DataFrame, options: NetworkOptions) -> Network:
    """Force-directed layout (Fruchterman, Reingold 1991), fixed seed, then names pushed apart."""
    width, height = options.width, options.height
    dyads = count_edges(table)
    room = min(options.max_nodes, max(2, int(width * height / _ROOM)))
    chosen = select(dyads.edges, options.min_events, options.ego, room)
    spots = _positions(chosen.edges, options.ego, width, height)
    events = dyads.of_actors(chosen.edges)
    most = max(events.values(), default=0)
    nodes = [
        Node(code, names.actor(code, options.lang), events[code], x, y, most)
        for code, (x, y) in spots.items()
    ]
    nodes = _apart(sorted(nodes, key=lambda n: (-n.events, n.code)), width, height)
    return Network(nodes, chosen.edges, chosen, dyads, width, height)


@functools.lru_cache(maxsize=1000)
def _lines(name: str) -> tuple[str, ...]:
    """A long name broken into as few lines as it needs, of about equal length."""
    whole = wrap(name, _NAME_WIDTH, TEXT_SIZE, lines=_NAME_LINES)
    for width in range(60, int(_NAME_WIDTH), 10):
        narrow = wrap(name, width, TEXT_SIZE, lines=_NAME_LINES)
        if len(narrow) <= len(whole) and " ".join(narrow) == " ".join(whole):
            return tuple(narrow)
    return tuple(whole)


def _positions(
    edges: list[Edge], ego: str | None, width: float, height: float
) -> dict[str, tuple[float, float]]:
    """Position of each actor in pixels; each connected component has a box of its own."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(sorted(sizes(edges)))
    for edge in sorted(edges, key=lambda e: (e.source, e.target)):
        before = graph.get_edge_data(edge.source, edge.target, {"weight": 0.0})["weight"]
        graph.add_edge(edge.source, edge.target, weight=before + math.log1p(edge.events))
    groups = sorted(nx.connected_components(graph), key=lambda g: (-len(g), min(g)))
    found: dict[str, tuple[float, float]] = {}
    for group, box in zip(groups, _boxes([len(g) for g in groups], width, height), strict=True):
        part = nx.Graph()  # sorted, since the order of a set differs from run to run
        part.add_nodes_from(sorted(group))
        part.add_edges_from(edge for edge in graph.edges(data=True) if edge[0] in group)
        found |= _to_pixels(_forces(part, ego), box, ego in group and len(group) > 2)
    return found


def _forces(graph: nx.Graph, ego: str | None) -> dict[str, tuple[float, float]]:
    """Force-directed positions; with an ego, a ring around it at (0, 0) in the same order."""
    start = nx.circular_layout(graph)
    room = 2.4 / math.sqrt(len(graph))
    found = nx.spring_layout(graph, k=room, pos=start, iterations=200, seed=SEED, weight="weight")
    if ego in found and len(found) > 2:
        dx, dy = found.pop(ego)
        order = sorted(found, key=lambda code: math.atan2(found[code][1] - dy, found[code][0] - dx))
        return {str(ego): (0.0, 0.0)} | _ring(order)
    if len(found) == 2:
        found = {code: (x, x * TILT) for code, (x, _y) in found.items()}
    return {code: (float(x), float(y)) for code, (x, y) in found.items()}


def _ring(codes: list[str]) -> dict[str, tuple[float, float]]:
    """Positions on a ring around (0, 0); of many actors every second one is nearer the centre."""
    spots = {}
    for number, code in enumerate(codes):
        angle = TILT + 2 * math.pi * number / len(codes)
        reach = 0.6 if number % 2 and len(codes) > ONE_RING else 1.0
        spots[code] = (reach * math.cos(angle), reach * math.sin(angle))
    return spots


GroupBox = tuple[float, float, float, float]  # left, top, width, height in pixels


def _boxes(counts: list[int], width: float, height: float) -> list[GroupBox]:
    """Split the picture into one box per group, area by number of actors; largest first."""
    # counts one actor more: room for the names of a pair
    return _cut([count + 1 for count in counts], (0.0, 0.0, width, height))


def _cut(weights: list[int], box: GroupBox) -> list[GroupBox]:
    """Split a box along its longer side into halves of about equal weight, recursively."""
    if len(weights) < 2:
        return [box] * len(weights)
    total, left = sum(weights), 1
    while left < len(weights) - 1 and 2 * sum(weights[:left]) < total:
        left += 1
    x, y, width, height = box
    share = sum(weights[:left]) / total
    if width >= height:
        first: GroupBox = (x, y, width * share, height)
        second: GroupBox = (x + width * share, y, width * (1 - share), height)
    else:
        first = (x, y, width, height * share)
        second = (x, y + height * share, width, height * (1 - share))
    return [*_cut(weights[:left], first), *_cut(weights[left:], second)]


def _to_pixels(
    spots: dict[str, tuple[float, float]], box: GroupBox, around: bool = False
) -> dict[str, tuple[float, float]]:
    """Scale positions to the box, with a margin for names; a zero extent is centred.

    around: (0, 0) is put in the middle of the box.
    """
    if not spots:
        return {}
    left, top, width, height = box
    xs, ys = [x for x, _ in spots.values()], [y for _, y in spots.values()]
    if around:
        xs, ys = ([*values, *(-value for value in values)] for values in (xs, ys))
    wide, tall = width - 2 * min(70.0, width / 4), height - 2 * min(40.0, height / 4)

    def along(value: float, values: list[float], length: float) -> float:
        extent = max(values) - min(values)
        return 0.0 if extent < 1e-6 else ((value - min(values)) / extent - 0.5) * length

    return {
        code: (
            round(left + width / 2 + along(x, xs, wide), 1),
            round(top + height / 2 + along(y, ys, tall), 1),
        )
        for code, (x, y) in spots.items()
    }


def name_box(node: Node) -> tuple[float, float, float, float]:
    """The rectangle of a node and its name, which stands beneath it."""
    half = max(node.radius, *(text_width(line, TEXT_SIZE) / 2 + 2 for line in node.lines))
    below = node.y + node.radius + LINE * len(node.lines) + 3.5
    return node.x - half, node.y - node.radius, node.x + half, below


def _apart(nodes: list[Node], width: float, height: float) -> list[Node]:
    """Move nodes until no name overlaps another node or name; the larger node stays in place."""
    placed: list[Node] = []
    for node in nodes:
        placed.append(_free_spot(node, placed, width, height))
    return placed


def _free_spot(node: Node, placed: list[Node], width: float, height: float) -> Node:
    """The nearest free place on a spiral around the position of the force layout."""
    for step in range(600):
        angle, reach = step * 0.7, 2.2 * step**0.75
        x, y = node.x + reach * math.cos(angle), node.y + reach * math.sin(angle) * 0.7
        moved = replace(node, x=round(x, 1), y=round(y, 1))
        box = name_box(moved)
        inside = box[0] >= 2 and box[2] <= width - 2 and box[1] >= 2 and box[3] <= height - 2
        if inside and not any(overlaps(box, name_box(other)) for other in placed):
            return moved
    return node


def hidden_note(network: Network, lang: str) -> str:
    """``Not shown: links: 12; actors: 4.``"""
    chosen = network.hidden
    if not chosen.hidden_edges:
        return ""
    text = translator(lang)("Not shown: links: {links}; actors: {actors}.")
    return text.format(
        links=format_number(chosen.hidden_edges, lang),
        actors=format_number(chosen.hidden_actors, lang),
    )
