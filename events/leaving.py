"""Leaving a process whose work is stored, without waiting for the engine's threads."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process with this exit code now, after writing out what was printed.

    DuckDB's worker threads over Arrow data abort the interpreter's own shutdown now and then
    ("terminate called without an active exception", 4 of 28 loads): the work was stored, yet the
    exit code said that it failed.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the reader of a pipe went away, or the stream is closed
            code = code or 1
    os._exit(code)
