"""`extract` with the clock as the last guard: in a worker process that is ended when it is late.

One worker a process, started with the first article and kept. The clock is the setting
loading.article_seconds; 0 reads in this process, without a clock. The count of work
(loaders/text/budget.py) holds before the clock does, on any ordinary machine.
"""

from __future__ import annotations

import atexit
import datetime as dt
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from events import settings
from events.model import Article, Extraction
from loaders import pipeline
from loaders.acts.network import network
from loaders.pipeline import StageError
from loaders.text.models import model

ROOT = Path(__file__).resolve().parents[1]
LATE = (
    "Load it again: it is tried anew. Or split its text, or raise loading.article_seconds of "
    "frise.toml."
)
BEGUN = "begun"  # the worker has its models: from now on the clock counts
Task = tuple[Article, dt.date, float | None]


def extract(article: Article, today: dt.date, threshold: float | None = None) -> Extraction:
    """As `loaders.pipeline.extract`, within the time for one article. Raises StageError, for a late
    article with the advice to try again."""
    seconds = settings.number("loading.article_seconds")
    if not seconds:
        return pipeline.extract(article, today, threshold)
    with _LOCK:
        worker = _worker()
        try:
            found = worker.ask((article, today, threshold), seconds)
        except BaseException:
            worker.end()  # late, dead, or cut by Ctrl-C: what it would still say is of no use
            raise
    if isinstance(found, StageError):
        raise found
    return found


class Worker:
    """A process that extracts one article after the other."""

    def __init__(self) -> None:
        self.environment = _environment()
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "loaders.guarded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.into, self.out = self.process.stdin, self.process.stdout

    def ask(self, task: Task, seconds: float) -> Extraction | StageError:
        """What the worker makes of an article. Raises StageError where it is late or dies."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        clock = threading.Timer(seconds, end)
        try:
            _send(self.into, task)
            if pickle.load(self.out) == BEGUN:
                clock.start()
            found: Extraction | StageError = pickle.load(self.out)
            return found
        except (EOFError, OSError, pickle.UnpicklingError):
            if late.is_set():
                raise StageError("clock", f"not read within {seconds:g} s", LATE) from None
            self.end()
            told = f"the worker process ended with {self.process.returncode}"
            raise StageError("worker", told, LATE) from None
        finally:
            clock.cancel()

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


_LOCK = threading.Lock()
_KEPT: list[Worker] = []


def _worker() -> Worker:
    """The worker of this process: a new one if the last one ended, or if settings changed since."""
    if _KEPT and _KEPT[0].process.poll() is None and _KEPT[0].environment == _environment():
        return _KEPT[0]
    _end_kept()
    _KEPT.append(Worker())
    return _KEPT[0]


def _environment() -> dict[str, str]:
    return {name: told for name, told in os.environ.items() if name.startswith("FRISE_")}


@atexit.register
def _end_kept() -> None:
    while _KEPT:
        _KEPT.pop().end()


def _send(file: IO[bytes], message: Any) -> None:
    file.write(pickle.dumps(message))
    file.flush()


def serve() -> None:
    """The worker: articles come in on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    while True:
        try:
            task: Task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        model(task[0].lang)
        network()
        _send(out, BEGUN)
        _send(out, _answer(task))


def _answer(task: Task) -> Extraction | StageError:
    try:
        return pipeline.extract(*task)
    except StageError as error:
        return error


if __name__ == "__main__":
    serve()
