"""One consistent view of the store: its Delta tables as Ibis tables on an in-memory DuckDB.

The article table is opened first: its row commits an article, so all rows it refers to exist.
This module handles versions, files and in-memory columns; `events.current_rows` selects the
current rows."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from ibis.expr import types as ir

from events.columns import EVENT_COLUMNS
from events.columns_in_memory import Columns, EventColumns, Ints
from events.counts import COUNTED
from events.current_rows import edits_with_standing, make_views
from events.filters import Filters
from events.frames import as_frame
from events.store import Store, damaged
from events.tables import LATER_TABLES, SCHEMAS
from events.word_search import contains_words

ORDER = ("articles", "events", "mentions", "left_out", "stories", "rejected", "edits", "copies")
# the tables whose new versions matter: other rows count only with the article row written last
_TELLING = ("articles", "stories", "rejected", "edits", "copies")
MOST_ROWS = 2_000_000  # up to this many events, whole rows are kept in memory
_SETTLED = 100_000_000  # ns; a younger modification time does not rule out a further write
_KEPT_SEARCHES = 16
_UNREADABLE = (duckdb.OperationalError, duckdb.InvalidInputException, duckdb.InternalError)


class Snapshot:
    """The store's tables as of the last `refresh`. Not thread-safe: `Query` holds a lock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.version: tuple[int, ...] = ()
        self._delta: dict[str, DeltaTable] = {}
        self._events: EventColumns | None = None
        self._articles: Columns | None = None
        self._stamp: tuple[int, ...] | None = None
        logs = {n: os.fspath(store.location / n / "_delta_log") for n in _TELLING}
        self._logs = [(logs[name], name in LATER_TABLES) for name in _TELLING]
        self._tables: dict[str, ir.Table] = {}
        self._connection = ibis.duckdb.connect()
        self._connection.raw_sql("SET TimeZone = 'UTC'")

    def refresh(self) -> bool:
        """Load a newer version; True if there was one. Raises StoreMissing or StoreDamaged."""
        stamp = self._log_times()
        if self.version and stamp is not None and stamp == self._stamp:
            return False
        self._stamp = stamp
        return self._load_newer_version()

    def _log_times(self) -> tuple[int, ...] | None:
        """Modification times of the tables' logs; None while they are too recent to rely on.

        Asking Delta for versions costs 3 ms per query, this 0.05. File times have steps of some
        milliseconds: a log written just now may be written again with the same time.
        """
        try:
            times = tuple(map(_changed, self._logs))
        except OSError:
            return None
        return times if time.time_ns() - max(times) > _SETTLED else None

    def _load_newer_version(self) -> bool:
        if not self._delta:
            self._delta = self._open()
        else:
            self._update()
        version = tuple(d.version() if (d := self._delta.get(n)) else -1 for n in ORDER)
        if version == self.version:
            return False
        with self._unreadable_is_damage():
            self._build()
        self.version = version
        return True

    def _build(self) -> None:
        """Create the views of the new version; `version` stays empty until they are complete."""
        self.version = ()
        self._tables.clear()
        self._events = None
        self._articles = None
        for name in ORDER:
            self._register(name)
        make_views(self._connection)

    @contextmanager
    def _unreadable_is_damage(self) -> Iterator[None]:
        """Raise StoreDamaged for a file that cannot be read."""
        try:
            yield
        except (*_UNREADABLE, pa.ArrowInvalid) as error:
            raise damaged(self.store.location, error) from error

    def _update(self) -> None:
        """Read the newest log entries; on failure reopen all tables (may raise StoreDamaged)."""
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
        """Register the edits; stores older than the column `who` get an empty one."""
        told = self._connection.read_parquet(files, table_name="edit_files", union_by_name=True)
        if "who" not in told.columns:
            told = told.mutate(who=ibis.literal(""))
        told = told.mutate(who=told["who"].fill_null(""))
        self._connection.create_view("edits", told, overwrite=True)

    def _register_events(self, files: list[str]) -> None:
        """Register the events; in stores older than place certainty, every place counts as sure."""
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

    def articles(self) -> ir.Table:
        """The current articles, without their text."""
        return self._table("newest_articles")

    def texts(self) -> ir.Table:
        """article_id, load_id, text and search of every article row; to join with `articles`."""
        return self._table("articles").select("article_id", "load_id", "text", "search")

    def events(self) -> ir.Table:
        """The events of the current articles, joined with columns of the article."""
        return self._table("current_events")

    def of_articles(self, name: str) -> ir.Table:
        """The mentions or left-out rows of the current articles."""
        return self._table(f"current_{name}")

    def edits(self) -> ir.Table:
        """All edits with `standing` and `by_rule`."""
        return edits_with_standing(self._connection)

    def event_columns(self) -> EventColumns:
        """The event columns that queries use, in memory; built at the first use.

        Up to MOST_ROWS events are kept whole, since a lookup by id would read all files.
        """
        if self._events is None:
            stored = self._connection.table("events").aggregate(rows=ibis._.count())
            few = self.fetch(stored)["rows"][0].as_py() <= MOST_ROWS
            names = _in_memory()
            table = self.fetch(self.events().select(*(EVENT_COLUMNS if few else names)))
            search = functools.lru_cache(maxsize=_KEPT_SEARCHES)(self._events_with)
            self._events = EventColumns(table, names, search)
        return self._events

    def article_columns(self) -> Columns:
        """The article columns that filters use, in memory; built once per version."""
        if self._articles is None:
            kinds = [kind for kind in Filters.kinds().values() if kind.of_articles]
            names = ("article_id", *dict.fromkeys(c for kind in kinds for c in kind.columns))
            table = self.fetch(self.articles().select(*names))
            search = functools.lru_cache(maxsize=_KEPT_SEARCHES)(self._articles_with)
            self._articles = Columns(table, names, "article_id", search)
        return self._articles

    def _events_with(self, words: str) -> Ints:
        """event_id of every event with all the words."""
        events = self.events()
        return self._ids(events.filter(contains_words(events, words)), "event_id")

    def _articles_with(self, words: str) -> Ints:
        """article_id of every current article with all the words in its title and text."""
        texts = self.texts()
        named = texts.filter(contains_words(texts, words))
        found = self.articles().semi_join(named, ["article_id", "load_id"])
        return self._ids(found, "article_id")

    def _ids(self, rows: ir.Table, name: str) -> Ints:
        ids: Ints = self.fetch(rows.select(name)).column(name).to_numpy()
        return ids

    def rejected(self) -> ir.Table:
        return self._table("rejected")

    def _table(self, name: str) -> ir.Table:
        # reading a schema from DuckDB takes 10 ms, so it is cached per version
        if name not in self._tables:
            self._tables[name] = self._connection.table(name)
        return self._tables[name]

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run it. Raises StoreDamaged where a file of the store cannot be read."""
        with self._unreadable_is_damage():
            return self._connection.to_pyarrow(expression)

    def frame(self, rows: ir.Table, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
        """Run it; those of the `columns` that it has, with their documented dtypes."""
        return as_frame(self.fetch(rows), columns)


def _in_memory() -> tuple[str, ...]:
    """The columns that counts and filters read."""
    filtered = (name for kind in Filters.kinds().values() for name in kind.columns)
    return tuple(dict.fromkeys((*COUNTED, *filtered)))


def _changed(log: tuple[str, bool]) -> int:
    """Modification time of a log folder in ns; 0 for an optional table that is missing."""
    path, may_miss = log
    try:
        return os.stat(path).st_mtime_ns
    except FileNotFoundError:
        if may_miss:
            return 0
        raise
