"""From events to marks: reports of one event become one mark, marks are stacked, labels placed.

Everything is in pixels from the left and rows from the lane's base line, so that the page and the
still picture draw the same thing. Marks and labels of one row never overlap; what finds no row is
counted in a badge.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace

import pandas as pd

from charts import names
from charts.lanes import Lane
from charts.measure import shorten, text_width
from charts.scale import Scale
from charts.theme import LABEL_SIZE, SMALL_SIZE

DAY_SIZE = 9.0  # diameter of the mark of one day and one report
FADE = 54.0  # pixels over which an open end fades out
LABEL_WIDTH = 230.0
BADGE_WIDTH = 34.0
_GAP = 3.0


@dataclass(frozen=True)
class Mark:
    """One event in one lane: a dot (a day) or a bar (an interval), with its reports.

    `rows` are positions in the table, the best report first. `x0`, `x1` bound the drawn shape;
    `row` counts up from the base line. `label` is "" where it found no room.
    """

    lane: int
    rows: tuple[int, ...]
    dot: bool
    x0: float
    x1: float
    first: int
    last: int
    quad: int
    status: str
    open_start: bool
    open_end: bool
    weight: tuple[int, float, int]
    size: float = DAY_SIZE
    row: int = 0
    count_before: bool = False
    label: str = ""
    label_x: float = 0.0
    label_width: float = 0.0

    @property
    def reports(self) -> int:
        return len(self.rows)

    @property
    def count_text(self) -> str:
        """The number of reports, written beside the mark."""
        return f"×{self.reports}" if self.reports > 1 else ""

    @property
    def count_width(self) -> float:
        return text_width(self.count_text, SMALL_SIZE) + 2 if self.reports > 1 else 0.0

    @property
    def end(self) -> float:
        """Where the mark ends with the number of its reports."""
        return self.x1 if self.count_before else self.x1 + self.count_width

    @property
    def begin(self) -> float:
        """Where it begins; at the right edge the number stands before a dot."""
        return self.x0 - self.count_width if self.count_before and self.dot else self.x0

    @property
    def count_x(self) -> float:
        """Where the number of reports is written; inside a bar that the view cuts."""
        if not self.count_before:
            return self.x1 + 1
        return self.begin if self.dot else self.x1 - self.count_width


@dataclass(frozen=True)
class Badge:
    """Marks of one lane that found no row: ``+12`` at `x`."""

    lane: int
    x: float
    rows: tuple[int, ...]
    marks: int
    first: int
    last: int


@dataclass
class Stack:
    """What a lane holds: its marks with rows, its badges, and how many rows it takes."""

    marks: list[Mark] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    height: int = 1


class _Row:
    """Taken stretches of one row, kept sorted."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float]] = []

    def is_free(self, x0: float, x1: float) -> bool:
        index = bisect_right(self.taken, (x0, float("inf")))
        before = index == 0 or self.taken[index - 1][1] + _GAP <= x0
        after = index == len(self.taken) or x1 + _GAP <= self.taken[index][0]
        return before and after

    def take(self, x0: float, x1: float) -> None:
        insort(self.taken, (x0, x1))


