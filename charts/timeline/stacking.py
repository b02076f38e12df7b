"""Marks stacked in the rows of their lanes, with labels.

Marks and labels of one row never overlap; marks that fit no row are counted in a badge. Pixels
count from the left, rows from the lane's base line; page and still picture share the result.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import accumulate

from charts.sheet.measure import shorten, text_width
from charts.sheet.scale import Scale
from charts.sheet.theme import LABEL_SIZE
from charts.timeline.marks import FADE, LABEL_WIDTH, Mark

BADGE_WIDTH = 34.0
_GAP = 3.0


@dataclass(frozen=True)
class Badge:
    """Marks of one lane that fit no row: ``+12`` at `x`."""

    lane: int
    x: float
    rows: tuple[int, ...]
    marks: int
    first: int
    last: int


@dataclass
class Stack:
    """The content of a lane: its marks with rows, its badges, and its number of rows."""

    marks: list[Mark] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    height: int = 1


class _Row:
    """Occupied ranges of one row, kept sorted."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float]] = []

    def is_free(self, x0: float, x1: float) -> bool:
        index = bisect_right(self.taken, (x0, float("inf")))
        before = index == 0 or self.taken[index - 1][1] + _GAP <= x0
        after = index == len(self.taken) or x1 + _GAP <= self.taken[index][0]
        return before and after

    def free_until(self, x: float) -> float:
        """Where the next occupied range begins that does not end before x."""
        return min((begin for begin, end in self.taken if end > x), default=float("inf"))

    def take(self, x0: float, x1: float) -> None:
        insort(self.taken, (x0, x1))


@dataclass(frozen=True)
class Labels:
    """How labels are laid out.

    words: the label of a row of the table. walls: x of vertical lines, which no label crosses.
    reserved: number of marks of a lane, by rank, that reserve room for their label. widest: of a
    label beside its mark, in pixels. size: of the font. inside: long bars hold their label.
    """

    words: Callable[[int], str]
    scale: Scale
    walls: tuple[float, ...] = ()
    reserved: int = 3
    widest: float = LABEL_WIDTH
    size: float = LABEL_SIZE
    inside: bool = True

    def width(self, text: str) -> float:
        """Width of a text in pixels."""
        return text_width(text, self.size)

    def sides(self, mark: Mark) -> tuple[float, float]:
        """Left and right end of the room for a label beside the mark."""
        left = [wall + _GAP for wall in self.walls if wall <= mark.begin]
        right = [wall - _GAP for wall in self.walls if wall >= mark.end]
        return max([self.scale.left, *left]), min([self.scale.right, *right])

    def strikes(self, x0: float, x1: float) -> bool:
        """Whether a line crosses the text from x0 to x1."""
        return any(x0 - _GAP < wall < x1 + _GAP for wall in self.walls)


def stack(marks: list[Mark], lanes: int, labels: Labels, rows: int) -> list[Stack]:
    """Stack the marks of each lane in at most `rows` rows, those of highest rank first.

    The highest marks of a lane reserve room for their label; others get one if room is left.
    """
    by_lane: list[list[Mark]] = [[] for _ in range(lanes)]
    for mark in marks:
        by_lane[mark.lane].append(mark)
    return [_stack_lane(lane, labels, rows) for lane in by_lane]


def depths_of(marks: list[Mark], lanes: int) -> list[int]:
    """Fewest rows that each lane needs: the largest number of its marks over the same pixel."""
    ends: list[list[tuple[float, int]]] = [[] for _ in range(lanes)]
    for mark in marks:
        ends[mark.lane] += [(mark.begin, 1), (mark.end + _GAP, -1)]
    return [max(accumulate(step for _, step in sorted(lane)), default=1) for lane in ends]


