"""Whole rows of some events of a large store.

What is counted of them stands in the table COUNTED; what else a list shows is read from the files
of their months, and the titles of their articles from the table of articles.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import pyarrow as pa
import pyarrow.compute as pc

from events.columns import EVENT_COLUMNS, GRADED_COLUMNS, JOINED_COLUMNS
from events.columns_in_memory import PARTIES, as_stored
from events.conditions import begun, column_names
from events.counts import counted_columns
from events.events_in_files import COUNTED
from events.rows_in_memory import RowsById

ASKED = "events_asked"  # the view of the rows in the files of their months
IDS = "ids_asked"  # the table of the ids of the events that are asked for
OF_IDS = f"event_id IN (SELECT event_id FROM {IDS})"


def rows_of(
    ask: Callable[[str], pa.Table], give: Callable[[str, pa.Table], None], wanted: pa.Table
) -> tuple[pa.Table, tuple[pa.Table, ...]]:
    """The counted columns of the events in IDS, and tables of all others of a list, by the ids in
    their first column (event_id or article_id).

    wanted: `first` of these events, as it is counted. ask: SQL -> its answer; the view ASKED is of
    the files of their months. give: a table under a name.
    """
    counted = _counted(ask, wanted)
    names = columns_of_lists(counted.column_names)
    own = _own(ask, give, [name for name in names if name not in JOINED_COLUMNS])
    articles = _articles(ask, give, counted, [name for name in names if name in JOINED_COLUMNS])
    at_hand = columns_of_lists((*as_stored(counted), *names))
    parts = (own, articles, counted.select(["event_id", *at_hand]))
    lists = RowsById(own).take(counted.column("event_id").to_numpy(), PARTIES)
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


def _own(
    ask: Callable[[str], pa.Table], give: Callable[[str, pa.Table], None], names: Collection[str]
) -> pa.Table:
    """event_id and columns of the rows of events, as they were read or edited."""
    named = column_names(("event_id", *names))
    found = ask(
        f"SELECT article_id, load_id, {named} FROM {ASKED} WHERE {OF_IDS} "
        "AND event_id NOT IN (SELECT event_id FROM edited_rows) UNION ALL "
        f"SELECT article_id, load_id, {named} FROM edited_rows WHERE {OF_IDS} AND NOT rejected"
    )
    if pc.count_distinct(found.column("event_id")).as_py() < found.num_rows:
        give("rows_told", found)  # of earlier revisions, too
        found = ask("SELECT * FROM rows_told SEMI JOIN newest_articles USING (article_id, load_id)")
    return found.select(["event_id", *names])


def _articles(
    ask: Callable[[str], pa.Table],
    give: Callable[[str, pa.Table], None],
    counted: pa.Table,
    names: Collection[str],
) -> pa.Table:
    """article_id and columns of the articles of some events. By their id alone: DuckDB passes over
    titles while it reads where one column says which."""
    give("articles_asked", pa.table({"article_id": counted.column("article_id").unique()}))
    return ask(
        f"SELECT {column_names(('article_id', *names))} FROM newest_articles "
        "WHERE article_id IN (SELECT article_id FROM articles_asked)"
    )
