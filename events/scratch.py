"""A folder in which one process keeps what it works out of a large store; it goes with the process.

Nobody else can read it, nobody else uses it. What a killed process left is deleted by the next one
that makes such a folder.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "frise-counted-"  # and the number of the process


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """A new folder, deleted by its holder or at the end of the process. Raises OSError."""
    _sweep(Path(tempfile.gettempdir()))
    return tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
    )


def _sweep(around: Path) -> None:
    """Delete the folders of processes that are no more; those of other users stay."""
    for folder in around.glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(number: int) -> bool:
    """Whether a process of that number runs."""
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another user's
        return True
    return True
