"""The wall frieze: the timeline on one page, A3 landscape, as PDF."""

from __future__ import annotations

from charts import still
from charts.chart import Caption
from exports.pack.content import Content
from exports.pack.typeset import typeset
from exports.selection import Selection

WIDTH = 1_500.0  # the chart's width in pixels: labels of about 8 points on A3


def to_frieze(content: Content, selection: Selection) -> bytes:
    """One page of 420 x 297 mm: marking, title, filters, timeline, sources and cut-off."""
    made = still.timeline_figure(
        selection.events,
        lang=selection.lang,
        cutoff=selection.cut_off,
        view=selection.view,
        width=WIDTH,
        max_lanes=18,
        max_height=820.0,
        caption=Caption(),
    )
    data = {
        "lang": content.lang,
        "title": content.title,
        "subtitle": f"{content.subtitle} · {content.period}",
        "marking": content.marking,
        "foot": f"{content.receipt.software} · {content.say('Cut-off')}: {content.cut_off}",
        "alt": content.say("Timeline"),
    }
    return typeset("frieze.typ", data, {"frieze.svg": still.to_svg(made.figure)})
