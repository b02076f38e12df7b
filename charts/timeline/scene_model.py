"""Data classes of a laid-out timeline (panels, lanes, lines) and its options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from charts.chart import ChartOptions
from charts.sheet.measure import text_width
from charts.sheet.scale import Scale, Tick
from charts.sheet.theme import LABEL_SIZE
from charts.timeline import bins as level
from charts.timeline.lanes import MOST_LANES, Lane, LaneKind
from charts.timeline.marks import Mark
from charts.timeline.pins import Flag, Pin
from charts.timeline.spans import View, to_date
from charts.timeline.stacking import Badge, Stack

ROW = 14.0  # height of one row of marks, in pixels
LANE_PADDING = 5.0
STRIP_HEIGHT = 34.0
STRIP_GAP = 40.0  # the days of the strip, and below them the words of the lines
LINE_ROOM = 20.0  # for the words of the lines where there is no strip
AXIS_HEIGHT = 34.0
TALL = 420.0  # lanes higher than this (pixels) have an axis above them too
AXIS_ABOVE = 26.0
FLAG_ROOM = 18.0  # above the lanes for flags of days, beside their names for flags of places
NUMBER_ROOM = 48.0  # for the number of events of a lane
GAP_HEIGHT = 3.0  # of the mark of days without an article, on the base line
MISSED_HEIGHT = 6.0  # of the mark of days on which a source was not looked at
MARGIN = 12.0
# columns for labels, hovers and table twins
RECORD_COLUMNS = ["event_id", "first", "last", "precision", "open_start", "open_end", "status"]
RECORD_COLUMNS += ["mode", "headline", "headline_lang", "attributes", "attributed_to", "place_kind"]
RECORD_COLUMNS += ["lang", "part", "start", "spans"]
RECORD_COLUMNS += ["certainty_sources", "certainty_targets", "certainty_place"]
RECORD_COLUMNS += ["type", "sources", "targets", "quote", "source"]
RECORD_COLUMNS += ["place_id", "place_name", "place_country", "bounds_from", "bounds_to"]
# of a row that is a story of several reports
RECORD_COLUMNS += ["reports", "outlets", "story_status"]
# also those for the position and kind of marks
DRAWN_COLUMNS = [*RECORD_COLUMNS, "story_id", "quad", "confidence", "origin", "weight"]
DRAWN_COLUMNS += ["coder"]


@dataclass(frozen=True)
class LaneBox:
    """A lane with its position in pixels from the panel's top. `name` is cut to its room."""

    lane: Lane
    name: str
    top: float
    bottom: float


@dataclass(frozen=True)
class DayLine:
    """A vertical line at the start of a day, with its label to the `left` or right."""

    x: float
    text: str
    kind: str
    left: bool = False


