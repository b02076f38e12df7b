"""The folder of a store and its tables: making, opening, locking, reading and appending to them.

What each table must hold stands in its manifest (`events.manifest`): a table that lacks some of it
is damaged, and nothing is written over it. `events.store` says what is appended when.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from deltalake import (
    ColumnProperties,
    CommitProperties,
    DeltaTable,
    Transaction,
    WriterProperties,
    write_deltalake,
)
from filelock import FileLock, Timeout
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from events import manifest, settings, store_swap
from events.bucket import working_copy
from events.error_words import Words
from events.regular_files import read_json
from events.store_errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNewer,
    StoreNotWritten,
    StoreOutdated,
    damaged,
    told_if_damaged,
    told_if_not_written,
    write_beside,
)
from events.tables import (
    ADDED_IN_4,
    DERIVED,
    PARTITIONS,
    SCHEMAS,
    STATISTICS,
    TABLES_ADDED,
    Row,
    arrow,
)

SCHEMA_VERSION = 4
MARKER = "store.json"
# lock -> the setting that says how long it is waited for
LOCKS = {
    "loading": "store.lock_seconds",
    "edits": "store.edit_lock_seconds",
    "log": "store.edit_lock_seconds",
}


# Delta takes paths for addresses: these it refuses, or reads as something else
_NO_NAME = re.compile(r"[\x00-\x1f\x7f%\[\]^|\\]")


def store_location(location: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the store: as given, else FRISE_STORE, else data/store of the project. Of an
    address, s3://BUCKET/PREFIX, the copy on this machine, as new as store.look_seconds ago. Raises
    StoreError for another address, and a path that Delta cannot keep tables in."""
    chosen = os.fspath(location or settings.store_folder())
    if "://" in chosen:
        copy = working_copy.of_address(chosen)
        with suppress(StoreDamaged):  # whoever reads says so; 'check' and 'repair' go on
            copy.look()
        chosen = os.fspath(copy.location)
    path = Path(chosen).expanduser().absolute()
    if _NO_NAME.search(os.fspath(path).replace(os.sep, "/")):
        raise StoreError(
            "{path} cannot hold a store: choose a folder without %, [, ], ^, |, backslashes and "
            "control characters in its path",
            path=repr(os.fspath(path)),
        )
    return path


