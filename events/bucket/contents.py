"""What a store in a bucket holds: one object, ``contents.json``, and swapping it is the commit.

    {"number": 12, "id": "…", "leaving": [keys], "changed": [paths],
     "files": {"log.jsonl": {"sum": "…", "size": 812, "pieces": [[key, size], …]},
               "events/month=2024-11/part-….parquet": {"sum": "…", "size": 90112, "pieces": []}}}

Files of rows are never changed and lie under their own paths, where other programs read them (no
pieces). All others lie in objects of their own, ``pieces/…``, that are never changed either: a file
that grew at its end has one piece more. Entries of the Delta logs are copied to their own paths
once they count, for other programs. `leaving`: objects that this number names no longer,
`changed`: entries of logs that it brought; who writes next deletes and copies what is left to do of
them before he writes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from events.bucket.objects import ObjectMissing, Objects
from events.store_errors import damaged

KEY = "contents.json"
PIECES = "pieces"
LOG = "_delta_log"


@dataclass(frozen=True)
class Kept:
    """One file: BLAKE2b of its bytes, how many, and the objects (key, bytes) that they lie in; ():
    the object has the path of the file."""

    sum: str
    size: int
    pieces: tuple[tuple[str, int], ...] = ()

    def keys(self, path: str) -> list[str]:
        """The objects of the file, in order."""
        return [key for key, _ in self.pieces] or [path]


def is_of_log(path: str) -> bool:
    """Whether a file is of the log of a Delta table."""
    return f"/{LOG}/" in path


@dataclass(frozen=True)
class Contents:
    """Every file of the store by its path. `tag`: of the object that said so, None before any."""

    files: Mapping[str, Kept] = field(default_factory=dict)
    leaving: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    number: int = 0
    id: str = ""
    tag: str | None = None

    def followed_by(self, files: Mapping[str, Kept]) -> Contents:
        """The next contents, with these files."""
        after = replace(self, files=files, number=self.number + 1, id=secrets.token_hex(8))
        gone = self.keys() - after.keys()
        brought = [p for p, kept in files.items() if is_of_log(p) and self.files.get(p) != kept]
        return replace(after, leaving=tuple(sorted(gone)), changed=tuple(sorted(brought)))

    def keys(self) -> set[str]:
        """Every object that the files lie in, and the copies of entries of the logs."""
        named = {key for path, kept in self.files.items() for key in kept.keys(path)}
        return named | set(filter(is_of_log, self.files))

    def as_json(self) -> bytes:
        """As the object holds it."""
        files = {path: vars(kept) for path, kept in sorted(self.files.items())}
        told = {"number": self.number, "id": self.id, "leaving": self.leaving}
        told |= {"changed": self.changed, "files": files}
        return json.dumps(told, separators=(",", ":")).encode()


def parsed(content: bytes, tag: str | None) -> Contents:
    """What `as_json` wrote. Raises ValueError, KeyError, TypeError for anything else."""
    told = json.loads(content)
    files = {
        str(path): Kept(
            str(kept["sum"]),
            int(kept["size"]),
            tuple((str(key), int(size)) for key, size in kept["pieces"]),
        )
        for path, kept in told["files"].items()
    }
    if any(".." in PurePosixPath(path).parts or path.startswith("/") for path in files):
        raise ValueError("a path leads out of the store")
    leaving, changed = (tuple(map(str, told[name])) for name in ("leaving", "changed"))
    return Contents(files, leaving, changed, int(told["number"]), str(told["id"]), tag)


def read(objects: Objects, known: Contents) -> Contents:
    """The newest contents, `known` itself where it is still that; without a tag where the bucket
    holds no store. Raises StoreDamaged, StoreUnreachable."""
    try:
        found = objects.get(KEY, known.tag or "")
        return parsed(*found) if found else known
    except ObjectMissing:
        return Contents()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(f"{objects.address}/{KEY}", error) from error


def state(objects: Objects) -> tuple[bool, str | None]:
    """Whether the contents can be read, and the tag of their object, None where it is missing.
    Raises StoreUnreachable."""
    try:
        content, tag = objects.get(KEY) or (b"", "")
    except ObjectMissing:
        return False, None
    try:
        parsed(content, tag)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False, tag
    return True, tag


def is_of_rows(path: str) -> bool:
    """Whether a file is one of rows: written once, under a name that nothing else ever has."""
    return path.endswith(".parquet") and not is_of_log(path)


def in_order(paths: Iterable[str], tables: tuple[str, ...]) -> list[str]:
    """Paths as they are to be written for somebody who reads meanwhile: files of rows, entries of
    the logs in the order of the tables, then all that states what is there."""

    def rank(path: str) -> tuple[int, int, str]:
        table = path.partition("/")[0]
        place = tables.index(table) if table in tables else len(tables)
        is_entry = is_of_log(path) and not path.endswith("_last_checkpoint")
        return (0 if is_of_rows(path) else 1 if is_entry else 2), place, path

    return sorted(paths, key=rank)
