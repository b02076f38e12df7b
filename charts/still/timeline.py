"""The timeline as a still picture: the same scene as on the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from charts.chart import Chart
from charts.sheet.caption import frame
from charts.sheet.scale import Scale
from charts.sheet.shapes import DASHES, bar_pieces, body, fill_of
from charts.sheet.theme import SMALL_SIZE, SUBTITLE_SIZE, TEXT_SIZE, theme_of
from charts.sheet.twins import timeline_twin
from charts.still.paper import Paper, faded, rectangle
from charts.timeline.bins import bin_boxes
from charts.timeline.figure import (
    PANEL_GAP,
    compare_scenes,
    scene_notes,
    scene_symbols,
    sum_left_out,
    timeline_alt,
)
from charts.timeline.marks import Mark
from charts.timeline.panel_bins import bin_colour, peak_texts
from charts.timeline.panel_marks import outline
from charts.timeline.scene import lay_out
from charts.timeline.scene_axis import BREAK, strip_breaks, strip_ends, strip_words
from charts.timeline.scene_model import (
    LANE_PADDING,
    STRIP_HEIGHT,
    CompareOptions,
    TimelineOptions,
    TimelineScene,
)
from events.wording import format_number


def timeline_figure(
    table: pd.DataFrame,
    options: TimelineOptions = TimelineOptions(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.timeline.figure.timeline`."""
    return _chart([lay_out(table, options)], options)


