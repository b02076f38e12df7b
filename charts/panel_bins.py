"""Draws the bins of a scene with plotly."""

from __future__ import annotations

from charts import hover
from charts.bins import BinBox, bin_boxes
from charts.measure import text_width
from charts.panel_axes import Panel, text_trace
from charts.scene import LANE_PADDING, Scene
from charts.spans import iso
from charts.theme import SMALL_SIZE, Theme, pale


def draw_bins(panel: Panel) -> None:
    """Counts: bars stacked by class, pale bars for what is dated less precisely."""
    scene, theme = panel.scene, panel.sheet.theme
    boxes = [box for box in bin_boxes(scene.bins, LANE_PADDING) if _days_shown(scene, box)]
    days = [_days_shown(scene, box) or (0, 0) for box in boxes]
    tops = [scene.lanes[box.bin.lane].top for box in boxes]
    panel.sheet.figure.add_bar(
        orientation="h",
        base=[iso(first) for first, _ in days],
        x=[(last - first + 1) * 86_400_000 for first, last in days],
        y=[top + (box.top + box.bottom) / 2 for box, top in zip(boxes, tops, strict=True)],
        width=[box.bottom - box.top for box in boxes],
        marker={"color": [bin_colour(box, theme) for box in boxes], "line": {"width": 0}},
        hoverinfo="text",
        hovertext=[_bin_hover(panel, box) for box in boxes],
        customdata=[
            panel.custom("bin", (), box.bin.lane, box.bin.first, box.bin.last) for box in boxes
        ],
        xaxis=panel.axis("x"),
        yaxis=panel.axis("y"),
    )
    cut = cut_texts(scene, boxes)
    text_trace(panel, cut, SMALL_SIZE, theme.muted, "middle right")


def bin_colour(box: BinBox, theme: Theme) -> str:
    """The class's colour, pale where the events are dated less precisely than a bin."""
    colour = theme.quads[box.bin.quad]
    return pale(colour, theme) if box.bin.coarse else colour


def cut_texts(scene: Scene, boxes: list[BinBox]) -> list[tuple[float, float, str]]:
    """The number beside each stack that is higher than its lane: x, y, text."""
    totals: dict[tuple[int, int, int], int] = {}
    for box in boxes:
        if box.cut:
            key = (box.bin.lane, box.bin.first, box.bin.last)
            totals[key] = totals.get(key, 0) + box.bin.events
    found: list[tuple[float, float, str]] = []
    for (lane, _first, last), number in sorted(totals.items()):
        x, y = scene.scale.x(last + 1), scene.lanes[lane].top + LANE_PADDING + 3
        width = text_width(str(number), SMALL_SIZE)
        free = not found or found[-1][1] != y or found[-1][0] + width + 8 < x
        if free and x + width < scene.scale.right:
            found.append((x, y, str(number)))
    return found


def _days_shown(scene: Scene, box: BinBox) -> tuple[int, int] | None:
    """First and last day of a bin inside the view, None where it lies outside."""
    first = max(box.bin.first, scene.scale.first)
    last = min(box.bin.last, scene.scale.last)
    return (first, last) if first <= last else None


def _bin_hover(panel: Panel, box: BinBox) -> str:
    days = hover.days_words(box.bin.first, box.bin.last, panel.lang)
    heading = f"{panel.scene.lanes[box.bin.lane].lane.name}, {days}"
    return hover.count_hover(heading, box.counts, panel.lang)
