"""The bins of a scene as marks: coloured boxes, with one clickable field per bin on top.

A page of a million events has a few thousand boxes: those of a class follow each other, so that a
page draws them as one outline in steps; hover texts and codes are sent once per bin.
"""

from __future__ import annotations

from collections.abc import Iterator

from charts.drawing import Mark, Rect, Target, Text
from charts.sheet import hover, names
from charts.sheet.measure import text_width
from charts.sheet.theme import SMALL_SIZE, Theme, pale
from charts.timeline.bins import BIN_HEIGHT, PEAK_ROOM, BinBox, bin_boxes, unit_name
from charts.timeline.scene_model import LANE_PADDING, TimelineScene
from charts.timeline.spans import iso
from events.wording import format_number, named


def bin_marks(scene: TimelineScene, look: Theme, lang: str) -> Iterator[Mark]:
    """Bars stacked by class, pale bars for events dated less precisely, the largest number of a
    lane; a field a bin with its days and number: lane and classes are visible anyway.
    """
    boxes = [box for box in bin_boxes(scene.bins, LANE_PADDING) if days_shown(scene, box)]
    yield from _stacks(scene, [box for box in boxes if not box.bin.coarse], look)
    for box in (box for box in boxes if box.bin.coarse):
        yield Rect(*_sides(scene, box), bin_colour(box, look))
    unit = next((unit_name(b.bin.first, b.bin.last) for b in boxes if not b.bin.coarse), scene.unit)
    for box in _fields(boxes):
        first, last = box.bin.first, box.bin.last
        days = hover.days_words(first, last, lang, short=True)
        number = format_number(sum(box.counts.values()), lang)
        custom = ("bin", unit, "", scene.lanes[box.bin.lane].lane.key, iso(first), iso(last))
        target = Target(custom, named(names.escape(days), number, lang))
        yield Rect(*_sides(scene, box), "", target=target)
    for x, y, text in peak_texts(scene, boxes):
        yield Text(scene.scale.day(x), y, text, SMALL_SIZE, look.muted, "center")


def _stacks(scene: TimelineScene, boxes: list[BinBox], look: Theme) -> Iterator[Mark]:
    """Stacked classes, the top one first, each down to the base line, then the next over it."""
    for quad in sorted({box.bin.quad for box in boxes}, reverse=True):
        for box in (box for box in boxes if box.bin.quad == quad):
            x0, top, x1, _bottom = _sides(scene, box)
            floor = scene.lanes[box.bin.lane].top + LANE_PADDING + PEAK_ROOM + BIN_HEIGHT
            yield Rect(x0, top, x1, floor, look.quads[quad])


def _sides(scene: TimelineScene, box: BinBox) -> tuple[int, float, int, float]:
    """Begin of the days shown and upper height, their end and the lower height."""
    first, last = days_shown(scene, box) or (0, 0)
    top = scene.lanes[box.bin.lane].top
    return first, top + box.top, last + 1, top + box.bottom


def _fields(boxes: list[BinBox]) -> list[BinBox]:
    """One field over all classes of a bin, as high as its lane allows; coarse bars too."""
    counts: dict[tuple[int, int, int], dict[int, int]] = {}
    first: dict[tuple[int, int, int], BinBox] = {}
    for box in (box for box in boxes if not box.bin.coarse):
        key = (box.bin.lane, box.bin.first, box.bin.last)
        counts.setdefault(key, {}).update(box.counts)
        first.setdefault(key, box)
    whole = [
        BinBox(box.bin, LANE_PADDING, LANE_PADDING + PEAK_ROOM + BIN_HEIGHT, counts[key])
        for key, box in first.items()
    ]
    return whole + [box for box in boxes if box.bin.coarse]


def bin_colour(box: BinBox, theme: Theme) -> str:
    """The class's colour, pale where the events are dated less precisely than a bin."""
    colour = theme.quads[box.bin.quad]
    return pale(colour, theme) if box.bin.coarse else colour


def peak_texts(scene: TimelineScene, boxes: list[BinBox]) -> list[tuple[float, float, str]]:
    """The number above the (first) fullest bin of each lane: middle x, y, text."""
    totals: dict[tuple[int, int, int], tuple[int, float]] = {}
    for box in boxes:
        if box.peak and not box.bin.coarse:
            key = (box.bin.lane, box.bin.first, box.bin.last)
            number, top = totals.get(key, (0, box.top))
            totals[key] = number + box.bin.events, min(top, box.top)
    found: dict[int, tuple[float, float, str]] = {}
    for (lane, first, last), (number, top) in sorted(totals.items()):
        half = text_width(str(number), SMALL_SIZE) / 2
        middle = (scene.scale.x(first) + scene.scale.x(last + 1)) / 2
        x = min(max(middle, scene.scale.left + half), scene.scale.right - half)
        found.setdefault(lane, (x, scene.lanes[lane].top + top - 6, str(number)))
    return list(found.values())


def days_shown(scene: TimelineScene, box: BinBox) -> tuple[int, int] | None:
    """First and last day of a bin inside the view, None where it lies outside."""
    first = max(box.bin.first, scene.scale.first)
    last = min(box.bin.last, scene.scale.last)
    return (first, last) if first <= last else None
