"""A process that reads articles, and the clock that ends it when it is late.

It is started as a command of its own (loaders/worker_process.py) and not by multiprocessing, which
would run the main module of whoever asks (the dashboard, say) once more. Calls and answers go
through its pipes, pickled. The count of work (loaders/text/budget.py) holds before the clock does,
on any ordinary machine. This side imports nothing that reads, so that a process can be started
before anything else is imported.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, Any

from loaders.stage_error import StageError

ROOT = Path(__file__).resolve().parents[1]
LATE = (
    "Load it again: it is tried anew. Or split its text, or raise loading.article_seconds of "
    "frise.toml."
)
CLOCK, DEAD = "clock", "worker"  # stages of a StageError: it was late, or its process ended
BEGUN = "begun"  # the worker has its models: from now on the clock counts
Call = tuple[Collection[str], Callable[..., Any], tuple[Any, ...]]


class Worker:
    """A process that answers one call after the other."""

    def __init__(self) -> None:
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "loaders.worker_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.into, self.out = self.process.stdin, self.process.stdout

    def ask(self, call: Call, seconds: float) -> Any:
        """The answer to a call: languages whose models it needs, a function, its arguments.

        Raises StageError: what the function raised, or CLOCK or DEAD where it was late or died.
        """
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        clock = threading.Timer(seconds, end)
        try:
            send(self.into, call)
            if pickle.load(self.out) == BEGUN:
                clock.start()
            found = pickle.load(self.out)
        except (EOFError, OSError, pickle.UnpicklingError):
            if late.is_set():
                raise StageError(CLOCK, f"not read within {seconds:g} s", LATE) from None
            self.end()
            told = f"the worker process ended with {self.process.returncode}"
            raise StageError(DEAD, told, LATE) from None
        finally:
            clock.cancel()
        if isinstance(found, StageError):
            raise found
        return found

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def send(file: IO[bytes], message: Any) -> None:
    file.write(pickle.dumps(message))
    file.flush()


_AHEAD: list[Worker] = []


def start_ahead() -> None:
    """Start a process before anybody asks: it loads its models while the asking side still
    imports what it needs."""
    _AHEAD.append(Worker())


def started() -> Worker:
    """The process that was started ahead, or a new one."""
    return _AHEAD.pop() if _AHEAD else Worker()


@atexit.register
def _end_unused() -> None:
    while _AHEAD:
        _AHEAD.pop().end()
