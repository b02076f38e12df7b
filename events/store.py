"""The store: append-only Delta tables in a folder. Only this module writes them.

An article's events, mentions, left-out rows and text are written first, its article row last: that
row is the commit. Nothing is ever updated in place; an article that is read again is appended as a
new revision. Several processes may read while one loads; loads take turns (file lock), edits have a
lock of their own and never wait for a load. What each table must hold stands in its manifest
(`events.manifest`): a table that lacks some of it is damaged, and nothing is written over it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from filelock import FileLock, Timeout
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from events import manifest, settings
from events.identity import stable_id
from events.model import Extraction
from events.ontology import STATUSES
from events.store_errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNotWritten,
    StoreOutdated,
    damaged,
    free_path,
    told_if_damaged,
    told_if_not_written,
    write_beside,
)
from events.tables import PARTITIONS, SCHEMAS, STATISTICS, Row, arrow, in_order, rows_of

__all__ = [
    "EDITABLE",
    "LOCKS",
    "MARKER",
    "SCHEMA_VERSION",
    "Appended",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreMissing",
    "StoreNotWritten",
    "StoreOutdated",
    "damaged",
    "free_path",
    "store_location",
    "write_beside",
]
SCHEMA_VERSION = 2
MARKER = "store.json"
EDITABLE = ("status", "story_id", "joined")
_FACTS = ("events", "mentions", "left_out", "texts")
# lock -> the setting that says how long it is waited for
LOCKS = {"loading": "store.lock_seconds", "edits": "store.edit_lock_seconds"}


@dataclass(frozen=True)
class Appended:
    """What an append did: ids now stored, and ids that were in the store before."""

    added: tuple[int, ...] = ()
    known: tuple[int, ...] = ()


def store_location(location: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the store: as given, else FRISE_STORE, else data/store of the project."""
    chosen = os.fspath(location or settings.store_folder())
    if "://" in chosen:
        raise StoreError(f"{chosen!r} is an address; this version keeps its store in a folder")
    return Path(chosen).expanduser().absolute()