def build_marks(
    table: pd.DataFrame, spans: pd.DataFrame, placed: list[list[int]], scale: Scale
) -> list[Mark]:
    """One mark per lane and event; the reports of a story with one date, class and status merge.

    `table` and `spans` (charts.spans.intervals) have the same rows, all dated and in the view.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    columns = ["story_id", "quad", "status", "precision"]
    rows = zip(
        *(table[c].tolist() for c in columns),
        *(spans[c].tolist() for c in ("first", "last", "open_start", "open_end")),
        strict=True,
    )
    for position, key in enumerate(rows):
        for lane in placed[position]:
            groups.setdefault((lane, *key), []).append(position)
    confidence = table["confidence"].fillna(0.0).tolist()
    outlets = table["source"].tolist()
    return [_mark(key, rows, confidence, outlets, scale) for key, rows in groups.items()]


def _mark(
    key: tuple[object, ...],
    rows: list[int],
    confidence: list[float],
    outlets: list[str],
    scale: Scale,
) -> Mark:
    lane, _, quad, status, precision, first, last, open_start, open_end = key
    assert isinstance(lane, int)
    assert isinstance(first, int)
    assert isinstance(last, int)
    best = sorted(rows, key=lambda row: (-confidence[row], row))
    dot = first == last and precision in ("day", "") and not (open_start or open_end)
    size = DAY_SIZE + min(3.0, 1.5 * (len(rows) > 1) + 1.5 * (len(rows) > 3)) if dot else 0.0
    x0, x1 = _extent(first, last, bool(open_start), bool(open_end), dot, size, scale)
    independent = len({outlets[row] for row in rows})
    weight = (independent, confidence[best[0]], -best[0])
    return Mark(
        lane,
        tuple(best),
        dot,
        x0,
        x1,
        first,
        last,
        int(quad),  # type: ignore[call-overload]
        str(status),
        bool(open_start),
        bool(open_end),
        weight,
        size,
        count_before=x1 + (24 if len(rows) > 1 else 0) > scale.right + 8,
    )


def _extent(
    first: int, last: int, open_start: bool, open_end: bool, dot: bool, size: float, scale: Scale
) -> tuple[float, float]:
    """Left and right pixel of a mark; bars are cut at the edges of the view."""
    if dot:
        middle = scale.x(first + 0.5)
        return middle - size / 2, middle + size / 2
    x0, x1 = scale.x(first), scale.x(last + 1)
    x0, x1 = (x0 - FADE if open_start else x0), (x1 + FADE if open_end else x1)
    x1 = max(x1, x0 + 5.0)
    x0, x1 = max(x0, scale.left), min(x1, scale.right)
    return (x0, x1) if x1 - x0 >= 4 else (min(x0, scale.right - 4), min(x0, scale.right - 4) + 4)


def stack(
    marks: list[Mark],
    table: pd.DataFrame,
    lanes: list[Lane],
    scale: Scale,
    rows: int,
    lang: str,
    labels: int = 3,
) -> list[Stack]:
    """Stack the marks of each lane in at most `rows` rows, the weightiest first.

    The `labels` weightiest of a lane keep room for their words; others get words where room is
    left.
    """
    by_lane: list[list[Mark]] = [[] for _ in lanes]
    for mark in marks:
        by_lane[mark.lane].append(mark)
    return [_stack_lane(lane, table, scale, rows, lang, labels) for lane in by_lane]


def _stack_lane(
    marks: list[Mark], table: pd.DataFrame, scale: Scale, most: int, lang: str, labels: int
) -> Stack:
    """Bars lie lowest; then dots by weight. The weightiest keep room for their label."""
    ordered = sorted(marks, key=lambda m: (m.dot, *(-part for part in m.weight)))
    heaviest = sorted(range(len(ordered)), key=lambda i: ordered[i].weight, reverse=True)
    favoured = set(heaviest[:labels])
    rows = [_Row() for _ in range(most)]
    placed: list[Mark] = []
    rest: list[Mark] = []
    for number, mark in enumerate(ordered):
        found = _place(mark, rows, table, scale, lang, number in favoured)
        (rest if found is None else placed).append(found or mark)
    placed = [_late_label(m, rows, table, scale, lang) for m in placed]
    height = 1 + max((m.row for m in placed), default=0)
    badges = _badges(rest, scale)
    return Stack(placed, badges, height + bool(badges))


def _place(
    mark: Mark, rows: list[_Row], table: pd.DataFrame, scale: Scale, lang: str, favoured: bool
) -> Mark | None:
    """The mark in its row, with its label where it is favoured; None where no row has room."""
    left, right = mark.begin, mark.end
    if favoured:
        labelled = _with_label(mark, table, scale, lang)
        for number, row in enumerate(rows if labelled else []):
            assert labelled is not None
            low, high = min(left, labelled.label_x), max(right, _label_end(labelled))
            if row.is_free(low, high):
                row.take(low, high)
                return replace(labelled, row=number)
    for number, row in enumerate(rows):
        if row.is_free(left, right):
            row.take(left, right)
            return replace(mark, row=number)
    return None


def _label_end(mark: Mark) -> float:
    return mark.label_x + mark.label_width


def _with_label(mark: Mark, table: pd.DataFrame, scale: Scale, lang: str) -> Mark | None:
    """The mark with a label inside a long bar, else to its right, or left at the right edge.

    None where no side has room for a useful length.
    """
    if _takes_label(mark):
        return _inside_label(mark, table, lang)
    right = mark.end + 4
    room_right, room_left = scale.right - right, mark.begin - 4 - scale.left
    room = max(room_right, room_left) if room_right < 120 else room_right
    text = shorten(label_text(table, mark.rows[0], lang), min(LABEL_WIDTH, room), LABEL_SIZE)
    width = text_width(text, LABEL_SIZE)
    if room < 70 or width > room:
        return None
    x = right if width <= room_right else mark.begin - 4 - width
    return replace(mark, label=text, label_x=x, label_width=width)


def _takes_label(mark: Mark) -> bool:
    """A long filled bar carries its own label; words on an outline would be struck through."""
    return not mark.dot and mark.status == "reported" and mark.x1 - mark.x0 > 150


def _inside_label(mark: Mark, table: pd.DataFrame, lang: str) -> Mark:
    """The label on a long bar itself."""
    fade = FADE * mark.open_start
    text = shorten(label_text(table, mark.rows[0], lang), mark.x1 - mark.x0 - fade - 16, LABEL_SIZE)
    width = text_width(text, LABEL_SIZE)
    return replace(mark, label=text, label_x=mark.x0 + fade + 6, label_width=width)


def _late_label(mark: Mark, rows: list[_Row], table: pd.DataFrame, scale: Scale, lang: str) -> Mark:
    """A label for a mark that has none yet, if the row still has room beside it."""
    if mark.label:
        return mark
    row = rows[mark.row]
    if _takes_label(mark):
        return _inside_label(mark, table, lang)
    if not row.is_free(mark.end + _GAP, mark.end + 60):
        return mark
    labelled = _with_label(mark, table, scale, lang)
    if labelled is None or labelled.label_x < mark.x1:
        return mark
    if not row.is_free(labelled.label_x, _label_end(labelled)):
        return mark
    row.take(labelled.label_x, _label_end(labelled))
    return labelled


def label_text(table: pd.DataFrame, position: int, lang: str) -> str:
    """The words beside a mark: who did what to whom, and where."""
    row = table.iloc[position]
    where = names.place(row, lang)  # type: ignore[arg-type]
    return ", ".join(part for part in (names.act(row, lang), where) if part)  # type: ignore[arg-type]


def _badges(rest: list[Mark], scale: Scale) -> list[Badge]:
    """Counts of what found no row, in cells of one width that cannot touch."""
    cells: dict[int, list[Mark]] = {}
    for mark in rest:
        middle = min(max((mark.x0 + mark.x1) / 2, scale.left), scale.right - 1)
        cells.setdefault(int((middle - scale.left) // BADGE_WIDTH), []).append(mark)
    badges = []
    for cell, marks in sorted(cells.items()):
        x = min(scale.left + (cell + 0.5) * BADGE_WIDTH, scale.right - BADGE_WIDTH / 2)
        rows = tuple(dict.fromkeys(row for mark in marks for row in mark.rows))
        first, last = min(m.first for m in marks), max(m.last for m in marks)
        badges.append(Badge(marks[0].lane, x, rows, len(marks), first, last))
    return badges
