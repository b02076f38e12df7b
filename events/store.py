"""The store: append-only Delta tables in a folder. Only this module writes them.

An article's events, mentions and left-out rows are written first, its article row last: that row
is the commit. Nothing is ever updated in place; an article that is extracted again is appended as
a new revision. Several processes may read while one loads; a file lock allows one load at a time.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError
from filelock import FileLock, Timeout
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from events.identity import stable_id
from events.model import Extraction
from events.ontology import STATUSES
from events.tables import LATER_TABLES, SCHEMAS, Row, arrow, rows_of

SCHEMA_VERSION = 1
LOCK_SECONDS = 120.0
KEEP_HOURS = 7 * 24  # older file versions are deleted; an open reader may need younger ones
DEFAULT_LOCATION = Path(__file__).resolve().parents[1] / "data" / "store"
_MARKER = "store.json"
EDITABLE = ("status", "story_id", "joined")
_FACTS = ("events", "mentions", "left_out")


class StoreError(Exception):
    """An error of the store: its message says what is wrong, where, and what to do."""


class StoreMissing(StoreError):
    """No store at the location: nothing has been loaded yet."""


class StoreDamaged(StoreError):
    """A store that cannot be read: a table or file is missing, broken or of another version."""


class StoreBusy(StoreError):
    """Another load holds the store's lock."""


@dataclass(frozen=True)
class Appended:
    """What an append did: ids now stored, and ids that were in the store before."""

    added: tuple[int, ...] = ()
    known: tuple[int, ...] = ()


