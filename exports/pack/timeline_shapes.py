"""The timeline of a slide: `charts.timeline.scene` drawn with native shapes that can be moved.

Shape shows status (filled reported, hollow planned, half-filled claimed, crossed denied), length
precision, colour the quad class: the same marks, lanes and labels as on the page. A mark of
several shapes is grouped, so that it moves as one.
"""

from __future__ import annotations

from typing import Any

from pptx.enum.text import PP_ALIGN

from charts.sheet.hover import days_words
from charts.sheet.theme import LIGHT
from charts.timeline.bins import bin_boxes
from charts.timeline.lanes import NARROW_LANES
from charts.timeline.marks import Mark
from charts.timeline.panel_bins import bin_colour, days_shown, peak_texts
from charts.timeline.scene import lay_out
from charts.timeline.scene_model import AXIS_HEIGHT, LANE_PADDING, TimelineOptions, TimelineScene
from charts.timeline.scene_pins import flag_told
from events.difference_words import day_words
from events.headline import headline_of, headline_without_status
from events.wording import format_number, label, named
from exports.pack.shapes import INK, describe, fill
from exports.pack.slide_marks import WHITE, Canvas, draw_bar, draw_disc
from exports.selection import Selection

PIXELS = 734.0  # the scene's width: 10 pixels are 12 points, which can be read from a distance
_ABOVE = 20.0  # room above the lanes for the label of the cut-off line


def draw_timeline(
    slide: Any, selection: Selection, area: tuple[int, int, int, int]
) -> TimelineScene:
    """Draw the events of a selection into `area` (left, top, width, height in EMU)."""
    scale = area[2] / PIXELS
    scene = fitting(selection, area[3] / scale - _ABOVE)
    above = scene.top - scene.flag_room - _ABOVE
    canvas = Canvas(slide, area[0], area[1] - above * scale, scale)
    _draw_axis(canvas, scene)
    _draw_lanes(canvas, scene, selection.lang)
    if scene.binned:
        _draw_bins(canvas, scene, selection.lang)
    else:
        for mark in scene.marks():
            _draw_mark(canvas, scene, mark, selection.lang)
        _draw_badges(canvas, scene)
    _draw_flags(canvas, scene, selection.lang)
    return scene


def fitting(selection: Selection, room: float) -> TimelineScene:
    """The scene with as many lanes as fit into `room` pixels of height, axis included."""
    for lanes in range(NARROW_LANES, 1, -1):
        options = TimelineOptions(
            lanes="actor",
            view=selection.view,
            width=PIXELS,
            max_lanes=lanes,
            max_height=room - AXIS_HEIGHT,
            cutoff=selection.cut_off,
            lang=selection.lang,
            pins=selection.pins,
        )
        scene = lay_out(selection.stories, options)
        if scene.height - scene.top + scene.flag_room <= room:
            break
    return scene


def _draw_axis(canvas: Canvas, scene: TimelineScene) -> None:
    for tick in scene.ticks:
        if tick.row == 0:
            canvas.line(tick.x, scene.top, tick.x, scene.bottom, LIGHT.grid, 0.5)
        y = scene.bottom + (3 if tick.row == 0 else 18)
        x = tick.text_x - 40 if tick.row == 0 else tick.text_x
        align = PP_ALIGN.CENTER if tick.row == 0 else PP_ALIGN.LEFT
        width = 80 if tick.row == 0 else min(160.0, scene.width - x)
        canvas.text(tick.text, (x, y, x + width, y + 15), 10, align=align, bold=tick.row > 0)
    for mark in scene.lines:
        above = scene.top - scene.flag_room
        canvas.line(mark.x, above - 6, mark.x, scene.bottom, LIGHT.accent, 1.0)
        x0, x1 = (mark.x - 280, mark.x) if mark.left else (mark.x, min(mark.x + 280, scene.width))
        align = PP_ALIGN.RIGHT if mark.left else PP_ALIGN.LEFT
        box = (x0, above - _ABOVE, x1, above - 7)
        canvas.text(mark.text, box, 10, LIGHT.accent, align=align)


