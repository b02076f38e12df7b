"""Layout of the timeline in pixels, independent of the renderer.

Only `lay_out` decides on rows, lanes, labels and badges; timeline/figure.py draws a scene with
plotly and charts/still/timeline.py with matplotlib.
"""

from __future__ import annotations

import datetime as dt
import functools

import pandas as pd

from charts.sheet import names
from charts.sheet.measure import shorten, text_width
from charts.sheet.scale import Scale
from charts.sheet.theme import TEXT_SIZE
from charts.timeline import bins as level
from charts.timeline.key_events import are_key
from charts.timeline.lanes import NONE, OTHER, Lane, build_lanes, lane_namer
from charts.timeline.marks import Mark, build_marks
from charts.timeline.scene_axis import fill_axis, fill_strip
from charts.timeline.scene_model import (
    DRAWN_COLUMNS,
    FLAG_ROOM,
    LANE_PADDING,
    MARGIN,
    NUMBER_ROOM,
    RECORD_COLUMNS,
    ROW,
    TALL,
    LaneBox,
    TimelineOptions,
    TimelineScene,
)
from charts.timeline.scene_pins import day_flags, number_flags, place_flags
from charts.timeline.spans import default_view, intervals, to_number, with_bounds
from charts.timeline.stacking import Labels, Stack, depths_of, stack
from charts.timeline.staircase import HEADLINE_SIZE, STAIR, one_lane, staircase
from events.records import records


def lay_out(table: pd.DataFrame, options: TimelineOptions) -> TimelineScene:
    """The scene of a table. Every row is drawn, or counted in `left_out` with its reason."""
    table = table[[name for name in DRAWN_COLUMNS if name in table]].reset_index(drop=True)
    spans = intervals(table)
    first, last = _view(table, options)
    days = _drawn_days(spans, table, options, first, last)
    inside = _inside(days, first, last)
    drawn = _key(table, inside, options)
    shown = table[drawn].reset_index(drop=True)
    shown_spans = days[drawn].reset_index(drop=True)
    if options.headlines:
        lanes, placed = one_lane(len(shown))
    else:
        lanes, placed = build_lanes(shown, options.lanes, options.max_lanes, options.lang)
    if options.bins is not None and shown.empty:
        lanes = _lanes_of_bins(options.bins, options, table)
    left = MARGIN if options.headlines else options.left or _left_edge(lanes, options)
    scale = Scale(first, last, left, options.width - MARGIN)
    scene = TimelineScene(options.width, scale, scale, options.label)
    scene.rows, scene.drawn, scene.shown = len(table), len(shown), shown
    scene.picked, scene.lane_kind = options.picked, options.lanes
    if options.headlines:
        scene.has_strip, scene.row, scene.label_size = False, STAIR, HEADLINE_SIZE
    scene.left_out = _left_out(days, first, last)
    if len(shown) < inside.sum():
        scene.left_out[LIGHTER] = int(inside.sum()) - len(shown)
    if options.density is not None and table.empty:
        _count_density(scene, options.density)
    fill_axis(scene, options)  # no label crosses its lines
    scene.pins = tuple(options.pins)
    scene.flags = day_flags(scale, scene.pins)
    _fill_lanes(scene, shown, shown_spans, lanes, placed, options)
    scene.flags += place_flags(scene, scene.pins)
    number_flags([scene])
    if scene.has_strip:
        fill_strip(scene, table, spans, options)
    return scene


def _drawn_days(
    spans: pd.DataFrame, table: pd.DataFrame, options: TimelineOptions, first: int, last: int
) -> pd.DataFrame:
    """The days at which rows are drawn: undated ones at their bounds, unless bins are counted."""
    bounded = with_bounds(spans, table)
    binned = options.bins is not None or _inside(bounded, first, last).sum() > level.MARKS_LIMIT
    return spans.assign(bounded=False) if binned else bounded


def _count_density(scene: TimelineScene, density: pd.DataFrame) -> None:
    """Set rows, drawn and left out from counts of the store, which come without rows."""
    spans, events = intervals(density), density["events"]
    first, last = scene.scale.first, scene.scale.last
    inside = _inside(spans, first, last)
    late = ~inside & (spans["first"] > last)
    counts = {
        "before the days shown": int(events[~inside & ~late].sum()),
        "after the days shown": int(events[late].sum()),
    }
    scene.rows, scene.drawn = int(events.sum()), int(events[inside].sum())
    scene.left_out = {reason: number for reason, number in counts.items() if number}


def _view(table: pd.DataFrame, options: TimelineOptions) -> tuple[int, int]:
    today = options.today or dt.date(1970, 1, 1)
    view = options.view or default_view(table)
    if view is None and options.bins is not None and len(options.bins):
        view = default_view(options.bins)
    low, high = view or (today - dt.timedelta(days=15), today + dt.timedelta(days=15))
    first, last = to_number(low), to_number(high)
    return min(first, last), max(first, last)