def _stack_lane(marks: list[Mark], labels: Labels, most: int) -> Stack:
    """Place bars first, then dots by rank; those of highest rank reserve room for their label."""
    ordered = sorted(marks, key=lambda m: (m.dot, *(-part for part in m.rank)))
    heaviest = sorted(range(len(ordered)), key=lambda i: ordered[i].rank, reverse=True)
    favoured = set(heaviest[: labels.reserved])
    rows = [_Row() for _ in range(most)]
    placed: list[Mark] = []
    rest: list[Mark] = []
    for number, mark in enumerate(ordered):
        found = _place(mark, rows, labels if number in favoured else None)
        (rest if found is None else placed).append(found or mark)
    placed = [_late_label(m, rows[m.row], labels) for m in placed]
    height = 1 + max((m.row for m in placed), default=0)
    badges = _badges(rest, labels.scale)
    return Stack(placed, badges, height + bool(badges))


def _place(mark: Mark, rows: list[_Row], labels: Labels | None) -> Mark | None:
    """The mark in its row, with its label if `labels` are given; None where no row has room."""
    labelled = with_label(mark, labels) if labels else None
    for one in (labelled, mark):
        if one is None:
            continue
        outside = one.label and not _is_inside(one)
        low = min(mark.begin, one.label_x) if outside else mark.begin
        high = max(mark.end, one.label_x + one.label_width) if outside else mark.end
        for number, row in enumerate(rows):
            if row.is_free(low, high):
                row.take(low, high)
                return replace(one, row=number)
    return None


def _is_inside(mark: Mark) -> bool:
    return mark.x0 <= mark.label_x and mark.label_x + mark.label_width <= mark.x1


def with_label(mark: Mark, labels: Labels) -> Mark | None:
    """The mark with its label: inside a long bar, else beside it, where more of it can be read."""
    inside = _inside_label(mark, labels)
    if inside:
        return inside
    low, high = labels.sides(mark)
    right, left = high - (mark.end + 4), mark.begin - 4 - low
    wanted = min(labels.widest, labels.width(labels.words(mark.rows[0])))
    room = right if right >= wanted or right >= left else left
    told = _told(mark, labels, room)
    if not told:
        return None
    width = labels.width(told)
    x = mark.end + 4 if room == right else mark.begin - 4 - width
    return replace(mark, label=told, label_x=x, label_width=width)


_SHORT = 85.0  # pixels: what is cut to less tells nothing ("The United…", "Les États-Unis…")


def _told(mark: Mark, labels: Labels, room: float) -> str:
    """The label cut to the room; "" where too little of it can be read."""
    words = labels.words(mark.rows[0])
    wanted = labels.width(words)
    if room < min(_SHORT, wanted):
        return ""
    told = shorten(words, min(labels.widest, room), labels.size)
    return told if labels.width(told) >= min(_SHORT, wanted) else ""


def _inside_label(mark: Mark, labels: Labels) -> Mark | None:
    """The mark with its label inside, if it is a long filled bar: an outline would cross it."""
    long = labels.inside and mark.x1 - mark.x0 > 150
    if mark.dot or mark.status != "reported" or not long:
        return None
    fade = FADE * mark.open_start
    text = shorten(labels.words(mark.rows[0]), mark.x1 - mark.x0 - fade - 16, labels.size)
    x, width = mark.x0 + fade + 6, labels.width(text)
    if labels.strikes(x, x + width):
        return None
    return replace(mark, label=text, label_x=x, label_width=width)


def _late_label(mark: Mark, row: _Row, labels: Labels) -> Mark:
    """Add a label to a mark without one if its row still has room to the right of it."""
    if mark.label:
        return mark
    inside = _inside_label(mark, labels)
    if inside:
        return inside
    x = mark.end + 4
    room = min(labels.sides(mark)[1], row.free_until(x) - _GAP) - x
    told = _told(mark, labels, room)
    if not told:
        return mark
    width = labels.width(told)
    row.take(x, x + width)
    return replace(mark, label=told, label_x=x, label_width=width)


def _badges(rest: list[Mark], scale: Scale) -> list[Badge]:
    """Badges of the marks that fit no row, one per cell of fixed width, so they cannot overlap."""
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
