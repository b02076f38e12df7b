"""The timeline laid out: everything that is drawn, in pixels, before any drawer is chosen.

`lay_out` is the one place that decides rows, lanes, labels and badges; charts/timeline.py draws a
scene with plotly and charts/still/timeline.py with matplotlib.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from charts import bins as level
from charts.lanes import Lane, LaneKind, build_lanes
from charts.marks import Badge, Mark, Stack, build_marks, stack
from charts.measure import shorten, text_width
from charts.scale import Scale, Tick, ticks
from charts.spans import View, default_view, intervals, to_date, to_number
from charts.theme import LABEL_SIZE, TEXT_SIZE

ROW = 14.0  # pixels of one row of marks
LANE_PADDING = 5.0
STRIP_HEIGHT = 34.0
STRIP_GAP = 24.0
AXIS_HEIGHT = 34.0
MARGIN = 12.0


@dataclass(frozen=True)
class LaneBox:
    """A lane with its place: pixels from the panel's top. `name` is cut to the room it has."""

    lane: Lane
    name: str
    top: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """A vertical line at the beginning of a day; its word stands to the `left` or right."""

    x: float
    text: str
    kind: str
    left: bool = False


@dataclass
class Scene:
    """One panel: a density strip, lanes with marks or bins, an axis. Pixels, from its top left."""

    width: float
    scale: Scale
    strip_scale: Scale
    label: str = ""
    lanes: list[LaneBox] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    bins: list[level.Bin] = field(default_factory=list)
    binned: bool = False
    strip: pd.DataFrame = field(default_factory=pd.DataFrame)
    ticks: list[Tick] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    knows_gaps: bool = False
    lines: list[Line] = field(default_factory=list)
    rows: int = 0
    drawn: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    unit: str = ""
    shown: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def top(self) -> float:
        """Where the lanes begin."""
        return STRIP_HEIGHT + STRIP_GAP

    @property
    def bottom(self) -> float:
        """Where the lanes end and the axis begins."""
        return self.lanes[-1].bottom if self.lanes else self.top + 60

    @property
    def height(self) -> float:
        return self.bottom + AXIS_HEIGHT

    @property
    def view(self) -> View:
        return to_date(self.scale.first), to_date(self.scale.last)

    def marks(self) -> list[Mark]:
        return [mark for stacked in self.stacks for mark in stacked.marks]

    def badges(self) -> list[Badge]:
        return [badge for stacked in self.stacks for badge in stacked.badges]

    def mark_y(self, mark: Mark) -> float:
        """Middle of a mark's row."""
        return self.lanes[mark.lane].bottom - LANE_PADDING - ROW * (mark.row + 0.5)

    def badge_y(self, badge: Badge) -> float:
        """Middle of the row above all marks of the lane."""
        height = self.stacks[badge.lane].height
        return self.lanes[badge.lane].bottom - LANE_PADDING - ROW * (height - 0.5)


@dataclass(frozen=True)
class Options:
    """What a timeline is asked for; see charts.timeline.timeline."""

    lanes: LaneKind = "actor"
    view: View | None = None
    width: float = 1180.0
    max_lanes: int = 12
    max_height: float = 1200.0
    today: dt.date | None = None
    cutoff: dt.date | None = None
    article_days: pd.DataFrame | None = None
    bins: pd.DataFrame | None = None
    density: pd.DataFrame | None = None
    lang: str = "en"
    label: str = ""
    left: float | None = None


def lay_out(table: pd.DataFrame, options: Options) -> Scene:
    """The scene of a table. Every row is drawn, or counted in `left_out` with its reason."""
    table = table.reset_index(drop=True)
    spans = intervals(table)
    first, last = _view(table, options)
    inside = _inside(spans, first, last)
    shown = table[inside].reset_index(drop=True)
    shown_spans = spans[inside].reset_index(drop=True)
    lanes, placed = build_lanes(shown, options.lanes, options.max_lanes, options.lang)
    if options.bins is not None and shown.empty:
        lanes = _lanes_of_bins(options.bins, options, table)
    left = options.left or _left_edge(lanes)
    scale = Scale(first, last, left, options.width - MARGIN)
    scene = Scene(options.width, scale, scale, options.label)
    scene.rows, scene.drawn, scene.shown = len(table), len(shown), shown
    scene.left_out = _left_out(spans, first, last)
    _fill_lanes(scene, shown, shown_spans, lanes, placed, options)
    _fill_strip(scene, table, spans, options)
    _fill_axis(scene, options)
    return scene


