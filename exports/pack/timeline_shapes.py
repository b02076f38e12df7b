"""The timeline of a slide: the scene of `charts.scene` drawn with native shapes that can be moved.

Shape tells status (filled reported, hollow planned, half-filled claimed, crossed denied), length
tells precision, colour the quad class: the same marks, lanes and labels as on the page.
"""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN

from charts.marks import Mark
from charts.scene import lay_out
from charts.scene_model import Options, Scene
from charts.theme import LIGHT, pale
from events.wording import format_interval, label
from exports.pack.shapes import GREY, INK, RULE, describe, fill, line, shape, text_box
from exports.selection import Selection

PIXELS = 880.0  # the scene's width in pixels of about a point: its labels can be read from afar
_BAR = 9.0


class _Sheet:
    """Where scene pixels stand on the slide."""

    def __init__(self, slide: Any, scene: Scene, area: tuple[int, int, int, int]) -> None:
        self.slide, self.scene = slide, scene
        self.left, self.top, width, height = area
        self.scale = min(width / scene.width, height / (scene.height - scene.top))

    def x(self, pixels: float) -> float:
        return self.left + pixels * self.scale

    def y(self, pixels: float) -> float:
        return self.top + (pixels - self.scene.top) * self.scale

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int]:
        return (
            int(self.x(x0)),
            int(self.y(y0)),
            int((x1 - x0) * self.scale),
            int((y1 - y0) * self.scale),
        )

    def points(self, pixels: float) -> float:
        """A text height of the scene in points."""
        return max(7.0, pixels * self.scale / 12_700)


def draw_timeline(slide: Any, selection: Selection, area: tuple[int, int, int, int]) -> Scene:
    """Draw the events of a selection into `area` (left, top, width, height in EMU)."""
    room = area[3] / (area[2] / PIXELS)
    options = Options(
        lanes="actor",
        view=selection.view,
        width=PIXELS,
        max_lanes=9,
        max_height=room - 60,
        cutoff=selection.cut_off,
        lang=selection.lang,
    )
    scene = lay_out(selection.events, options)
    sheet = _Sheet(slide, scene, area)
    _draw_axis(sheet)
    _draw_lanes(sheet)
    if scene.binned:
        _draw_bins(sheet)
    else:
        for mark in scene.marks():
            _draw_mark(sheet, mark, selection)
        _draw_badges(sheet)
    return scene


def _draw_axis(sheet: _Sheet) -> None:
    scene = sheet.scene
    for tick in scene.ticks:
        top = scene.top if tick.row == 0 else scene.bottom
        line(
            sheet.slide,
            (sheet.x(tick.x), sheet.y(top), sheet.x(tick.x), sheet.y(scene.bottom + 5)),
            "#E8EBED" if tick.row == 0 else RULE,
            0.5,
        )
        y = scene.bottom + (4 if tick.row == 0 else 19)
        x = tick.text_x - 40 if tick.row == 0 else tick.text_x
        align = PP_ALIGN.CENTER if tick.row == 0 else PP_ALIGN.LEFT
        box = sheet.box(x, y, x + (80 if tick.row == 0 else 160), y + 15)
        text_box(sheet.slide, tick.text, box, sheet.points(10), GREY, wrap=False, align=align)


def _draw_lanes(sheet: _Sheet) -> None:
    scene = sheet.scene
    for box in scene.lanes:
        y = box.bottom
        ends = (sheet.x(12), sheet.y(y), sheet.x(scene.scale.right), sheet.y(y))
        line(sheet.slide, ends, "#D5DADE", 0.5)
        place = sheet.box(12, y - 19, scene.scale.left - 50, y - 3)
        text_box(sheet.slide, box.name, place, sheet.points(11.5), INK, bold=True)
        count = sheet.box(scene.scale.left - 52, y - 19, scene.scale.left - 10, y - 3)
        number = str(box.lane.events)
        text_box(
            sheet.slide, number, count, sheet.points(10.5), GREY, wrap=False, align=PP_ALIGN.RIGHT
        )


def _draw_mark(sheet: _Sheet, mark: Mark, selection: Selection) -> None:
    y = sheet.scene.mark_y(mark)
    colour = LIGHT.quads[mark.quad]
    half = mark.size / 2 if mark.dot else _BAR / 2
    kind = MSO_SHAPE.OVAL if mark.dot else MSO_SHAPE.RECTANGLE
    made = shape(
        sheet.slide, kind, sheet.box(mark.x0, y - half, mark.x1, y + half), mark.label or "event"
    )
    full = colour if mark.dot else pale(colour, LIGHT)
    hollow = mark.status == "planned"
    fill(made, "FFFFFF" if hollow else full, colour, 1.25)
    describe(made, _told(mark, selection, sheet.scene))
    if mark.status == "claimed":
        middle = (mark.x0 + mark.x1) / 2
        veil = shape(
            sheet.slide,
            MSO_SHAPE.RECTANGLE,
            sheet.box(middle, y - half / 2, mark.x1 - 1, y + half / 2),
            "claimed",
        )
        fill(veil, "FFFFFF")
    if mark.status == "denied":
        for way in (1, -1):
            ends = (
                sheet.x(mark.x0),
                sheet.y(y - way * half),
                sheet.x(mark.x1),
                sheet.y(y + way * half),
            )
            line(sheet.slide, ends, "222222", 1.0)
    _draw_label(sheet, mark, y)


def _draw_label(sheet: _Sheet, mark: Mark, y: float) -> None:
    if mark.count_text:
        box = sheet.box(mark.x1 + 2, y - 7, mark.x1 + 30, y + 7)
        text_box(sheet.slide, mark.count_text, box, sheet.points(9), GREY, wrap=False)
    if mark.label:
        box = sheet.box(mark.label_x, y - 7.5, mark.label_x + mark.label_width, y + 7)
        text_box(sheet.slide, mark.label, box, sheet.points(10), INK, wrap=False)


def _told(mark: Mark, selection: Selection, scene: Scene) -> str:
    row = scene.shown.iloc[mark.rows[0]]
    first, last = (None if row[k] != row[k] else row[k].date() for k in ("first", "last"))
    day = format_interval(first, last, row["precision"], selection.lang)
    return f"{day}. {label(row['type'], selection.lang)}. {row['quote']}"


def _draw_badges(sheet: _Sheet) -> None:
    for badge in sheet.scene.badges():
        y = sheet.scene.badge_y(badge)
        box = sheet.box(badge.x, y - 7, badge.x + 34, y + 7)
        text_box(sheet.slide, f"+{badge.marks}", box, sheet.points(9), GREY, wrap=False)


def _draw_bins(sheet: _Sheet) -> None:
    """Columns a bin and quad class, at most a few hundred shapes: more would not open well."""
    scene = sheet.scene
    bins = [b for b in scene.bins if not b.coarse]
    most = max((b.events for b in bins), default=1)
    for box in (b for b in bins if b.events):
        lane = scene.lanes[box.lane]
        height = (lane.bottom - lane.top - 10) * box.events / most
        x0 = max(scene.scale.left, scene.scale.x(box.first))
        x1 = min(scene.scale.right, scene.scale.x(box.last + 1))
        made = shape(
            sheet.slide,
            MSO_SHAPE.RECTANGLE,
            sheet.box(x0, lane.bottom - height, max(x0 + 1, x1 - 0.5), lane.bottom),
            f"{box.events}",
        )
        fill(made, "8A939B")
