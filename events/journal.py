"""An append-only file of JSON lines beside the tables: what persons write and no table holds.

A line is one commit, its rows stored all or none:

    {"number": 12, "at": "2026-11-30T10:00:00+00:00", "who": "Ana", "rows": [{…}], "sum": "…"}

`sum` is the BLAKE2b of the line without it. A line without its end was cut by a kill: nobody was
told that it is kept, and the next writer takes it away. ``<name>.head.json`` states how many lines
were kept, written last: a file that holds fewer is damaged, and nothing is written over it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.error_words import Words
from events.store import Store
from events.store_errors import StoreDamaged, damaged, told_if_not_written, write_beside

Row = dict[str, Any]
Stamp = tuple[int, int, int]
NOTHING: Stamp = (0, 0, 0)
JOURNALS = ANNOTATIONS, CASES = "annotations", "cases"


@dataclass(frozen=True)
class Commit:
    """Rows that were stored at once: the number of the line, when (UTC), and who."""

    number: int
    at: dt.datetime
    who: str
    rows: tuple[Row, ...]


class Journal:
    """One such file of a store: ``<name>.jsonl``."""

    def __init__(self, location: Path, name: str) -> None:
        self.path = location / f"{name}.jsonl"
        self.head = location / f"{name}.head.json"

    def stamp(self) -> Stamp:
        """Changes whenever the file does; NOTHING where there is none."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return NOTHING
        except OSError as error:
            raise damaged(self.path, error) from error
        return found.st_mtime_ns, found.st_size, found.st_ino

    def read(self) -> list[Commit]:
        """Every commit, oldest first. Raises StoreDamaged for lines that are gone or changed."""
        return self._checked()[0]

    def append(self, store: Store, rows: Sequence[Row], who: str) -> Commit:
        """Store rows, all or none, signed. When this returns, they are safe.

        Raises StoreBusy, StoreDamaged, StoreNotWritten; ValueError without a name.
        """
        if not who.strip():
            raise ValueError("what a person writes is signed: give a name")
        store.create()
        with store.lock("edits"):
            before, end = self._checked()
            number = before[-1].number + 1 if before else 1
            commit = Commit(number, dt.datetime.now(dt.UTC), who.strip(), tuple(rows))
            with told_if_not_written(self.path):
                self._write(_line(commit), end)
                self._state(len(before) + 1)
        return commit

    def rewrite(self, keep: Callable[[Row], bool]) -> int:
        """Write the file without some rows; how many went. Call it under the store's locks."""
        commits = self.read()
        kept = [
            Commit(c.number, c.at, c.who, tuple(row for row in c.rows if keep(row)))
            for c in commits
        ]
        gone = sum(len(c.rows) for c in commits) - sum(len(c.rows) for c in kept)
        if gone:
            self.put(kept)
        return gone

    def put(self, commits: Sequence[Commit]) -> None:
        """Let these be the whole file."""
        with told_if_not_written(self.path):
            self._state(0)  # a kill between the two renames leaves a sound file
            write_beside(self.path, "".join(map(_line, commits)))
            self._state(len(commits))

    def damage(self) -> Iterator[tuple[Path, str]]:
        """(file, what is wrong) of each thing that is."""
        try:
            kept = self._kept()
        except StoreDamaged:
            kept = 0
            yield self.head, "it cannot be read"
        try:
            whole = [line for line in self._lines() if line.endswith(b"\n")]
        except OSError as error:
            yield self.path, str(error)
            return
        found, kept = len([*_sound(whole)]), max(kept, len(whole))
        if found < kept:
            yield self.path, f"it holds {found} of the {kept} lines that were kept"

    def save(self, fresh: Path) -> int:
        """Write what can be read of it into another folder; the number of commits."""
        try:
            found = [*_sound(self._lines())]
        except OSError:
            found = []
        if found:
            Journal(fresh, self.path.stem).put(found)
        return len(found)

    def members(self) -> dict[str, bytes]:
        """The files by name as they are now, the head first: what it states is in the other."""
        return {p.name: p.read_bytes() for p in (self.head, self.path) if p.is_file()}

    def _kept(self) -> int:
        try:
            return int(json.loads(self.head.read_text(encoding="utf-8"))["lines"])
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.head, error) from error

    def _state(self, lines: int) -> None:
        write_beside(self.head, json.dumps({"lines": lines}))

    def _write(self, line: str, end: int) -> None:
        with self.path.open("ab") as file:
            file.truncate(end)  # a line that a kill cut
            file.write(line.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())

    def _checked(self) -> tuple[list[Commit], int]:
        """The commits, and where the last whole line ends. Raises StoreDamaged."""
        kept = self._kept()  # before the lines: a writer may add some in between
        found, end = self._whole()
        if len(found) < kept:
            told = Words("it holds {n} of the {kept} lines that were kept", n=len(found), kept=kept)
            raise damaged(self.path, told)
        return found, end

    def _lines(self) -> list[bytes]:
        try:
            return self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []

    def _whole(self) -> tuple[list[Commit], int]:
        """The same, however many were kept."""
        found, end = [], 0
        try:
            for line in self._lines():
                if line.endswith(b"\n"):
                    found.append(_commit(line))
                    end += len(line)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            told = Words("line {n} is not what was written", n=len(found) + 1)
            raise damaged(self.path, error if isinstance(error, OSError) else told) from error
        return found, end


def _sound(lines: Iterable[bytes]) -> Iterator[Commit]:
    """The commits that can be read, whatever the others are."""
    for line in lines:
        try:
            yield _commit(line)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


def _line(commit: Commit) -> str:
    at = commit.at.isoformat(timespec="microseconds")
    told = {"number": commit.number, "at": at, "who": commit.who, "rows": list(commit.rows)}
    return json.dumps({**told, "sum": _sum(told)}, ensure_ascii=False) + "\n"


def _commit(line: bytes) -> Commit:
    told = json.loads(line)
    if told.pop("sum") != _sum(told):
        raise ValueError("its sum differs")
    at = dt.datetime.fromisoformat(told["at"])
    return Commit(int(told["number"]), at, str(told["who"]), tuple(told["rows"]))


def _sum(told: Row) -> str:
    text = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).hexdigest()
