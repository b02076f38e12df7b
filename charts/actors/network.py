"""The actor network as ECharts options; nodes and edges carry codes that lead to their events."""

from __future__ import annotations

import html
import math
from functools import partial
from typing import Any

import pandas as pd

from charts.actors.dyads import Edge, counted_note
from charts.actors.matrix import score_text
from charts.actors.network_layout import LINE, Network, NetworkOptions, hidden_note, lay_out
from charts.actors.together import links
from charts.assets.fonts import CSS_FAMILY
from charts.chart import Chart, Figure
from charts.sheet import names
from charts.sheet.caption import left_out_note
from charts.sheet.theme import TEXT_SIZE, Theme, balance_colour, mix, theme_of
from charts.sheet.twins import edges_twin, strongest
from events.wording import format_number, label, named, translator

OPACITY = 0.75  # of links
LARGEST_SCORE = 10.0


def network(
    table: pd.DataFrame,
    options: NetworkOptions = NetworkOptions(),  # noqa: B008 (frozen)
) -> Chart[dict[str, Any]]:
    """Who acts on whom as ECharts options.

    `table` has EVENT_COLUMNS or DYAD_COLUMNS. Links run from source to target, as wide as they
    have events, from red (conflict) over grey to blue (cooperation) by mean score. Nodes have
    `id` and `code`; links `source`, `target`, `events`.
    """
    lang, look = options.lang, theme_of(options.theme)
    found = lay_out(table, options)
    dashed = links(found, options.together, look, lang)
    figure = network_options(found, look, lang)
    figure["series"][0]["links"] += dashed
    return network_chart(figure, found, len(dashed), lang)


def network_chart(figure: Figure, found: Network, dashed: int, lang: str) -> Chart[Figure]:
    """A drawn network as a `Chart`; `dashed`: the pairs that are only named together."""
    left_out, notes, alt = network_words(found, dashed, lang)
    twin = partial(edges_twin, found.edges, lang)
    drawn = found.dyads.drawn(found.edges)
    return Chart(figure, found.dyads.rows, drawn, left_out, notes, alt, twin)


def together_note(pairs: int, lang: str) -> str:
    """What the dashed links are, and how many."""
    key = translator(lang)("Dashed: named in one sentence, no act told: {n} pairs.")
    return key.format(n=format_number(pairs, lang))


def network_words(
    found: Network, dashed: int, lang: str
) -> tuple[dict[str, int], tuple[str, ...], str]:
    """What is left out, the notes and the alternative text of a network with `dashed` links."""
    left_out = found.dyads.left_out_by(found.hidden.cuts)
    key = translator(lang)(
        "Width of a link, area of a circle: number of events. Colour of a link: mean score of its "
        "events, the stronger the farther from balance. Arrow: from who acts to whom."
    )
    counted = counted_note(found.dyads, lang)
    together = together_note(dashed, lang) if dashed else ""
    notes = (key, counted, left_out_note(left_out, lang), hidden_note(found, lang), together)
    text = translator(lang)("Network: actors {n}, links {links}.").format(
        n=format_number(len(found.nodes), lang), links=format_number(len(found.edges), lang)
    )
    alt = f"{text} {strongest(found.edges, lang)}" + (f" {together}" if together else "")
    return left_out, tuple(note for note in notes if note), alt


def balance_key(look: Theme, lang: str) -> list[tuple[str, str]]:
    """Colour key of the links: (colour, words)."""
    _ = translator(lang)
    told = (
        (-LARGEST_SCORE, _("Mostly conflict")),
        (0.0, _("Balance of conflict and cooperation")),
        (LARGEST_SCORE, _("Mostly cooperation")),
    )
    faint = 1 - OPACITY  # the links are partly transparent
    return [
        (mix(balance_colour(score, look), look.background, faint), word) for score, word in told
    ]


def network_options(found: Network, look: Theme, lang: str) -> dict[str, Any]:
    """The ECharts options of a network; positions are pixels, not rescaled."""
    xs = [node.x for node in found.nodes] or [0.0]
    ys = [node.y for node in found.nodes] or [0.0]
    most = max((edge.events for edge in found.edges), default=1)
    series = {
        "type": "graph",
        "layout": "none",
        # shares of the width: the picture shrinks or stretches with the screen
        "left": f"{100 * min(xs) / found.width:.3f}%",
        "top": min(ys),
        "width": f"{100 * max(1.0, max(xs) - min(xs)) / found.width:.3f}%",
        "height": max(1.0, max(ys) - min(ys)),
        "roam": True,
        "data": [_node(node, look, lang) for node in found.nodes],
        "links": [_link(edge, most, look, lang) for edge in found.edges],
        "edgeSymbol": ["none", "arrow"],
        "edgeSymbolSize": [0, 8],
        "labelLayout": {"hideOverlap": False},
        "label": {
            "show": True,
            "position": "bottom",
            "fontSize": TEXT_SIZE,
            "lineHeight": LINE,
            "color": look.text,
            "textBorderColor": look.background,
            "textBorderWidth": 2,
        },
        "emphasis": {"focus": "adjacency"},
    }
    return {
        "animation": False,
        "backgroundColor": look.background,
        "textStyle": {"fontFamily": CSS_FAMILY},
        "tooltip": {
            "backgroundColor": look.background,
            "textStyle": {"color": look.text},
        },
        "series": [series],
    }


def _node(node: Any, look: Theme, lang: str) -> dict[str, Any]:
    told = translator(lang)("On the links drawn: {events}")
    events = told.format(events=names.events_word(node.events, lang))
    words = f"{html.escape(node.name)}<br>{events}"
    return {
        "id": node.code,
        "code": node.code,
        "name": "\n".join(node.lines),
        "x": node.x,
        "y": node.y,
        "value": node.events,
        "symbolSize": round(2 * node.radius, 1),
        "itemStyle": {"color": look.muted, "borderColor": look.background, "borderWidth": 1},
        "tooltip": {"formatter": _plain(words)},
    }


def _plain(words: str) -> str:
    """Escape {a}, {b} ..., which ECharts would replace in a formatter."""
    return words.replace("{", "&#123;").replace("}", "&#125;")


def _link(edge: Edge, most: int, look: Theme, lang: str) -> dict[str, Any]:
    pair = html.escape(names.pair(edge.source, edge.target, lang))
    lines = [pair, names.events_word(edge.events, lang)]
    lines += [named(label(f"quad {q}", lang), n, lang) for q, n in sorted(edge.counts.items())]
    score = translator(lang)("Mean score: {n}")
    lines.append(score.format(n=score_text(edge, lang)))
    return {
        "source": edge.source,
        "target": edge.target,
        "value": edge.events,
        "events": edge.events,
        "lineStyle": {
            "width": edge_width(edge, most),
            "color": balance_colour(edge.score, look),
            "opacity": OPACITY,
            "curveness": 0.16,
        },
        "tooltip": {"formatter": _plain("<br>".join(lines))},
    }


def edge_width(edge: Edge, most: int) -> float:
    """Width in pixels, by the square root of the events; the largest edge (`most`) has eight."""
    return round(max(0.8, 8.0 * math.sqrt(edge.events / most)), 2)