@dataclass
class TimelineScene:
    """One panel: density strip, lanes with marks or bins, axis. In pixels from its top left."""

    width: float
    scale: Scale
    strip_scale: Scale
    label: str = ""
    has_strip: bool = True
    row: float = ROW  # height of a row of marks
    label_size: float = LABEL_SIZE
    lanes: list[LaneBox] = field(default_factory=list)
    stacks: list[Stack] = field(default_factory=list)
    bins: list[level.Bin] = field(default_factory=list)
    binned: bool = False
    strip: pd.DataFrame = field(default_factory=pd.DataFrame)
    strip_rest: int = 0  # dated events that no single bar of the strip contains
    strip_outside: tuple[int, int] = (0, 0)  # events before and after the days of the strip
    tall: bool = False
    ticks: list[Tick] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    missed: list[tuple[float, float]] = field(default_factory=list)
    lines: list[DayLine] = field(default_factory=list)
    pins: tuple[Pin, ...] = ()
    flags: list[Flag] = field(default_factory=list)
    rows: int = 0
    drawn: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    shown: pd.DataFrame = field(default_factory=pd.DataFrame)
    unit: str = ""
    records: list[dict[Any, Any]] = field(default_factory=list)
    picked: int | None = None
    lane_kind: str = ""

    @property
    def top(self) -> float:
        """Top of the lanes."""
        above = STRIP_HEIGHT + STRIP_GAP if self.has_strip else LINE_ROOM
        return above + AXIS_ABOVE * self.tall + self.flag_room

    @property
    def flag_room(self) -> float:
        """Height of the flags of days over the lanes."""
        return FLAG_ROOM * any(flag.lane is None for flag in self.flags)

    def flag_y(self, flag: Flag) -> float:
        """Vertical centre of a flag."""
        if flag.lane is None:
            return self.top - FLAG_ROOM + 7
        return (self.lanes[flag.lane].top + self.lanes[flag.lane].bottom) / 2

    @property
    def line_top(self) -> float:
        """Top of the lines of today and of the cut-off, below their labels."""
        return self.top - self.flag_room - AXIS_ABOVE * self.tall - 6

    def gap_boxes(self) -> list[tuple[float, float, float, float]]:
        """x0, x1 and y0, y1 of the marks of days without an article, on the base line."""
        return [(x0, x1, self.bottom - GAP_HEIGHT, self.bottom) for x0, x1 in self.gaps]

    def missed_boxes(self) -> list[tuple[float, float, float, float]]:
        """The same of days without collection, taller."""
        return [(x0, x1, self.bottom - MISSED_HEIGHT, self.bottom) for x0, x1 in self.missed]

    @property
    def bottom(self) -> float:
        """Bottom of the lanes, where the axis begins."""
        return self.lanes[-1].bottom if self.lanes else self.top + 60

    @property
    def height(self) -> float:
        """Height of the whole panel."""
        return self.bottom + AXIS_HEIGHT

    @property
    def view(self) -> View:
        """First and last day shown."""
        return to_date(self.scale.first), to_date(self.scale.last)

    def tick_words(self) -> list[tuple[Tick, float]]:
        """Ticks with the y of their labels: below the lanes, above tall ones too, unless a line
        crosses the label.
        """
        placed = [(tick, self.bottom + (25 if tick.row else 10)) for tick in self.ticks]
        if self.tall:
            free = [tick for tick in self.ticks if not self._is_struck(tick)]
            above = self.top - self.flag_room
            placed += [(tick, above - (24 if tick.row else 9)) for tick in free]
        return placed

    def _is_struck(self, tick: Tick) -> bool:
        width = text_width(tick.text, LABEL_SIZE, 600 if tick.row else 400)
        begin = tick.text_x - (0 if tick.row else width / 2)
        return any(begin - 3 < line.x < begin + width + 3 for line in self.lines)

    def marks(self) -> list[Mark]:
        """The marks of all lanes."""
        return [mark for stacked in self.stacks for mark in stacked.marks]

    def badges(self) -> list[Badge]:
        """The badges of all lanes: numbers of marks without a row."""
        return [badge for stacked in self.stacks for badge in stacked.badges]

    def mark_y(self, mark: Mark) -> float:
        """Vertical centre of a mark's row."""
        return self.lanes[mark.lane].bottom - LANE_PADDING - self.row * (mark.row + 0.5)

    def picked_boxes(self) -> list[tuple[float, float, float, float]]:
        """x0, x1 and y0, y1 around every mark and badge that contains the picked event."""
        rows = {n for n, row in enumerate(self.records) if row["event_id"] == self.picked}
        marks = [m for m in self.marks() if rows.intersection(m.rows)]
        badges = [b for b in self.badges() if rows.intersection(b.rows)]
        found = [(m.x0, m.x1, self.mark_y(m)) for m in marks]
        found += [(b.x - 11, b.x + 11, self.badge_y(b)) for b in badges]
        return [(x0 - 4, x1 + 4, y - self.row / 2 - 1, y + self.row / 2 + 1) for x0, x1, y in found]

    def badge_y(self, badge: Badge) -> float:
        """Vertical centre of the row above all marks of the lane."""
        height = self.stacks[badge.lane].height
        return self.lanes[badge.lane].bottom - LANE_PADDING - self.row * (height - 0.5)


@dataclass(frozen=True, kw_only=True)
class TimelineOptions(ChartOptions):
    """Options of a timeline.

    view: days shown, inclusive (None: spans.default_view). max_lanes: the rest shares one lane.
    max_height: pixels of the lanes. article_days: column `day`, one row per day on which a loaded
    article was published; days without are marked on the base line. missed_days: on which a
    source that should have been looked at was not: marked there otherwise, with articles or not.
    bins: counts of the store (first, last, events; lane or key; quad; coarse), drawn instead of
    marks; they are counted from the table where more than bins.MARKS_LIMIT events are in view.
    density: counts over the whole span (first, last, quad, events) for the strip above. label: the
    name of one panel of several.
    left: pixels to the left of the lanes (None: as their names need). picked: id of an event whose
    marks are framed. headlines: one lane without a name instead of `lanes`, a row an event beside
    its headline, the latest at the top; without the strip. key_events: number of events drawn, the
    weightiest in view (0: all); the strip counts all. pins: pinned notes, drawn as flags.
    """

    lanes: LaneKind = "actor"
    view: View | None = None
    max_lanes: int = MOST_LANES
    max_height: float = 1200.0
    today: dt.date | None = None
    cutoff: dt.date | None = None
    article_days: pd.DataFrame | None = None
    missed_days: Sequence[dt.date] = ()
    bins: pd.DataFrame | None = None
    density: pd.DataFrame | None = None
    label: str = ""
    left: float | None = None
    picked: int | None = None
    headlines: bool = False
    key_events: int = 0
    pins: Sequence[Pin] = ()


@dataclass(frozen=True, kw_only=True)
class CompareOptions(TimelineOptions):
    """Options of several timelines one above the other.

    views: the days of each panel, the same number for all (None: one default view for all).
    panel_pins: the pins of each panel (None: `pins` for all).
    `view`, `label` and `left` are set for each panel.
    """

    views: Sequence[View | None] | None = None
    panel_pins: Sequence[Sequence[Pin]] | None = None
    max_height: float = 380.0
