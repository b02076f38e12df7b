"""The events of a large store that filters show: a question to DuckDB over the table COUNTED.

One row a report or one a story. A story of one report is that report; of one with several the main
one of those that pass is shown, by the places that `events.counted_events` gives them. What is
joined and grouped here grows with what is counted apart, never with the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from events.answers import Unit
from events.columns_in_memory import Bools, Ints
from events.conditions import ALWAYS, Condition, FilteredInFiles
from events.registry import Level

COUNTED = "counted"  # the table of the columns that filters and counts read
# the table (story_id, least, most, undated) of the first days of stories with several reports
STORY_DAYS = "story_days"
IN_ORDER = "first NULLS LAST, last NULLS LAST, event_id"
SEVERAL = Condition("several")
QUADS = tuple(f"quad_{n}" for n in range(1, 5))
BY_QUAD = ", ".join(f"count(*) FILTER (quad = {n}) AS quad_{n}" for n in range(1, 5))
Bins = tuple[str, tuple[Ints, Ints, Bools]]


@dataclass(frozen=True)
class Files:
    """How DuckDB is asked, and tables that are made once a version when they are first needed.

    ask: SQL -> its answer. members: a level -> name of the table (no, code) of the codes of each
    list of parties at it, "" of an empty one. bins: a unit -> name of the table (first, last,
    number) of the bin of each pair of days, and first, last and coarse of the bins.
    """

    ask: Callable[[str], pa.Table]
    members: Callable[[Level], str]
    bins: Callable[[Unit], Bins]


@dataclass(frozen=True)
class EventsInFiles:
    """The events that the filters show, one row a report or one a story."""

    files: Files
    filtered: FilteredInFiles
    one_a_story: bool

    @property
    def level(self) -> Level:
        return self.filtered.filters.level

    @property
    def members(self) -> str:
        """Name of the table of the codes of lists at the level of the filters."""
        return self.files.members(self.level)

    def shown(self, columns: Iterable[str], which: Condition = ALWAYS) -> str:
        """SQL of the rows shown, as (...): columns, or what is worked out of them."""
        named, passing = ", ".join(columns), self.filtered.passing()
        if not self.one_a_story:
            return f"(SELECT {named} FROM {COUNTED} WHERE {(passing & which).text})"
        single = passing & which & ~SEVERAL
        main = (
            "SELECT story_id AS of_story, min(place_in_story) AS main_place "
            f"FROM {COUNTED} WHERE {(passing & SEVERAL).text} GROUP BY story_id"
        )
        return (
            f"(SELECT {named} FROM {COUNTED} WHERE {single.text} UNION ALL "
            f"SELECT {named} FROM {COUNTED} JOIN ({main}) ON story_id = of_story "
            f"AND place_in_story = main_place WHERE {(SEVERAL & which).text})"
        )

    def ids(self, which: Condition, limit: int | None, offset: int = 0) -> pa.Table:
        """event_id, story_id, first, last and `several` of the rows shown that `which` holds of, in
        order."""
        columns = ("event_id", "story_id", "first", "last", "several")
        most = "" if limit is None else f" LIMIT {limit}"
        rows = self.shown(columns, which)
        return self.files.ask(f"SELECT * FROM {rows} ORDER BY {IN_ORDER}{most} OFFSET {offset}")

    def frame(self, sql: str) -> pd.DataFrame:
        told: pd.DataFrame = self.files.ask(sql).to_pandas()
        return told

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        table = self.files.ask(sql)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))