def compare_figure(
    parts: Sequence[tuple[str, pd.DataFrame]],
    options: CompareOptions = CompareOptions(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.timeline.figure.compare`."""
    return _chart(compare_scenes(parts, options), options)


def _chart(scenes: list[TimelineScene], options: TimelineOptions) -> Chart[Figure]:
    lang, caption = options.lang, options.caption
    notes = scene_notes(scenes, lang)
    around = frame(caption, notes, scene_symbols(scenes), scenes[0].width, lang)
    titled = PANEL_GAP * any(scene.label for scene in scenes)
    inner = sum(scene.height for scene in scenes) + PANEL_GAP * (len(scenes) - 1) + titled
    height = around.header + inner + around.footer
    paper = Paper(scenes[0].width, height, theme_of(options.theme))
    paper.frame(around)
    top = around.header + titled
    for scene in scenes:
        _Drawing(paper, scene, top, lang).draw()
        top += scene.height + PANEL_GAP
    rows, drawn = sum(s.rows for s in scenes), sum(s.drawn for s in scenes)
    alt = timeline_alt(scenes, caption, lang)
    twin = partial(timeline_twin, scenes, lang)
    return Chart(paper.figure, rows, drawn, sum_left_out(scenes), notes, alt, twin)


class _Drawing:
    """A scene on the paper, `top` pixels below its upper edge."""

    def __init__(self, paper: Paper, scene: TimelineScene, top: float, lang: str) -> None:
        self.paper, self.scene, self.top, self.lang = paper, scene, top, lang
        self.look = paper.theme

    def draw(self) -> None:
        """Everything, from what lies lowest to what lies uppermost."""
        self._background()
        self._lines()
        if self.scene.has_strip:
            self._strip()
        self._names()
        if self.scene.binned:
            self._bins()
        else:
            for mark in self.scene.marks():
                self._dot(mark) if mark.dot else self._bar(mark)
            self._words()

    def _background(self) -> None:
        scene, look = self.scene, self.look
        low, high = self.top + scene.top, self.top + scene.bottom
        marked = ((scene.gap_boxes(), look.muted), (scene.missed_boxes(), look.text))
        for boxes, colour in marked:
            placed = [(x0, self.top + y0, x1, self.top + y1) for x0, x1, y0, y1 in boxes]
            self.paper.polygons([rectangle(*each) for each in placed], colour)
        for tick in scene.ticks:
            if tick.row == 0:
                self.paper.line([(tick.x, low), (tick.x, high)], look.grid, 1)
        for tick, y in scene.tick_words():
            side, weight = ("left", 600) if tick.row else ("center", 400)
            self.paper.text(
                tick.text_x, self.top + y, tick.text, weight=weight, colour=look.muted, anchor=side
            )
        for y in [scene.top, *(box.bottom for box in scene.lanes)]:
            ends = [(scene.scale.left, self.top + y), (scene.scale.right, self.top + y)]
            self.paper.line(ends, look.line, 0.8)

    def _lines(self) -> None:
        """Today and the cut-off."""
        scene, look = self.scene, self.look
        for line in scene.lines:
            ends = [(line.x, self.top + scene.line_top), (line.x, self.top + scene.bottom)]
            style = {"linestyle": (0, (1, 2))} if line.kind == "today" else {}
            self.paper.line(ends, look.accent, 1.2, **style)
            side = "right" if line.left else "left"
            y = self.top + scene.line_top - 6
            self.paper.text(line.x, y, line.text, colour=look.accent, anchor=side)

    def _strip(self) -> None:
        scene, look, strip = self.scene, self.look, self.scene.strip
        scale: Scale = scene.strip_scale
        x0, x1 = scale.x(scene.scale.first), scale.x(scene.scale.last + 1)
        corners = rectangle(x0, self.top, x1, self.top + STRIP_HEIGHT)
        self.paper.polygons([corners], [look.gap], edge=look.line, width=1)
        if scene.label:
            self.paper.text(12, self.top - 14, scene.label, SUBTITLE_SIZE + 1, 600)
        if strip.empty:
            return
        most = float(strip.groupby("first")["events"].sum().max()) * 1.05
        floor: dict[int, float] = {}
        boxes, colours = [], []
        columns = [strip.sort_values(["quad", "first"])[c].tolist() for c in _STRIP]
        for first, last, quad, events in zip(*columns, strict=True):
            base = floor.get(first, 0.0)
            floor[first] = base + events
            high, low = (self.top + STRIP_HEIGHT * (1 - n / most) for n in (base + events, base))
            boxes.append(rectangle(scale.x(first), high, scale.x(last + 1), low))
            colours.append(look.quads[quad])
        self.paper.polygons(boxes, colours)
        sides = ((scene.scale.left, "left"), (scene.scale.right, "right"))
        for (x, side), text in zip(sides, strip_ends(scene, self.lang), strict=True):
            below = self.top + STRIP_HEIGHT + 10
            self.paper.text(x, below, text, SMALL_SIZE, colour=look.muted, anchor=side)
        for x in strip_breaks(scene):
            base = self.top + STRIP_HEIGHT - 3
            self.paper.text(x, base, BREAK, weight=600, colour=look.muted, anchor="center")
        for text, y in zip(strip_words(scene, self.lang), (-7.0, 7.0), strict=True):
            self.paper.text(scene.scale.left - 8, self.top + STRIP_HEIGHT / 2 + y, text,
                            colour=look.muted, anchor="right")  # fmt: skip

    def _names(self) -> None:
        right = self.scene.scale.left - 8
        for box in (box for box in self.scene.lanes if box.name):
            y = self.top + (box.top + box.bottom) / 2
            number = format_number(box.lane.events, self.lang)
            self.paper.text(right, y, number, colour=self.look.muted, anchor="right")
            self.paper.text(right - 40, y, box.name, TEXT_SIZE, anchor="right")

    def _bar(self, mark: Mark) -> None:
        y, colour = self.top + self.scene.mark_y(mark), self.look.quads[mark.quad]
        half, fill = mark.size / 2, fill_of(mark.status)
        for piece in bar_pieces(mark):
            if fill == "full":
                shade = faded(colour, 0.45 * piece.strength)
                self.paper.box(piece.x0, y - half, piece.x1, y + half, shade)
            if fill == "half":
                shade = faded(colour, 0.6 * piece.strength)
                self.paper.box(piece.x0, y, piece.x1, y + half, shade)
        style = {"linestyle": (0, DASHES[mark.status])} if mark.status in DASHES else {}
        for start, end in outline(mark, y, self.scene):
            self.paper.line([start, end], colour, 1.4, **style)
        if mark.status == "denied":
            x, d = sum(body(mark)) / 2, 3.5
            self.paper.line([(x - d, y - d), (x + d, y + d)], colour, 1.6)
            self.paper.line([(x - d, y + d), (x + d, y - d)], colour, 1.6)

    def _dot(self, mark: Mark) -> None:
        x, y = (mark.x0 + mark.x1) / 2, self.top + self.scene.mark_y(mark)
        colour, r = self.look.quads[mark.quad], mark.size / 2
        if mark.coded:
            self.paper.box(x - r, y - r, x + r, y + r, colour)
        else:
            self.paper.disc(x, y, mark.size, colour, mark.status)

    def _words(self) -> None:
        for mark in self.scene.marks():
            y = self.top + self.scene.mark_y(mark)
            if mark.label:
                self.paper.text(mark.label_x, y, mark.label, self.scene.label_size)
            if mark.count_text:
                self.paper.text(
                    mark.count_x, y, mark.count_text, SMALL_SIZE, colour=self.look.muted
                )
        for badge in self.scene.badges():
            y = self.top + self.scene.badge_y(badge)
            self.paper.text(badge.x, y, f"+{badge.marks}", SMALL_SIZE + 0.5, 600,
                            self.look.accent, "center")  # fmt: skip

    def _bins(self) -> None:
        scene = self.scene
        boxes = bin_boxes(scene.bins, LANE_PADDING)
        shapes, colours = [], []
        for box in boxes:
            x0 = scene.scale.x(max(box.bin.first, scene.scale.first))
            x1 = scene.scale.x(min(box.bin.last, scene.scale.last) + 1)
            if x1 > x0:
                top = self.top + scene.lanes[box.bin.lane].top
                shapes.append(rectangle(x0, top + box.top, x1, top + box.bottom))
                colours.append(bin_colour(box, self.look))
        self.paper.polygons(shapes, colours)
        for x, y, text in peak_texts(scene, boxes):
            self.paper.text(
                x, self.top + y, text, SMALL_SIZE, colour=self.look.muted, anchor="center"
            )


_STRIP = ("first", "last", "quad", "events")
