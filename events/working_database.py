"""The DuckDB that one snapshot of a store works in: in memory, or for a large store in a file.

The file lies in a private folder (`events.scratch`) and begins as a copy of what another process
kept beside the store (`events.kept_file`), where there is any. What goes wrong in a file of the
store is told as its damage, what goes wrong in a working file is not.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.common.exceptions import IbisError
from ibis.expr import types as ir

from events import kept_file, settings
from events.conditions import column_names, literal
from events.counted_events import CountedEvents
from events.counts import counted_columns
from events.held_tables import give_table
from events.kept_file import State
from events.scratch import private_folder
from events.store_errors import StoreError, damaged, is_without_room, not_worked_out

_PROGRAM_MB, _LEAST_MB = 500, 200  # what the program takes itself; the least left to DuckDB
_OURS = (duckdb.ProgrammingError, duckdb.NotSupportedError, duckdb.InterruptException)
_OF_FILES = (duckdb.InvalidInputException,)  # of _OURS, those that files cause
# of DuckDB's own working files, not of the store's
_OF_SCRATCH = (duckdb.OutOfMemoryException, duckdb.FatalException)
_CORRUPT = "Corrupt database file"  # the store has none: its files are Parquet
OTHER_COLUMNS = (IbisError, duckdb.ProgrammingError)  # a file of something else in a table's place


class WorkingDatabase:
    """DuckDB with what is worked out of one store. Not thread-safe, but for `read`."""

    def __init__(self, location: Path, by_month: bool, when_left: Callable[[], None]) -> None:
        """location: of the store. by_month: whether files of events tell their month. `when_left`
        is called when all that was worked out in a file is given up."""
        self._location, self._by_month, self._when_left = location, by_month, when_left
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.connection = _connected()
        self.counted: CountedEvents | None = None  # of a large store
        self.counted_of: tuple[int, ...] = ()  # the version whose rows it holds
        self.erased: int | None = None  # articles that were, when the file was begun

    @property
    def folder(self) -> Path | None:
        """Where the file of a large store lies."""
        return Path(self._scratch.name) if self._scratch else None

    def connect(self, is_large: bool, with_kept: bool = False) -> None:
        """Work in memory, or for a large store in a file of a folder that goes with this object.
        with_kept: begin with a copy of the kept one."""
        if is_large and self._scratch is None:
            try:
                self._scratch = private_folder()
            except OSError as error:
                raise not_worked_out(Path(tempfile.gettempdir()), error) from error
            with self.unreadable_is_damage():
                self._open(Path(self._scratch.name), with_kept)
        elif not is_large:
            self.leave()

    def _open(self, folder: Path, with_kept: bool) -> None:
        if with_kept and kept_file.take(self._location, folder / kept_file.NAME):
            self.connection = self._opened_copy(folder)
        else:
            self.connection = _connected(folder)
        self.counted = CountedEvents(self.connection.con, counted_columns(), self._by_month)

    def _opened_copy(self, folder: Path) -> Backend:
        """A copy of what was kept; what cannot be opened is given up, here and there."""
        try:
            return _connected(folder)
        except duckdb.Error:
            with suppress(OSError):
                kept_file.forget(self._location)
            (folder / kept_file.NAME).unlink()
            return _connected(folder)

    def leave(self) -> None:
        """Delete what was worked out of the files: it may hold rows that are erased, or ids that
        now are of others."""
        if self._scratch is None:
            return
        with suppress(duckdb.Error):
            self.connection.disconnect()
        self._scratch.cleanup()
        self._scratch, self.connection = None, _connected()
        self.counted = self.erased = None
        self.counted_of = ()
        self._when_left()

    def count(
        self, counted: CountedEvents, version: tuple[int, ...], state: Callable[[], State] | None
    ) -> None:
        """Bring the table of what is counted up to a version; keep the file for other processes
        where much is new, with the `state` that it is of (None: never)."""
        self.counted_of = ()
        with self.unreadable_is_damage():
            counted.bring_up_to_date()
            self.counted_of = version
            if state and self._scratch and counted.is_much_new():
                file = Path(self._scratch.name, kept_file.NAME)
                kept_file.put(self._location, file, state(), self.connection.con)
                counted.new = 0

    @contextmanager
    def unreadable_is_damage(self, *more: type[Exception]) -> Iterator[None]:
        """Raise StoreDamaged for a file that cannot be read, NotWorkedOut for a working file."""
        try:
            yield
        except (duckdb.Error, pa.ArrowInvalid, *more) as error:
            if isinstance(error, _OURS) and not isinstance(error, (*_OF_FILES, *more)):
                raise
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> StoreError:
        """What to raise; working files that failed are given up, the next look makes others."""
        folder = self.folder
        if folder is None or not _is_of_scratch(error, folder):
            return damaged(self._location, error)
        if _CORRUPT in str(error):
            with suppress(OSError):
                kept_file.forget(self._location)
        told = not_worked_out(folder.parent, error)
        self.leave()
        return told

    def ask(self, sql: str) -> pa.Table:
        """What SQL over the views tells. Raises StoreDamaged as `fetch`."""
        with self.unreadable_is_damage():
            told: pa.Table = self.connection.con.sql(sql).to_arrow_table()
        return told

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run it. Raises StoreDamaged where a file of the store cannot be read."""
        with self.unreadable_is_damage():
            return self.connection.to_pyarrow(expression)

    def read(self, name: str, columns: Sequence[str]) -> pa.Table:
        """Columns of a view, whole, through a connection of its own: any thread may ask."""
        named = column_names(columns)
        with self.unreadable_is_damage(), self.connection.con.cursor() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.sql(f"SELECT {named} FROM {name}").to_arrow_table()

    def give(self, name: str, table: pa.Table) -> None:
        """Store rows as a table that SQL and views may name."""
        give_table(self.connection, name, table)

    def give_for_now(self, name: str, table: pa.Table) -> None:
        """The same for this connection alone: nothing is written to the disk."""
        give_table(self.connection, name, table, "TEMP TABLE")


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
