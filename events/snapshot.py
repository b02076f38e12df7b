"""One consistent view of the store: its Delta tables as Ibis tables on an in-memory DuckDB.

The article table is looked at first: whatever it names was written before it. Only rows whose
article row carries the same `load_id`, of the newest revision, take part.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from ibis.expr import types as ir

from events.columns import EVENT_COLUMNS, JOINED_COLUMNS
from events.columns_in_memory import COLUMNS, Held
from events.store import Store, damaged
from events.tables import LATER_TABLES, SCHEMAS

ORDER = ("articles", "events", "mentions", "left_out", "stories", "rejected", "edits", "copies")
# tables whose growth changes an answer: rows of an article count once its own row is there
_TELLING = ("articles", "stories", "rejected", "edits", "copies")
MOST_ROWS = 2_000_000  # events that are held whole in memory
_SETTLED = 100_000_000  # ns after which the time of a log says that it did not grow since
_JOINED = {"apart": "int64", "into": "int64"}
_UNREADABLE = (duckdb.OperationalError, duckdb.InvalidInputException, duckdb.InternalError)


class Snapshot:
    """The store's tables as of the last `refresh`. Not thread-safe: `Query` holds a lock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.version: tuple[int, ...] = ()
        self._delta: dict[str, DeltaTable] = {}
        self._held: Held | None = None
        self._stamp: tuple[int, ...] | None = None
        logs = {n: os.fspath(store.location / n / "_delta_log") for n in _TELLING}
        self._logs = [(logs[name], name in LATER_TABLES) for name in _TELLING]
        self._tables: dict[str, ir.Table] = {}
        self._connection = ibis.duckdb.connect()
        self._connection.raw_sql("SET TimeZone = 'UTC'")

    def refresh(self) -> bool:
        """Look for new versions; True when there is one. Raises StoreMissing or StoreDamaged."""
        stamp = self._log_times()
        if self.version and stamp is not None and stamp == self._stamp:
            return False
        self._stamp = stamp
        return self._look()

    def _log_times(self) -> tuple[int, ...] | None:
        """When each table's log last grew; None while one may still grow unseen.

        Asking Delta costs 3 ms a question, this 0.05. A file system notes the time in steps of
        some milliseconds: a log that grew just now may grow again at the same time.
        """
        try:
            times = tuple(map(_changed, self._logs))
        except OSError:
            return None
        return times if time.time_ns() - max(times) > _SETTLED else None

    def _look(self) -> bool:
        if not self._delta:
            self._delta = self._open()
        else:
            self._update()
        version = tuple(d.version() if (d := self._delta.get(n)) else -1 for n in ORDER)
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
        self._held = None
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
            for delta in self._delta.values():
                delta.update_incremental()
            for name in set(ORDER) - set(self._delta):
                if self.store.has_table(name):
                    self._delta[name] = self.store.open_table(name)
        except (DeltaError, OSError, ValueError):
            self._delta = {}
            self.version = ()
            self._delta = self._open()

    def _open(self) -> dict[str, DeltaTable]:
        return {n: self.store.open_table(n) for n in ORDER if self.store.has_table(n)}

    def _register(self, name: str) -> None:
        files = self._delta[name].file_uris() if name in self._delta else []
        if files and name == "edits":
            self._register_edits(files)
        elif files and name == "events":
            self._register_events(files)
        elif files:
            self._connection.read_parquet(files, table_name=name)
        else:
            empty = SCHEMAS[name].empty_table()
            self._connection.create_view(name, ibis.memtable(empty), overwrite=True)

    def _register_edits(self, files: list[str]) -> None:
        """Edits of stores older than the column `who` have nobody's name."""
        told = self._connection.read_parquet(files, table_name="edit_files", union_by_name=True)
        if "who" not in told.columns:
            told = told.mutate(who=ibis.literal(""))
        told = told.mutate(who=told["who"].fill_null(""))
        self._connection.create_view("edits", told, overwrite=True)

    def _register_events(self, files: list[str]) -> None:
        """Events of stores older than the certainty of places: theirs was not weighed, so sure."""
        told = self._connection.read_parquet(files, table_name="event_files", union_by_name=True)
        if "place_confidence" not in told.columns:
            told = told.mutate(
                place_confidence=ibis.null("float64"), place_reasons=ibis.null("array<string>")
            )
        certain = told["place_confidence"]
        known = ibis.ifelse(certain.isnull() & told["lat"].notnull(), 1.0, certain)
        reasons = ibis.coalesce(told["place_reasons"], ibis.literal([], "array<string>"))
        told = told.mutate(place_confidence=known, place_reasons=reasons)
        self._connection.create_view("events", told, overwrite=True)

    def _keep_current_articles(self) -> None:
        """The newest revision of each article, without its text, held in memory."""
        articles = self._connection.table("articles")
        newest = ibis.window(
            group_by="article_id", order_by=[ibis.desc("revision"), ibis.desc("load_id")]
        )
        ranked = articles.drop("text", "search").mutate(rank=ibis.row_number().over(newest))
        current = ranked.filter(ranked["rank"] == 0).drop("rank")
        self._keep("single_articles", current)
        self._keep("newest_articles", self._with_origin())

    def _with_origin(self) -> ir.Table:
        """The current articles with `copy_of` and `origin`, the outlet of what they copy."""
        copies = self._connection.table("copies")
        newest = ibis.window(group_by="article_id", order_by=ibis.desc("number"))
        ranked = copies.mutate(rank=ibis.row_number().over(newest))
        told = ranked.filter(ranked["rank"] == 0).select(told_id="article_id", told_of="copy_of")
        articles = self._connection.table("single_articles")
        first = articles.select(first_id="article_id", first_source="source")
        joined = articles.left_join(told, articles["article_id"] == told["told_id"])
        joined = joined.left_join(first, joined["told_of"] == first["first_id"])
        named = joined.mutate(
            copy_of=ibis.coalesce(joined["first_id"], joined["article_id"]),
            origin=ibis.coalesce(joined["first_source"], joined["source"]),
        )
        return named.drop("told_id", "told_of", "first_id", "first_source")

    def _keep_stories(self) -> None:
        """The stories by rule: a row for each report that is not the earliest of its story."""
        stories = self._connection.table("stories")
        whole = stories["grouping"].max(where=stories["event_id"] == 0).as_scalar()
        told = stories.filter(stories["grouping"] >= whole, stories["event_id"] > 0)
        newest = ibis.window(group_by="event_id", order_by=ibis.desc("grouping"))
        ranked = told.mutate(rank=ibis.row_number().over(newest))
        latest = ranked.filter(ranked["rank"] == 0, ranked["story_id"] != ranked["event_id"])
        self._keep("newest_stories", latest.select(told_id="event_id", story_id="story_id"))

    def _keep_edits(self) -> None:
        """The newest edit of each event and column: told_id, told_status, told_story."""
        edits = self._connection.table("edits")
        newest = ibis.window(group_by=["event_id", "field"], order_by=ibis.desc("edit_id"))
        ranked = edits.mutate(rank=ibis.row_number().over(newest))
        self._keep("standing_edits", ranked.filter(ranked["rank"] == 0, ranked["value"] != ""))
        latest = self._connection.table("standing_edits")
        value, column = latest["value"], latest["field"]
        story = value.max(where=column == "story_id").cast("int64")
        told = latest.group_by(told_id="event_id").aggregate(
            told_status=value.max(where=column == "status"), told_story=story
        )
        self._keep("newest_edits", told)
        self._keep("joined_stories", ibis.memtable(self._joined_stories(), schema=_JOINED))

    def _joined_stories(self) -> list[tuple[int, int]]:
        """(story, the story that a person made it one with), over chains of joins."""
        latest = self._connection.table("standing_edits")
        joins = self.fetch(latest.filter(latest["field"] == "joined").order_by("edit_id"))
        pairs = [(row["event_id"], int(row["value"])) for row in joins.to_pylist()]
        stories = self._stories_of({event for pair in pairs for event in pair})
        return resolve_joins([(stories[a], stories[b]) for a, b in pairs])

    def _stories_of(self, events: set[int]) -> dict[int, int]:
        """The story of each event by rule and by split."""
        found = {event: event for event in events}
        for name, column in (("newest_stories", "story_id"), ("newest_edits", "told_story")):
            rows = self._connection.table(name)
            told = rows.filter(rows["told_id"].isin(sorted(events)), rows[column].notnull())
            for row in self.fetch(told).to_pylist() if events else ():
                found[row["told_id"]] = row[column]
        return found

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
        edited = edited.drop("told_id", "told_story", "told_status")
        joined = self._connection.table("joined_stories")
        one = edited.left_join(joined, edited["story_id"] == joined["apart"])
        return one.mutate(story_id=ibis.coalesce(one["into"], one["story_id"])).drop(
            "apart", "into"
        )

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

    def edits(self) -> ir.Table:
        """All edits with `standing` and `by_rule`."""
        edits = self._connection.table("edits")
        counting = self._connection.table("standing_edits").select(counting="edit_id")
        told = edits.left_join(counting, edits["edit_id"] == counting["counting"])
        stories = self._connection.table("newest_stories").rename(rule_story="story_id")
        told = told.left_join(stories, told["event_id"] == stories["told_id"])
        by_rule = ibis.coalesce(told["rule_story"], told["event_id"])
        return told.mutate(standing=told["counting"].notnull(), by_rule=by_rule)

    def held(self) -> Held:
        """The columns that questions touch, in memory; made when first asked for.

        Up to MOST_ROWS events are held whole: a lookup by id reads all files of the store.
        """
        if self._held is None:
            stored = self._connection.table("events").aggregate(rows=ibis._.count())
            few = self.fetch(stored)["rows"][0].as_py() <= MOST_ROWS
            columns = tuple(EVENT_COLUMNS) if few else COLUMNS
            self._held = Held(self.fetch(self.events().select(*columns)))
        return self._held

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


def _changed(log: tuple[str, bool]) -> int:
    """When a log folder changed last, in ns; 0 for a younger table that is not there."""
    path, may_miss = log
    try:
        return os.stat(path).st_mtime_ns
    except FileNotFoundError:
        if may_miss:
            return 0
        raise


def resolve_joins(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(story, the story it is shown under) for stories that were joined, also over chains.

    The story that others were joined to keeps its id; a join that closes a circle changes nothing.
    """
    into: dict[int, int] = {}

    def root(story: int) -> int:
        while story in into:
            story = into[story]
        return story

    for apart, other in pairs:
        if root(apart) != root(other):
            into[root(apart)] = root(other)
    return [(story, root(story)) for story in sorted(into)]


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
