"""Files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename: a full disk or a kill leaves what was there before.

    A link stays and the file that it leads to is replaced. Raises OSError.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """The same with several files: all are written before the first gets its name.

    Where one cannot be written, none is replaced; a kill between two names leaves some of them.

    Raises OSError.
    """
    places = {place_of(path): data for path, data in files.items()}
    beside = {place: place.with_name(f"{place.name}.new") for place in places}
    try:
        for path, temporary in beside.items():
            with temporary.open("wb") as file:
                with contextlib.suppress(FileNotFoundError):  # who may read it stays as it was
                    os.fchmod(file.fileno(), stat.S_IMODE(os.stat(path).st_mode))
                file.write(places[path])
                file.flush()
                os.fsync(file.fileno())
        for path, temporary in beside.items():
            temporary.replace(path)
    finally:
        for temporary in beside.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def place_of(path: Path) -> Path:
    """Where a file of this name is written: there, or where a link leads to.

    Raises OSError where something stands that is no regular file: to rename a file over a device
    or a pipe would take it from all programs.
    """
    place = Path(os.path.realpath(path))
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(os.stat(place).st_mode):
            raise OSError(errno.EINVAL, "no regular file stands there: name a file", str(path))
    return place
