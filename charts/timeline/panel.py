"""Draw one scene into a plotly sheet: gaps, strip, lanes, marks, bins, axis."""

from __future__ import annotations

import math

from charts.sheet import hover
from charts.sheet.plotly_sheet import Sheet
from charts.sheet.theme import SMALL_SIZE, SUBTITLE_SIZE, TEXT_SIZE
from charts.timeline.panel_axes import Drawn, Panel
from charts.timeline.panel_bins import draw_bins
from charts.timeline.panel_marks import bars, dots, framed, texts
from charts.timeline.scene_axis import BREAK, strip_breaks, strip_ends, strip_words
from charts.timeline.scene_model import STRIP_HEIGHT, TimelineScene
from events.wording import format_number


def draw(
    sheet: Sheet, scene: TimelineScene, number: int, top: float, lang: str
) -> tuple[Drawn, Drawn]:
    """Add the traces of a scene to the sheet's figure; its annotations and shapes."""
    panel = Panel(sheet, scene, number, top, lang)
    _axes(panel)
    _background(panel)
    if scene.has_strip:
        _strip(panel)
    _lane_names(panel)
    if scene.binned:
        draw_bins(panel)
    else:
        bars(panel)
        dots(panel)
        texts(panel)
        framed(panel)
    return panel.words, panel.shapes


def _axes(panel: Panel) -> None:
    scene, sheet = panel.scene, panel.sheet
    plain = {"showgrid": False, "zeroline": False, "showline": False, "showticklabels": False}
    lanes_x = plain | {
        "type": "linear",
        "range": panel.days([scene.scale.left, scene.scale.right]),
        "tickvals": panel.days([t.x for t in scene.ticks if t.row == 0]),
        "ticks": "",
        "showgrid": True,
        "gridcolor": sheet.theme.grid,
        "gridwidth": 1,
        "fixedrange": True,
        "anchor": panel.axis("y"),
    }
    strip_x = plain | {
        "type": "linear",
        "range": [scene.strip_scale.first, scene.strip_scale.last + 1],
        "fixedrange": True,
        "ticks": "",
        "anchor": panel.axis("y", True),
    }
    lanes_y = plain | {
        "range": [scene.bottom, scene.top],
        "domain": sheet.domain(panel.top + scene.top, panel.top + scene.bottom),
        "fixedrange": True,
        "anchor": panel.axis("x"),
    }
    strip_y = plain | {
        "range": [0, _strip_top(scene)],
        "domain": sheet.domain(panel.top, panel.top + STRIP_HEIGHT),
        "fixedrange": True,
        "anchor": panel.axis("x", True),
    }
    layout = {("x", False): lanes_x, ("y", False): lanes_y}
    if scene.has_strip:
        layout |= {("x", True): strip_x, ("y", True): strip_y}
    for (name, strip), axis in layout.items():
        sheet.figure.update_layout(**{panel.axis(name, strip).replace(name, f"{name}axis"): axis})


def _background(panel: Panel) -> None:
    """Gaps, lines between lanes, today and the cut-off, words of the axis."""
    scene, theme = panel.scene, panel.sheet.theme
    _gaps(panel)
    for y in [scene.top, *(box.bottom for box in scene.lanes)]:
        ends = {"x0": scene.scale.left, "x1": scene.scale.right}
        panel.shape("line", **ends, y0=y, y1=y, line={"color": theme.line, "width": 0.8})
    for line in scene.lines:
        style = {"color": theme.accent, "width": 1.2, "dash": "dot" if line.kind == "today" else ""}
        style = {key: value for key, value in style.items() if value}
        panel.shape(
            "line", line.x, line.x, scene.line_top, scene.bottom, line=style, layer="between"
        )
        anchor = "right" if line.left else "left"
        panel.text_at(line.x, scene.line_top - 5, line.text, anchor, colour=theme.accent)
    for tick, y in scene.tick_words():
        side = "left" if tick.row else "center"
        panel.text_at(tick.text_x, y, tick.text, side, bold=bool(tick.row), colour=theme.muted)


def _gaps(panel: Panel) -> None:
    """Days without any article or collection: one shape for all, since there may be hundreds."""
    scene, day, theme = panel.scene, panel.scene.scale.day, panel.sheet.theme
    for found, colour in ((scene.gap_boxes(), theme.muted), (scene.missed_boxes(), theme.text)):
        boxes = [(day(x0), day(x1), y0, y1) for x0, x1, y0, y1 in found]
        panel.boxes(boxes, colour, layer="above")


