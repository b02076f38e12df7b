"""One consistent view of the store: its Delta tables as Ibis tables on an in-memory DuckDB.

The article table is opened first: its row commits an article, so all rows it refers to exist.
This module handles versions, files and in-memory columns; `events.current_rows` selects the
current rows."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from ibis.common.exceptions import IbisError
from ibis.expr import types as ir

from events import outlet_grades, settings, token_table
from events.annotated import tagged_rows
from events.annotations import Annotations, standing
from events.columns import EVENT_COLUMNS, GRADED_COLUMNS, JOINED_COLUMNS
from events.columns_in_memory import Bools, Columns, EventColumns, Ints, as_stored
from events.counts import COUNTED
from events.current_rows import edits_with_standing, make_views
from events.filters import Filters
from events.frames import as_frame
from events.journal import ANNOTATIONS, NOTHING, Journal
from events.listed_columns import ListedColumns
from events.search_index import Found, SearchIndex, TokenLists
from events.store import MARKER, Store, StoreDamaged
from events.store_errors import damaged
from events.stored_reports import StoredReports
from events.story_grades import StoryGrades
from events.tables import SCHEMAS
from events.tokens import ARTICLES, COVERED, EVENT, EVENTS, TEXT, TEXTS, TITLE, of_rows

ORDER = (
    "articles", "texts", "events", "mentions", "left_out", "stories", "rejected", "edits", "copies",
    "withdrawals", "alternatives",
)  # fmt: skip
# tables of which no file is looked at before somebody asks: one event is asked about at a time
_WHEN_ASKED = ("alternatives",)
# tables whose growth changes an answer: rows of an article count once its own row is there
_TELLING = ("articles", "stories", "rejected", "edits", "copies", "withdrawals")
_SEARCHED = ("attributed_to", "event_key", "article_key")
_FEW_MONTHS = 3  # of rows that are looked up: only their files are opened
# when a row was written; the rows of other tables count with those of their article
_WRITTEN = {"articles": "loaded_at", "edits": "at", "withdrawals": "at"}
_SETTLED = 100_000_000  # ns after which the time of a log says that it did not grow since
_UNREADABLE = (
    duckdb.OperationalError, duckdb.InvalidInputException, duckdb.InternalError, pa.ArrowInvalid,
)  # fmt: skip
_OTHER_COLUMNS = (IbisError, duckdb.ProgrammingError)  # a file of something else in a table's place


class Snapshot:
    """The store's tables as of the last `refresh`. Not thread-safe: `Query` holds a lock."""

    def __init__(
        self, store: Store, known_at: dt.datetime | None = None, ahead: bool = False
    ) -> None:
        """`known_at`: what was written after this moment does not count (but for stories and
        copies, which are as they are told now). `ahead`: columns that are listed are read in a
        thread, once events are looked at."""
        self.store = store
        self._known_at = known_at
        self.version: tuple[int, ...] = ()
        self.builds = 0  # how often the views were made: another number, other rows
        self._delta: dict[str, DeltaTable] = {}
        self._events: EventColumns | None = None
        self._articles: Columns | None = None
        self._grades: StoryGrades | None = None
        self._event_index: SearchIndex | None = None
        self._article_index: SearchIndex | None = None
        self._stamp: tuple[int, ...] | None = None
        logs = [os.fspath(store.location / name / "_delta_log") for name in _TELLING]
        # the marker too: a store that was restored or repaired is another one in the same place
        self._logs = [*logs, os.fspath(store.location / MARKER)]
        self._store_id: object = None
        self._journal = Journal(store.location, ANNOTATIONS)
        self._noted = NOTHING  # the stamp of the journal that was read
        self.annotations = Annotations()
        self.annotated = 0  # the number of the last commit of annotations
        self._tables: dict[str, ir.Table] = {}
        self._views: dict[str, Callable[[], None]] = {}
        self._worker = ThreadPoolExecutor(1, "lists") if ahead else None
        self._connection = ibis.duckdb.connect()
        self._connection.raw_sql("SET TimeZone = 'UTC'")
        # a file a month: reading the foot of each for every search took a fifth of it
        self._connection.raw_sql("SET parquet_metadata_cache = true")

    def refresh(self) -> bool:
        """Load a newer version; True if there was one. Raises StoreMissing or StoreDamaged."""
        noted = self._read_annotations()
        stamp = self._log_times()
        if self.version and stamp is not None and stamp == self._stamp:
            return noted
        self._stamp = stamp
        return self._load_newer_version() or noted

    def _read_annotations(self) -> bool:
        """Whether persons wrote something; the events in memory stay as they are."""
        stamp = self._journal.stamp()
        if stamp == self._noted and stamp != NOTHING:
            return False
        told = self._journal.read()
        if self._known_at:
            told = [commit for commit in told if commit.at <= self._known_at]
        changed, self._noted = stamp != self._noted, stamp
        if changed:  # rewritten, the last number may be the same
            self.annotations = standing(told)
            self.annotated = told[-1].number if told else 0
            self.builds += 1
        return changed

    def _log_times(self) -> tuple[int, ...] | None:
        """Modification times of the tables' logs; None while they are too recent to rely on.

        Asking Delta for versions costs 3 ms per query, this 0.05. File times have steps of some
        milliseconds: a log written just now may be written again with the same time.
        """
        try:
            times = tuple(os.stat(path).st_mtime_ns for path in self._logs)
            times = (*times, outlet_grades.written(self.store.location))
        except OSError:
            return None
        return times if time.time_ns() - max(times) > _SETTLED else None

    def _load_newer_version(self) -> bool:
        store_id = self.store.marker()["id"]
        if not self._delta or store_id != self._store_id:
            self._delta, self._store_id, self.version = self._open(), store_id, ()
        else:
            self._update()
        stated = outlet_grades.stamp(self.store.location)
        version = (*(self._delta[name].version() for name in ORDER), *stated)
        if version == self.version:
            return False
        with self._unreadable_is_damage(*_OTHER_COLUMNS):
            self._build()
        self.version = version
        self.builds += 1
        return True

    def _build(self) -> None:
        """Create the views of the new version; `version` stays empty until they are complete."""
        self.version = ()
        self._tables.clear()
        if self._events is not None:
            self._events.listed.stop()
        self._events = None
        self._articles = None
        self._event_index = None
        self._article_index = None
        for name in ORDER:  # a view of files that are gone stops DuckDB from listing any
            self._connection.raw_sql(f"DROP VIEW IF EXISTS {name}")
        for name in ORDER:
            if name not in _WHEN_ASKED:
                self._register(name)
        grades = outlet_grades.read(self.store.location)
        self._views = make_views(self._connection, grades.reliability)
        self._grades = None

    @contextmanager
    def _unreadable_is_damage(self, *more: type[Exception]) -> Iterator[None]:
        """Raise StoreDamaged for a file that cannot be read."""
        try:
            yield
        except (*_UNREADABLE, *more) as error:
            raise damaged(self.store.location, error) from error

    def _update(self) -> None:
        """Read the newest log entries; a table that lacks something is damage, said as such."""
        stated = {name: self.store.stated(name) for name in ORDER}
        try:
            for delta in self._delta.values():
                delta.update_incremental()
        except (DeltaError, OSError, ValueError):
            self._delta, self.version = {}, ()
            self._delta = self._open()
            return
        for name, delta in self._delta.items():
            self.store.verify(name, delta, stated[name])

    def _open(self) -> dict[str, DeltaTable]:
        return {name: self.store.open_table(name) for name in ORDER}

    def _register(self, name: str) -> None:
        files = self._delta[name].file_uris()
        if files and self._known_at and name in _WRITTEN:
            told = self._connection.read_parquet(files, hive_partitioning=False)
            known = told.filter(told[_WRITTEN[name]] <= ibis.literal(self._known_at))
            self._connection.create_view(name, known, overwrite=True)
        elif files:  # what Ibis makes of files is seen by its own connection alone
            listed = ", ".join("'{}'".format(file.replace("'", "''")) for file in files)
            self._connection.raw_sql(
                f"CREATE OR REPLACE VIEW {name} AS "
                f"SELECT * FROM read_parquet([{listed}], hive_partitioning = {name == 'events'}, "
                "hive_types_autocast = false)"
            )
        else:
            empty = SCHEMAS[name].empty_table()
            self._connection.create_view(name, ibis.memtable(empty), overwrite=True)

    def articles(self) -> ir.Table:
        """The current articles, without their text."""
        return self._table("newest_articles")

    def texts(self) -> ir.Table:
        """article_id, load_id and text of every article row; join it with `articles`."""
        return self._table("texts").select("article_id", "load_id", "text")

    def events(self) -> ir.Table:
        """The events of the current articles, joined with columns of the article."""
        return self._table("current_events")

    def of_articles(self, name: str) -> ir.Table:
        """The mentions or left-out rows of the current articles."""
        return self._table(f"current_{name}")

    def alternatives(self) -> ir.Table:
        """The other answers of all events, of older revisions too; looked at when first asked."""
        if "alternatives" not in self._tables:
            with self._unreadable_is_damage(*_OTHER_COLUMNS):
                self._register("alternatives")
        return self._table("alternatives")

    def edits(self) -> ir.Table:
        """All edits with `standing` and `by_rule`."""
        return edits_with_standing(self._connection)

    def event_columns(self) -> EventColumns:
        """The event columns that queries use, in memory; built at the first use."""
        if self._events is None:
            names = _in_memory()
            found, graded = self.found_events, self.grades
            told = self.fetch(self.events().select(*names))
            self._events = EventColumns(
                told,
                names,
                lambda text: found(text).rows,
                lambda: graded().column(),
                self._tagged,
                self._listed(told),
            )
        return self._events

    def _tagged(self, names: Collection[str]) -> Bools:
        return tagged_rows(self.event_columns(), self.annotations, names)

    def _listed(self, told: pa.Table) -> ListedColumns:
        """The columns of lists that the arrays of `told` do not tell, held up to the setting
        store.events_in_memory."""
        others = [n for n in EVENT_COLUMNS if n not in (*GRADED_COLUMNS, *as_stored(told))]
        own = [name for name in others if name not in JOINED_COLUMNS]
        joined = [name for name in others if name in JOINED_COLUMNS]

        def whole() -> tuple[pa.Table, ...]:
            events = self._read("current_events", ["event_id", *own])
            return events, self._read("newest_articles", ["article_id", *joined])

        few = told.num_rows <= settings.number("store.events_in_memory")
        return ListedColumns(told.num_rows, self._look_up, whole if few else None, self._worker)

    def _read(self, name: str, columns: Sequence[str]) -> pa.Table:
        """Columns of a view, whole, through a connection of its own: any thread may ask."""
        named = ", ".join(f'"{column}"' for column in columns)
        with self._unreadable_is_damage(), self._connection.con.cursor() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.sql(f"SELECT {named} FROM {name}").to_arrow_table()

    def _look_up(self, rows: Ints, names: Sequence[str]) -> pa.Table:
        """Columns of some rows of the events in memory, in their order."""
        columns, events = self.event_columns(), self.events()
        months = columns.months(rows)
        if 0 < len(months) <= _FEW_MONTHS:  # with many, DuckDB joins the other way, at great cost
            events = events.filter(events["month"].isin(months))
        told = {"event_id": columns.number("event_id")[rows], "place": range(len(rows))}
        order = ibis.memtable(told, schema={"event_id": "int64", "place": "int64"})
        found = events.select("event_id", *names).join(order, "event_id")
        return self.fetch(found.order_by("place").select(*names))

    def grades(self) -> StoryGrades:
        """The credibility of stories."""
        if self._grades is None:
            stored = StoredReports(self.fetch, self.articles(), self.texts(), self.edits())
            self._grades = StoryGrades(self.event_columns(), stored)
        return self._grades

    def article_columns(self) -> Columns:
        """The article columns that filters use, in memory; built once per version."""
        if self._articles is None:
            kinds = [kind for kind in Filters.kinds().values() if kind.of_articles]
            filtered = (column for kind in kinds for column in kind.columns)
            names = tuple(dict.fromkeys(("article_id", "load_id", "source", *filtered)))
            articles = self.articles()
            told = articles.select(*names, article_key=articles["article_id"] ^ articles["load_id"])
            named = (*names, "article_key")
            self._articles = Columns(self.fetch(told), named, self._articles_with)
        return self._articles

    def found_events(self, text: str) -> Found:
        """The events in memory that a search text finds."""
        if self._event_index is None:
            self._event_index = SearchIndex(self.event_columns(), self._tokens(EVENT, TITLE))
        return self._event_index.search(text)

    def _articles_with(self, text: str) -> Bools:
        if self._article_index is None:
            self._article_index = SearchIndex(self.article_columns(), self._tokens(TITLE, TEXT))
        return self._article_index.search(text).rows

    def _tokens(self, *parts: str) -> TokenLists:
        """The tokens of these parts; those of articles that their table lacks are made here."""
        stored = self._stored_tokens((COVERED, *parts))
        articles = self.fetch(self.articles().select(*ARTICLES))
        fresh = token_table.lacking(articles, stored)
        if fresh.num_rows:
            rows = self._rows_of(fresh, self.events_as_read(), EVENTS, EVENT in parts)
            texts = self._rows_of(fresh, self.texts(), TEXTS, TEXT in parts)
            stored = pa.concat_tables([stored, of_rows(fresh, rows, texts)])
        if EVENT in parts:
            events = self.events()
            by_hand = events.filter(events["event_key"] < 0)
            told = self.fetch(by_hand.select("event_key", "quote", "headline"))
            stored = pa.concat_tables([stored, token_table.of_edited(told)])
        return TokenLists(stored)

    def _rows_of(
        self, articles: pa.Table, table: ir.Table, columns: tuple[str, ...], wanted: bool
    ) -> pa.Table:
        """The rows of some articles; none where they are not wanted."""
        mine = table.semi_join(ibis.memtable(articles), ["article_id", "load_id"])
        return self.fetch(mine.select(*columns).limit(None if wanted else 0))

    def _stored_tokens(self, parts: tuple[str, ...]) -> pa.Table:
        """Rows of the table of tokens; none where it is missing or damaged, as `check` says."""
        try:
            with self._unreadable_is_damage(*_OTHER_COLUMNS):
                files = self.store.open_table(token_table.NAME).file_uris()
                rows = self._connection.read_parquet(files, hive_partitioning=False)
                found = self.fetch(rows.filter(rows["part"].isin(parts)))
        except (StoreDamaged, IndexError):  # DuckDB reads no list of no files
            return SCHEMAS[token_table.NAME].empty_table()
        return found.cast(SCHEMAS[token_table.NAME])

    def events_as_read(self) -> ir.Table:
        """All rows of events, of older revisions too, before persons' edits."""
        return self._table("events")

    def rejected_events(self) -> ir.Table:
        """What persons said to be no event, with columns of the article."""
        return self._table("rejected_events")

    def withdrawals(self) -> ir.Table:
        """The standing withdrawals with `title` and `source`."""
        return self._table("standing_withdrawals")

    def rejected(self) -> ir.Table:
        return self._table("rejected")

    def _table(self, name: str) -> ir.Table:
        # reading a schema from DuckDB takes 10 ms, so it is cached per version
        if name not in self._tables:
            with self._unreadable_is_damage(*_OTHER_COLUMNS):
                if name in self._views:
                    self._views.pop(name)()
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
    return tuple(dict.fromkeys((*COUNTED, *filtered, *_SEARCHED)))
