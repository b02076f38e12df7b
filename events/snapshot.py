"""One consistent view of the store: its Delta tables as Ibis tables on an in-memory DuckDB.

The article table is opened first: its row commits an article, so all rows it refers to exist.
This module handles versions, files and in-memory columns; `events.current_rows` selects the
current rows."""

from __future__ import annotations

import datetime as dt
import functools
import glob
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from ibis.backends.duckdb import Backend
from ibis.common.exceptions import IbisError
from ibis.expr import types as ir

from events import kept_file, manifest, outlet_grades, settings, token_table
from events.annotated import tagged_rows
from events.annotations import Annotations, standing
from events.columns import JOINED_COLUMNS
from events.columns_in_memory import Bools, Columns, EventColumns, Ints, as_stored
from events.conditions import column_names, literal
from events.counted_events import CountedEvents
from events.counts import counted_columns
from events.current_rows import make_views, views_of_held
from events.filters import Filters
from events.frames import as_frame
from events.held_tables import View, give_table
from events.journal import ANNOTATIONS, NOTHING, Journal
from events.laid_edits import (
    OF_STORIES,
    AsRead,
    Standing,
    in_force,
    keep_before,
    lay_edits,
    look_up,
)
from events.large_store import Held, LargeStore
from events.listed_columns import ListedColumns
from events.rows_in_files import ASKED, IDS, OF_IDS, columns_of_lists, rows_of
from events.scratch import private_folder
from events.search_in_files import TOKENS
from events.search_index import Found, SearchIndex, TokenLists
from events.store import MARKER, Store, StoreDamaged
from events.store_errors import StoreError, damaged, is_without_room, not_worked_out
from events.stored_reports import StoredReports
from events.story_grades import StoryGrades
from events.tables import SCHEMAS, month_of
from events.tokens import ARTICLES, COVERED, EVENT, EVENTS, TEXT, TEXTS, TITLE, of_rows

