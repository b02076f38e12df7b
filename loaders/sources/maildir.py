"""A Maildir: one file a message, in `new` and `cur`; a message that moves between them is known."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from events.error_words import Words
from events.source_settings import Source
from loaders.readers.source_file import max_bytes
from loaders.sources.items import Item, Surroundings, kept_file, missing


def bring(source: Source, around: Surroundings) -> Iterator[Item]:
    """Messages not seen before. Nothing is moved or marked as read. Raises SourceError."""
    folder = Path(source.path).expanduser()
    if not any((folder / name).is_dir() for name in ("new", "cur")):
        raise missing(folder, Words("Maildir (a folder with new and cur)"))
    for path in sorted(each for name in ("new", "cur") for each in _files(folder / name)):
        key = path.name.partition(":")[0]  # after the colon stand flags, which change
        if key in around.seen:
            continue
        try:
            if path.stat().st_size > max_bytes():
                yield Item(key, "read", path, str(path))  # the reader says that it is too large
                continue
            # under a name that tells what it is
            copy = kept_file(b"", ".eml", around)
            shutil.copyfile(path, copy)
        except FileNotFoundError:  # moved while we looked: the next look finds it
            continue
        yield Item(key, "read", copy, str(path), temporary=True)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")]