def _view(table: pd.DataFrame, options: Options) -> tuple[int, int]:
    today = options.today or dt.date(1970, 1, 1)
    view = options.view or default_view(table)
    if view is None and options.bins is not None and len(options.bins):
        view = default_view(options.bins)
    low, high = view or (today - dt.timedelta(days=15), today + dt.timedelta(days=15))
    first, last = to_number(low), to_number(high)
    return min(first, last), max(first, last)


def _inside(spans: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Dated rows whose interval touches the view; open sides reach as far as the view."""
    begins = (spans["first"] <= last) | spans["open_start"]
    ends = (spans["last"] >= first) | spans["open_end"]
    inside: pd.Series = spans["dated"] & begins & ends
    return inside


def _left_out(spans: pd.DataFrame, first: int, last: int) -> dict[str, int]:
    outside = spans["dated"] & ~_inside(spans, first, last)
    counts = {
        "undated": int((~spans["dated"]).sum()),
        "before the days shown": int((outside & (spans["last"] < first)).sum()),
        "after the days shown": int((outside & (spans["last"] >= first)).sum()),
    }
    return {reason: number for reason, number in counts.items() if number}


def _lanes_of_bins(bins: pd.DataFrame, options: Options, table: pd.DataFrame) -> list[Lane]:
    """Lanes where there are bins of the store and no rows: the biggest keys, the rest together."""
    from charts.lanes import NONE, OTHER, lane_namer

    keys = (bins["lane"] if "lane" in bins else bins["key"]).astype(str)
    sizes = bins["events"].groupby(keys).sum()
    named = sorted((k for k in sizes.index if k != NONE), key=lambda k: (-int(sizes[k]), k))
    room = options.max_lanes - (NONE in sizes.index)
    shown = named if len(named) <= room else [*named[: room - 1], OTHER]
    name = lane_namer(table, options.lanes, options.lang)
    rest = int(sum(sizes[k] for k in named if k not in shown))
    found = [Lane(k, name(k), int(sizes[k]) if k in sizes else rest) for k in shown]
    nameless = [Lane(NONE, name(NONE), int(sizes[NONE]))] if NONE in sizes.index else []
    return found + nameless


def _left_edge(lanes: list[Lane]) -> float:
    """Room for the lanes' names and numbers."""
    widest = max((text_width(lane.name, TEXT_SIZE) for lane in lanes), default=60.0)
    return MARGIN + min(190.0, max(70.0, widest)) + 52.0


def _fill_lanes(
    scene: Scene,
    shown: pd.DataFrame,
    spans: pd.DataFrame,
    lanes: list[Lane],
    placed: list[list[int]],
    options: Options,
) -> None:
    if options.bins is None and len(shown) <= level.MARKS_LIMIT:
        marks = build_marks(shown, spans, placed, scene.scale)
        scene.stacks = _stacked(marks, shown, lanes, scene.scale, options)
        heights = [stacked.height * ROW + 2 * LANE_PADDING for stacked in scene.stacks]
    else:
        scene.binned = True
        _fill_bins(scene, shown, spans, lanes, placed, options)
        heights = [_bin_lane_height(scene, n) for n in range(len(lanes))]
    _place_lanes(scene, lanes, heights)


def _stacked(
    marks: list[Mark], shown: pd.DataFrame, lanes: list[Lane], scale: Scale, options: Options
) -> list[Stack]:
    """As many rows a lane as the height allows: the deepest stacks are cut first."""
    for most, labels in ((12, 4), (9, 3), (9, 1), (7, 1), (6, 0), (5, 0), (4, 0), (3, 0), (2, 0)):
        stacks = stack(marks, shown, lanes, scale, most, options.lang, labels)
        height = sum(s.height * ROW + 2 * LANE_PADDING for s in stacks)
        if height <= options.max_height:
            break
    return stacks


def _fill_bins(
    scene: Scene,
    shown: pd.DataFrame,
    spans: pd.DataFrame,
    lanes: list[Lane],
    placed: list[list[int]],
    options: Options,
) -> None:
    scale = scene.scale
    unit = level.view_unit(scale.first, scale.last, scale.right - scale.left)
    scene.unit = unit
    if options.bins is not None:
        scene.bins = level.read_bins(options.bins, lanes)
        fine = [b.last - b.first for b in scene.bins if not b.coarse]
        scene.unit = level.unit_name(0, max(fine, default=0)) if fine else unit
    else:
        scene.bins = level.count_bins(shown, spans, placed, scale.first, scale.last, unit)


def _bin_lane_height(scene: Scene, lane: int) -> float:
    rows = len(level.coarse_rows(scene.bins, lane))
    return level.BIN_HEIGHT + level.COARSE_ROW * rows + 2 * LANE_PADDING


def _place_lanes(scene: Scene, lanes: list[Lane], heights: list[float]) -> None:
    top = scene.top
    room = scene.scale.left - MARGIN - 52
    for lane, height in zip(lanes, heights, strict=True):
        name = shorten(lane.name, room, TEXT_SIZE)
        scene.lanes.append(LaneBox(lane, name, top, top + height))
        top += height


def _fill_strip(scene: Scene, table: pd.DataFrame, spans: pd.DataFrame, options: Options) -> None:
    """The density strip: the whole span of all events, the view shaded in it."""
    if options.density is not None:
        whole = intervals(options.density)
        quads = options.density.get("quad", 0)
        strip = pd.DataFrame({"first": whole["first"], "last": whole["last"], "quad": quads})
        scene.strip = strip.assign(events=options.density["events"].to_numpy())[whole["dated"]]
    else:
        dated = spans["dated"].to_numpy(dtype=bool)
        first = spans["first"].to_numpy(dtype="int64")[dated]
        last = spans["last"].to_numpy(dtype="int64")[dated]
        quad = table["quad"].to_numpy(dtype="int64")[dated]
        scene.strip = level.strip_bins(first, last, quad, 400)
    ends = [scene.scale.first, scene.scale.last]
    if len(scene.strip):
        ends += [int(scene.strip["first"].min()), int(scene.strip["last"].max())]
    scale = scene.scale
    scene.strip_scale = Scale(min(ends), max(ends), scale.left, scale.right)


def _fill_axis(scene: Scene, options: Options) -> None:
    from events.wording import translator

    _ = translator(options.lang)
    scene.ticks = ticks(scene.scale, options.lang)
    wanted = ((options.cutoff, _("Cut-off"), "cutoff"), (options.today, _("Today"), "today"))
    for day, text, kind in wanted:
        if day is None or not scene.scale.first <= to_number(day) <= scene.scale.last:
            continue
        if kind == "today" and day == options.cutoff:
            continue
        # the cut-off stands at the end of its day, today at its beginning
        number = to_number(day) + (1 if kind == "cutoff" else 0)
        scene.lines.append(_line(scene, scene.scale.x(number), text, kind))
    if options.article_days is not None:
        scene.knows_gaps = True
        scene.gaps = _gaps(scene.scale, options.article_days)


def _line(scene: Scene, x: float, text: str, kind: str) -> Line:
    """The cut-off's word stands left of its line, today's right of it, where there is room."""
    width = text_width(text, LABEL_SIZE) + 4
    left = kind == "cutoff"
    taken = [line.x for line in scene.lines]
    if left and x - width < scene.scale.left:
        left = False
    elif not left and x + width > scene.scale.right + MARGIN:
        left = True
        text = "" if any(x - width < other for other in taken) else text
    return Line(x, text, kind, left)


def _gaps(scale: Scale, article_days: pd.DataFrame) -> list[tuple[float, float]]:
    """Runs of days in the view on which no loaded article was published, as pixels."""
    days = pd.to_datetime(article_days["day"]).dropna().to_numpy(dtype="datetime64[D]")
    loaded = np.zeros(scale.last - scale.first + 3, dtype=bool)
    numbers = days.astype("int64") - scale.first + 1
    numbers = numbers[(numbers > 0) & (numbers < len(loaded) - 1)]
    loaded[numbers] = True
    loaded[0] = loaded[-1] = True
    edges = np.flatnonzero(np.diff(loaded.astype("int8")))
    runs = edges.reshape(-1, 2)
    found = [(scale.x(scale.first + int(a)), scale.x(scale.first + int(b))) for a, b in runs]
    return [(x0, x1) for x0, x1 in found if x1 - x0 >= 1.5]