def _draw_lanes(canvas: Canvas, scene: TimelineScene, lang: str) -> None:
    for y in (scene.top, *(box.bottom for box in scene.lanes)):
        canvas.line(12, y, scene.scale.right, y, LIGHT.line, 0.5)
    for box in scene.lanes:
        y, right = (box.top + box.bottom) / 2, scene.scale.left - 8
        canvas.text(box.name, (12, y - 8, right - 48, y + 8), 11, INK)
        number = format_number(box.lane.events, lang)
        canvas.text(number, (right - 36, y - 8, right, y + 8), 10, align=PP_ALIGN.RIGHT)


def _draw_mark(canvas: Canvas, scene: TimelineScene, mark: Mark, lang: str) -> None:
    y = scene.mark_y(mark)
    draw = draw_disc if mark.dot else draw_bar
    made = draw(canvas, mark, y, LIGHT.quads[mark.quad])
    made.name = mark.label or headline_of(scene.shown.iloc[mark.rows[0]], lang)
    describe(made, _told(scene, mark, lang))
    if mark.count_text:
        x = mark.count_x
        canvas.text(mark.count_text, (x, y - 7, x + mark.count_width + 2, y + 7), 10)
    if mark.label:
        x = mark.label_x
        canvas.text(mark.label, (x, y - 7.5, x + mark.label_width, y + 7), 10, INK)


def _told(scene: TimelineScene, mark: Mark, lang: str) -> str:
    """The alternative text of a mark: day, headline, status, quote."""
    row = scene.shown.iloc[mark.rows[0]]
    day = day_words(row.to_dict(), lang, short=False)
    about = f"{headline_without_status(row, lang)} ({label(row['status'], lang)})"
    return f"{named(day, about, lang)}. {row['quote']}"


def _draw_flags(canvas: Canvas, scene: TimelineScene, lang: str) -> None:
    """A box with a number for pinned notes, their words as its alternative text."""
    for flag in scene.flags:
        x, y = flag.x, scene.flag_y(flag)
        made = canvas.rectangle(x - 7, y - 7, x + 7, y + 7)
        fill(made, LIGHT.text)
        made.name = str(flag.number)
        describe(made, " ".join(flag_told(flag, lang)))
        box = (x - 9, y - 7, x + 9, y + 7)
        canvas.text(str(flag.number), box, 10, WHITE, bold=True, align=PP_ALIGN.CENTER)


def _draw_badges(canvas: Canvas, scene: TimelineScene) -> None:
    for badge in scene.badges():
        x, y = badge.x, scene.badge_y(badge)
        box = (x - 17, y - 7, x + 17, y + 7)
        canvas.text(f"+{badge.marks}", box, 10, LIGHT.accent, bold=True, align=PP_ALIGN.CENTER)


def _draw_bins(canvas: Canvas, scene: TimelineScene, lang: str) -> None:
    """Draw one rectangle per bin and class, as high as on the page."""
    boxes = bin_boxes(scene.bins, LANE_PADDING)
    for box in boxes:
        days = days_shown(scene, box)
        if days is None:
            continue
        x0, x1 = scene.scale.x(days[0]), scene.scale.x(days[1] + 1)
        top = scene.lanes[box.bin.lane].top
        made = canvas.rectangle(x0, top + box.top, max(x0 + 1, x1 - 0.5), top + box.bottom)
        fill(made, bin_colour(box, LIGHT))
        told = days_words(box.bin.first, box.bin.last, lang, short=True)
        made.name = named(told, format_number(sum(box.counts.values()), lang), lang)
    for x, y, text in peak_texts(scene, boxes):
        box_ = (x - 20, y - 6, x + 20, y + 6)
        canvas.text(text, box_, 10, align=PP_ALIGN.CENTER)