def _inside(spans: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Which dated rows have an interval that overlaps the view; open sides reach up to the view,
    those of bounds do not: nothing says that the event lies there."""
    reaching = ~spans["bounded"] if "bounded" in spans else True
    begins = (spans["first"] <= last) | (spans["open_start"] & reaching)
    ends = (spans["last"] >= first) | (spans["open_end"] & reaching)
    inside: pd.Series = spans["dated"] & begins & ends
    return inside


LIGHTER = "less weighty than the key events"


def _key(table: pd.DataFrame, inside: pd.Series, options: TimelineOptions) -> pd.Series:
    """Which of the rows in view are drawn: those of the key events, if `options` ask for these."""
    if not options.key_events:
        return inside
    kept = are_key(table[inside], options.key_events)
    return kept.reindex(table.index, fill_value=False)


def _left_out(spans: pd.DataFrame, first: int, last: int) -> dict[str, int]:
    outside = spans["dated"] & ~_inside(spans, first, last)
    counts = {
        "undated": int((~spans["dated"]).sum()),
        "before the days shown": int((outside & (spans["last"] < first)).sum()),
        "after the days shown": int((outside & (spans["last"] >= first)).sum()),
    }
    return {reason: number for reason, number in counts.items() if number}


def _lanes_of_bins(bins: pd.DataFrame, options: TimelineOptions, table: pd.DataFrame) -> list[Lane]:
    """Lanes for bins of the store without rows: the largest keys, the rest in one lane."""
    keys = (bins["lane"] if "lane" in bins else bins["key"]).astype(str)
    sizes = bins["events"].groupby(keys).sum()
    named = [k for k in sizes.index if k not in (NONE, OTHER)]
    named.sort(key=lambda k: (-int(sizes[k]), k))
    room = options.max_lanes - (NONE in sizes.index)
    all_fit = len(named) <= room and OTHER not in sizes.index
    shown = named if all_fit else [*named[: room - 1], OTHER]
    name = lane_namer(table, options.lanes, options.lang)
    rest = int(sum(sizes[k] for k in sizes.index if k not in (NONE, *shown)))
    rest += int(sizes.get(OTHER, 0))
    found = [Lane(k, name(k), rest if k == OTHER else int(sizes[k])) for k in shown]
    nameless = [Lane(NONE, name(NONE), int(sizes[NONE]))] if NONE in sizes.index else []
    return found + nameless


def _left_edge(lanes: list[Lane], options: TimelineOptions) -> float:
    """Width to the left of the lanes, for their names, numbers and flags."""
    widest = max((text_width(lane.name, TEXT_SIZE) for lane in lanes), default=60.0)
    flags = FLAG_ROOM * any(pin.place for pin in options.pins if options.lanes == "place")
    return MARGIN + min(190.0, 0.24 * options.width, max(70.0, widest)) + NUMBER_ROOM + 4 + flags


def _fill_lanes(
    scene: TimelineScene,
    shown: pd.DataFrame,
    spans: pd.DataFrame,
    lanes: list[Lane],
    placed: list[list[int]],
    options: TimelineOptions,
) -> None:
    if options.bins is None and len(shown) <= level.MARKS_LIMIT:
        marks = build_marks(shown, spans, placed, scene.scale)
        scene.records = records(shown[[c for c in RECORD_COLUMNS if c in shown]])
        scene.stacks = _stacked(marks, scene, len(lanes), options)
        heights = [stacked.height * scene.row + 2 * LANE_PADDING for stacked in scene.stacks]
    else:
        scene.binned = True
        _fill_bins(scene, shown, spans, lanes, placed, options)
        heights = [_bin_lane_height(scene, n) for n in range(len(lanes))]
    _place_lanes(scene, lanes, heights)


def _stacked(
    marks: list[Mark], scene: TimelineScene, lanes: int, options: TimelineOptions
) -> list[Stack]:
    """Stack marks in the rows that the height allows; the tallest stacks are cut first."""

    @functools.cache
    def words(row: int) -> str:
        return names.headline(scene.records[row], options.lang)

    walls = tuple(line.x for line in scene.lines)
    if options.headlines:
        return staircase(marks, Labels(words, scene.scale, walls))
    depths = depths_of(marks, lanes)
    for most, reserved in ((12, 4), (9, 3), (9, 1), (7, 1), (6, 0), (5, 0), (4, 0), (3, 0), (2, 0)):
        least = sum(min(depth, most + 1) * ROW + 2 * LANE_PADDING for depth in depths)
        if least > options.max_height and most > 2:
            continue
        labels = Labels(words, scene.scale, walls, reserved)
        stacks = stack(marks, lanes, labels, most)
        height = sum(s.height * ROW + 2 * LANE_PADDING for s in stacks)
        if height <= options.max_height:
            break
    return stacks


def _fill_bins(
    scene: TimelineScene,
    shown: pd.DataFrame,
    spans: pd.DataFrame,
    lanes: list[Lane],
    placed: list[list[int]],
    options: TimelineOptions,
) -> None:
    scale = scene.scale
    unit = level.view_unit(scale.first, scale.last, scale.right - scale.left, len(lanes))
    scene.unit = unit
    if options.bins is not None:
        scene.bins = level.read_bins(options.bins, lanes)
        fine = [b.last - b.first for b in scene.bins if not b.coarse]
        scene.unit = level.unit_name(0, max(fine, default=0)) if fine else unit
    else:
        scene.bins = level.count_bins(shown, spans, placed, scale.first, scale.last, unit)


def _bin_lane_height(scene: TimelineScene, lane: int) -> float:
    rows = len(level.coarse_rows(scene.bins, lane))
    return level.PEAK_ROOM + level.BIN_HEIGHT + level.COARSE_ROW * rows + 2 * LANE_PADDING


def _place_lanes(scene: TimelineScene, lanes: list[Lane], heights: list[float]) -> None:
    scene.tall = sum(heights) >= TALL
    top = scene.top
    flags = FLAG_ROOM * (scene.lane_kind == "place" and any(pin.place for pin in scene.pins))
    room = scene.scale.left - MARGIN - NUMBER_ROOM - 4 - flags
    for lane, height in zip(lanes, heights, strict=True):
        name = shorten(lane.name, room, TEXT_SIZE)
        scene.lanes.append(LaneBox(lane, name, top, top + height))
        top += height
