"""The driver that has a Dask cluster map `extract_batch`; needs requirements-dask.txt.

The scheduler sends batches to workers, which have this program, its data and its models; what they
read comes back here, where one process commits it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack

import dask
import pyarrow as pa
from distributed import Client, Future, KilledWorker, LocalCluster

from loaders.batch import extract_batch, read_apart
from loaders.pool import Batches
from loaders.stage_error import StageError
from loaders.worker import DEAD, LATE

WAITING = 3  # batches a core that are read or wait


class OnDask:
    """A cluster: that of a scheduler's address, or one of this machine's cores where it is ""."""

    size = 8

    def __init__(self, scheduler: str = "") -> None:
        self._scheduler = scheduler

    def map(self, batches: Iterator[pa.RecordBatch]) -> Batches:
        """See loaders.pool.Driver. Dask gives a batch whose worker died to another one, and after
        three of them gives it up: then its articles are read one by one."""
        with ExitStack() as stack:
            address = self._scheduler or stack.enter_context(local_cluster()).scheduler_address
            client = stack.enter_context(Client(address))
            waiting: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()
            most = WAITING * max(1, sum(client.ncores().values()))
            for batch in batches:
                waiting.append((batch, _submitted(client, batch)))
                while waiting and (waiting[0][1].done() or len(waiting) > most):
                    yield _result(client, *waiting.popleft())
            while waiting:
                yield _result(client, *waiting.popleft())


def local_cluster(workers: int | None = None) -> LocalCluster:
    """Processes of this machine, one a core, with one thread each: the models are held once a
    process. Without Dask's profiler, which looks at what they do a hundred times a second."""
    with dask.config.set({"distributed.worker.profile.enabled": False}):
        return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)


def _submitted(client: Client, batch: pa.RecordBatch) -> Future[pa.RecordBatch]:
    # a name of its own for each: Dask would else answer the same batch from what it has
    return client.submit(extract_batch, batch, pure=False)


def _result(
    client: Client, batch: pa.RecordBatch, future: Future[pa.RecordBatch]
) -> pa.RecordBatch:
    try:
        return future.result()
    except KilledWorker as error:
        died = StageError(DEAD, f"the workers that read it died: {error}", LATE)
    return read_apart(batch, died, lambda parts: _results(client, parts))


def _results(client: Client, batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    futures = [_submitted(client, batch) for batch in batches]
    return [_result(client, *each) for each in zip(batches, futures, strict=True)]
