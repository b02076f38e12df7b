"""From events to marks: a dot for a day, a bar for longer; reports of one event are one mark."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.sheet.measure import text_width
from charts.sheet.scale import Scale
from charts.sheet.theme import SMALL_SIZE

# diameter of the mark of a day and height of a bar, by weight: background, worth a line, main event
SIZES = {0: 6.5, 1: 9.0, 2: 12.0}
USUAL = 1  # weight of an event whose weight is not known
BOUNDED = "bounded"  # drawn in place of the status: no date, but the text bounds it
FADE = 54.0  # length of the fade of an open end, in pixels
LABEL_WIDTH = 320.0  # the longest label beside a mark, in pixels


@dataclass(frozen=True)
class Mark:
    """One event in one lane: a dot (a day) or a bar (an interval), with its reports.

    `rows`: positions in the table, the best report first. `x0`, `x1`: left and right pixel;
    `row`: counted upwards from the base line. `label`: "" where there is no room for it.
    `rank`: which marks come first: weight, independent sources, confidence, place in the table.
    `reports`: those of all rows; a row of a story stands for several. `coded`: it is the row of a
    table that others coded, and has square corners.
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
    rank: tuple[int, int, float, int]
    reports: int = 1
    coded: bool = False
    row: int = 0
    count_before: bool = False
    label: str = ""
    label_x: float = 0.0
    label_width: float = 0.0

    @property
    def size(self) -> float:
        """Diameter of a dot or height of a bar in pixels: larger for a main event."""
        return SIZES[self.rank[0]]

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
    facts = Facts.of(table)
    return [_mark(key, rows, facts, scale) for key, rows in groups.items()]


@dataclass(frozen=True)
class Facts:
    """What ranks the marks, one value per row of the table."""

    weights: list[int]
    confidence: list[float]
    origins: list[str]  # copies of one text count as one source
    outlets: list[int]  # independent sources of a story; 1 for a report
    reports: list[int]
    coded: list[bool]  # rows of tables that others coded

    @classmethod
    def of(cls, table: pd.DataFrame) -> Facts:
        """Of EVENT_COLUMNS, with or without STORY_ROW_COLUMNS."""
        ones = pd.Series(1, index=table.index)
        weights = table.get("weight", ones)
        return cls(
            weights.fillna(USUAL).astype("int64").tolist(),
            table["confidence"].fillna(0.0).tolist(),
            table["origin"].tolist(),
            table.get("outlets", ones).tolist(),
            table.get("reports", ones).tolist(),
            table["coder"].ne("").tolist(),
        )

    def rank(self, rows: list[int]) -> tuple[int, int, float, int]:
        """Rank of a mark, of which `rows` are the reports, the best one first."""
        independent = max(len({self.origins[r] for r in rows}), *(self.outlets[r] for r in rows))
        heaviest = max(self.weights[row] for row in rows)
        return heaviest, independent, self.confidence[rows[0]], -rows[0]


def _mark(key: tuple[object, ...], rows: list[int], facts: Facts, scale: Scale) -> Mark:
    lane, _, quad, status, precision, first, last, open_start, open_end = key
    assert isinstance(lane, int)
    assert isinstance(first, int)
    assert isinstance(last, int)
    best = sorted(rows, key=lambda row: (-facts.confidence[row], row))
    rank = facts.rank(best)
    reports = sum(facts.reports[row] for row in rows)
    dot = first == last and precision in ("day", "") and not (open_start or open_end)
    dot = dot and status != BOUNDED
    size = SIZES[rank[0]] if dot else 0.0
    x0, x1 = _extent(first, last, bool(open_start), bool(open_end), dot, size, scale)
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
        rank,
        reports,
        coded=facts.coded[best[0]],
        count_before=x1 + (24 if reports > 1 else 0) > scale.right + 8,
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
