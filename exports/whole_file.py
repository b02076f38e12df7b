"""Files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename: a full disk or a kill leaves what was there before.

    Raises OSError.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """The same with several files: all are written before the first gets its name.

    Where one cannot be written, none is replaced; a kill between two names leaves some of them.

    Raises OSError.
    """
    beside = {path: path.with_name(f"{path.name}.new") for path in files}
    try:
        for path, temporary in beside.items():
            with temporary.open("wb") as file:
                file.write(files[path])
                file.flush()
                os.fsync(file.fileno())
        for path, temporary in beside.items():
            temporary.replace(path)
    finally:
        for temporary in beside.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
