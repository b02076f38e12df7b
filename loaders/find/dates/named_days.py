"""Days known by their date alone ("the October 7 attacks"): data/reference/named_days.csv."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).resolve().parents[3] / "data" / "reference" / "named_days.csv"


@functools.cache
def named_days() -> Mapping[tuple[int, int], str]:
    """(month, day) -> the ISO day that is meant where an act is called by its day.

    Raises ValueError with the row where a day is no ISO date or two rows share month and day.
    """
    found: dict[tuple[int, int], str] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["day"])
            if found.setdefault((day.month, day.day), row["day"]) != row["day"]:
                raise ValueError(f"{TABLE.name}: {row['day']} shares its month and day")
    return found
