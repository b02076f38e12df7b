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
MarkWords = Callable[[int], str]


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

    def take(self, x0: float, x1: float) -> None:
        insort(self.taken, (x0, x1))


def stack(
    marks: list[Mark],
    lanes: int,
    words: MarkWords,
    scale: Scale,
    rows: int,
    labels: int = 3,
) -> list[Stack]:
    """Stack the marks of each lane in at most `rows` rows, those of most weight first.

    The `labels` marks of most weight in a lane reserve room for their label; others get one if
    room is left. `words` returns the label of a row of the table.
    """
    by_lane: list[list[Mark]] = [[] for _ in range(lanes)]
    for mark in marks:
        by_lane[mark.lane].append(mark)
    return [_stack_lane(lane, words, scale, rows, labels) for lane in by_lane]


def depths_of(marks: list[Mark], lanes: int) -> list[int]:
    """Fewest rows that each lane needs: the largest number of its marks over the same pixel."""
    ends: list[list[tuple[float, int]]] = [[] for _ in range(lanes)]
    for mark in marks:
        ends[mark.lane] += [(mark.begin, 1), (mark.end + _GAP, -1)]
    return [max(accumulate(step for _, step in sorted(lane)), default=1) for lane in ends]


def _stack_lane(marks: list[Mark], words: MarkWords, scale: Scale, most: int, labels: int) -> Stack:
    """Place bars first, then dots by weight; those of most weight reserve room for their label."""
    ordered = sorted(marks, key=lambda m: (m.dot, *(-part for part in m.weight)))
    heaviest = sorted(range(len(ordered)), key=lambda i: ordered[i].weight, reverse=True)
    favoured = set(heaviest[:labels])
    rows = [_Row() for _ in range(most)]
    placed: list[Mark] = []
    rest: list[Mark] = []
    for number, mark in enumerate(ordered):
        found = _place(mark, rows, words, scale, number in favoured)
        (rest if found is None else placed).append(found or mark)
    placed = [_late_label(m, rows, words, scale) for m in placed]
    height = 1 + max((m.row for m in placed), default=0)
    badges = _badges(rest, scale)
    return Stack(placed, badges, height + bool(badges))


def _place(
    mark: Mark, rows: list[_Row], words: MarkWords, scale: Scale, favoured: bool
) -> Mark | None:
    """The mark in its row, with its label if it is favoured; None where no row has room."""
    left, right = mark.begin, mark.end
    if favoured:
        labelled = _with_label(mark, words, scale)
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


def _with_label(mark: Mark, words: MarkWords, scale: Scale) -> Mark | None:
    """The mark with its label inside a long bar, else to the right, or left at the right edge.

    None where no side has room for a useful length.
    """
    if _takes_label(mark):
        return _inside_label(mark, words)
    right = mark.end + 4
    room_right, room_left = scale.right - right, mark.begin - 4 - scale.left
    room = max(room_right, room_left) if room_right < 120 else room_right
    text = shorten(words(mark.rows[0]), min(LABEL_WIDTH, room), LABEL_SIZE)
    width = text_width(text, LABEL_SIZE)
    if room < 70 or width > room:
        return None
    x = right if width <= room_right else mark.begin - 4 - width
    return replace(mark, label=text, label_x=x, label_width=width)


def _takes_label(mark: Mark) -> bool:
    """Whether the label goes inside: on long filled bars; an outline would cross the text."""
    return not mark.dot and mark.status == "reported" and mark.x1 - mark.x0 > 150


def _inside_label(mark: Mark, words: MarkWords) -> Mark:
    """The mark with its label inside a long bar."""
    fade = FADE * mark.open_start
    text = shorten(words(mark.rows[0]), mark.x1 - mark.x0 - fade - 16, LABEL_SIZE)
    width = text_width(text, LABEL_SIZE)
    return replace(mark, label=text, label_x=mark.x0 + fade + 6, label_width=width)


def _late_label(mark: Mark, rows: list[_Row], words: MarkWords, scale: Scale) -> Mark:
    """Add a label to a mark without one if its row still has room beside it."""
    if mark.label:
        return mark
    row = rows[mark.row]
    if _takes_label(mark):
        return _inside_label(mark, words)
    if not row.is_free(mark.end + _GAP, mark.end + 60):
        return mark
    labelled = _with_label(mark, words, scale)
    if labelled is None or labelled.label_x < mark.x1:
        return mark
    if not row.is_free(labelled.label_x, _label_end(labelled)):
        return mark
    row.take(labelled.label_x, _label_end(labelled))
    return labelled


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
