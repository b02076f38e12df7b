"""A process that reads articles, and the clock that ends it when it is late.

It is started as a command of its own and not by multiprocessing, which would run the main module
of whoever asks (the dashboard, say) once more. Calls and answers go through its pipes, pickled.
The count of work (loaders/text/budget.py) holds before the clock does, on any ordinary machine.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from loaders.acts.network import network
from loaders.pipeline import StageError
from loaders.text.models import model

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
            [sys.executable, "-m", "loaders.worker"],
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
            _send(self.into, call)
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


def _send(file: IO[bytes], message: Any) -> None:
    file.write(pickle.dumps(message))
    file.flush()


def serve() -> None:
    """The worker: calls come in on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    _settle_arrow()
    while True:
        try:
            call: Call = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        _load_models(call[0])
        _send(out, BEGUN)
        _send(out, _answer(call))


class _NoPandas:
    """Where Python looks for modules: there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def _settle_arrow() -> None:
    """Arrow looks for pandas as it makes its first array; here it finds none, since to import it
    takes a third of a second and nothing that reads articles needs it."""
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(_NoPandas)


def _load_models(langs: Collection[str]) -> None:
    """The parsers of languages beside the reader's network, which leaves Python to another core."""
    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(network)
        for lang in langs:
            model(lang)
        loading.result()


def _answer(call: Call) -> Any:
    _, function, arguments = call
    try:
        return function(*arguments)
    except StageError as error:
        return error


if __name__ == "__main__":
    serve()
