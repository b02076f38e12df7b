"""A watched folder: files that are new or changed, once nobody writes to them any more."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from events.error_words import Words
from events.source_settings import Source
from loaders.readers import article_files
from loaders.sources.items import Item, Surroundings, missing

SETTLED = 2.0  # seconds without a change after which a file is whole
_PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", "~")


def bring(source: Source, around: Surroundings) -> Iterator[Item]:
    """Files of the folder and those beneath it. Raises SourceError where it cannot be read."""
    folder = Path(source.path).expanduser()
    if not os.access(folder, os.R_OK | os.X_OK) or not folder.is_dir():
        raise missing(folder, Words("folder"))
    for path in article_files(folder):
        key = os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace")
        if key.endswith(_PARTIAL):
            continue
        stamp = _stamp(path)
        if stamp is None or around.seen.get(key) == stamp:
            continue
        if not _is_settled(path):
            yield Item("", "", name=str(path), ready=False)
        else:
            yield Item(key, stamp, path, str(path))


def _stamp(path: Path) -> str | None:
    """Size and moment of the last change; None where the file is gone by now."""
    try:
        told = path.stat()
    except OSError:
        return None
    return f"{told.st_size} {told.st_mtime_ns}"


def _is_settled(path: Path) -> bool:
    """Whether nothing was written for a while; a clock of another machine may run ahead."""
    try:
        told = path.stat()
    except OSError:
        return False
    return abs(time.time() - max(told.st_mtime, told.st_ctime)) >= SETTLED