@dataclass
class StoreTables:
    """The tables of a store at a folder. Writing creates it; `open_table` is for reading."""

    location: Path = field(default_factory=store_location)

    def exists(self) -> bool:
        """Whether a store stands there; one that a kill left beside its place is put there."""
        marker = self.location / MARKER
        if not os.path.lexists(marker):
            store_swap.finish(self.location)
        return os.path.lexists(marker)

    def create(self) -> None:
        """Make the folder and its empty tables where they are missing. Safe to repeat."""
        if self.exists() or self._holds_rows():
            self.check()
            return
        try:
            self.location.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                "the store cannot be made at {path}: {problem}", path=self.location, problem=error
            ) from error
        with self.lock():
            if self.exists():  # another process was faster
                return
            for name in SCHEMAS:
                self._create_table(name)
            told = {"schema": SCHEMA_VERSION, "id": secrets.token_hex(8)}
            with told_if_not_written(self.location / MARKER):
                write_beside(self.location / MARKER, json.dumps(told))

    def _create_table(self, name: str) -> None:
        statistics = [column for column in STATISTICS if column in SCHEMAS[name].names]
        with told_if_not_written(self.location / name):
            table = DeltaTable.create(
                str(self.location / name),
                SCHEMAS[name],
                mode="ignore",
                partition_by=[PARTITIONS[name]] if name in PARTITIONS else None,
                configuration={"delta.dataSkippingStatsColumns": ",".join(statistics)},
            )
            manifest.write(self.location, name, table)

    def marker(self) -> dict[str, object]:
        """What store.json says: `schema` and `id`. Raises StoreMissing or StoreDamaged."""
        path = self.location / MARKER
        try:
            return _read_marker(path)
        except FileNotFoundError as error:
            if store_swap.finish(self.location):
                return self.marker()
            if self._holds_rows():
                raise damaged(path, error) from error
            raise StoreMissing(
                "there is no store at {path}; load articles first", path=self.location
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged(path, error) from error

    def identity(self) -> tuple[object, int]:
        """Another one where another store stands here, or what was read of this one may have been
        taken back since."""
        copy = working_copy.of_folder(self.location)
        return self.marker()["id"], copy.taken_back() if copy else 0

    def look(self) -> bool:
        """Bring the copy of a store in a bucket up to date; whether all that it holds counts: not
        while somebody on this machine writes into it."""
        copy = working_copy.of_folder(self.location)
        if copy is None:
            return True
        copy.look()
        return copy.is_settled() or copy.is_mine()

    def schema(self) -> int:
        """The schema that store.json says. Raises as `marker`."""
        return int(str(self.marker()["schema"]))

    def schema_of_tables(self) -> int:
        """The schema by the tables that are there, whatever store.json says: those of schema 1 have
        no manifests, those of schema 2 no table of alternatives, those of 3 no headlines."""
        if not os.path.lexists(self.location / manifest.FOLDER):
            return 1
        stated = (f"{manifest.FOLDER}/{name}.json" for name in TABLES_ADDED)
        added = (os.path.lexists(self.location / path) for path in (*TABLES_ADDED, *stated))
        if not any(added):
            return 2
        return SCHEMA_VERSION if self._has_columns("events", ADDED_IN_4) else 3

    def _has_columns(self, name: str, columns: Sequence[str]) -> bool:
        """Whether a table has the columns; one that cannot be opened is taken for a newest one."""
        try:
            table = manifest.open_delta(self.location / name)
        except Exception:  # delta-rs raises many kinds; `check` says what is damaged
            return True
        return set(columns) <= {field.name for field in table.schema().fields}

    def _holds_rows(self) -> bool:
        """Whether tables were written here: a folder whose making was killed holds none yet."""
        found = (walk for name in SCHEMAS for walk in os.walk(self.location / name))
        return any(name.endswith(".parquet") for _, _, files in found for name in files)

    def check(self) -> None:
        """Raise StoreMissing, StoreOutdated or StoreDamaged unless it is of this version."""
        version = self.schema()
        if version > SCHEMA_VERSION:
            raise StoreNewer(
                "the store at {path} has schema {old}, this program knows {new}: it was written "
                "by a newer Frise; use that one",
                path=self.location,
                old=version,
                new=SCHEMA_VERSION,
            )
        if version < SCHEMA_VERSION:
            raise StoreOutdated(
                "the store at {path} has schema {old}, this program needs {new}: run "
                "'python -m loaders migrate', which keeps everything",
                path=self.location,
                old=version,
                new=SCHEMA_VERSION,
            )

    def open_table(self, name: str) -> DeltaTable:
        """The Delta table at its newest version. Raises StoreMissing or StoreDamaged."""
        self.check()
        stated = self.stated(name)  # before the table: a writer may add to both in between
        path = self.location / name
        try:
            table = manifest.open_delta(path)
        except Exception as error:  # delta-rs raises many kinds; all say that it cannot be read
            raise damaged(path, error) from error
        self.verify(name, table, stated)
        return table

    def open_all(self) -> dict[str, DeltaTable]:
        """Every table; call it under a lock. Raises StoreDamaged where any lacks something: then
        none is written. A derived table that an older program did not make is made."""
        for name in DERIVED:
            if not os.path.lexists(self.location / name):
                self._create_table(name)
        return {name: self.open_table(name) for name in SCHEMAS}

    def stated(self, name: str) -> manifest.Manifest | None:
        """What the table is known to hold. Raises StoreDamaged where that cannot be read."""
        try:
            return manifest.read(self.location, name)
        except manifest.ManifestError as error:
            raise damaged(self.location / name, error) from error

    def verify(self, name: str, table: DeltaTable, stated: manifest.Manifest | None) -> None:
        """Raise StoreDamaged where the table lacks what its manifest states."""
        path = self.location / name
        if stated is None:
            raise damaged(path, Words("there is no {file}", file=f"{manifest.FOLDER}/{name}.json"))
        told = manifest.problem(stated, name, table)
        if told:
            raise damaged(path, told)

    @contextmanager
    def lock(self, kind: str = "loading", wait: float | None = None) -> Iterator[None]:
        """Hold one of LOCKS, of several in their order. Raises StoreBusy after `wait` seconds
        (None: those of its setting), StoreNotWritten where the store is read-only."""
        seconds = settings.number(LOCKS[kind]) if wait is None else wait
        with working_copy.written(self.location, seconds), self._locked(kind, seconds):
            yield

    @contextmanager
    def _locked(self, kind: str, seconds: float) -> Iterator[None]:
        """Hold the lock of the folder."""
        lock = FileLock(self.location / f"{kind}.lock", timeout=seconds)
        try:
            self._acquire(lock)
        except Timeout:
            raise StoreBusy.after(seconds, lock.lock_file) from None
        except (OSError, NotImplementedError) as error:
            raise StoreNotWritten(
                "the store at {path} cannot be written: {problem}. Reading and exporting go on; "
                "change its rights to load or edit",
                path=self.location,
                problem=error,
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _acquire(self, lock: FileLock) -> None:
        """Once more where another store was put here meanwhile: the file that we hold went away."""
        while True:
            before = _file_id(lock.lock_file)
            lock.acquire()
            store_swap.finish(self.location)
            if _file_id(lock.lock_file) == before:
                return
            lock.release()

    @contextmanager
    def lock_all(self, even_damaged: bool = False) -> Iterator[None]:
        """Hold all locks: for what replaces or rewrites files. Raises as `lock`.

        `even_damaged`: a lock that is itself damaged (a folder, say) holds nobody back.
        """
        seconds = settings.number(LOCKS["loading"])
        with ExitStack() as locks:
            locks.enter_context(working_copy.written(self.location, seconds, even_damaged))
            for kind in LOCKS:
                path = self.location / f"{kind}.lock"
                if not even_damaged or os.path.isfile(path) or not os.path.lexists(path):
                    locks.enter_context(self.lock(kind))
            yield

    def write(self, name: str, rows: Sequence[Row], opened: DeltaTable | None = None) -> None:
        """Append rows to a table, `opened` if it is already; call it under the table's lock."""
        if rows:
            self.append_rows(name, arrow(name, rows), opened)

    def append_rows(
        self,
        name: str,
        table: pa.Table,
        opened: DeltaTable | None = None,
        told: Transaction | None = None,
    ) -> None:
        """Append rows and state what the table holds now. Raises StoreDamaged, StoreNotWritten.
        `told`: which part of which run they are, written with them."""
        opened = opened or self.open_table(name)
        with told_if_not_written(self.location / name):
            # a column that was added since the table was made is merged in
            write_deltalake(
                opened,
                table,
                mode="append",
                schema_mode="merge",
                writer_properties=writer_properties(name),
                commit_properties=CommitProperties(app_transactions=[told] if told else None),
            )
            opened.update_incremental()
            manifest.write(self.location, name, opened)

    def column(self, name: str, column: str) -> list[int]:
        """The numbers of one column, of all rows."""
        table = self.read(name, [column])
        return [int(value) for value in table.column(column).to_pylist()]

    def read(
        self,
        name: str,
        columns: list[str],
        only: list[tuple[str, str, str]] | None = None,
        opened: DeltaTable | None = None,
    ) -> pa.Table:
        """Columns of all rows of a table; `only` names a partition. Raises StoreDamaged."""
        opened = opened or self.open_table(name)
        # Arrow's own file access: Delta's is a Python object that Arrow's threads still hold when
        # a short process ends, and the process then aborts (15 of 150 reads, none of 150 this way)
        files = SubTreeFileSystem(str(self.location / name), LocalFileSystem())
        with told_if_damaged(self.location / name):
            return opened.to_pyarrow_table(columns=columns, partitions=only, filesystem=files)


def writer_properties(name: str) -> WriterProperties:
    """How the files of a table are written. Least and greatest values of the columns that questions
    ask by, of no other: those took a third of the time of writing."""
    asked = [column for column in STATISTICS if column in SCHEMAS[name].names]
    return WriterProperties(
        compression="SNAPPY",
        default_column_properties=ColumnProperties(statistics_enabled="NONE"),
        column_properties={c: ColumnProperties(statistics_enabled="CHUNK") for c in asked},
    )


def _read_marker(path: Path) -> dict[str, object]:
    told = read_json(path)
    schema = told["schema"]
    if type(schema) is not int or schema < 1:
        raise ValueError(f"its schema is {schema!r}")
    return {"schema": schema, "id": told.get("id", "")}


def _file_id(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
