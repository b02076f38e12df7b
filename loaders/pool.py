"""Drivers of this machine: they map `extract_batch` over batches of articles, in order.

`driver()` is the one of the settings: a pool of processes, kept from load to load, or this process
where loading.article_seconds is 0. Another engine is one more class with `size` and `map`.
"""

from __future__ import annotations

import atexit
import datetime as dt
import os
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

import pyarrow as pa

from events import settings
from events.batches import EXTRACTED
from events.model import Article, Extraction
from loaders import pipeline
from loaders.batch import articles_batch, extract_batch, read_apart
from loaders.stage_error import StageError
from loaders.worker import CLOCK, DEAD, Call, Worker, started

WORKER_BYTES = 1_500_000_000  # what a process with its models needs, and some room
TRIES = 2  # of a batch whose process died
WAITING = 2  # batches a process that are read or wait: the more, the more memory


Batches = Generator[pa.RecordBatch, None, None]


class Driver(Protocol):
    """What maps `extract_batch`. `size`: articles a batch at most."""

    size: int

    def map(self, batches: Iterator[pa.RecordBatch]) -> Batches:
        """Rows of EXTRACTED of each batch of ARTICLES, in their order; batches are taken as they
        are needed."""


class ThisProcess:
    """Reads here, one article after the other, without a clock."""

    size = 1

    def map(self, batches: Iterator[pa.RecordBatch]) -> Batches:
        """See Driver."""
        yield from map(extract_batch, batches)


class Pool:
    """Processes that read batches; each is started when it is first needed, and then kept."""

    size = 8

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.environment = _environment()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: list[Worker] = []
        self.ended = False

    def map(self, batches: Iterator[pa.RecordBatch]) -> Batches:
        """See Driver. A batch whose process died is tried once more, then its articles one by one;
        one that is late, one by one at once. An article that alone is late or ends its process has
        its `error`."""
        waiting: deque[Future[pa.RecordBatch]] = deque()
        try:
            for batch in batches:
                waiting.append(self._threads.submit(self._read, batch))
                while waiting and (waiting[0].done() or len(waiting) > WAITING * self.workers):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:  # cut: another load may go on in the same pool
                future.cancel()

    def ask(self, call: Call, articles: int = 1) -> Any:
        """The answer of a process to one call. Raises StageError.

        It has the time of one article, or half the time of all its `articles` together.
        """
        worker = self._taken()
        seconds = settings.number("loading.article_seconds") * max(1.0, articles / 2)
        try:
            answer = worker.ask(call, seconds)
        except StageError as error:
            self._give_back(worker, error.stage not in (CLOCK, DEAD))
            raise
        except BaseException:  # cut by Ctrl-C
            self._give_back(worker, False)
            raise
        self._give_back(worker, True)
        return answer

    def end(self) -> None:
        """End all processes; what they read is not waited for."""
        with self._lock:
            self.ended = True
            for worker in (*self._idle, *self._busy):
                worker.end()
            self._idle.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _read(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if not batch.num_rows:  # nothing to read: no process is asked
            return extract_batch(batch)
        for _ in range(TRIES):
            try:
                return self.ask(_call(batch), batch.num_rows)
            except StageError as error:
                failed = error
                if error.stage == CLOCK:
                    break
        return read_apart(batch, failed, lambda parts: map(self._read, parts))

    def _taken(self) -> Worker:
        with self._lock:
            if self.ended:
                raise StageError(DEAD, "the load was ended")
            worker = self._idle.pop() if self._idle else started()
            if worker.process.poll() is not None:  # it died while nobody asked it
                worker = Worker()
            self._busy.append(worker)
            return worker

    def _give_back(self, worker: Worker, is_sound: bool) -> None:
        with self._lock:
            self._busy.remove(worker)
            if is_sound and not self.ended:
                self._idle.append(worker)
                return
        worker.end()


def _call(batch: pa.RecordBatch) -> Call:
    langs = sorted(set(batch.column("lang").to_pylist()))
    return langs, extract_batch, (batch,)


def extract(article: Article, today: dt.date, threshold: float | None = None) -> Extraction:
    """As `loaders.pipeline.extract`, by the driver of the settings. Raises StageError, for a late
    article with the advice to try again."""
    reading = driver()
    if not isinstance(reading, Pool):
        return pipeline.extract(article, today, threshold)
    call: Call = ((article.lang,), pipeline.extract, (article, today, threshold))
    found: Extraction = reading.ask(call)
    return found


def read(articles: Sequence[Article], today: dt.date) -> pa.Table:
    """Rows of EXTRACTED of the articles, in their order, by the driver of the settings."""
    reading = driver()
    parts = (articles[n : n + reading.size] for n in range(0, len(articles), reading.size))
    done = reading.map(articles_batch(part, today) for part in parts)
    return pa.Table.from_batches(done, EXTRACTED)


_KEPT: list[Pool] = []
_KEEPING = threading.Lock()


def driver() -> Pool | ThisProcess:
    """The driver that the settings ask for: a new pool where the last one ended, or where the
    environment changed since."""
    if not settings.number("loading.article_seconds"):
        return ThisProcess()
    with _KEEPING:
        kept = _KEPT[0] if _KEPT else None
        if kept is None or kept.ended or kept.environment != _environment():
            end_kept()
            _KEPT.append(Pool(_workers()))
        return _KEPT[0]


def _workers() -> int:
    """As many processes as the settings say; without a number one a core, as many as half the
    memory holds."""
    told = int(settings.number("loading.workers"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return told or max(1, min(os.cpu_count() or 1, memory // 2 // WORKER_BYTES))


def _environment() -> dict[str, str]:
    return {name: told for name, told in os.environ.items() if name.startswith("FRISE_")}


@atexit.register
def end_kept() -> None:
    """End the pool that is kept."""
    while _KEPT:
        _KEPT.pop().end()
