"""Files of a store that can be read to their end: a pipe, a device or a socket in the place of one
is damage, and would hold a reader for ever."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_LARGEST = 1 << 30


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError, ValueError (too large)."""
    with open(path, "rb", opener=_without_waiting) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"it is no regular file: {path}")
        if found.st_size > _LARGEST:
            raise ValueError(f"it has {found.st_size} bytes")
        return file.read()


def _without_waiting(path: str, flags: int) -> int:
    """A pipe is opened without waiting for somebody who writes."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_text(path: Path) -> str:
    """The text of a file. Raises OSError, ValueError (no UTF-8, too large)."""
    return read_bytes(path).decode("utf-8")


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises OSError, ValueError (nested too deeply, too large)."""
    told = read_text(path)
    try:
        return json.loads(told)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def refuse_endless(paths: Iterable[Path]) -> None:
    """Raise OSError for one that is there and neither a file nor a folder. A link to a folder is
    refused as well: delta-rs would look at all that lies beneath it."""
    for path in paths:
        try:
            mode = os.stat(path).st_mode
        except OSError:  # missing, a link to itself: said where it is read
            continue
        if not (stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not os.path.islink(path))):
            raise OSError(f"it is no regular file: {path}")
