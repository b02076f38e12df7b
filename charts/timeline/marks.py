"""From events to marks: a dot for a day, a bar for longer; reports of one event are one mark."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.sheet.measure import text_width
from charts.sheet.scale import Scale
from charts.sheet.theme import SMALL_SIZE

DAY_SIZE = 9.0  # diameter of the mark of one day and one report
BOUNDED = "bounded"  # drawn in place of the status: no date, but the text bounds it
FADE = 54.0  # length of the fade of an open end, in pixels
LABEL_WIDTH = 230.0


@dataclass(frozen=True)
class Mark:
    """One event in one lane: a dot (a day) or a bar (an interval), with its reports.

    `rows`: positions in the table, the best report first. `x0`, `x1`: left and right pixel;
    `row`: counted upwards from the base line. `label`: "" where there is no room for it.
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
        """Right pixel of the mark including the number of its reports."""
        return self.x1 if self.count_before else self.x1 + self.count_width

    @property
    def begin(self) -> float:
        """Left pixel of the mark; at the right edge the number is left of a dot."""
        return self.x0 - self.count_width if self.count_before and self.dot else self.x0

    @property
    def count_x(self) -> float:
        """Position of the number of reports; inside a bar that the view cuts."""
        if not self.count_before:
            return self.x1 + 1
        return self.begin if self.dot else self.x1 - self.count_width


def build_marks(
    table: pd.DataFrame, spans: pd.DataFrame, placed: list[list[int]], scale: Scale
) -> list[Mark]:
    """One mark per lane and event; the reports of a story with one date, class and status merge.

    `table` and `spans` (spans.with_bounds) have the same rows, all dated and in the view.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    status = table["status"].where(~spans["bounded"], BOUNDED)
    rows = zip(
        *(c.tolist() for c in (table["story_id"], table["quad"], status, table["precision"])),
        *(spans[c].tolist() for c in ("first", "last", "open_start", "open_end")),
        strict=True,
    )
    for position, key in enumerate(rows):
        for lane in placed[position]:
            groups.setdefault((lane, *key), []).append(position)
    confidence = table["confidence"].fillna(0.0).tolist()
    outlets = table["origin"].tolist()  # copies of one text count as one source
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
    dot = dot and status != BOUNDED
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
