"""One consistent view of the store: its Delta tables as Ibis tables on an in-memory DuckDB.

The article table is looked at first: whatever it names was written before it. Only rows whose
article row carries the same `load_id`, of the newest revision, take part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from ibis.expr import types as ir

from events.columns import JOINED_COLUMNS
from events.store import Store, damaged
from events.tables import SCHEMAS

ORDER = ("articles", "events", "mentions", "left_out", "stories", "rejected", "edits")
_UNREADABLE = (duckdb.OperationalError, duckdb.InvalidInputException, duckdb.InternalError)


class Snapshot:
    """The store's tables as of the last `refresh`. Not thread-safe: `Query` holds a lock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.version: tuple[int, ...] = ()
        self._delta: dict[str, DeltaTable] = {}
        self._codes: tuple[str, ...] | None = None
        self._tables: dict[str, ir.Table] = {}
        self._connection = ibis.duckdb.connect()
        self._connection.raw_sql("SET TimeZone = 'UTC'")

    def refresh(self) -> bool:
        """Look for new versions; True when there is one. Raises StoreMissing or StoreDamaged."""
        if not self._delta:
            self._delta = {name: self.store.open_table(name) for name in ORDER}
        else:
            self._update()
        version = tuple(self._delta[name].version() for name in ORDER)
        if version == self.version:
            return False
        with self._readable():
            self._build()
        self.version = version
        return True

    def _build(self) -> None:
        """Views of the new version. Until they stand there is no version."""
        self.version = ()
        self._tables.clear()
        self._codes = None
        for name in ORDER:
            self._register(name)
        self._keep_current_articles()
        self._keep_stories()
        self._keep_edits()
        self._view_current()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Tell a file that cannot be read as damage of the store."""
        try:
            yield
        except (*_UNREADABLE, pa.ArrowInvalid) as error:
            raise damaged(self.store.location, error) from error

    def _update(self) -> None:
        """Read the newest log entries; a table that went away is damage, said as such."""
        try:
            for name in ORDER:
                self._delta[name].update_incremental()
        except (DeltaError, OSError, ValueError):
            self._delta = {}
            self.version = ()
            self._delta = {name: self.store.open_table(name) for name in ORDER}

    def _register(self, name: str) -> None:
        files = self._delta[name].file_uris()
        if files:
            self._connection.read_parquet(files, table_name=name)
        else:
            empty = SCHEMAS[name].empty_table()
            self._connection.create_view(name, ibis.memtable(empty), overwrite=True)

    def _keep_current_articles(self) -> None:
        """The newest revision of each article, without its text, held in memory."""
        articles = self._connection.table("articles")
        newest = ibis.window(
            group_by="article_id", order_by=[ibis.desc("revision"), ibis.desc("load_id")]
        )
        ranked = articles.drop("text", "search").mutate(rank=ibis.row_number().over(newest))
        self._keep("newest_articles", ranked.filter(ranked["rank"] == 0).drop("rank"))

    def _keep_stories(self) -> None:
        """The newest grouping: a row for each report that is not the earliest of its story."""
        stories = self._connection.table("stories")
        newest = stories.filter(stories["grouping"] == stories["grouping"].max())
        told = newest.filter(newest["event_id"] != 0)
        self._keep("newest_stories", told.select(told_id="event_id", story_id="story_id"))

    def _keep_edits(self) -> None:
        """The newest edit of each event and column: told_id, told_status, told_story."""
        edits = self._connection.table("edits")
        newest = ibis.window(group_by=["event_id", "field"], order_by=ibis.desc("edit_id"))
        ranked = edits.mutate(rank=ibis.row_number().over(newest))
        latest = ranked.filter(ranked["rank"] == 0, ranked["value"] != "")
        value, column = latest["value"], latest["field"]
        story = value.max(where=column == "story_id").cast("int64")
        told = latest.group_by(told_id="event_id").aggregate(
            told_status=value.max(where=column == "status"), told_story=story
        )
        self._keep("newest_edits", told)

    def _keep(self, name: str, table: ir.Table) -> None:
        # the overwrite of create_table writes broken SQL with the pinned Ibis and sqlglot
        self._connection.raw_sql(f"DROP TABLE IF EXISTS {name}")
        self._connection.create_table(name, table)

    def _view_current(self) -> None:
        """Views on the rows of current articles: a question then compiles in milliseconds."""
        keys = ["article_id", "load_id"]
        articles = self._connection.table("newest_articles")
        for name in ("mentions", "left_out"):
            rows = self._connection.table(name).semi_join(articles, keys).drop("load_id")
            self._connection.create_view(f"current_{name}", rows, overwrite=True)
        whole = self._edited(self._connection.table("events")).join(
            articles.select(*keys, *JOINED_COLUMNS), keys
        )
        self._connection.create_view("current_events", whole.drop("load_id"), overwrite=True)

    def _edited(self, events: ir.Table) -> ir.Table:
        """Events with their story and what a person decided about them."""
        stories = self._connection.table("newest_stories")
        grouped = events.left_join(stories, events["event_id"] == stories["told_id"])
        grouped = grouped.drop("told_id")
        edits = self._connection.table("newest_edits")
        told = grouped.left_join(edits, grouped["event_id"] == edits["told_id"])
        story = ibis.coalesce(told["told_story"], told["story_id"], told["event_id"])
        status = ibis.coalesce(told["told_status"], told["status"])
        edited = told.mutate(story_id=story, status=status)
        return edited.drop("told_id", "told_story", "told_status")

    def articles(self) -> ir.Table:
        """The current articles, without their text."""
        return self._table("newest_articles")

    def texts(self) -> ir.Table:
        """article_id, load_id, text and search of every article row; join it with `articles`."""
        return self._table("articles").select("article_id", "load_id", "text", "search")

    def events(self) -> ir.Table:
        """The events of the current articles with the columns that come from the article."""
        return self._table("current_events")

    def of_articles(self, name: str) -> ir.Table:
        """The mentions or left-out rows of the current articles."""
        return self._table(f"current_{name}")

    def parties(self) -> ir.Table:
        """event_id and code of every actor of every event, once, held in memory."""
        if "parties" not in self._tables:
            events = self.events()
            codes = events["sources"].concat(events["targets"]).unique().unnest()
            self._keep("parties", events.select("event_id", code=codes))
        return self._table("parties")

    def actor_codes(self) -> tuple[str, ...]:
        """Every actor code that stands in an event of the store, sorted."""
        if self._codes is None:
            found = self.fetch(self.parties().select("code").distinct().order_by("code"))
            self._codes = tuple(found.column("code").to_pylist())
        return self._codes

    def rejected(self) -> ir.Table:
        return self._table("rejected")

    def _table(self, name: str) -> ir.Table:
        # asking DuckDB for a schema takes 10 ms: once a version is enough
        if name not in self._tables:
            self._tables[name] = self._connection.table(name)
        return self._tables[name]

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run it. Raises StoreDamaged where a file of the store cannot be read."""
        with self._readable():
            return self._connection.to_pyarrow(expression)


def as_frame(table: pa.Table, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """A DataFrame with the documented dtypes, of those `columns` that the table has."""
    wanted = [name for name in columns if name in table.column_names]
    return pd.DataFrame({n: _series(table.column(n), columns[n][0]) for n in wanted})


def _series(column: pa.ChunkedArray, kind: str) -> Any:
    if kind == "list":
        return pd.Series(column.to_pylist(), dtype="object")
    if kind == "datetime64[s]":
        column = column.cast(pa.date32()).cast(pa.timestamp("s"))
    series = column.to_pandas()
    if kind == "str":
        return series.astype("str").fillna("") if column.null_count else series.astype("str")
    return series.astype(kind)
