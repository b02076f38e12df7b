"""A scene as marks: the lanes with their axis and marks or bins, the strip above them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from charts.drawing import Anchor, Axes, Line, Mark, Panel, Rect, Target, Text, corners
from charts.sheet import hover
from charts.sheet.frame_marks import tick_word
from charts.sheet.theme import SMALL_SIZE, SUBTITLE_SIZE, TEXT_SIZE, Theme
from charts.timeline.panel_bins import bin_marks
from charts.timeline.panel_marks import event_marks, mark_custom
from charts.timeline.scene_axis import BREAK, strip_breaks, strip_ends, strip_words
from charts.timeline.scene_model import NUMBER_ROOM, STRIP_HEIGHT, TimelineScene
from charts.timeline.scene_pins import flag_panels
from events.wording import format_number

_TODAY = (3, 3)  # strokes and gaps of today's line, in pixels


def panels(scene: TimelineScene, top: float, look: Theme, lang: str) -> Iterator[Panel]:
    """The panels of a scene, `top` pixels below the upper edge of the drawing.

    Of the lanes x is in days since 1970 and y in pixels of the scene.
    """
    scale = scene.scale
    ends = (scale.left, top + scene.top, scale.right, top + scene.bottom)
    days = (scale.first, scale.last + 1)
    lanes = Axes(*ends, days, (scene.top, scene.bottom))
    drawn = bin_marks if scene.binned else event_marks
    marks = (*_background(scene, look), *_names(scene, look, lang), *drawn(scene, look, lang))
    yield Panel(lanes, marks)
    if scene.has_strip:
        strip = scene.strip_scale
        box = (scale.left, top, scale.right, top + STRIP_HEIGHT)
        counts = (_strip_top(scene), 0)
        axes = Axes(*box, (strip.first, strip.last + 1), counts, upright=True)
        yield Panel(axes, tuple(_strip(scene, axes, look, lang)))
    yield from flag_panels(scene, top, look, lang)


def _background(scene: TimelineScene, look: Theme) -> Iterator[Mark]:
    """Ticks, lines between lanes, days without an article or collection, today and the cut-off."""
    day, first, last = scene.scale.day, scene.scale.first, scene.scale.last + 1
    for tick in scene.ticks:
        if tick.row == 0:
            x = day(tick.x)
            yield Line(((x, scene.top), (x, scene.bottom)), look.grid)
    for y in [scene.top, *(box.bottom for box in scene.lanes)]:
        yield Line(((first, y), (last, y)), look.line, 0.8)
    for boxes, colour in ((scene.gap_boxes(), look.muted), (scene.missed_boxes(), look.text)):
        for x0, x1, y0, y1 in boxes:
            yield Rect(day(x0), y0, day(x1), y1, colour)
    for line in scene.lines:
        x, dash = day(line.x), _TODAY if line.kind == "today" else ()
        yield Line(((x, scene.line_top), (x, scene.bottom)), look.accent, 1.2, dash)
        anchor: Anchor = "right" if line.left else "left"
        yield Text(x, scene.line_top - 5, line.text, colour=look.accent, anchor=anchor)
    for tick, y in scene.tick_words():
        yield tick_word(tick, day(tick.text_x), y, look)


def _names(scene: TimelineScene, look: Theme, lang: str) -> Iterator[Mark]:
    """Name and number of events of each lane, at its left."""
    for box in (box for box in scene.lanes if box.name):
        x, y = scene.scale.first, (box.top + box.bottom) / 2
        number = format_number(box.lane.events, lang)
        yield Text(x, y, number, colour=look.muted, anchor="right", dx=-8)
        yield Text(x, y, box.name, TEXT_SIZE, anchor="right", dx=-NUMBER_ROOM)


_STRIP_ROOM = 1.05  # axis range of the strip relative to its fullest bin
_STRIP = ("first", "last", "quad", "events")


def _strip_top(scene: TimelineScene) -> float:
    """The number of events at the upper edge of the strip."""
    fullest = scene.strip.groupby("first")["events"].sum().max() if len(scene.strip) else 1
    return float(fullest) * _STRIP_ROOM


def _strip(scene: TimelineScene, axes: Axes, look: Theme, lang: str) -> Iterator[Mark]:
    """Counts over the whole span, with a frame around the days shown below."""
    view = scene.scale.first, 0.0, scene.scale.last + 1, axes.y[0]
    yield Rect(*view, look.gap)
    yield Line(corners(*view), look.line)
    if scene.label:
        yield Text(axes.x[0], axes.y[0], scene.label, SUBTITLE_SIZE + 1, bold=True,
                   dx=12 - axes.left, dy=-14)  # fmt: skip
    if len(scene.strip):
        yield from _strip_bars(scene, axes, look, lang)
        yield from _strip_words(scene, axes, look, lang)


def _strip_bars(scene: TimelineScene, axes: Axes, look: Theme, lang: str) -> Iterator[Mark]:
    """Bars stacked by class; over them one unseen field per bin for hover and clicks."""
    strip = scene.strip.sort_values(["quad", "first"])
    # at least a pixel high and wide, so that a single event is visible
    least, days = abs(axes.per_pixel[1]), math.ceil(axes.per_pixel[0])
    floor: dict[int, float] = {}
    cells: dict[tuple[int, int], dict[int, int]] = {}
    for first, last, quad, events in zip(*(strip[c].tolist() for c in _STRIP), strict=True):
        cells.setdefault((first, last), {})[quad] = events
        base = floor.get(first, 0.0)
        floor[first] = base + max(events, least)
        yield Rect(first, floor[first], max(last + 1, first + days), base, look.quads[quad])
    high, template = max(floor.values()), hover.counts_template(6, lang)
    for (first, last), counts in cells.items():
        told = hover.counts_fields(hover.days_words(first, last, lang), counts, lang)
        custom = (*mark_custom(scene, "density", (), -1, (first, last)), *told)
        yield Rect(first, 0, last + 1, high, "", target=Target(custom, template=template))


def _strip_words(scene: TimelineScene, axes: Axes, look: Theme, lang: str) -> Iterator[Mark]:
    """What the strip counts, at its left; its first and last day below; a break where cut."""
    first, last = axes.x
    begins, ends = strip_ends(scene, lang)
    yield Text(first, 0, begins, SMALL_SIZE, look.muted, dy=10)
    yield Text(last, 0, ends, SMALL_SIZE, look.muted, "right", dy=10)
    for x in strip_breaks(scene):
        edge = first if x == scene.scale.left else last
        yield Text(edge, 0, BREAK, colour=look.muted, anchor="center", bold=True, dy=-3)
    middle = axes.y[0] / 2
    for text, dy in zip(strip_words(scene, lang), (-7, 7), strict=True):
        yield Text(first, middle, text, colour=look.muted, anchor="right", dx=-8, dy=dy)
