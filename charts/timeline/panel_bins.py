"""Draw the bins of a scene with plotly: coloured boxes, with one clickable field per bin on top.

A page of a million events has a few thousand boxes: they are drawn as one stepped path per class;
hover texts and codes are sent once per bin, not once per class.
"""

from __future__ import annotations

from typing import Any

from charts.sheet import hover, names
from charts.sheet.measure import text_width
from charts.sheet.theme import SMALL_SIZE, Theme, pale
from charts.timeline.bins import BIN_HEIGHT, PEAK_ROOM, BinBox, bin_boxes, unit_name
from charts.timeline.panel_axes import Panel, text_trace
from charts.timeline.scene_model import LANE_PADDING, TimelineScene
from charts.timeline.spans import iso
from events.wording import format_number, named


def draw_bins(panel: Panel) -> None:
    """Draw bins: bars stacked by class, pale bars for events dated less precisely."""
    scene = panel.scene
    boxes = [box for box in bin_boxes(scene.bins, LANE_PADDING) if days_shown(scene, box)]
    _stacks(panel, [box for box in boxes if not box.bin.coarse])
    colours: dict[str, list[BinBox]] = {}
    for box in (box for box in boxes if box.bin.coarse):
        colours.setdefault(bin_colour(box, panel.sheet.theme), []).append(box)
    for colour, mine in colours.items():
        panel.boxes([_placed(scene, box) for box in mine], colour)
    fields = _fields(boxes)
    unit = next((unit_name(b.bin.first, b.bin.last) for b in boxes if not b.bin.coarse), scene.unit)
    panel.sheet.figure.add_bar(
        **_bars(panel, fields),
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        hoverinfo="text",
        hovertext=[_bin_hover(panel, box) for box in fields],
        customdata=[_custom(scene, box, unit) for box in fields],
    )
    text_trace(
        panel, peak_texts(scene, boxes), SMALL_SIZE, panel.sheet.theme.muted, "middle center"
    )


def _stacks(panel: Panel, boxes: list[BinBox]) -> None:
    """Stacked classes, the top one first, each down to the base line, then the next over it."""
    for quad in sorted({box.bin.quad for box in boxes}, reverse=True):
        drawn = _stairs(panel.scene, [box for box in boxes if box.bin.quad == quad])
        colour = panel.sheet.theme.quads[quad]
        panel.path(drawn, "between", fillcolor=colour, line={"width": 0})


def _stairs(scene: TimelineScene, boxes: list[BinBox]) -> str:
    """Outline of the tops of bins over their lane's base line: a third of the size of boxes."""
    drawn, end = "", (0, 0.0)
    for box in boxes:
        begin, after, top, _bottom = _placed(scene, box)
        floor = scene.lanes[box.bin.lane].top + LANE_PADDING + PEAK_ROOM + BIN_HEIGHT
        if (begin, floor) != end:
            drawn += f"V{end[1]:g}Z" * bool(drawn) + f"M{begin},{floor:g}"
        drawn += f"V{round(top, 1):g}H{after}"
        end = (after, floor)
    return drawn + f"V{end[1]:g}Z" * bool(drawn)


def _custom(scene: TimelineScene, box: BinBox, unit: str) -> list[str]:
    """The customdata of a bin; see charts.timeline.figure."""
    key = scene.lanes[box.bin.lane].lane.key
    return ["bin", unit, "", key, iso(box.bin.first), iso(box.bin.last)]


def _placed(scene: TimelineScene, box: BinBox) -> tuple[int, int, float, float]:
    """Begin and end of the days shown, the two heights."""
    first, last = days_shown(scene, box) or (0, 0)
    top = scene.lanes[box.bin.lane].top
    return first, last + 1, top + box.top, top + box.bottom


def _bars(panel: Panel, boxes: list[BinBox]) -> dict[str, Any]:
    """Position and size of horizontal bars."""
    placed = [_placed(panel.scene, box) for box in boxes]
    return {
        "orientation": "h",
        "base": [x0 for x0, _, _, _ in placed],
        "x": [x1 - x0 for x0, x1, _, _ in placed],
        "y": panel.heights([(y0 + y1) / 2 for _, _, y0, y1 in placed]),
        "width": panel.heights([y1 - y0 for _, _, y0, y1 in placed]),
        "xaxis": panel.axis("x"),
        "yaxis": panel.axis("y"),
    }


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


def _bin_hover(panel: Panel, box: BinBox) -> str:
    """Days and number only, to send less: the lane and the classes are visible anyway."""
    days = hover.days_words(box.bin.first, box.bin.last, panel.lang, short=True)
    number = format_number(sum(box.counts.values()), panel.lang)
    return named(names.escape(days), number, panel.lang)
