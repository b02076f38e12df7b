"""The driver that has a Dask cluster map `extract_batch`; needs requirements-dask.txt.

The scheduler sends batches to workers, which have this program, its data and its models; what they
read comes back here, where one process commits it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import pyarrow as pa
from distributed import Client, Future, KilledWorker

from events.batches import failed_row
from loaders.batch import extract_batch
from loaders.pool import Batches
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
        with self._client() as client:
            waiting: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()
            most = WAITING * max(1, sum(client.ncores().values()))
            for batch in batches:
                waiting.append((batch, _submitted(client, batch)))
                while waiting and (waiting[0][1].done() or len(waiting) > most):
                    yield _result(client, *waiting.popleft())
            while waiting:
                yield _result(client, *waiting.popleft())

    def _client(self) -> Client:
        if self._scheduler:
            return Client(self._scheduler)
        # one thread a process: the models are held once a process and do not share a core
        return Client(threads_per_worker=1, processes=True, dashboard_address=None)


def _submitted(client: Client, batch: pa.RecordBatch) -> Future[pa.RecordBatch]:
    # a name of its own for each: Dask would else answer the same batch from what it has
    return client.submit(extract_batch, batch, pure=False)


def _result(
    client: Client, batch: pa.RecordBatch, future: Future[pa.RecordBatch]
) -> pa.RecordBatch:
    try:
        return future.result()
    except KilledWorker as error:
        if batch.num_rows == 1:
            article = batch.column("id")[0].as_py()
            return failed_row(article, DEAD, f"the workers that read it died: {error}", LATE)
    alone = [batch.slice(n, 1) for n in range(batch.num_rows)]
    futures = [_submitted(client, each) for each in alone]
    return pa.concat_batches(
        [_result(client, each, told) for each, told in zip(alone, futures, strict=True)]
    )
