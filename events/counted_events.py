"""The table of what is counted of a large store: a row a current event, in a file beside the store.

It holds the columns that filters and counts read, with edits, stories and columns of the article
applied, so that no question joins tables or reads text. It is made of the store's tables alone and
named by the files that these hold: another version of the store has another file, which is made of
an older one by what changed since (`_carry_on`). Whoever finds none, or a damaged one, makes it;
several processes read one. The folder is ``<store>.counted`` and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from events.counts_in_files import COUNTED

_FORMAT = 1  # another number where the rows of a version are made otherwise
_MADE_ANEW = 4  # where more than one event in so many changed, all rows are made anew
# what the rows depend on beside the rows of events, which are never changed: its rows by name
_SEEN = {
    "articles": "SELECT article_id, load_id, source, reliability, origin, published, lang "
    "FROM newest_articles",
    "stories": "SELECT told_id, story_id FROM newest_stories",
    "edits": "SELECT event_id, field, edit_id FROM standing_edits",
    "joined": 'SELECT apart, "into" AS onto FROM joined_stories',
    "shared": "SELECT story_id FROM shared_stories",
}


@dataclass(frozen=True)
class CountedEvents:
    """The table for one connection that has the views of `events.current_rows`. folder: where its
    files are; columns: those that it holds of current_events."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    columns: tuple[str, ...]

    def attach(self, files: Iterable[str]) -> None:
        """Make COUNTED a view of the rows of the version that has these files in its tables."""
        self.connection.execute(f"DROP VIEW IF EXISTS {COUNTED}")
        self.connection.execute("DETACH DATABASE IF EXISTS kept")
        told = f"{_FORMAT} {self.columns} {_SEEN}"
        form = hashlib.sha256(told.encode()).hexdigest()[:8]
        version = hashlib.sha256("\n".join(sorted(files)).encode()).hexdigest()[:24]
        path = self.folder / f"{form}-{version}.duckdb"
        if not self._is_attached(path):
            self._make(path, self._latest(form))
            self.connection.execute(f"ATTACH {_quoted(path)} AS kept (READ_ONLY)")
        self.connection.execute(f"CREATE VIEW {COUNTED} AS SELECT * FROM kept.{COUNTED}")

    def _is_attached(self, path: Path) -> bool:
        """Attach the file if it is there and sound."""
        try:
            if path.exists():
                self.connection.execute(f"ATTACH {_quoted(path)} AS kept (READ_ONLY)")
                self.connection.execute(f"SELECT event_id FROM kept.{COUNTED} LIMIT 1")
        except duckdb.Error:
            self.connection.execute("DETACH DATABASE IF EXISTS kept")
            path.unlink()
        return path.exists()

    def _latest(self, form: str) -> Path | None:
        """The newest file of another version."""
        found = sorted(self.folder.glob(f"{form}-*.duckdb"), key=lambda path: path.stat().st_mtime)
        return found[-1] if found else None

    def _make(self, path: Path, older: Path | None) -> None:
        """Write the file of this version and delete those of others, which who reads them keeps."""
        made = self.folder / f"{secrets.token_hex(8)}.making"
        try:
            if older is None or not self._carried_on(older, made):
                made.unlink(missing_ok=True)
                self._write(made, self._all)
            os.replace(made, path)
        finally:
            made.unlink(missing_ok=True)
        for other in self.folder.glob("*.duckdb"):
            if other != path:
                other.unlink(missing_ok=True)

    def _write(self, made: Path, how: Callable[[], bool]) -> bool:
        self.connection.execute(f"ATTACH {_quoted(made)} AS making")
        try:
            return how()
        finally:
            self.connection.execute("DETACH DATABASE making")

    def _all(self) -> bool:
        self.connection.execute(f"CREATE TABLE making.{COUNTED} AS {self._rows()}")
        self._note_seen(_SEEN)
        return True

    def _carried_on(self, older: Path, made: Path) -> bool:
        """Make it of an older file; False where too much changed, or that one is damaged."""
        try:
            shutil.copyfile(older, made)
            return self._write(made, self._carry_on)
        except (duckdb.Error, OSError):
            self.connection.execute("DETACH DATABASE IF EXISTS making")
            return False

    def _carry_on(self) -> bool:
        """Make the rows of the events anew that changed; False where they are too many."""
        run = self.connection.execute
        for name in _SEEN:
            run(f"CREATE OR REPLACE TEMP TABLE changed_{name} AS {_changed(name)}")
        run(
            "CREATE OR REPLACE TEMP TABLE changed_events AS SELECT told_id AS event_id "
            f"FROM changed_stories UNION SELECT event_id FROM changed_edits UNION {self._touched()}"
        )
        counts = f"SELECT (SELECT count(*) FROM changed_events), count(*) FROM making.{COUNTED}"
        changed, every = run(counts).fetchall()[0]
        if changed * _MADE_ANEW > every:
            return False
        mine = "event_id IN (SELECT event_id FROM changed_events)"
        late = "article_id IN (SELECT article_id FROM changed_articles)"
        run(f"DELETE FROM making.{COUNTED} WHERE {mine}")
        # asked apart: DuckDB looks up a few ids in the files, but not one of two kinds
        run(f"INSERT INTO making.{COUNTED} {self._rows()} WHERE {mine}")
        run(
            f"INSERT INTO making.{COUNTED} {self._rows()} WHERE {late} "
            "AND event_id NOT IN (SELECT event_id FROM changed_events)"
        )
        self._note_seen(self._grown())
        return True

    def _grown(self) -> list[str]:
        """Those of _SEEN that have other rows than in the older file."""
        asked = ((name, f"SELECT count(*) FROM changed_{name}") for name in _SEEN)
        return [name for name, sql in asked if self.connection.execute(sql).fetchall()[0][0]]

    def _touched(self) -> str:
        """The events of the older file whose article or story changed."""
        stories = (
            "SELECT apart FROM changed_joined UNION SELECT onto FROM changed_joined "
            "UNION SELECT story_id FROM changed_shared"
        )
        return (
            f"SELECT event_id FROM making.{COUNTED} WHERE story_id IN ({stories}) "
            "OR article_id IN (SELECT article_id FROM changed_articles)"
        )

    def _rows(self) -> str:
        named = ", ".join(self.columns)
        several = "story_id IN (SELECT story_id FROM shared_stories) AS several"
        return f"SELECT {named}, {several} FROM current_events"

    def _note_seen(self, names: Iterable[str]) -> None:
        for name in names:
            self.connection.execute(f"CREATE OR REPLACE TABLE making.seen_{name} AS {_SEEN[name]}")


def folder_of(store: Path) -> Path | None:
    """The folder of a store's files of this kind, made where it is missing; None where it cannot be
    written."""
    folder = _beside(store)
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


def forget(store: Path) -> None:
    """Delete them: what is erased from a store stands in none."""
    shutil.rmtree(_beside(store), ignore_errors=True)


def _beside(store: Path) -> Path:
    return store.with_name(f"{store.name}.counted")


def _changed(name: str) -> str:
    """The rows that are in one of two versions alone."""
    now, then = f"({_SEEN[name]})", f"(SELECT * FROM making.seen_{name})"
    return f"({now} EXCEPT {then}) UNION ALL ({then} EXCEPT {now})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
