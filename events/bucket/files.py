"""The files of a copy as they lie on this machine, and what is known of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from events.bucket.contents import Contents

OWN = ("visits.json", "backups.json")  # of this machine, in the folder of the store
# what is of this machine alone, or is not whole yet: locks, files beside their place, and those
# that Delta writes before it renames them
_STAYS = re.compile(
    r"(.*/)?(" + "|".join(map(re.escape, OWN)) + r"|_commit_[^/]*|[^/]*\.(lock|new|tmp)|[^/]*#\d+)"
)
Stamp = tuple[int, int, int]  # bytes, moment of the last change, number of the file


@dataclass(frozen=True)
class Held:
    """What the copy was when it was last the same as the bucket: its contents, and the sum and
    stamp of each file (none where the bucket lacked it). `published`: the number
    of the contents whose entries of logs were copied to their own paths from here."""

    contents: Contents = field(default_factory=Contents)
    files: Mapping[str, tuple[str, Stamp]] = field(default_factory=dict)
    published: int = -1


def on_disk(folder: Path) -> dict[str, Stamp]:
    """Path within the store -> stamp, of every file that travels."""
    found = {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if not _STAYS.fullmatch(name):
            found[name] = stamp(path)
    return found


def stamp(path: Path) -> Stamp:
    """Changes with the file."""
    told = os.lstat(path)
    return told.st_size, told.st_mtime_ns, told.st_ino


def _files(folder: Path) -> Iterator[Path]:
    for around, _folders, names in os.walk(folder):
        yield from (p for name in names if os.path.isfile(p := Path(around, name)))
