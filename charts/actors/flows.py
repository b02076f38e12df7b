"""The flow chart (Sankey): who acts on whom by class of event.

plotly's own Sankey does not report clicks to the page. Here ribbons and nodes are shapes, laid out
as in the still picture, with invisible markers along them that take hover and clicks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from charts.actors.dyads import Dyads, Edge, count_edges, counted_note, largest
from charts.actors.flows_layout import THICKNESS, Flow, FlowNode, Ribbon
from charts.actors.flows_layout import lay_out as lay_out_flow
from charts.chart import Chart, ChartOptions, Figure
from charts.sheet import names
from charts.sheet.caption import CaptionFrame, frame, left_out_note
from charts.sheet.figure_parts import FigureParts
from charts.sheet.measure import shorten, text_width
from charts.sheet.plotly_sheet import Sheet
from charts.sheet.theme import TEXT_SIZE, rgba, theme_of
from charts.sheet.twins import edges_twin, strongest
from events.wording import format_number, label, named, translator

FLOW_SIDE = 190.0
MOST_SPOTS = 720  # invisible markers for hover and clicks, over all ribbons
_NOTHING = "rgba(0,0,0,0)"


@dataclass(frozen=True, kw_only=True)
class FlowsOptions(ChartOptions):
    """Options of a flow chart: the largest number of actors."""

    max_actors: int = 12


def flows(
    table: pd.DataFrame,
    options: FlowsOptions = FlowsOptions(),
) -> Chart[go.Figure]:
    """Who acts on whom by quad class (Sankey). customdata: [source, target, quad] of a ribbon,
    [source, "", ""] or ["", target, ""] of an actor's node.
    """
    found, lang = lay_out(table, options), options.lang
    around, flow = found.frame, found.flow
    height = around.header + 10 + flow.height + 10 + around.footer
    look = theme_of(options.theme)
    sheet = Sheet(FigureParts(), around, look, options.width, height, FLOW_SIDE, FLOW_SIDE)
    _axes(sheet, flow)
    _spots(sheet, flow, lang)
    sheet.finish(_flow_names(sheet, flow, lang), _shapes(sheet, flow))
    return found.chart(sheet.figure.figure(), lang)


@dataclass(frozen=True)
class FlowsLayout:
    """A flow chart laid out, with its texts and counts; both renderers draw from it."""

    flow: Flow
    edges: list[Edge]
    dyads: Dyads
    left_out: dict[str, int]
    notes: tuple[str, ...]
    frame: CaptionFrame

    def chart(self, figure: Figure, lang: str) -> Chart[Figure]:
        """The drawn figure as a `Chart`, with its counts, notes and texts."""
        dyads, twin = self.dyads, partial(edges_twin, self.edges, lang)
        alt, drawn = flow_words(self.edges, lang), dyads.drawn(self.edges)
        return Chart(figure, dyads.rows, drawn, self.left_out, self.notes, alt, twin)


def lay_out(table: pd.DataFrame, options: FlowsOptions) -> FlowsLayout:
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


def _flow_names(sheet: Sheet, flow: Flow, lang: str) -> list[dict[str, object]]:
    top = sheet.frame.header + 10
    words = []
    for side, x, anchor in (
        (flow.sources, FLOW_SIDE - 6, "right"),
        (flow.targets, sheet.width - FLOW_SIDE + 6, "left"),
    ):
        for node in side:
            y = top + (node.top + node.bottom) / 2
            note = sheet.text(x, y, flow_name(node, lang), TEXT_SIZE, anchor=anchor)
            if anchor == "left":
                note |= {"x": 1, "xshift": 6}
            words.append(note)
    return words


def _axes(sheet: Sheet, flow: Flow) -> None:
    """x from 0 (sources) to 1 (targets), y in pixels of the body, downwards."""
    top = sheet.frame.header + 10
    plain = {"visible": False, "fixedrange": True}
    domain = sheet.domain(top, top + flow.height)
    sheet.figure.update_layout(
        xaxis={**plain, "range": [0, 1]},
        yaxis={**plain, "range": [flow.height, 0], "domain": domain},
    )


def _inner(sheet: Sheet) -> tuple[float, float]:
    """Where the ribbons begin and end: beside the nodes."""
    share = THICKNESS / (sheet.width - 2 * FLOW_SIDE)
    return share, 1 - share


def _shapes(sheet: Sheet, flow: Flow) -> list[dict[str, object]]:
    """Ribbons, the widest first, and the nodes at their ends."""
    x0, x1 = _inner(sheet)
    shared: dict[str, object] = {"layer": "below", "line": {"width": 0}}
    shapes: list[dict[str, object]] = [
        {"type": "path", "path": _path(ribbon, x0, x1), **shared,
         "fillcolor": rgba(sheet.theme.quads[ribbon.quad], 0.6)}
        for ribbon in sorted(flow.ribbons, key=lambda r: -r.events)
    ]  # fmt: skip
    for nodes, left, right in ((flow.sources, 0.0, x0), (flow.targets, x1, 1.0)):
        shapes += [
            {"type": "rect", "x0": left, "x1": right, "y0": node.top, "y1": node.bottom, **shared,
             "fillcolor": sheet.theme.muted}
            for node in nodes
        ]  # fmt: skip
    return shapes


def _path(ribbon: Ribbon, x0: float, x1: float) -> str:
    """SVG path of a ribbon: a band of constant height along a cubic curve."""
    a, b, high = ribbon.left, ribbon.right, ribbon.height
    return (
        f"M{x0:.4f},{a:.1f} C0.5,{a:.1f} 0.5,{b:.1f} {x1:.4f},{b:.1f} "
        f"L{x1:.4f},{b + high:.1f} C0.5,{b + high:.1f} 0.5,{a + high:.1f} {x0:.4f},{a + high:.1f} Z"
    )


@dataclass(frozen=True)
class _Spot:
    """An invisible marker for hover and clicks: position, size, customdata and hover text."""

    x: float
    y: float
    size: float
    custom: list[object]


def _spots(sheet: Sheet, flow: Flow, lang: str) -> None:
    """Invisible markers along each ribbon and on each node, for hover and clicks; one trace per
    class, so that the name of the class is sent once.
    """
    steps = max(3, min(16, MOST_SPOTS // max(1, len(flow.ribbons))))
    number = "%{customdata[4]}"
    for quad in sorted({ribbon.quad for ribbon in flow.ribbons}):
        ribbons = [ribbon for ribbon in flow.ribbons if ribbon.quad == quad]
        spots = [spot for ribbon in ribbons for spot in _on_ribbon(sheet, ribbon, steps, lang)]
        told = named(label(f"quad {quad}", lang), number, lang)
        _add(sheet, spots, f"<b>%{{customdata[3]}}</b><br>{told}<extra></extra>")
    x0, _x1 = _inner(sheet)
    spots = [_on_node(node, x0 / 2, 0, lang) for node in flow.sources]
    spots += [_on_node(node, 1 - x0 / 2, 1, lang) for node in flow.targets]
    _add(sheet, spots, named("%{customdata[3]}", number, lang) + "<extra></extra>")


def _on_ribbon(sheet: Sheet, ribbon: Ribbon, steps: int, lang: str) -> list[_Spot]:
    edge, size = ribbon.edge, round(max(5.0, min(ribbon.height, 26.0)), 1)
    pair = names.escape(names.pair(edge.source, edge.target, lang))
    custom: list[object] = [edge.source, edge.target, ribbon.quad, pair]
    custom.append(format_number(ribbon.events, lang))
    return [_Spot(x, y, size, custom) for x, y in _along(ribbon, *_inner(sheet), steps)]


def _on_node(node: FlowNode, x: float, side: int, lang: str) -> _Spot:
    codes = [node.code, "", ""] if side == 0 else ["", node.code, ""]
    told = [names.escape(names.actor(node.code, lang)), format_number(node.events, lang)]
    return _Spot(x, (node.top + node.bottom) / 2, THICKNESS, [*codes, *told])


def _add(sheet: Sheet, spots: list[_Spot], template: str) -> None:
    unseen = {"marker": {"opacity": 0}}
    sheet.figure.add_scatter(
        mode="markers",
        x=[round(spot.x, 4) for spot in spots],
        y=[round(spot.y, 1) for spot in spots],
        marker={"size": [spot.size for spot in spots], "color": _NOTHING, "line": {"width": 0}},
        selected=unseen,
        unselected=unseen,
        hovertemplate=template,
        customdata=[spot.custom for spot in spots],
    )


def _along(ribbon: Ribbon, x0: float, x1: float, steps: int) -> list[tuple[float, float]]:
    """Points along the centre line of a ribbon, on the curve of `_path`."""
    middle = ribbon.height / 2
    points = []
    for step in range(steps):
        t = (step + 0.5) / steps
        ends, bend = (1 - t) ** 3 * x0 + t**3 * x1, 1.5 * t * (1 - t)
        rise = t * t * (3 - 2 * t)
        points.append((ends + bend, ribbon.left + (ribbon.right - ribbon.left) * rise + middle))
    return points
