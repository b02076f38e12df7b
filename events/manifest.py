"""What each table of the store is known to hold: its least version, its files and their checksums.

One small file a table, ``manifest/<table>.json``, written last in every commit, under the lock of
that table:

    {"version": 7, "at": "2026-11-29T10:00:00+00:00", "files": {"part-….parquet": "<blake2b>"}}

A table that is newer than its manifest is sound: the writer was killed between the two, and the
next writer brings the manifest up to date. A table that is older, lacks a file or is not there is
damaged: a newest log that is lost, empty or cut would otherwise look like an earlier state, and the
next load would write over it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from deltalake import DeltaTable

from events.error_words import Words
from events.regular_files import read_json, refuse_endless
from events.store_errors import write_beside

FOLDER = "manifest"
_PIECE = 1 << 20


class ManifestError(ValueError):
    """What a manifest says against its table: which, since when, what is missing."""


@dataclass(frozen=True)
class Manifest:
    """`files`: path within the table -> BLAKE2b of the file's bytes."""

    version: int
    at: str
    files: dict[str, str] = field(default_factory=dict)


def read(store: Path, name: str) -> Manifest | None:
    """The manifest of a table, None where there is none. Raises ManifestError for a broken one."""
    path = store / FOLDER / f"{name}.json"
    try:
        told = read_json(path)
        files = {str(file): str(told["files"][file]) for file in told["files"]}
        return Manifest(int(told["version"]), str(told["at"]), files)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ManifestError(f"{path} cannot be read: {error}") from None


def write(store: Path, name: str, table: DeltaTable) -> Manifest:
    """State the table as it is now; call it under the table's lock, after the commit."""
    known = _or_empty(store, name).files
    root = store / name
    sums = {file: known.get(file) or checksum(root / file) for file in files_of(table)}
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    manifest = Manifest(table.version(), now, sums)
    (store / FOLDER).mkdir(exist_ok=True)
    write_beside(store / FOLDER / f"{name}.json", json.dumps(vars(manifest)))
    return manifest


def problem(manifest: Manifest, name: str, table: DeltaTable) -> Words | None:
    """What the table lacks of what its manifest states; None for a sound one.

    Read the manifest before the table is opened: a writer may add to it in between.
    """
    version = table.version()
    if version < manifest.version:
        return Words(
            "its log ends at version {version}, but version {stated} was written on {at}: the "
            "entries between are missing",
            version=version,
            stated=manifest.version,
            at=manifest.at,
        )
    if version == manifest.version:
        missing = sorted(set(manifest.files) - set(files_of(table)))
        if missing:
            return Words(
                "the newest entry of its log is empty or cut: it does not name {file} ({n} files "
                "in all), written by {at}",
                file=missing[0],
                n=len(missing),
                at=manifest.at,
            )
    return None


def open_delta(path: Path) -> DeltaTable:
    """The Delta table of a folder. Raises many kinds of errors; all say that it cannot be read."""
    log = path / "_delta_log"
    refuse_endless(log / name for name in (os.listdir(log) if log.is_dir() else ()))
    table = DeltaTable(str(path))
    refuse_endless(path / file for file in files_of(table))
    return table


def files_of(table: DeltaTable) -> list[str]:
    """Paths of the table's files within its folder."""
    root = table.table_uri.removeprefix("file://").rstrip("/") + "/"
    return [
        unquote(uri.removeprefix("file://")).removeprefix(unquote(root))
        for uri in table.file_uris()
    ]


def checksum(path: Path) -> str:
    """BLAKE2b (16 bytes, hexadecimal) of a file, read in pieces. Raises OSError."""
    with path.open("rb") as file:
        return checksum_of(file)


def checksum_of(file: IO[bytes], most: int = sys.maxsize) -> str:
    """The same of an open file, from where it stands to its end, or of `most` bytes."""
    digest, left = hashlib.blake2b(digest_size=16), most
    while piece := file.read(min(_PIECE, left)):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def changed(store: Path, name: str, files: Iterable[str]) -> list[str]:
    """Those of the files whose bytes are not those that the manifest states, or cannot be read."""
    known = _or_empty(store, name).files
    told = [file for file in files if file in known and os.path.isfile(store / name / file)]
    return [file for file in told if _differs(store / name / file, known[file])]


def _differs(path: Path, told: str) -> bool:
    try:
        return checksum(path) != told
    except OSError:
        return True


def _or_empty(store: Path, name: str) -> Manifest:
    try:
        return read(store, name) or Manifest(-1, "")
    except ManifestError:
        return Manifest(-1, "")
