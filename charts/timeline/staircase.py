"""A few events by headline: one lane, each mark in a row of its own, the latest at the top."""

from __future__ import annotations

from dataclasses import replace

from charts.timeline.lanes import Lane
from charts.timeline.marks import Mark
from charts.timeline.stacking import Labels, Stack, with_label

STAIR = 21.0  # height of a row, in pixels
HEADLINE_SIZE = 12.0
WIDEST = 600.0  # pixels; a headline has at most 90 characters


def one_lane(events: int) -> tuple[list[Lane], list[list[int]]]:
    """A lane without a name, and the rows of the table in it."""
    return [Lane("", "", events)], [[0] for _ in range(events)]


def staircase(marks: list[Mark], labels: Labels) -> list[Stack]:
    """Each mark with its headline in the row of its turn in time."""
    large = replace(labels, size=HEADLINE_SIZE, widest=WIDEST, inside=False)
    ordered = sorted(marks, key=lambda mark: (mark.first, mark.last, mark.rank))
    placed = [replace(with_label(m, large) or m, row=row) for row, m in enumerate(ordered)]
    return [Stack(placed, [], max(1, len(placed)))]