def store_location(location: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the store: as given, else FRISE_STORE, else data/store of the project."""
    chosen = os.fspath(location or os.environ.get("FRISE_STORE") or DEFAULT_LOCATION)
    if "://" in chosen:
        raise StoreError(f"{chosen!r} is an address; this version keeps its store in a folder")
    return Path(chosen).expanduser().absolute()


@dataclass
class Store:
    """A store at a folder. Writing creates it; `open_table` is for reading."""

    location: Path = field(default_factory=store_location)

    def exists(self) -> bool:
        return (self.location / _MARKER).is_file()

    def create(self) -> None:
        """Make the folder and its empty tables where they are missing. Safe to repeat."""
        if self.exists():
            self.check()
            self._add_later_tables()
            return
        try:
            self.location.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the store cannot be made at {self.location}: {error}") from error
        with self.lock():
            for name, schema in SCHEMAS.items():
                DeltaTable.create(str(self.location / name), schema, mode="ignore")
            temporary = self.location / f"{_MARKER}.new"
            temporary.write_text(json.dumps({"schema": SCHEMA_VERSION}), encoding="utf-8")
            temporary.replace(self.location / _MARKER)

    def _add_later_tables(self) -> None:
        for name in LATER_TABLES:
            if not (self.location / name).exists():
                with self.lock():
                    DeltaTable.create(str(self.location / name), SCHEMAS[name], mode="ignore")

    def has_table(self, name: str) -> bool:
        """False for a table added in a later version of Frise and not written in this store yet."""
        return name not in LATER_TABLES or (self.location / name).exists()

    def check(self) -> None:
        """Raise StoreMissing or StoreDamaged unless this is a store of this version."""
        marker = self.location / _MARKER
        try:
            version = json.loads(marker.read_text(encoding="utf-8"))["schema"]
        except FileNotFoundError:
            raise StoreMissing(
                f"there is no store at {self.location}; load articles first"
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(marker, error) from error
        if version != SCHEMA_VERSION:
            raise StoreDamaged(
                f"the store at {self.location} has schema {version!r}, this program needs "
                f"{SCHEMA_VERSION}: load the articles again into a new FRISE_STORE"
            )

    def open_table(self, name: str) -> DeltaTable:
        """The Delta table at its newest version. Raises StoreMissing or StoreDamaged."""
        self.check()
        path = self.location / name
        try:
            return DeltaTable(str(path))
        except (TableNotFoundError, DeltaError, OSError, ValueError) as error:
            raise damaged(path, error) from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the store's write lock. Raises StoreBusy after two minutes of waiting."""
        lock = FileLock(self.location / "loading.lock", timeout=LOCK_SECONDS)
        try:
            with lock:
                yield
        except Timeout:
            raise StoreBusy(
                f"another load has held {lock.lock_file} for {LOCK_SECONDS:.0f} s; "
                "wait for it to end and try again"
            ) from None

    def append(self, extractions: Sequence[Extraction], revise: bool = False) -> Appended:
        """Store articles with all that was extracted. When this returns, they are committed.

        An article whose id is in the store is skipped; with `revise` (for example after a person
        chose its publication date) it is stored as a new revision.
        """
        self.create()
        unique = {e.article.id: e for e in extractions}
        with self.lock():
            revisions = self._revisions(unique)
            fresh = [e for i, e in unique.items() if revise or i not in revisions]
            load_id = secrets.randbits(62)
            rows = [rows_of(e, load_id, revisions.get(e.article.id, 0) + 1) for e in fresh]
            for name in (*_FACTS, "articles"):
                self._write(name, [row for tables in rows for row in tables[name]])
        added = tuple(e.article.id for e in fresh)
        return Appended(added, tuple(i for i in unique if i not in set(added)))

    def append_rejected(self, rows: Sequence[Row]) -> None:
        """Record files that were set aside (`events.tables.rejected_row`); each only once."""
        self.create()
        unique = {row["reject_id"]: row for row in rows}
        with self.lock():
            known = set(self._column("rejected", "reject_id"))
            self._write("rejected", [row for key, row in unique.items() if key not in known])

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
                self._write("stories", _story_rows(number + 1, told))

    def append_regrouped(self, stories: Mapping[int, int], articles: int) -> None:
        """Store the stories of some days' reports; those of all other reports are unchanged."""
        self.create()
        with self.lock():
            number, _, newest = self._newest_grouping()
            changed = {e: s for e, s in stories.items() if newest.get(e, e) != s}
            told = [(-1, articles), *sorted(changed.items())]
            self._write("stories", _story_rows(number + 1, told))

    def grouping(self) -> tuple[int, dict[int, int]]:
        """Number of article rows that the newest grouping covers, and event id -> story id by rule.

        Reports that are alone in their story, or its earliest, are not in the mapping.
        """
        _, covered, newest = self._newest_grouping()
        return covered, newest

    def article_rows(self) -> int:
        """Number of rows of the article table, all revisions included; grows with each append."""
        return len(self._column("articles", "article_id")) if self.exists() else 0

    def append_copies(self, copies: Mapping[int, int]) -> None:
        """Store which article each article copies (its own id: none), where that is new."""
        self.create()
        with self.lock():
            table = self._read("copies", list(SCHEMAS["copies"].names))
            rows = sorted(zip(*(table.column(i).to_pylist() for i in range(3)), strict=True))
            known = {article: origin for _, article, origin in rows}
            number = max((row[0] for row in rows), default=0) + 1
            new = {a: o for a, o in copies.items() if known.get(a, a) != o}
            told = sorted(new.items())
            self._write(
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
        with self.lock():
            number = max(self._column("edits", "edit_id"), default=0) + 1
            moment = dt.datetime.now(dt.UTC)
            row = {"edit_id": number, "event_id": event_id, "field": column, "value": value}
            self._write("edits", [row | {"why": why, "at": moment, "who": who}])

    def split(self, event_id: int, why: str, who: str = "") -> None:
        """Take a report out of its story; no later load puts it back."""
        self.append_edit(event_id, "story_id", str(stable_id("split", event_id)), why, who)

    def join(self, event_id: int, other: int, why: str, who: str = "") -> None:
        """Merge the story of one report into that of another report."""
        self.append_edit(event_id, "joined", str(other), why, who)

    def published_bases(self) -> dict[int, str]:
        """Article id -> basis of its publication date, from the newest revision."""
        if not self.exists():
            return {}
        table = self._read("articles", ["revision", "article_id", "published_basis"])
        rows = zip(*(table.column(i).to_pylist() for i in range(3)), strict=True)
        return {article: basis for _, article, basis in sorted(rows)}

    def maintain(self) -> dict[str, int]:
        """Merge small files, delete file versions older than 7 days; the number of files left."""
        self.check()
        left = {}
        with self.lock():
            for name in filter(self.has_table, SCHEMAS):
                table = self.open_table(name)
                table.optimize.compact()
                table.create_checkpoint()
                table.vacuum(retention_hours=KEEP_HOURS, dry_run=False)
                left[name] = len(table.file_uris())
        return left

    def _write(self, name: str, rows: Sequence[Row]) -> None:
        if rows:
            # a column that was added in a later version of Frise is merged into the schema
            write_deltalake(
                self.open_table(name), arrow(name, rows), mode="append", schema_mode="merge"
            )

    def _column(self, name: str, column: str) -> list[int]:
        table = self._read(name, [column])
        return [int(value) for value in table.column(column).to_pylist()]

    def _newest_grouping(self) -> tuple[int, int, dict[int, int]]:
        """Its number (0: none), article rows covered, story of each report not the earliest."""
        table = self._read("stories", ["grouping", "event_id", "story_id"])
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
        """Article id -> newest stored revision, for those of the ids that are in the store."""
        table = self._read("articles", ["article_id", "revision"])
        wanted = set(ids)
        newest: dict[int, int] = {}
        pairs = zip(*(table.column(i).to_pylist() for i in range(2)), strict=True)
        for article, revision in pairs:
            if article in wanted:
                newest[article] = max(revision, newest.get(article, 0))
        return newest

    def _read(self, name: str, columns: list[str]) -> pa.Table:
        table = self.open_table(name)
        # Arrow's own file access: Delta's is a Python object that Arrow's threads still hold when
        # a short process ends, and the process then aborts (15 of 150 reads, none of 150 this way)
        files = SubTreeFileSystem(str(self.location / name), LocalFileSystem())
        try:
            return table.to_pyarrow_table(columns=columns, filesystem=files)
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise damaged(self.location / name, error) from error


def _story_rows(number: int, told: Iterable[tuple[int, int]]) -> list[Row]:
    return [{"grouping": number, "event_id": e, "story_id": s} for e, s in told]


def damaged(path: Path, error: Exception) -> StoreDamaged:
    """The error to raise for a part of the store that cannot be read."""
    told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return StoreDamaged(
        f"the store is damaged at {path}: {told}. Put the folder back from a copy, "
        "or load the articles again into a new FRISE_STORE"
    )
