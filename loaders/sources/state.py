"""What sources have brought: seen items, runs, pauses, next times; in one file beside the store.

It belongs to one store, by the store's id: beside another or an older one it forgets what was seen,
so that nothing is missed; what comes twice is recognised by the store.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.bucket.places import lasting
from events.error_words import WordedError, Words
from events.store import MARKER, Store, StoreError

MOST_RUNS = 200  # kept of one source
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY, paused INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS seen (
    source TEXT, key TEXT, stamp TEXT NOT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, at REAL NOT NULL, seconds REAL NOT NULL,
    kept INTEGER NOT NULL, known INTEGER NOT NULL, aside INTEGER NOT NULL, problem TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS runs_of ON runs (source, at);
CREATE TABLE IF NOT EXISTS days (
    source TEXT, day TEXT, good INTEGER NOT NULL, PRIMARY KEY (source, day)) WITHOUT ROWID;
"""
_OF_SOURCES = ("sources", "seen", "runs", "days")


@dataclass(frozen=True)
class Run:
    """One look at a source: when it began (seconds since 1970, UTC), how long it took, articles
    kept, known before, set aside; what went wrong in English with its values, None for nothing."""

    at: float
    seconds: float = 0.0
    kept: int = 0
    known: int = 0
    aside: int = 0
    problem: Words | None = None


@dataclass(frozen=True)
class Entry:
    """The ledger of one source: times in seconds since 1970 (UTC), 0 for never. `articles`: kept by
    all runs; `failures`: in a row; `last`: the newest run."""

    name: str
    paused: bool = False
    failures: int = 0
    next_at: float = 0.0
    last_success: float = 0.0
    articles: int = 0
    aside: int = 0
    last: Run | None = None


