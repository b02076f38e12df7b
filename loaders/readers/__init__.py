"""Readers: article files -> articles. One file a format, one line each in `READERS`."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from events.model import Article
from loaders.readers import front_matter, json_lines, plain_text, web_page
from loaders.readers.source_file import SetAside, UnreadableError

__all__ = ["READERS", "SetAside", "UnreadableError", "article_files", "read_path"]

Reader = Callable[[Path], Iterator[Article | SetAside]]
READERS: dict[str, Reader] = {
    ".txt": plain_text.read,
    ".text": plain_text.read,
    ".md": front_matter.read,
    ".markdown": front_matter.read,
    ".html": web_page.read,
    ".htm": web_page.read,
    ".xhtml": web_page.read,
    ".jsonl": json_lines.read,
    ".ndjson": json_lines.read,
}

# the detector of languages unpacks its model into a temporary file
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def read_path(path: Path | str) -> Iterator[Article | SetAside]:
    """Articles of a file, or of every file of a folder, sorted by path; what can't be read is
    set aside in its place. Never raises for what a file holds; OSError for a full disk.
    """
    for file in article_files(path):
        reader = READERS.get(file.suffix.lower(), _no_reader)
        try:
            yield from reader(file)
        except OSError as error:
            if error.errno in _NO_ROOM:  # no fault of the file: the next would fail alike
                raise
            yield _failed(file, error)
        except Exception as error:  # a parser that fails on one file must not end the run
            yield _failed(file, error)


def _failed(file: Path, error: Exception) -> SetAside:
    problem = f"the reader failed with {type(error).__name__}"
    return SetAside(str(file), "", str(error)[:80], problem, "Save the text as UTF-8 .txt.")


def article_files(path: Path | str) -> list[Path]:
    """The file itself, or all files beneath a folder in order, without the hidden ones."""
    root = Path(path)
    if not root.is_dir():
        return [root]
    files: list[Path] = []
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if not name.startswith(".")]
        files += [Path(folder, name) for name in names if not name.startswith(".")]
    return sorted(files)


def _no_reader(file: Path) -> Iterator[Article | SetAside]:
    if not file.exists():
        yield SetAside(str(file), "", "", "there is no such file", "Check the path.")
        return
    known = ", ".join(READERS)
    remedy = f"Give one of {known}."
    yield SetAside(str(file), "", file.suffix or "none", "no reader for this extension", remedy)
