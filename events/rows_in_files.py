"""Whole rows of some events of a large store.

What is counted of them stands in the table COUNTED; what else a list shows is read from the files
of their months, and the titles of their articles from the table of articles.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import pyarrow as pa
import pyarrow.compute as pc

from events.columns import EVENT_COLUMNS, GRADED_COLUMNS
from events.columns_in_memory import PARTIES, as_stored
from events.conditions import begun, column_names
from events.counts import counted_columns
from events.events_in_files import COUNTED
from events.rows_in_memory import RowsById

IDS = "ids_asked"  # the table of the ids of the events that are asked for
OF_IDS = f"event_id IN (SELECT event_id FROM {IDS})"


def rows_of(
    ask: Callable[[str], pa.Table], wanted: pa.Table
) -> tuple[pa.Table, tuple[pa.Table, ...]]:
    """The counted columns of the events in IDS, and tables by event_id of all others of a list.

    wanted: `first` of these events, as it is counted. ask: SQL -> its answer; the view asked_rows
    (`events.current_rows`) is of the files of their months.
    """
    counted = _counted(ask, wanted)
    others = ask(_others(columns_of_lists(counted.column_names)))
    at_hand = columns_of_lists((*as_stored(counted), *others.column_names))
    parts = (others, counted.select(["event_id", *at_hand]))
    lists = RowsById(others).take(counted.column("event_id").to_numpy(), PARTIES)
    for name in PARTIES:
        counted = counted.append_column(name, lists.column(name))
    return counted, parts


def columns_of_lists(known: Collection[str]) -> list[str]:
    """The columns that a list shows, but for the grades and those that are known."""
    return [n for n in EVENT_COLUMNS if n not in GRADED_COLUMNS and n not in known]


def _counted(ask: Callable[[str], pa.Table], wanted: pa.Table) -> pa.Table:
    """The columns of COUNTED: it holds numbers in the place of lists, of which there are many."""
    named = column_names(name for name in counted_columns() if name not in PARTIES)
    first = wanted.column("first")
    least, most = pc.min_max(first).as_py().values()
    days = begun(least, most, or_undated=first.null_count > 0)
    return ask(f"SELECT {named} FROM {COUNTED} WHERE {OF_IDS} AND {days.text}")


def _others(names: Collection[str]) -> str:
    """SQL of event_id and other columns. Articles are looked for by their id alone: DuckDB passes
    over titles while it reads where one column says which."""
    named = column_names(("event_id", *names))
    articles = "SELECT * FROM newest_articles WHERE article_id IN (SELECT article_id FROM mine)"
    return (
        f"WITH mine AS MATERIALIZED (SELECT * FROM asked_rows WHERE {OF_IDS}), "
        f"theirs AS MATERIALIZED ({articles}) "
        f"SELECT {named} FROM mine JOIN theirs USING (article_id, load_id)"
    )
