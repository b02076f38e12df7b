"""What is counted of a large store, kept beside it: one process works it out, others begin with it.

``<store>.counted/counted.duckdb`` is a copy of the file that a process works in (`events.scratch`),
with a note of what it is of. Each process takes a copy of its own and brings that up to date. No
table of the store names it, no backup holds it; it may be deleted at any time. It is made of rows
of the store, so it goes when articles are erased.
"""

from __future__ import annotations

import functools
import glob
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from events.reference import REFERENCE_DIR
from events.scratch import is_running

NAME = "counted.duckdb"
_NOTE = "kept_state"  # the table of one text, a State as JSON
_ROOM = 2  # times its size that have to be free on the disk


@dataclass(frozen=True)
class State:
    """What a working file is of: the place and id of a store, its version, its files by table as
    DuckDB names them, how many of its articles are erased, and the program."""

    location: str
    store: str
    version: tuple[int, ...]
    files: Mapping[str, Sequence[str]]
    erased: int
    program: str


def folder(location: Path) -> Path:
    """Where that of a store lies, by whatever link the store is reached: erasing must find it."""
    real = Path(os.path.realpath(location))
    return real.with_name(f"{real.name}.counted")


@functools.cache
def program() -> str:
    """Another text where another program, or another version of DuckDB, would make other tables."""
    told = hashlib.blake2b(duckdb.__version__.encode(), digest_size=16)
    around = (Path(__file__).parent.glob("*.py"), REFERENCE_DIR.glob("*.*"))
    for path in sorted(path for found in around for path in found):
        told.update(path.read_bytes())
    return told.hexdigest()


def take(location: Path, target: Path) -> bool:
    """Copy it to another place; whether it is there now."""
    try:
        shutil.copyfile(folder(location) / NAME, target)
    except OSError:  # there is none, or no room: what it holds is worked out
        target.unlink(missing_ok=True)
        return False
    return True


def state_of(connection: duckdb.DuckDBPyConnection) -> State | None:
    """What the tables of a connection are of; None where nobody knows, or of another program."""
    try:
        told = json.loads(connection.execute(f"SELECT * FROM {_NOTE}").fetchall()[0][0])
        found = State(**{**told, "version": tuple(told["version"])})
    except (duckdb.Error, IndexError, ValueError, KeyError, TypeError):
        return None
    return found if found.program == program() else None


def put(location: Path, file: Path, state: State, connection: duckdb.DuckDBPyConnection) -> None:
    """Keep a working file, of which only this connection is open, in the place of the one before;
    where that cannot be done, nothing is kept. Raises duckdb.Error."""
    connection.execute(f"CREATE OR REPLACE TABLE {_NOTE} AS SELECT ? AS told", [_text(state)])
    connection.execute("CHECKPOINT")
    beside = folder(location) / f"{os.getpid()}.new"
    with suppress(OSError):
        beside.parent.mkdir(location.stat().st_mode & 0o777, exist_ok=True)  # seen by as many
        _sweep(beside.parent)
        if shutil.disk_usage(beside.parent).free > _ROOM * file.stat().st_size:
            _copy(file, beside)
            beside.replace(beside.with_name(NAME))
    with suppress(OSError):
        beside.unlink(missing_ok=True)
    if not all(os.path.exists(path) for path in _paths(state)):  # erased meanwhile
        with suppress(OSError):  # who erases tries, too, and says so
            forget(location)


def forget(location: Path) -> None:
    """Delete it. Raises OSError."""
    for path in folder(location).glob("*"):
        path.unlink(missing_ok=True)


def _text(state: State) -> str:
    return json.dumps(asdict(state))


def _copy(file: Path, target: Path) -> None:
    """Copy a file, so that it is on the disk before its name is."""
    shutil.copyfile(file, target)
    with target.open("rb+") as copied:
        os.fsync(copied.fileno())


def _paths(state: State) -> list[str]:
    """The files of the store that it is of."""
    return [_unescaped(path) for files in state.files.values() for path in files]


def _unescaped(path: str) -> str:
    """The path of which `glob.escape` made this one: a store's have no brackets of their own."""
    for sign in "?*":
        path = path.replace(glob.escape(sign), sign)
    return path


def _sweep(around: Path) -> None:
    """Delete what killed processes left."""
    for path in around.glob("*.new"):
        if path.stem.isdecimal() and not is_running(int(path.stem)):
            path.unlink(missing_ok=True)