ORDER = (
    "articles", "texts", "events", "mentions", "left_out", "stories", "rejected", "edits", "copies",
    "withdrawals", "alternatives",
)  # fmt: skip
# tables of which no file is looked at before somebody asks: one event is asked about at a time
_WHEN_ASKED = ("alternatives",)
# tables whose growth changes an answer: rows of an article count once its own row is there
_TELLING = ("articles", "stories", "rejected", "edits", "copies", "withdrawals")
_TOKENS = ", ".join(SCHEMAS[token_table.NAME].names)
_PROGRAM_MB, _LEAST_MB = 500, 200  # what the program takes itself; the least left to DuckDB
_KEPT = 100_000  # events whose rows are kept as told, so that an edit changes its own alone
_FEW_MONTHS = 3  # of rows that are looked up: only their files are opened
# when a row was written; the rows of other tables count with those of their article
_WRITTEN = {"articles": "loaded_at", "edits": "at", "withdrawals": "at"}
_SETTLED = 100_000_000  # ns after which the time of a log says that it did not grow since
_OURS = (duckdb.ProgrammingError, duckdb.NotSupportedError, duckdb.InterruptException)
_OF_FILES = (duckdb.InvalidInputException,)  # of _OURS, those that files cause
_HELD_EDITS = "held_edits"  # in memory: each decision is a file, and all would be opened again
# of DuckDB's own working files, not of the store's
_OF_SCRATCH = (duckdb.OutOfMemoryException, duckdb.FatalException)
_CORRUPT = "Corrupt database file"  # the store has none: its files are Parquet
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
        self.loads = 0  # how often for more than edits
        self._is_asked = False
        self._delta: dict[str, DeltaTable] = {}
        self._listed_files: dict[str, list[str]] = {}
        self._whole: Held | None = None
        self._told: pa.Table | None = None  # what it was made of
        self._as_read: AsRead = {}
        self._large: LargeStore | None = None
        self._reports: StoredReports | None = None
        self._articles: Columns | None = None
        self._event_index: SearchIndex | None = None
        self._article_index: SearchIndex | None = None
        self._stamp: tuple[int, ...] | None = None
        logs = [os.fspath(store.location / name / "_delta_log") for name in _TELLING]
        # the marker too: a store that was restored or repaired is another one in the same place
        self._logs = [*logs, os.fspath(store.location / MARKER)]
        self._store_id: object = None
        # tables whose files tell their month; DuckDB takes "a=b" above the store for a month, too
        self._by_month = () if "=" in os.fspath(store.location) else ("events",)
        self._journal = Journal(store.location, ANNOTATIONS)
        self._noted = NOTHING  # the stamp of the journal that was read
        self.annotations = Annotations()
        self.annotated = 0  # the number of the last commit of annotations
        self._tables: dict[str, ir.Table] = {}
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._erased: int | None = None  # articles that were, when the working file was begun
        self._counted: CountedEvents | None = None
        self._counted_of: tuple[int, ...] = ()  # the version whose rows it holds
        self._views: dict[str, View] = {}
        self._worker = ThreadPoolExecutor(1, "lists") if ahead else None
        self._connection = _connected()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Look for a newer version, but not within an answer that is under way: it would be made of
        two versions."""
        if self._is_asked:
            yield
            return
        self.refresh()
        self._is_asked = True
        try:
            yield
        finally:
            self._is_asked = False

    def refresh(self) -> bool:
        """Load a newer version; True if there was one. Raises StoreMissing or StoreDamaged."""
        if not self.store.look() and self.version:
            return False
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
        store_id = self.store.identity()
        if not self._delta or store_id != self._store_id:
            self._delta, self._store_id, self.version = self._open(), store_id, ()
            self._leave_scratch()
            is_begun = self._begin_with_kept()
        else:
            is_begun = False
            self._update()
        stated = outlet_grades.stamp(self.store.location)
        version = (*(self._delta[name].version() for name in ORDER), *stated)
        if version == self.version and not is_begun:
            return False
        with self._unreadable_is_damage(*_OTHER_COLUMNS):
            are_edits = self._only_edits_came(version)  # or nothing
            if is_begun and are_edits:
                self._views = views_of_held(self._connection)
            if not are_edits:
                self._build()
            elif version != self.version:
                self._take_edits()
        self.version = version
        self.builds += 1
        return True

    def _only_edits_came(self, version: tuple[int, ...]) -> bool:
        others = [n for n in range(len(version)) if n != ORDER.index("edits")]
        if [self.version[n : n + 1] for n in others] != [version[n : n + 1] for n in others]:
            return False
        return set(self._listed_files["edits"]) <= set(self._files("edits", self._delta["edits"]))

    def _take_edits(self) -> None:
        """Lay new edits over what is in memory; `version` stays empty meanwhile. To make all views
        and columns anew for each decision of a team took most of a busy server's time."""
        before, self.version = in_force(self._connection), ()
        files = self._files("edits", self._delta["edits"])
        new = sorted(set(files) - set(self._listed_files["edits"]))
        self._listed_files["edits"] = files
        if new:
            rows = self._rows_in("edits", new)
            self._connection.raw_sql(f"INSERT INTO {_HELD_EDITS} BY NAME SELECT * FROM {rows}")
            self._look_up_edited(self.ask(f"SELECT DISTINCT event_id FROM {rows}"))
        lay_edits(self._connection, self._as_read)
        self._large = self._event_index = None
        self._reports = self._reports.after_edits() if self._reports else None
        known, self._whole = self._whole, None
        if known is not None:
            known.columns.listed.stop()
            self._whole = self._laid_over(known, before ^ in_force(self._connection))

    def _look_up_edited(self, edited: pa.Table) -> None:
        """Read the rows that edits are laid over from the files of their months alone, where they
        are events in memory."""
        if self._whole is None:
            return
        columns = self._whole.columns
        events = set(edited.column("event_id").to_pylist()) - self._as_read.keys()
        rows = np.flatnonzero(np.isin(columns.number("event_id"), list(events)))
        files = self._event_files(set(columns.months(rows))) if rows.size else []
        if files and self._by_month:
            known = set(columns.number("event_id")[rows].tolist())
            found: AsRead = {}
            look_up(self._connection, known, found, self._rows_in("events", files))
            self._as_read |= {event: row for event, row in found.items() if row}

    def _laid_over(self, known: Held, changed: Standing) -> Held | None:
        """What is in memory with the rows of edited events as they are now; None where they are to
        be read again: an edit of stories changes the rows of other events."""
        if self._told is None or any(each.field in OF_STORIES for each in changed):
            return None
        events = {each.event_id for each in changed}
        counted, own = self._told.column_names, self._own_columns(self._told)
        named = column_names(dict.fromkeys((*counted, "event_id", *own)))
        keep_before(self._connection, events, self._as_read)
        self._table("laid_events")  # the view is made when it is first asked for
        mine = f"event_id IN ({', '.join(map(str, events)) or 'NULL'})"
        fresh = self.ask(f"SELECT {named} FROM laid_events WHERE {mine}")
        stay = pc.invert(
            pc.is_in(self._told.column("event_id"), pa.array(list(events), pa.int64()))
        )
        told = pa.concat_tables([self._told.filter(stay), fresh.select(counted)]).combine_chunks()
        listed = known.columns.listed.over(told.num_rows, fresh.select(["event_id", *own]))
        self._told = told
        return self._held(told, listed)

    def _build(self) -> None:
        """Create the views of the new version; `version` stays empty until they are complete."""
        self.version = ()
        self.loads += 1
        self._forget_rows()
        files = {n: self._files(n, self._delta[n]) for n in ORDER if n not in _WHEN_ASKED}
        is_large = self._is_large()
        erased = self._number_erased() if is_large else None
        # what was begun between an erasure and the end of it may hold edits that went
        gone = set(self._listed_files.get("edits", ())) - set(files["edits"])
        if erased != self._erased or (erased and gone):
            self._leave_scratch()
        self._erased = erased
        self._connect(is_large)
        self._listed_files = files
        for name in (*ORDER, ASKED, TOKENS):  # those of files that are gone hide all others
            self._connection.raw_sql(f"DROP VIEW IF EXISTS {name}")
        for name, paths in files.items():
            self._register(name, paths)
        grades = outlet_grades.read(self.store.location)
        self._views = make_views(self._connection, grades.reliability, self._as_read)

    def _forget_rows(self) -> None:
        """Give up what is in memory of the rows of a version."""
        self._tables.clear()
        if self._whole is not None:
            self._whole.columns.listed.stop()
        self._whole = self._told = None
        self._as_read = {}
        self._large = None
        self._reports = None
        self._articles = None
        self._event_index = None
        self._article_index = None

    @contextmanager
    def _unreadable_is_damage(self, *more: type[Exception]) -> Iterator[None]:
        """Raise StoreDamaged for a file that cannot be read, NotWorkedOut for a working file."""
        try:
            yield
        except (duckdb.Error, pa.ArrowInvalid, *more) as error:
            if isinstance(error, _OURS) and not isinstance(error, (*_OF_FILES, *more)):
                raise
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> StoreError:
        """What to raise; working files that failed are given up, the next look makes others."""
        folder = Path(self._scratch.name) if self._scratch else None
        if folder is None or not _is_of_scratch(error, folder):
            return damaged(self.store.location, error)
        if _CORRUPT in str(error):
            with suppress(OSError):
                kept_file.forget(self.store.location)
        told = not_worked_out(folder.parent, error)
        self._leave_scratch()
        self.version = ()
        return told

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

    def _register(self, name: str, files: Sequence[str]) -> None:
        """Make a view of a table's files. In SQL: what Ibis makes of files, or of rows in memory,
        is seen by its own connection alone, and lists are read through others."""
        rows = self._rows_in(name, files)
        if not files:
            rows = f"empty_{name}"
            self._give(rows, SCHEMAS[name].empty_table())
        if name == "edits":
            kept = f"CREATE OR REPLACE TABLE {_HELD_EDITS} AS SELECT * FROM {rows}"
            self._connection.raw_sql(kept)
            rows = _HELD_EDITS
        known = ""
        if self._known_at and name in _WRITTEN:
            moment = literal(self._known_at.isoformat())
            known = f' WHERE "{_WRITTEN[name]}" <= TIMESTAMPTZ {moment}'
        self._connection.raw_sql(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {rows}{known}")

    def _rows_in(self, name: str, files: Sequence[str]) -> str:
        """SQL of the rows in some files of a table."""
        told = ", ".join(map(literal, sorted(files)))  # by month, as their rows are
        by_month = name in self._by_month
        return (
            f"read_parquet([{told}], hive_types_autocast = false, hive_partitioning = {by_month})"
        )

    def _files(self, name: str, table: DeltaTable) -> list[str]:
        """Paths of a table's files as DuckDB reads them: Delta's own are quoted like addresses."""
        folder = self.store.location / name
        return [glob.escape(os.fspath(folder / file)) for file in manifest.files_of(table)]

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
                self._register(
                    "alternatives", self._files("alternatives", self._delta["alternatives"])
                )
        return self._table("alternatives")

    def edits(self) -> ir.Table:
        """All edits with `standing` and `by_rule`."""
        return self._table("told_edits")

    def large(self) -> LargeStore | None:
        """What is asked of the files of a store with more events than are held in memory (the
        setting store.events_in_memory); None where all are."""
        if self._large is None and self._counted is not None:
            if self._counted_of != self.version:
                self._count(self._counted)
            self._large = LargeStore(
                self.ask,
                self._give_for_now,
                self._hold,
                self._give_tokens,
                lambda: self.annotations,
            )
        return self._large

    def _count(self, counted: CountedEvents) -> None:
        """Bring the table of what is counted up to date; keep it for others where much is new."""
        for name in ("current_events", "told_events"):
            self._table(name)  # a view is made when it is first asked for
        self._counted_of = ()
        with self._unreadable_is_damage():
            counted.bring_up_to_date()
            self._counted_of = self.version
            if counted.is_much_new() and self._scratch and not self._known_at:
                file = Path(self._scratch.name, kept_file.NAME)
                kept_file.put(self.store.location, file, self._state(), self._connection.con)
                counted.new = 0

    def _state(self) -> kept_file.State:
        """What the tables in the working file are of."""
        return kept_file.State(
            os.fspath(self.store.location),
            str(self._store_id),
            self.version,
            self._listed_files,
            self._erased or 0,
            kept_file.program(),
        )

    def _begin_with_kept(self) -> bool:
        """Begin with what another process worked out of a large store and kept beside it, if there
        is any: then `version` is the one that it is of."""
        if self._known_at or not self._is_large():
            return False
        self._connect(True, with_kept=True)
        state = kept_file.state_of(self._connection.con)
        mine = (os.fspath(self.store.location), str(self._store_id), self._number_erased())
        told = (state.location, state.store, state.erased) if state else None
        if state is None or told != mine or self._is_of_other_files(state):
            self._leave_scratch()
            return False
        assert self._counted is not None
        self._forget_rows()
        self.version = self._counted_of = state.version
        self._listed_files = {name: list(files) for name, files in state.files.items()}
        self._erased, self._counted.is_made = state.erased, True
        self.loads += 1
        return True

    def _is_of_other_files(self, state: kept_file.State) -> bool:
        """Whether a table has the version of what was kept and other files: a copy of the folder
        was put back, and something else was written since."""
        versions = dict(zip(ORDER, state.version, strict=False))
        same = (name for name in state.files if versions[name] == self._delta[name].version())
        return any(
            set(state.files[name]) != set(self._files(name, self._delta[name])) for name in same
        )

    def _number_erased(self) -> int:
        """How many articles are erased."""
        told = self.store.read("withdrawals", ["action"], opened=self._delta["withdrawals"])
        return int(pc.sum(pc.equal(told.column("action"), "erased")).as_py() or 0)

    def _is_large(self) -> bool:
        """Whether the files of events have more rows, by the log of the table, than are held."""
        told = pa.table(self._delta["events"].get_add_actions(flatten=True))
        stored = int(pc.sum(told.column("num_records")).as_py() or 0)
        return stored > settings.number("store.events_in_memory")

    def _connect(self, is_large: bool, with_kept: bool = False) -> None:
        """Work in memory, or for a large store in a file of a folder that goes with this object.
        with_kept: begin with a copy of the kept one."""
        if is_large and self._scratch is None:
            try:
                self._scratch = private_folder()
            except OSError as error:
                raise not_worked_out(Path(tempfile.gettempdir()), error) from error
            folder = Path(self._scratch.name)
            if with_kept and kept_file.take(self.store.location, folder / kept_file.NAME):
                self._connection = self._opened_copy(folder)
            else:
                self._connection = _connected(folder)
            self._counted = CountedEvents(
                self._connection.con, counted_columns(), bool(self._by_month)
            )
        elif not is_large:
            self._leave_scratch()

    def _opened_copy(self, folder: Path) -> Backend:
        """A copy of what was kept; what cannot be opened is given up, here and there."""
        try:
            return _connected(folder)
        except duckdb.Error:
            with suppress(OSError):
                kept_file.forget(self.store.location)
            (folder / kept_file.NAME).unlink()
            return _connected(folder)

    def _leave_scratch(self) -> None:
        """Delete what was worked out of the files: it may hold rows that are erased, or ids that
        now are of others."""
        if self._scratch is None:
            return
        with suppress(duckdb.Error):
            self._connection.disconnect()
        self._scratch.cleanup()
        self._scratch, self._connection = None, _connected()
        self._counted = self._large = self._erased = None
        self._counted_of = ()

    def whole(self) -> Held:
        """All events of a store that is held in memory; read at the first use."""
        if self._whole is None:
            self._whole = self._hold_all()
        return self._whole

    def _hold_all(self) -> Held:
        """Hold all events: the columns that counts and filters read; the others, which are listed,
        are looked up or held when rows are asked for."""
        told = self.fetch(self.events().select(*counted_columns()))
        self._told = told if told.num_rows <= _KEPT else None
        return self._held(told, self._listed(told))

    def _hold(self, wanted: pa.Table) -> Held:
        """Hold whole rows of some events (event_id, first, last). What is counted is at hand; the
        rest is taken from the files of their months before it is joined with anything."""
        self._give_for_now(IDS, wanted.select(["event_id"]))
        files = self._event_files(_months_of(wanted))
        stored = self._rows_in("events", files) if files else "(SELECT * FROM events LIMIT 0)"
        with self._unreadable_is_damage():
            rows = f"SELECT * FROM {stored} WHERE {OF_IDS}"
            self._connection.raw_sql(f"CREATE OR REPLACE VIEW {ASKED} AS {rows}")
        counted, parts = rows_of(self.ask, self._give_for_now, wanted)
        return self._held(counted, ListedColumns(0, self._look_up, lambda: parts))

    def _event_files(self, months: Set[str]) -> list[str]:
        """The files of some months: to pass over the others in the view takes longer than to read
        these. All where files do not tell their month."""
        files = self._listed_files["events"]
        if not self._by_month:
            return files
        return [f for f in files if os.path.dirname(f).rpartition("=")[2] in months]

    def _held(self, told: pa.Table, listed: ListedColumns) -> Held:
        columns = EventColumns(
            told,
            counted_columns(),
            lambda text: self.found_events(text).rows,
            lambda: held.grades().column(),
            lambda tags: tagged_rows(columns, self.annotations, tags),
            listed,
        )
        held = Held(columns, functools.cache(lambda: self._graded(columns)))
        return held

    def _graded(self, columns: EventColumns) -> StoryGrades:
        if self._reports is None:
            self._reports = StoredReports(self.ask, self._give_for_now)
        return StoryGrades(columns, self._reports)

    def ask(self, sql: str) -> pa.Table:
        """What SQL over the views tells. Raises StoreDamaged as `fetch`."""
        with self._unreadable_is_damage():
            told: pa.Table = self._connection.con.sql(sql).to_arrow_table()
        return told

    def _give(self, name: str, table: pa.Table) -> None:
        """Store rows as a table that SQL and views may name."""
        give_table(self._connection, name, table)

    def _give_for_now(self, name: str, table: pa.Table) -> None:
        """The same for this connection alone: nothing is written to the disk."""
        give_table(self._connection, name, table, "TEMP TABLE")

    def _give_tokens(self) -> None:
        """Make the view of all tokens that a search in files asks; a damaged table is not in it."""
        files = self._token_files(with_their_bytes=True)
        told = self._read_tokens(files, (COVERED,))
        stored = SCHEMAS[token_table.NAME].empty_table() if told is None else told
        articles = self.fetch(self.articles().select(*ARTICLES))
        made = self._made_tokens(token_table.lacking(articles, stored), EVENT, TITLE)
        self._give("tokens_made", made.cast(SCHEMAS[token_table.NAME]))
        rows = f"SELECT {_TOKENS} FROM tokens_made"
        if told is not None:
            listed = ", ".join(map(literal, files))
            rows += (
                f" UNION ALL SELECT {_TOKENS} "
                f"FROM read_parquet([{listed}], hive_partitioning = false)"
            )
        self._connection.raw_sql(
            f"CREATE OR REPLACE VIEW {TOKENS} AS SELECT * FROM ({rows}) "
            f"WHERE part IN ('{EVENT}', '{TITLE}')"
        )

    def _listed(self, told: pa.Table) -> ListedColumns:
        """The columns of lists that the arrays of `told` do not tell."""
        own = self._own_columns(told)
        joined = [name for name in columns_of_lists(as_stored(told)) if name in JOINED_COLUMNS]

        def whole() -> tuple[pa.Table, ...]:
            events = self._read("current_events", ["event_id", *own])
            return events, self._read("newest_articles", ["article_id", *joined])

        return ListedColumns(told.num_rows, self._look_up, whole, self._worker)

    def _own_columns(self, told: pa.Table) -> list[str]:
        """Those of them that events have, not their articles."""
        return [name for name in columns_of_lists(as_stored(told)) if name not in JOINED_COLUMNS]

    def _read(self, name: str, columns: Sequence[str]) -> pa.Table:
        """Columns of a view, whole, through a connection of its own: any thread may ask."""
        named = column_names(columns)
        with self._unreadable_is_damage(), self._connection.con.cursor() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.sql(f"SELECT {named} FROM {name}").to_arrow_table()

    def _look_up(self, rows: Ints, names: Sequence[str]) -> pa.Table:
        """Columns of some rows of the events in memory, in their order."""
        columns, events = self.whole().columns, self.events()
        months = columns.months(rows)
        # with many, DuckDB joins the other way, at great cost
        if self._by_month and 0 < len(months) <= _FEW_MONTHS:
            events = events.filter(events["month"].isin(months))
        told = {"event_id": columns.number("event_id")[rows], "place": range(len(rows))}
        order = ibis.memtable(told, schema={"event_id": "int64", "place": "int64"})
        found = events.select("event_id", *names).join(order, "event_id")
        return self.fetch(found.order_by("place").select(*names))

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
            self._event_index = SearchIndex(self.whole().columns, self._tokens(EVENT, TITLE))
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
        return TokenLists(pa.concat_tables([stored, self._made_tokens(fresh, *parts)]))

    def _made_tokens(self, fresh: pa.Table, *parts: str) -> pa.Table:
        """The tokens of some articles, and of the events that persons edited."""
        made = [SCHEMAS[token_table.NAME].empty_table()]
        if fresh.num_rows:
            rows = self._rows_of(fresh, self.events_as_read(), EVENTS, EVENT in parts)
            texts = self._rows_of(fresh, self.texts(), TEXTS, TEXT in parts)
            made.append(of_rows(fresh, rows, texts))
        if EVENT in parts:
            events = self.events()
            by_hand = events.filter(events["event_key"] < 0)
            told = self.fetch(by_hand.select("event_key", "quote", "headline"))
            made.append(token_table.of_edited(told))
        return pa.concat_tables(made)

    def _rows_of(
        self, articles: pa.Table, table: ir.Table, columns: tuple[str, ...], wanted: bool
    ) -> pa.Table:
        """The rows of some articles; none where they are not wanted."""
        mine = table.semi_join(ibis.memtable(articles), ["article_id", "load_id"])
        return self.fetch(mine.select(*columns).limit(None if wanted else 0))

    def _stored_tokens(self, parts: tuple[str, ...]) -> pa.Table:
        """Rows of the table of tokens; none where it is missing or damaged, as `check` says."""
        found = self._read_tokens(self._token_files(), parts)
        return SCHEMAS[token_table.NAME].empty_table() if found is None else found

    def _read_tokens(self, files: list[str], parts: tuple[str, ...]) -> pa.Table | None:
        """Rows of these files; None where there are none or one is damaged."""
        if not files:
            return None
        try:
            with self._unreadable_is_damage(*_OTHER_COLUMNS):
                rows = self._connection.read_parquet(files, hive_partitioning=False)
                found = self.fetch(rows.filter(rows["part"].isin(parts)))
        except StoreDamaged:
            return None
        return found.cast(SCHEMAS[token_table.NAME])

    def _token_files(self, with_their_bytes: bool = False) -> list[str]:
        """The files of the table of tokens; none where it is damaged, by its log or also by the
        bytes of its files."""
        name = token_table.NAME
        try:
            table = self.store.open_table(name)
        except StoreDamaged:
            return []
        if with_their_bytes and manifest.changed(
            self.store.location, name, manifest.files_of(table)
        ):
            return []
        return self._files(name, table)

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
        if name not in self._tables:
            with self._unreadable_is_damage(*_OTHER_COLUMNS):
                make = self._views.pop(name, None)
                self._tables[name] = make() if make else self._connection.table(name)
        return self._tables[name]

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run it. Raises StoreDamaged where a file of the store cannot be read."""
        with self._unreadable_is_damage():
            return self._connection.to_pyarrow(expression)

    def frame(self, rows: ir.Table, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
        """Run it; those of the `columns` that it has, with their documented dtypes."""
        return as_frame(self.fetch(rows), columns)


def _connected(folder: Path | None = None) -> Backend:
    """DuckDB in memory; with a folder in a file there, and no more of it in memory than the setting
    store.memory_mb leaves."""
    made = ibis.duckdb.connect(folder / kept_file.NAME if folder else ":memory:")
    made.raw_sql("SET TimeZone = 'UTC'")
    # a file a month: reading the foot of each for every search took a fifth of it
    made.raw_sql("SET parquet_metadata_cache = true")
    if folder:
        most = max(_LEAST_MB, settings.number("store.memory_mb") - _PROGRAM_MB)
        made.raw_sql(f"SET memory_limit = '{most:.0f}MB'")
        made.raw_sql(f"SET temp_directory = {literal(os.fspath(folder / 'spilled'))}")
        made.raw_sql("SET preserve_insertion_order = false")
    return made


def _is_of_scratch(error: Exception, folder: Path) -> bool:
    """Whether DuckDB failed at its own working files, or lacked room for them."""
    named = any(words in str(error) for words in (os.fspath(folder), _CORRUPT))
    return named or isinstance(error, _OF_SCRATCH) or is_without_room(error)


def _months_of(wanted: pa.Table) -> set[str]:
    """The months under which events with these days (first, last) are stored."""
    days = pc.coalesce(wanted.column("first"), wanted.column("last")).unique()
    return {month_of(day) for day in days.to_pylist()}
