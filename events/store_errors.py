"""What can go wrong with the store, in words, and files that are there whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from deltalake.exceptions import DeltaError, TableNotFoundError

from events.bucket.shown import shown
from events.error_words import WordedError, Words

_COLOURS = re.compile(r"\x1b\[[\d;]*m")  # of Delta's errors, which have lines beneath each other
_CALLS = re.compile(r"\n\s*0: .*", re.DOTALL)  # and where it stood, frame by frame
_NO_ROOM = ("No space left", "File too large", "Disk quota exceeded", "Read-only file system")
_UNREADABLE = (DeltaError, TableNotFoundError, OSError, ValueError, pa.ArrowException)


class StoreError(WordedError):
    """An error of the store: its message says what is wrong, where, and what to do. Paths in the
    copy of a store in a bucket are told by its address."""

    def __init__(self, words: str | Words = "", **values: object) -> None:
        super().__init__(words, **{name: shown(value) for name, value in values.items()})


class StoreMissing(StoreError):
    """No store at the location: nothing has been loaded yet."""


class StoreDamaged(StoreError):
    """A store that cannot be read: a table or file is missing, broken or of another version."""


class StoreNewer(StoreDamaged):
    """A store that a newer program wrote: nothing is read of it, nothing repaired."""


class StoreOutdated(StoreError):
    """A store of an older schema: `python -m loaders migrate` brings it up to date."""


class StoreBusy(StoreError):
    """Another load, or another edit, holds the lock."""

    @classmethod
    def after(cls, seconds: float, path: object) -> StoreBusy:
        """Of a lock that another process has held for so long."""
        return cls(
            "another process has held {path} for {seconds} s; wait for it to end and try again",
            path=path,
            seconds=f"{seconds:.0f}",
        )


class EditedMeanwhile(StoreError):
    """Somebody edited the event after the person who edits it now had looked at it."""


class NotWorkedOut(StoreError):
    """What is worked out of a large store cannot be kept in the folder for temporary files."""


class StoreNotWritten(StoreError):
    """The disk is full or the store is read-only. What was reported as kept is in the store."""


def write_beside(path: Path, text: str) -> None:
    """Write a small file beside its place and rename it: it is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.new")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def free_path(path: Path) -> Path:
    """The path, or the first of path.2, path.3 ... that is not taken."""
    taken, number = path, 1
    while os.path.lexists(taken):
        number += 1
        taken = path.with_name(f"{path.name}.{number}")
    return taken


@contextmanager
def told_if_damaged(path: Path) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        if is_without_room(error):
            raise _not_written(path, error) from error
        raise damaged(path, error) from error


@contextmanager
def told_if_not_written(path: Path) -> Iterator[None]:
    """A full disk or a read-only folder in plain words. What is there stays as it was."""
    try:
        yield
    except (DeltaError, OSError) as error:
        raise _not_written(path, error) from error


def refuse_without_room(path: Path, wanted: int) -> None:
    """Raise StoreNotWritten where the disk has not so many bytes free: met in the midst of writing,
    delta-rs panics."""
    free = shutil.disk_usage(path).free
    if free < wanted:
        needed = f"{wanted / 1e6:,.1f} MB are needed, {free / 1e6:,.1f} MB are free"
        raise _not_written(path, OSError(f"No space left on device: {needed}"))


def is_without_room(error: Exception) -> bool:
    """Whether a library says that the disk is full or not to be written."""
    return any(words in str(error) for words in _NO_ROOM)


def not_worked_out(folder: Path, error: Exception) -> NotWorkedOut:
    """The error to raise where working files cannot be written or read back."""
    return NotWorkedOut(
        "what is worked out of this large store cannot be kept in {path}: {problem}. The store "
        "itself is as it was: try again; if that does not help, make room there, or start with "
        "another folder in TMPDIR",
        path=folder,
        problem=in_one_line(error),
    )


def _not_written(path: Path, error: Exception) -> StoreNotWritten:
    told = in_one_line(error)
    return StoreNotWritten(
        "{path} cannot be written: {problem}. What was reported as kept is safe, the rest may not "
        "be in the store: make room on the disk or change the folder's rights, and try again",
        path=path,
        problem=told,
    )


def damaged(path: Path | str, error: Exception | Words) -> StoreDamaged:
    """The error to raise for a part of the store that cannot be read."""
    return StoreDamaged(
        "the store is damaged at {path}: {problem}. Run 'python -m loaders check', which says what "
        "is lost, then 'python -m loaders repair', which keeps all that can be kept",
        path=path,
        problem=error if isinstance(error, Words) else in_one_line(error),
    )


def in_one_line(error: Exception) -> str:
    """What an error of a library says in one line, its kind where it says nothing. A long one is
    cut in its middle: the reason stands last, after a path."""
    plain = re.sub(r"\s*↳", ":", _CALLS.sub("", _COLOURS.sub("", str(error))))
    told = " ".join(plain.split()) or type(error).__name__
    return told if len(told) <= 200 else f"{told[:60]} … {told[-140:]}"
