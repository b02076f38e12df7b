"""The wall frieze: the timeline on one page, A3 landscape, as PDF."""

from __future__ import annotations

from charts.backends.files import to_svg
from charts.chart import Caption
from charts.registry import CHARTS, still_of
from charts.sheet.theme import LABEL_SIZE
from charts.timeline.scene import lay_out
from charts.timeline.scene_model import AXIS_HEIGHT, TimelineOptions
from charts.timeline.scene_pins import MOST_TOLD
from exports.pack.content import Content
from exports.pack.typeset import typeset
from exports.selection import Selection

# the chart's width in pixels, by the number of events: with fewer events the type is larger
_WIDTHS = ((30, 900.0), (120, 1_150.0))
_WIDTH = 1_500.0  # labels of about 8 points on A3
_ROOM = 0.505  # height for the lanes as a share of the width: the page less title, key and notes
_MOST_LANES = 18
_NOTE = 1.5 * LABEL_SIZE  # height of a pinned note that is spelled out


def to_frieze(content: Content, selection: Selection) -> bytes:
    """One page of 420 x 297 mm: marking, title, filters, timeline, sources and cut-off."""
    made = still_of("timeline")(selection.stories, _options(content, selection))
    data = {
        "lang": content.lang,
        "title": content.title,
        "subtitle": f"{content.subtitle} · {content.period}",
        "marking": content.marking,
        "foot": f"{content.receipt.software} · {content.dated}",
        "alt": content.say(CHARTS["timeline"].heading),
    }
    return typeset("frieze.typ", data, {"frieze.svg": to_svg(made.figure)})


def _options(content: Content, selection: Selection) -> TimelineOptions:
    """Options with as many lanes as fit the page: lanes of bins are higher than lanes of marks."""
    width = next((w for most, w in _WIDTHS if len(selection.stories) <= most), _WIDTH)
    room = width * _ROOM - _NOTE * min(len(selection.pins), MOST_TOLD)
    for lanes in range(_MOST_LANES, 3, -2):
        asked = TimelineOptions(
            cutoff=selection.cut_off,
            view=selection.view,
            width=width,
            max_lanes=lanes,
            max_height=room - AXIS_HEIGHT,
            lang=selection.lang,
            caption=Caption(footer=content.footer),
            pins=selection.pins,
        )
        scene = lay_out(selection.stories, asked)
        if scene.height - scene.top <= room:
            break
    return asked