@dataclass
class Store:
    """A store at a folder. Writing creates it; `open_table` is for reading."""

    location: Path = field(default_factory=store_location)

    def exists(self) -> bool:
        return (self.location / MARKER).exists()

    def create(self) -> None:
        """Make the folder and its empty tables where they are missing. Safe to repeat."""
        if self.exists() or self._holds_rows():
            self.check()
            return
        try:
            self.location.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the store cannot be made at {self.location}: {error}") from error
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
            told = json.loads(path.read_text(encoding="utf-8"))
            return {"schema": told["schema"], "id": told.get("id", "")}
        except FileNotFoundError as error:
            if self._holds_rows():
                raise damaged(path, error) from error
            raise StoreMissing(
                f"there is no store at {self.location}; load articles first"
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged(path, error) from error

    def _holds_rows(self) -> bool:
        """Whether tables were written here: a folder whose making was killed holds none yet."""
        return any(next((self.location / name).rglob("*.parquet"), None) for name in SCHEMAS)

    def check(self) -> None:
        """Raise StoreMissing, StoreOutdated or StoreDamaged unless it is of this version."""
        version = self.marker()["schema"]
        if not isinstance(version, int) or version > SCHEMA_VERSION:
            raise StoreDamaged(
                f"the store at {self.location} has schema {version!r}, this program knows "
                f"{SCHEMA_VERSION}: it was written by a newer Frise; use that one"
            )
        if version < SCHEMA_VERSION:
            raise StoreOutdated(
                f"the store at {self.location} has schema {version}, this program needs "
                f"{SCHEMA_VERSION}: run 'python -m loaders migrate', which keeps everything"
            )

    def open_table(self, name: str) -> DeltaTable:
        """The Delta table at its newest version. Raises StoreMissing or StoreDamaged."""
        self.check()
        stated = self.stated(name)  # before the table: a writer may add to both in between
        path = self.location / name
        try:
            table = DeltaTable(str(path))
        except Exception as error:  # delta-rs raises many kinds; all say that it cannot be read
            raise damaged(path, error) from error
        self.verify(name, table, stated)
        return table

    def verify_all(self) -> None:
        """Raise StoreDamaged where any table lacks something: then nothing at all is written."""
        for name in SCHEMAS:
            self.open_table(name)

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
            raise damaged(path, ValueError(f"there is no {manifest.FOLDER}/{name}.json"))
        told = manifest.problem(stated, name, table)
        if told:
            raise damaged(path, ValueError(told))

    @contextmanager
    def lock(self, kind: str = "loading") -> Iterator[None]:
        """Hold the store's lock for "loading" or "edits". Raises StoreBusy after the time of its
        setting, StoreNotWritten where the store is read-only."""
        seconds = settings.number(LOCKS[kind])
        lock = FileLock(self.location / f"{kind}.lock", timeout=seconds)
        try:
            lock.acquire()
        except Timeout:
            raise StoreBusy(
                f"another process has held {lock.lock_file} for {seconds:.0f} s; "
                "wait for it to end and try again"
            ) from None
        except (OSError, NotImplementedError) as error:
            raise StoreNotWritten(
                f"the store at {self.location} cannot be written: {error}. "
                "Reading and exporting go on; change its rights to load or edit"
            ) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def lock_all(self) -> Iterator[None]:
        """Hold both locks: for what replaces or rewrites files. Raises as `lock`."""
        with self.lock("loading"), self.lock("edits"):
            yield

    def append(
        self, extractions: Sequence[Extraction], revise: bool = False, run: str = ""
    ) -> Appended:
        """Store articles with all they yielded. When this returns, they are safe.

        An article whose id is in the store is left as it is; with `revise` (its publication date
        was chosen by a person, say) it becomes the newest revision of itself. `run` names the load.
        """
        self.create()
        unique = {e.article.id: e for e in extractions}
        with self.lock():
            self.verify_all()
            revisions = self._revisions(unique)
            fresh = [e for i, e in unique.items() if revise or i not in revisions]
            load_id = secrets.randbits(62)
            rows = [rows_of(e, load_id, revisions.get(e.article.id, 0) + 1, run) for e in fresh]
            for name in (*_FACTS, "articles"):
                self.write(name, [row for tables in rows for row in tables[name]])
        added = tuple(e.article.id for e in fresh)
        return Appended(added, tuple(i for i in unique if i not in set(added)))

    def append_rejected(self, rows: Sequence[Row]) -> None:
        """Record files that were set aside (`events.tables.rejected_row`); each only once."""
        self.create()
        unique = {row["reject_id"]: row for row in rows}
        with self.lock():
            known = set(self.column("rejected", "reject_id"))
            self.write("rejected", [row for key, row in unique.items() if key not in known])

    def append_stories(self, stories: Mapping[int, int], articles: int = 0) -> None:
        """Store a new grouping of all reports into stories (event id -> story id) if it differs.

        `articles` is `article_rows` of the store when it was grouped, 0 where unknown.
        """
        self.create()
        joined = {event: story for event, story in stories.items() if event != story}
        with self.lock():
            number, covered, newest = self._newest_grouping()
            if joined != newest or (articles and articles != covered):
                told = [(0, articles), *sorted(joined.items())]
                self.write("stories", _story_rows(number + 1, told))

    def append_regrouped(self, stories: Mapping[int, int], articles: int) -> None:
        """Store the stories of some days' reports; those of all other reports are unchanged."""
        self.create()
        with self.lock():
            number, _, newest = self._newest_grouping()
            changed = {e: s for e, s in stories.items() if newest.get(e, e) != s}
            told = [(-1, articles), *sorted(changed.items())]
            self.write("stories", _story_rows(number + 1, told))

    def grouping(self) -> tuple[int, dict[int, int]]:
        """Number of article rows that the newest grouping covers, and event id -> story id by rule.

        Reports that are alone in their story, or its earliest, are not in the mapping.
        """
        _, covered, newest = self._newest_grouping()
        return covered, newest

    def article_rows(self) -> int:
        """Rows of the article table, revisions and all: grows with each append."""
        return len(self.column("articles", "article_id")) if self.exists() else 0

    def append_copies(self, copies: Mapping[int, int]) -> None:
        """Store which article each article copies (its own id: none), where that is new."""
        self.create()
        with self.lock():
            table = self.read("copies", list(SCHEMAS["copies"].names))
            rows = sorted(zip(*(table.column(i).to_pylist() for i in range(3)), strict=True))
            known = {article: origin for _, article, origin in rows}
            number = max((row[0] for row in rows), default=0) + 1
            new = {a: o for a, o in copies.items() if known.get(a, a) != o}
            told = sorted(new.items())
            self.write(
                "copies", [{"number": number, "article_id": a, "copy_of": o} for a, o in told]
            )

    def append_edit(self, event_id: int, column: str, value: str, why: str, who: str = "") -> None:
        """Store a person's edit of an event; the value "" undoes earlier edits of that column.

        `column` is status (one of events.ontology.STATUSES), story_id (the id of the story that
        the report belongs to) or joined (event_id of a report whose story the whole story of
        this event is merged into). Nothing is overwritten: the newest edit counts when read.
        Raises ValueError for another column or value.
        """
        if column not in EDITABLE:
            raise ValueError(f"an edit of {column!r}: only {', '.join(EDITABLE)} can be edited")
        if value and not (value in STATUSES if column == "status" else value.isdecimal()):
            raise ValueError(f"{value!r} is no {column}")
        self.create()
        with self.lock("edits"):
            number = max(self.column("edits", "edit_id"), default=0) + 1
            moment = dt.datetime.now(dt.UTC)
            row = {"edit_id": number, "event_id": event_id, "field": column, "value": value}
            self.write("edits", [row | {"why": why, "at": moment, "who": who}])

    def move_edits(self, moved: Mapping[int, int]) -> int:
        """Let what persons decided about events hold for others (old event id -> new event id).

        Standing edits are appended anew under the new ids, with who and why; those of the old ids
        are taken back. Returns how many were moved.
        """
        with self.lock("edits"):
            rows = sorted(self.read("edits", SCHEMAS["edits"].names).to_pylist(), key=_edit_number)
            standing = {(row["event_id"], row["field"]): row for row in rows}
            number, new = (rows[-1]["edit_id"] if rows else 0), []
            for (event, _column), row in standing.items():
                target = moved.get(event, event)
                value = row["value"]
                if row["field"] == "joined" and value:
                    value = str(moved.get(int(value), int(value)))
                if row["value"] and (target, value) != (event, row["value"]):
                    new += [row | {"value": ""}] if target != event else []
                    new += [row | {"event_id": target, "value": value}]
            told = [row | {"edit_id": number + n} for n, row in enumerate(new, start=1)]
            self.write("edits", told)
        return sum(1 for row in told if row["value"])

    def split(self, event_id: int, why: str, who: str = "") -> None:
        """Take a report out of its story; no later load puts it back."""
        self.append_edit(event_id, "story_id", str(stable_id("split", event_id)), why, who)

    def join(self, event_id: int, other: int, why: str, who: str = "") -> None:
        """Merge the story of one report into that of another report."""
        self.append_edit(event_id, "joined", str(other), why, who)

    def append_table(self, name: str, table: pa.Table) -> None:
        """Append rows as they are, for tables made elsewhere. Under the lock."""
        self.create()
        with self.lock():
            self._append(name, in_order(name, table.cast(SCHEMAS[name])))

    def published_bases(self) -> dict[int, str]:
        """Article id -> basis of its publication date, from the newest revision."""
        if not self.exists():
            return {}
        table = self.read("articles", ["revision", "article_id", "published_basis"])
        rows = zip(*(table.column(i).to_pylist() for i in range(3)), strict=True)
        return {article: basis for _, article, basis in sorted(rows)}

    def most_files(self) -> int:
        """Files of the partition that has most of them: what joining small files would help."""
        names = (name for name in PARTITIONS if name != "texts")  # as many as articles
        files = [manifest.files_of(self.open_table(name)) for name in names]
        folders = [Counter(file.partition("/")[0] for file in found) for found in files]
        return max((max(counted.values(), default=0) for counted in folders), default=0)

    def maintain(self) -> dict[str, int]:
        """Join small files, delete those that no reader needs (store.keep_days); files left.

        Raises StoreDamaged, before anything is changed, where a table lacks something.
        """
        hours, left = 24 * int(settings.number("store.keep_days")), {}
        with self.lock_all():
            tables = {name: self.open_table(name) for name in SCHEMAS}
            for name, table in tables.items():
                with told_if_damaged(self.location / name):
                    self._join_files(name, table)
                    table = self.open_table(name)
                    table.create_checkpoint()
                    table.vacuum(hours, dry_run=False, enforce_retention_duration=False)
                    manifest.write(self.location, name, table)
                left[name] = len(table.file_uris())
        return left

    def _join_files(self, name: str, table: DeltaTable) -> None:
        """One file a partition, its rows in order; of a table without partitions, few files."""
        if name not in PARTITIONS:
            table.optimize.compact()
            return
        column = PARTITIONS[name]
        folders = Counter(file.partition("/")[0] for file in manifest.files_of(table))
        for folder in (folder for folder, files in folders.items() if files > 1):
            value = folder.removeprefix(f"{column}=")
            rows = self.read(name, SCHEMAS[name].names, [(column, "=", value)])
            write_deltalake(
                self.open_table(name),
                in_order(name, rows.cast(SCHEMAS[name])),
                mode="overwrite",
                predicate=f"{column} = '{value}'",
            )

    def write(self, name: str, rows: Sequence[Row]) -> None:
        """Append rows to a table; call it under the table's lock."""
        if rows:
            self._append(name, arrow(name, rows))

    def _append(self, name: str, table: pa.Table) -> None:
        """Append rows and state what the table holds now. Raises StoreDamaged, StoreNotWritten."""
        opened = self.open_table(name)
        with told_if_not_written(self.location / name):
            # a column that was added since the table was made is merged in
            write_deltalake(opened, table, mode="append", schema_mode="merge")
            opened.update_incremental()
            manifest.write(self.location, name, opened)

    def column(self, name: str, column: str) -> list[int]:
        """The numbers of one column, of all rows."""
        table = self.read(name, [column])
        return [int(value) for value in table.column(column).to_pylist()]

    def _newest_grouping(self) -> tuple[int, int, dict[int, int]]:
        """Its number (0 for none), article rows covered, reports that do not lead their story."""
        table = self.read("stories", ["grouping", "event_id", "story_id"])
        rows = sorted(zip(*(table.column(i).to_pylist() for i in range(3)), strict=True))
        whole = max((n for n, event, _ in rows if event == 0), default=0)
        newest, covered = {}, 0
        for number, event, story in rows:
            if number >= whole and event > 0:
                newest[event] = story
            elif number >= whole:
                covered = story
        number = rows[-1][0] if rows else 0
        return number, covered, {e: s for e, s in newest.items() if e != s}

    def _revisions(self, ids: Iterable[int]) -> dict[int, int]:
        """Newest stored revision of each of the ids that is in the store."""
        table = self.read("articles", ["article_id", "revision"])
        wanted = set(ids)
        newest: dict[int, int] = {}
        pairs = zip(*(table.column(i).to_pylist() for i in range(2)), strict=True)
        for article, revision in pairs:
            if article in wanted:
                newest[article] = max(revision, newest.get(article, 0))
        return newest

    def read(
        self, name: str, columns: list[str], only: list[tuple[str, str, str]] | None = None
    ) -> pa.Table:
        """Columns of all rows of a table; `only` names a partition. Raises StoreDamaged."""
        table = self.open_table(name)
        # Arrow's own file access: Delta's is a Python object that Arrow's threads still hold when
        # a short process ends, and the process then aborts (15 of 150 reads, none of 150 this way)
        files = SubTreeFileSystem(str(self.location / name), LocalFileSystem())
        with told_if_damaged(self.location / name):
            return table.to_pyarrow_table(columns=columns, partitions=only, filesystem=files)


def _edit_number(row: Row) -> int:
    return int(row["edit_id"])


def _story_rows(number: int, told: Iterable[tuple[int, int]]) -> list[Row]:
    return [{"grouping": number, "event_id": e, "story_id": s} for e, s in told]
