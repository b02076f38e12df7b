"""The flow chart (Sankey): who acts on whom by class of event.

plotly's own Sankey does not report clicks to the page. Here ribbons and nodes are marks like those
of any chart, with unseen ones along them that take hover and clicks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from charts.actors.dyads import Dyads, Edge, count_edges, counted_note, largest
from charts.actors.flows_layout import THICKNESS, Flow, FlowNode, Ribbon
from charts.actors.flows_layout import lay_out as lay_out_flow
from charts.chart import Chart, ChartOptions
from charts.drawing import (
    Axes,
    Drawing,
    Mark,
    Panel,
    Path,
    Point,
    Rect,
    Symbol,
    Target,
    Text,
)
from charts.sheet import names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.frame_marks import framed
from charts.sheet.measure import shorten, text_width
from charts.sheet.theme import TEXT_SIZE, Theme, theme_of
from charts.sheet.twins import edges_twin, strongest
from events.wording import format_number, label, named, translator

FLOW_SIDE = 190.0
MOST_SPOTS = 720  # invisible markers for hover and clicks, over all ribbons


@dataclass(frozen=True, kw_only=True)
class FlowsOptions(ChartOptions):
    """Options of a flow chart: the largest number of actors."""

    max_actors: int = 12


def flows(
    table: pd.DataFrame,
    options: FlowsOptions = FlowsOptions(),
) -> Chart[Drawing]:
    """Who acts on whom by quad class (Sankey). customdata: [source, target, quad] of a ribbon,
    [source, "", ""] or ["", target, ""] of an actor's node.
    """
    found, look = _lay_out(table, options), theme_of(options.theme)
    top, right = found.frame.header + 10, options.width - FLOW_SIDE
    height = found.flow.height
    axes = Axes(FLOW_SIDE, top, right, top + height, (0, 1), (0, height))
    marks = (*_bands(found.flow, axes, look), *_spots(found.flow, axes, options.lang),
             *_names(found.flow, options.lang))  # fmt: skip
    drawing = framed(found.frame, height + 20, look, (Panel(axes, marks),))
    return found.chart(drawing, options.lang)


@dataclass(frozen=True)
class FlowsLayout:
    """A flow chart laid out, with its texts and counts."""

    flow: Flow
    edges: list[Edge]
    dyads: Dyads
    left_out: dict[str, int]
    notes: tuple[str, ...]
    frame: CaptionFrame

    def chart(self, figure: Drawing, lang: str) -> Chart[Drawing]:
        """What is drawn as a `Chart`, with its counts, notes and texts."""
        dyads, twin = self.dyads, partial(edges_twin, self.edges, lang)
        alt, drawn = flow_words(self.edges, lang), dyads.drawn(self.edges)
        return Chart(figure, dyads.rows, drawn, self.left_out, self.notes, alt, twin)


def _lay_out(table: pd.DataFrame, options: FlowsOptions) -> FlowsLayout:
    """The flows between the largest actors, and the texts around them."""
    lang = options.lang
    dyads = count_edges(table)
    kept = largest(dyads.edges, options.max_actors)
    edges = [e for e in dyads.edges if e.source in kept and e.target in kept]
    left_out = dyads.left_out(edges, "beyond the actors shown")
    flow = lay_out_flow(edges, kept, flow_height(kept))
    notes = flow_notes(dyads, left_out, flow, lang)
    quads = sorted({quad for edge in edges for quad in edge.counts})
    around = frame(options.caption, notes, [f"quad {q}" for q in quads], options.width, lang)
    return FlowsLayout(flow, edges, dyads, left_out, notes, around)


def flow_words(edges: list[Edge], lang: str) -> str:
    """The alternative text of a flow chart."""
    alt = translator(lang)("Flows from sources to targets by class of event; sources: {n}.")
    return alt.format(n=len({edge.source for edge in edges})) + " " + strongest(edges, lang)


def flow_notes(dyads: Dyads, left_out: dict[str, int], flow: Flow, lang: str) -> tuple[str, ...]:
    """Notes: what is counted, what is left out, and which ribbons are too thin to be drawn."""
    height = translator(lang)("Left who acts, right on whom; height: number of events.")
    told = (height, counted_note(dyads, lang), left_out_note(left_out, lang), _thin(flow, lang))
    return tuple(note for note in told if note)


def _thin(flow: Flow, lang: str) -> str:
    if not flow.thin:
        return ""
    words = translator(lang)(
        "Ribbons too thin to draw: {n}, with {events}; they count in the bars at both ends."
    )
    events = names.events_word(sum(ribbon.events for ribbon in flow.thin), lang)
    return words.format(n=format_number(len(flow.thin), lang), events=events)


def flow_height(codes: list[str]) -> float:
    """Height of a flow chart without header and footer, in pixels."""
    return max(180.0, 36.0 * len(codes))


def flow_name(node: FlowNode, lang: str) -> str:
    """``Russia 112``, beside its node."""
    number = f" {format_number(node.events, lang)}"
    room = FLOW_SIDE - 12 - text_width(number, TEXT_SIZE)
    return shorten(names.actor(node.code, lang), room, TEXT_SIZE) + number


def _names(flow: Flow, lang: str) -> Iterator[Mark]:
    for node in flow.sources:
        name = flow_name(node, lang)
        yield Text(0, _middle(node), name, TEXT_SIZE, anchor="right", dx=-6)
    for node in flow.targets:
        yield Text(1, _middle(node), flow_name(node, lang), TEXT_SIZE, dx=6)


def _middle(node: FlowNode) -> float:
    return (node.top + node.bottom) / 2


def _inner(axes: Axes) -> tuple[float, float]:
    """Where the ribbons begin and end: beside the nodes."""
    share = THICKNESS * axes.per_pixel[0]
    return share, 1 - share


def _bands(flow: Flow, axes: Axes, look: Theme) -> Iterator[Mark]:
    """Ribbons, the widest first, and the nodes at their ends."""
    x0, x1 = _inner(axes)
    for ribbon in sorted(flow.ribbons, key=lambda r: -r.events):
        yield _band(ribbon, x0, x1, look.quads[ribbon.quad])
    for nodes, left, right in ((flow.sources, 0.0, x0), (flow.targets, x1, 1.0)):
        for node in nodes:
            yield Rect(left, node.top, right, node.bottom, look.muted)


def _band(ribbon: Ribbon, x0: float, x1: float, colour: str) -> Path:
    """A ribbon: of constant height along a cubic curve."""
    a, b, high = ribbon.left, ribbon.right, ribbon.height
    upper = ((0.5, a), (0.5, b), (x1, b))
    lower = ((0.5, b + high), (0.5, a + high), (x0, a + high))
    return Path((x0, a), (upper, ((x1, b + high),), lower), colour, 0.6)


def _spots(flow: Flow, axes: Axes, lang: str) -> Iterator[Mark]:
    """Unseen marks along each ribbon and on each node, for hover and clicks."""
    steps = max(3, min(16, MOST_SPOTS // max(1, len(flow.ribbons))))
    x0, x1 = _inner(axes)
    for ribbon in flow.ribbons:
        size, target = max(5.0, min(ribbon.height, 26.0)), _ribbon_target(ribbon, lang)
        for x, y in _along(ribbon, x0, x1, steps):
            yield Symbol(x, y, round(size, 1), "", target=target)
    for x, nodes in ((x0 / 2, flow.sources), (1 - x0 / 2, flow.targets)):
        for node in nodes:
            target = _node_target(node, x < 0.5, lang)
            yield Symbol(x, _middle(node), THICKNESS, "", target=target)


_NUMBER = "%{customdata[4]}"


def _ribbon_target(ribbon: Ribbon, lang: str) -> Target:
    """The name of the class is in the template, so that it is sent once."""
    edge = ribbon.edge
    pair = names.escape(names.pair(edge.source, edge.target, lang))
    custom = (edge.source, edge.target, ribbon.quad, pair, format_number(ribbon.events, lang))
    told = named(label(f"quad {ribbon.quad}", lang), _NUMBER, lang)
    return Target(custom, template=f"<b>%{{customdata[3]}}</b><br>{told}")


def _node_target(node: FlowNode, acts: bool, lang: str) -> Target:
    codes = (node.code, "", "") if acts else ("", node.code, "")
    told = (names.escape(names.actor(node.code, lang)), format_number(node.events, lang))
    return Target((*codes, *told), template=named("%{customdata[3]}", _NUMBER, lang))


def _along(ribbon: Ribbon, x0: float, x1: float, steps: int) -> list[Point]:
    """Points along the centre line of a ribbon, on the curve of `_band`."""
    middle = ribbon.height / 2
    points = []
    for step in range(steps):
        t = (step + 0.5) / steps
        ends, bend = (1 - t) ** 3 * x0 + t**3 * x1, 1.5 * t * (1 - t)
        rise = t * t * (3 - 2 * t)
        points.append((ends + bend, ribbon.left + (ribbon.right - ribbon.left) * rise + middle))
    return points