def _strip(panel: Panel) -> None:
    """The density strip over the whole span, with a frame around the days shown below."""
    scene, theme, strip = panel.scene, panel.sheet.theme, panel.scene.strip
    xref, yref = panel.axis("x", True), panel.axis("y", True)
    refs = {"xref": xref, "yref": f"{yref} domain", "y0": 0, "y1": 1, "layer": "below"}
    ends = {"x0": scene.scale.first, "x1": scene.scale.last + 1}
    frame = {"fillcolor": theme.gap, "line": {"color": theme.line, "width": 1}}
    panel.shapes.append({"type": "rect", **refs, **ends, **frame})
    if len(strip):
        _strip_bars(panel)
    if scene.label:
        panel.text(12, -14, scene.label, size=SUBTITLE_SIZE + 1, bold=True)
    if len(strip):
        _strip_words(panel)


_STRIP_ROOM = 1.05  # axis range of the strip relative to its fullest bin
_STRIP = ("first", "last", "quad", "events")


def _strip_top(scene: TimelineScene) -> float:
    """The number of events at the upper edge of the strip."""
    fullest = scene.strip.groupby("first")["events"].sum().max() if len(scene.strip) else 1
    return float(fullest) * _STRIP_ROOM


def _strip_bars(panel: Panel) -> None:
    """Bars stacked by class; over them one transparent field per bin for hover and clicks."""
    strip, figure = panel.scene.strip.sort_values(["quad", "first"]), panel.sheet.figure
    axes = {"xaxis": panel.axis("x", True), "yaxis": panel.axis("y", True), "offset": 0}
    # at least a pixel high and wide, so that a single event is visible
    least = _strip_top(panel.scene) / STRIP_HEIGHT
    days = math.ceil(1 / panel.scene.strip_scale.day_width)
    floor: dict[int, float] = {}
    cells: dict[tuple[int, int], dict[int, int]] = {}
    boxes: dict[int, list[tuple[float, float, float, float]]] = {}
    for first, last, quad, events in zip(*(strip[c].tolist() for c in _STRIP), strict=True):
        cells.setdefault((first, last), {})[quad] = events
        base = floor.get(first, 0.0)
        floor[first] = base + max(events, least)
        ends = (first, max(last + 1, first + days))
        boxes.setdefault(quad, []).append((*ends, base, floor[first]))
    for quad, mine in boxes.items():
        panel.boxes(mine, panel.sheet.theme.quads[quad], strip=True)
    spans = list(cells)
    figure.add_bar(
        x=[first for first, _ in spans],
        y=[max(floor.values())] * len(spans),
        width=[last - first + 1 for first, last in spans],
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        hovertemplate=hover.counts_template(6, panel.lang) + "<extra></extra>",
        customdata=[
            panel.custom("density", (), -1, *days)
            + hover.counts_fields(hover.days_words(*days, panel.lang), counts, panel.lang)
            for days, counts in cells.items()
        ],
        **axes,
    )


def _strip_words(panel: Panel) -> None:
    """What the strip counts, at its left; its first and last day below; a break where cut."""
    scene, muted = panel.scene, panel.sheet.theme.muted
    sides = ((scene.scale.left, "left"), (scene.scale.right, "right"))
    for (x, anchor), text in zip(sides, strip_ends(scene, panel.lang), strict=True):
        panel.text(x, STRIP_HEIGHT + 10, text, anchor=anchor, colour=muted, size=SMALL_SIZE)
    for x in strip_breaks(scene):
        panel.text(x, STRIP_HEIGHT - 3, BREAK, anchor="center", bold=True, colour=muted)
    for text, y in zip(strip_words(scene, panel.lang), (-7, 7), strict=True):
        at = {"anchor": "right", "colour": muted}
        panel.text(scene.scale.left - 8, STRIP_HEIGHT / 2 + y, text, **at)


def _lane_names(panel: Panel) -> None:
    for box in (box for box in panel.scene.lanes if box.name):
        y = (box.top + box.bottom) / 2
        right = panel.scene.scale.left - 8
        number = format_number(box.lane.events, panel.lang)
        panel.text(right, y, number, anchor="right", colour=panel.sheet.theme.muted)
        panel.text(right - 40, y, box.name, size=TEXT_SIZE, anchor="right")
