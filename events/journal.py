"""An append-only file of JSON lines beside the tables: what persons write and no table holds.

A line is one commit, its rows stored all or none:

    {"number": 12, "at": "2026-11-30T10:00:00+00:00", "who": "Ana", "rows": [{…}], "sum": "…"}

`sum` is the BLAKE2b of the line without it. A line without its end was cut by a kill: nobody was
told that it is kept, and the next writer takes it away. ``<name>.head.json`` states how many lines
and bytes were kept, written last: a file that holds fewer is damaged, and nothing is written over
it.
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

from events import audit_log
from events.error_words import Words
from events.regular_files import read_json, refuse_endless
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


@dataclass(frozen=True)
class _Head:
    """What was kept: lines, bytes, and the number of the last line."""

    lines: int = 0
    bytes: int = 0
    number: int = 0


class Journal:
    """One such file of a store: ``<name>.jsonl``."""

    def __init__(self, location: Path, name: str) -> None:
        self.path = location / f"{name}.jsonl"
        self.head = location / f"{name}.head.json"
        self._commits: list[Commit] = []
        self._end = self._read_of = 0  # how far they reach, in which file

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
        """Every commit, oldest first. Raises StoreDamaged for lines that are gone or changed.

        One that is asked again reads what was added: lines are never changed in place.
        """
        kept = self._kept()  # before the lines: a writer may add some in between
        stamp = self.stamp()
        if stamp[2] != self._read_of or stamp[1] < self._end:
            self._commits, self._end, self._read_of = [], 0, stamp[2]
        added, self._end = self._from(self._end, len(self._commits))
        self._commits += added
        if len(self._commits) < kept.lines:
            told = Words(
                "it holds {n} of the {kept} lines that were kept",
                n=len(self._commits), kept=kept.lines,
            )  # fmt: skip
            raise damaged(self.path, told)
        return list(self._commits)

    def append(
        self,
        store: Store,
        rows: Sequence[Row],
        who: str,
        act: str = "",
        of: str = "",
        may: Callable[[], None] | None = None,
    ) -> Commit:
        """Store rows, all or none, signed. When this returns, they are safe. The log says it as
        `act` of `of` (`events.audit_log`); "": it is part of an act that stands there already.
        `may` is called before, when nobody else can write any more: what it raises ends it.

        Raises StoreBusy, StoreDamaged, StoreNotWritten; ValueError without a name.
        """
        if not who.strip():
            raise ValueError("what a person writes is signed: give a name")
        store.create()
        with store.lock("edits"):
            if may:
                may()
            kept = self._kept()
            if self.stamp()[1] < kept.bytes:
                self.read()  # says what is lost
                kept = _Head()
            more, end = self._from(kept.bytes, kept.lines)
            number = (more[-1].number if more else kept.number) + 1
            commit = Commit(number, dt.datetime.now(dt.UTC), who.strip(), tuple(rows))
            line = _line(commit)
            if act:
                audit_log.record(store, act, commit.who, of, rows)
            with told_if_not_written(self.path):
                self._write(line, end)
                self._state(_Head(kept.lines + len(more) + 1, end + len(line), number))
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
        lines = [*map(_line, commits)]
        with told_if_not_written(self.path):
            self._state(_Head())  # a kill between the two renames leaves a sound file
            beside = self.path.with_name(f"{self.path.name}.new")
            beside.write_bytes(b"".join(lines))
            beside.replace(self.path)
            number = commits[-1].number if commits else 0
            self._state(_Head(len(lines), sum(map(len, lines)), number))

    def damage(self) -> Iterator[tuple[Path, str]]:
        """(file, what is wrong) of each thing that is."""
        try:
            kept = self._kept().lines
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

    def _kept(self) -> _Head:
        try:
            told = read_json(self.head)
            return _Head(*(int(told[name]) for name in ("lines", "bytes", "number")))
        except FileNotFoundError:
            return _Head()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.head, error) from error

    def _state(self, head: _Head) -> None:
        write_beside(self.head, json.dumps(vars(head)))

    def _write(self, line: bytes, end: int) -> None:
        with self.path.open("ab") as file:
            file.truncate(end)  # a line that a kill cut
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _lines(self, start: int = 0) -> list[bytes]:
        """Raises OSError."""
        refuse_endless([self.path])
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                return file.readlines()
        except FileNotFoundError:
            return []

    def _from(self, start: int, before: int) -> tuple[list[Commit], int]:
        """The commits from an offset, with so many before it, and where the last whole line ends.
        Raises StoreDamaged."""
        found: list[Commit] = []
        try:
            for line in self._lines(start):
                if line.endswith(b"\n"):
                    found.append(_commit(line))
                    start += len(line)
        except OSError as error:
            raise damaged(self.path, error) from error
        except (ValueError, KeyError, TypeError) as error:
            told = Words("line {n} is not what was written", n=before + len(found) + 1)
            raise damaged(self.path, told) from error
        return found, start


def _sound(lines: Iterable[bytes]) -> Iterator[Commit]:
    """The commits that can be read, whatever the others are."""
    for line in lines:
        try:
            yield _commit(line)
        except (ValueError, KeyError, TypeError):
            continue


_SUM = b', "sum": "'
_END = len(_SUM) + 16 + len(b'"}\n')


def _line(commit: Commit) -> bytes:
    at = commit.at.isoformat(timespec="microseconds")
    told = {"number": commit.number, "at": at, "who": commit.who, "rows": list(commit.rows)}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return body[:-1] + _SUM + _sum(body) + b'"}\n'


def _commit(line: bytes) -> Commit:
    """The commit of a line. Raises ValueError, KeyError, TypeError for one that nobody wrote."""
    body = line[:-_END] + b"}"
    if line[-_END:] != _SUM + _sum(body) + b'"}\n':
        raise ValueError("its sum differs")
    told = json.loads(body)
    at = dt.datetime.fromisoformat(told["at"])
    return Commit(int(told["number"]), at, str(told["who"]), tuple(told["rows"]))


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).hexdigest().encode()