class State:
    """The file; each call opens it anew, so that threads and processes may share it."""

    def __init__(self, store: Store) -> None:
        self.store, self.path = store, state_path(store)

    def attach(self) -> None:
        """Make the file, or forget what was seen where the store is another one or an older one."""
        self.store.create()
        told = json.loads((self.store.location / MARKER).read_text(encoding="utf-8"))["id"]
        rows = self.store.article_rows()
        with self._open() as db:
            db.executescript(_TABLES)
            meta = dict(db.execute("SELECT name, value FROM meta"))
            if meta.get("store") != told or rows < int(meta.get("rows", 0)):
                db.execute("DELETE FROM seen")
            self._meta(db, store=told, rows=rows)

    def note_rows(self) -> None:
        """Note how many rows of articles the store has now."""
        rows = self.store.article_rows()
        with self._open() as db:
            self._meta(db, rows=rows)

    def seen(self, source: str) -> dict[str, str]:
        """key -> stamp of the items that a source has brought."""
        with self._open() as db:
            return dict(db.execute("SELECT key, stamp FROM seen WHERE source = ?", (source,)))

    def mark(self, source: str, items: Iterable[tuple[str, str]]) -> None:
        """Items (key, stamp) that are in the store now, or set aside for good."""
        with self._open() as db:
            rows = [(source, key, stamp) for key, stamp in items]
            db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", rows)

    def record(self, source: str, run: Run, next_at: float) -> None:
        """A run that has ended, and when the source is looked at next."""
        told = "" if run.problem is None else _told(run.problem)
        with self._open() as db:
            db.execute(
                "INSERT INTO runs (source, at, seconds, kept, known, aside, problem)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source, run.at, run.seconds, run.kept, run.known, run.aside, told),
            )
            db.execute(
                "DELETE FROM runs WHERE source = ?1 AND kept = 0 AND id NOT IN"
                " (SELECT id FROM runs WHERE source = ?1 ORDER BY id DESC LIMIT ?2)",
                (source, MOST_RUNS),
            )
            db.execute(
                "INSERT INTO days VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET good = good + ?3",
                (source, _day(run.at).isoformat(), int(run.problem is None)),
            )
            failures = "failures + 1" if run.problem is not None else "0"
            self._ensure(db, source)
            db.execute(
                f"UPDATE sources SET next_at = ?, failures = {failures} WHERE name = ?",
                (next_at, source),
            )

    def pause(self, source: str, paused: bool) -> None:
        """Stop looking at a source, or go on at once."""
        with self._open() as db:
            db.executescript(_TABLES)
            self._ensure(db, source)
            db.execute(
                "UPDATE sources SET paused = ?, next_at = 0, failures = 0 WHERE name = ?",
                (int(paused), source),
            )

    def entry(self, source: str) -> Entry:
        """The ledger of a source; an empty one where nothing is known of it."""
        if not self.path.exists():
            return Entry(source)
        with self._open() as db:
            db.executescript(_TABLES)
            row = db.execute(
                "SELECT paused, failures, next_at FROM sources WHERE name = ?", (source,)
            ).fetchone() or (0, 0, 0.0)
            success, kept, aside = db.execute(
                "SELECT max(CASE WHEN problem = '' THEN at END), sum(kept), sum(aside)"
                " FROM runs WHERE source = ?", (source,),
            ).fetchone()  # fmt: skip
        last = next(iter(self.runs(source, 1)), None)
        return Entry(
            source, bool(row[0]), row[1], row[2], success or 0.0, kept or 0, aside or 0, last
        )

    def runs(self, source: str, most: int = 20) -> list[Run]:
        """The newest runs of a source, newest first."""
        with self._open() as db:
            rows = db.execute(
                "SELECT at, seconds, kept, known, aside, problem FROM runs WHERE source = ?"
                " ORDER BY id DESC LIMIT ?", (source, most),
            ).fetchall()  # fmt: skip
        return [
            Run(at, took, kept, known, aside, _words(problem) if problem else None)
            for at, took, kept, known, aside, problem in rows
        ]

    def days(self, source: str) -> dict[dt.date, bool]:
        """Days of this machine on which the source was looked at -> whether a look succeeded."""
        if not self.path.exists():
            return {}
        with self._open() as db:
            db.executescript(_TABLES)
            rows = db.execute("SELECT day, good > 0 FROM days WHERE source = ?", (source,))
            return {dt.date.fromisoformat(day): bool(good) for day, good in rows}

    def rename(self, source: str, name: str) -> None:
        """The ledger of a source under its new name."""
        with self._open() as db:
            db.executescript(_TABLES)
            for table in _OF_SOURCES:
                column = "name" if table == "sources" else "source"
                db.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?", (name, source)
                )

    def forget(self, source: str) -> None:
        """No ledger of a source that is named no more; what it brought stays in the store."""
        with self._open() as db:
            db.executescript(_TABLES)
            for table in _OF_SOURCES:
                column = "name" if table == "sources" else "source"
                db.execute(f"DELETE FROM {table} WHERE {column} = ?", (source,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, within one transaction. Raises StoreError where it cannot be used."""
        try:
            with closing(sqlite3.connect(self.path, timeout=20)) as db, db:
                yield db
        except sqlite3.Error as error:
            raise StoreError(
                "what the sources have brought cannot be kept in {path}: {problem}. Make room or "
                "look at its rights; a broken file may be deleted: what comes twice is known",
                path=self.path, problem=error,
            ) from None  # fmt: skip

    def _meta(self, db: sqlite3.Connection, **values: object) -> None:
        rows = [(name, str(value)) for name, value in values.items()]
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    def _ensure(self, db: sqlite3.Connection, source: str) -> None:
        db.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (source,))


def state_path(store: Store) -> Path:
    """Where it stands: beside the store, under its name; of a bucket in the user's own folder for
    data."""
    around = lasting(store.location)
    return around.with_name(f"{around.name}.sources.sqlite")


def now() -> float:
    """Seconds since 1970, UTC."""
    return time.time()


def _day(moment: float) -> dt.date:
    return dt.datetime.fromtimestamp(moment).date()


def problem_of(error: Exception) -> Words:
    """What an error says, in words that can be translated where they are ours."""
    if isinstance(error, WordedError):
        return error.words
    told = " ".join(str(error).split())[:200]
    return Words("it failed with {kind}: {problem}", kind=type(error).__name__, problem=told)


def _told(words: Words) -> str:
    return json.dumps(_nested(words), ensure_ascii=False)


def _nested(value: object) -> object:
    """Words as a mapping, with the words in them; other values as text."""
    if isinstance(value, Words):
        return [value.words, {name: _nested(each) for name, each in value.values.items()}]
    return str(value)


def _words(text: str) -> Words:
    return _unnested(json.loads(text))


def _unnested(told: list[Any]) -> Words:
    values = {n: _unnested(v) if isinstance(v, list) else v for n, v in told[1].items()}
    return Words(told[0], **values)
