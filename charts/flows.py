"""The flow chart (Sankey): who acts on whom by class of event."""

from __future__ import annotations

from functools import partial

import pandas as pd
import plotly.graph_objects as go

from charts import names
from charts.caption import frame, left_out_note
from charts.chart import Caption, Chart, ThemeName
from charts.draft import Draft
from charts.dyads import Edge, count_edges, largest
from charts.measure import shorten
from charts.sankey import PAD, THICKNESS, Flow, FlowNode
from charts.sankey import lay_out as lay_out_flow
from charts.sheet import Sheet
from charts.theme import TEXT_SIZE, rgba, theme_of
from charts.twins import edges_twin, strongest
from events.wording import format_number, label, translator

FLOW_SIDE = 190.0


def flows(
    table: pd.DataFrame,
    *,
    max_actors: int = 12,
    width: float = 1180.0,
    lang: str = "en",
    theme: ThemeName = "light",
    caption: Caption = Caption(),  # noqa: B008 (frozen)
) -> Chart[go.Figure]:
    """Who acts on whom by quad class (Sankey). Link customdata [source, target, quad]."""
    dyads = count_edges(table)
    kept = largest(dyads.edges, max_actors)
    edges = [e for e in dyads.edges if e.source in kept and e.target in kept]
    look = theme_of(theme)
    left_out = dyads.left_out(edges, "beyond the actors shown")
    notes = tuple(n for n in (left_out_note(left_out, lang),) if n)
    quads = sorted({quad for edge in edges for quad in edge.counts})
    around = frame(caption, notes, [f"quad {quad}" for quad in quads], width, lang)
    body = flow_height(kept)
    height = around.header + 10 + body + 10 + around.footer
    sheet = Sheet(Draft(), around, look, width, height, FLOW_SIDE, FLOW_SIDE)
    flow = lay_out_flow(edges, kept, body)
    _sankey(sheet, flow, lang)
    sheet.finish(_flow_names(sheet, flow, lang), [])
    told, twin = flow_words(edges, lang), partial(edges_twin, edges, lang)
    return Chart(sheet.figure.figure(), dyads.rows, dyads.drawn(edges), left_out, notes, told, twin)


def flow_words(edges: list[Edge], lang: str) -> str:
    """The alternative text of a flow chart."""
    alt = translator(lang)("Flows from sources to targets by class of event; sources: {n}.")
    return alt.format(n=len({edge.source for edge in edges})) + " " + strongest(edges, lang)


def flow_height(codes: list[str]) -> float:
    """Pixels of the body of a flow chart."""
    return max(180.0, 36.0 * len(codes))


def flow_name(node: FlowNode, lang: str) -> str:
    """``Russia 112``, beside its node."""
    name = shorten(names.actor(node.code, lang), FLOW_SIDE - 70, TEXT_SIZE)
    return f"{name} {format_number(node.events, lang)}"


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


def _sankey(sheet: Sheet, flow: Flow, lang: str) -> None:
    look, links = sheet.theme, flow.ribbons
    top = sheet.frame.header + 10
    left = {node.code: number for number, node in enumerate(flow.sources)}
    right = {node.code: len(left) + number for number, node in enumerate(flow.targets)}
    nodes = flow.sources + flow.targets
    sheet.figure.add_sankey(
        arrangement="fixed",
        domain={"x": [0, 1], "y": sheet.domain(top, top + flow.height)},
        node={
            "label": [names.escape(names.actor(node.code, lang)) for node in nodes],
            "x": [0.001] * len(left) + [0.999] * len(right),
            "y": [(node.top + node.bottom) / 2 / flow.height for node in nodes],
            "color": look.muted,
            "pad": PAD,
            "thickness": THICKNESS,
            "line": {"width": 0},
            "customdata": [node.code for node in nodes],
            "hovertemplate": "%{label}: %{value}<extra></extra>",
        },
        link={
            "source": [left[ribbon.edge.source] for ribbon in links],
            "target": [right[ribbon.edge.target] for ribbon in links],
            "value": [ribbon.events for ribbon in links],
            "color": [rgba(look.quads[ribbon.quad], 0.6) for ribbon in links],
            "customdata": [[r.edge.source, r.edge.target, r.quad] for r in links],
            "label": [label(f"quad {ribbon.quad}", lang) for ribbon in links],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{label}: %{value}"
            "<extra></extra>",
        },
        # the names stand beside the nodes, where nothing lies beneath them
        textfont={"size": 1, "color": "rgba(0,0,0,0)", "shadow": "none"},
    )
