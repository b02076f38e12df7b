"""What the bucket holds is brought to this machine: what differs alone, and whole or not at all.

Files are fetched beside their places and then put there in the order in which a writer would have
written them, so that who reads meanwhile finds every state of the store sound. An object that is
missing or has other bytes than were sent leaves its file missing or with those bytes: whoever reads
it says so, as of a folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from events import manifest, store_swap
from events.bucket import contents as told
from events.bucket.contents import Contents, Kept, in_order, is_of_log
from events.bucket.files import OWN, Held, Stamp, on_disk, stamp
from events.bucket.objects import ObjectMissing, Objects
from events.store_errors import told_if_not_written
from events.tables import FACTS, SCHEMAS

MARKER = "store.json"
AT_ONCE = 8  # requests
# the order in which a load writes; the article table commits
TABLES = (*FACTS[:-1], *(name for name in SCHEMAS if name not in FACTS), FACTS[-1])


class Moved(Exception):
    """Somebody wrote meanwhile: what was asked for is no longer there, ask for the new contents."""


def bring(objects: Objects, contents: Contents, location: Path, held: Held) -> tuple[Held, bool]:
    """Make the folder what the contents say; what is held then, and whether entries of a log that
    were written here were taken back. Raises Moved, StoreUnreachable, StoreNotWritten; the folder
    is as it was where it raises before anything was put."""
    incoming = location.with_name(f"{location.name}.incoming")
    with told_if_not_written(location):
        incoming.mkdir(parents=True, exist_ok=True)
        wanted = {p: k for p, k in contents.files.items() if not _is_here(location, p, k, held)}
        fetched = _fetched(objects, contents, wanted, location, held)
        is_taken_back = False
        if MARKER in wanted:
            _put_whole(contents, location, fetched)
        else:
            is_taken_back = _put(contents, location, fetched, held)
        shutil.rmtree(incoming, ignore_errors=True)
        wrong = {path for path in wanted if path not in fetched or fetched[path].is_other}
        files = _as_it_lies(contents, location, wrong)
    return replace(held, contents=contents, files=files), is_taken_back


def _is_here(location: Path, path: str, kept: Kept, held: Held) -> bool:
    """Whether the file has those bytes: by what is held of it, else by reading it."""
    try:
        found = stamp(location / path)
    except OSError:
        return False
    if held.files.get(path) == (kept.sum, found):
        return True
    return found[0] == kept.size and manifest.checksum(location / path) == kept.sum


@dataclass(frozen=True)
class _Fetched:
    """Where the bytes of a file lie, and whether they are others than were sent."""

    at: Path
    is_other: bool = False


def _fetched(
    objects: Objects, contents: Contents, wanted: dict[str, Kept], location: Path, held: Held
) -> dict[str, _Fetched]:
    """Path -> its bytes, beside the folder; without those whose objects are missing."""

    def fetch(path: str) -> _Fetched | None:
        try:
            return _fetch(objects, path, wanted[path], location, held.contents.files.get(path))
        except ObjectMissing:
            if told.read(objects, contents) is not contents:
                raise Moved from None
            return None

    with ThreadPoolExecutor(AT_ONCE) as several:
        found = dict(zip(wanted, several.map(fetch, wanted), strict=True))
    return {path: one for path, one in found.items() if one}


def _fetch(
    objects: Objects, path: str, kept: Kept, location: Path, before: Kept | None
) -> _Fetched:
    """The bytes of one file; other bytes than were sent are asked for once more."""
    name = hashlib.sha256(f"{path} {kept.sum}".encode()).hexdigest()
    target = location.with_name(f"{location.name}.incoming") / name
    if target.is_file() and manifest.checksum(target) == kept.sum:
        return _Fetched(target)  # of a try before
    for grown_from in (before, None, None):
        start = _start(location / path, grown_from, kept) if grown_from else b""
        _download(objects, kept.keys(path), kept, target, start)
        if manifest.checksum(target) == kept.sum:
            return _Fetched(target)
    return _Fetched(target, is_other=True)


def _start(path: Path, before: Kept, kept: Kept) -> bytes:
    """What a file that grew shares with the one that is here."""
    size = sum(size for _, size in kept.pieces[: _shared(before, kept)])
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def _download(objects: Objects, keys: list[str], kept: Kept, target: Path, start: bytes) -> None:
    """Write a file from its objects, but for those that `start` holds already."""
    left, pieces = len(start), iter(kept.pieces)
    with target.open("wb") as file:
        file.write(start)
        for key in keys:
            left -= next(pieces, (key, 0))[1]
            if not start or left < 0:
                for part in objects.pieces(key):
                    file.write(part)


def _shared(before: Kept, kept: Kept) -> int:
    """How many pieces two states of a file begin with alike."""
    alike = 0
    for ours, theirs in zip(before.pieces, kept.pieces, strict=False):
        if ours != theirs:
            break
        alike += 1
    return alike


def _put(contents: Contents, location: Path, fetched: dict[str, _Fetched], held: Held) -> bool:
    """Put files in their places and delete the others; whether entries of a log that were written
    here were taken back."""
    here = on_disk(location)
    gone = [path for path in here if path not in contents.files]
    touched = (path for path in (*fetched, *gone) if is_of_log(path) and path in here)
    ours = any(held.files.get(path, ("", None))[1] != here[path] for path in touched)
    for path in in_order(fetched, TABLES):
        _move(fetched[path].at, location / path)
    for path in reversed(in_order(gone, TABLES)):
        (location / path).unlink(missing_ok=True)
    return ours


def _put_whole(contents: Contents, location: Path, fetched: dict[str, _Fetched]) -> None:
    """Another store stands there now, or none stood here: it is put in its place in one go."""
    fresh = store_swap.prepare(location, "fetching")
    fresh.mkdir(parents=True)
    for path in (*contents.files, *OWN):
        if path in fetched:
            _move(fetched[path].at, fresh / path)
        elif (location / path).is_file():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(location / path, fresh / path)
    old = store_swap.put(fresh, location, "outdated")
    if old:
        shutil.rmtree(old, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def _as_it_lies(
    contents: Contents, location: Path, wrong: Collection[str]
) -> dict[str, tuple[str, Stamp]]:
    """Sum and stamp of each file that is here; no sum of those that are not what was sent."""
    return {
        path: ("" if path in wrong else kept.sum, stamp(location / path))
        for path, kept in contents.files.items()
        if (location / path).is_file()
    }
