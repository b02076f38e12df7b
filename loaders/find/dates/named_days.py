"""Days known by their date alone ("the October 7 attacks"): data/reference/named_days.csv.

Its column `told` says by which words near a date its act is told ("Hamas attacked Israel on October
7"): starts of words in any language, in this order; "|" before another word for the same, ";"
before another order, "_" for a space.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parents[3] / "data" / "reference" / "named_days.csv"


@dataclass(frozen=True)
class NamedDay:
    """An ISO day, and the orders of words that tell its act."""

    day: str
    orders: tuple[tuple[re.Pattern[str], ...], ...]

    def is_told(self, text: str) -> bool:
        """Whether the words of an order follow each other in a text."""
        return any(_follow(words, text) for words in self.orders)


@functools.cache
def named_days() -> Mapping[tuple[int, int], NamedDay]:
    """(month, day) -> the day that is meant where an act is called by its day, or told.

    Raises ValueError with the row where a day is no ISO date or two rows share month and day.
    """
    found: dict[tuple[int, int], NamedDay] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["day"])
            if (day.month, day.day) in found:
                raise ValueError(f"{TABLE.name}: {row['day']} shares its month and day")
            found[day.month, day.day] = NamedDay(row["day"], tuple(_orders(row["told"])))
    return found


def _orders(cell: str) -> Iterator[tuple[re.Pattern[str], ...]]:
    for order in filter(None, cell.split(";")):
        yield tuple(map(_pattern, order.split()))


def _pattern(starts: str) -> re.Pattern[str]:
    listed = "|".join(re.escape(start.replace("_", " ")) for start in starts.split("|"))
    return re.compile(rf"\b(?:{listed})", re.IGNORECASE)


def _follow(words: tuple[re.Pattern[str], ...], text: str) -> bool:
    at = 0
    for pattern in words:
        found = pattern.search(text, at)
        if found is None:
            return False
        at = found.end()
    return True
