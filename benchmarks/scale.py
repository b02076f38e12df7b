"""CPU time an article: the bare batch function, a pool, a Dask cluster, in one run.

    python -m benchmarks.scale [--articles 48] [--write]

All processes together, start-up and models apart; memory of a worker process beside. Each way has
two processes, on articles of 400 words (benchmarks/sample_articles.py), half French, half English.
The ways are measured in turns, since other work on the machine makes all of them dearer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

import pyarrow as pa
from distributed import Client, LocalCluster

from benchmarks.performance_page import measured_by, write_section
from benchmarks.sample_articles import ARTICLES, articles
from loaders.batch import articles_batch, extract_batch
from loaders.on_dask import OnDask
from loaders.pool import Driver, Pool
from loaders.worker import Worker

WORKERS = 2
TURNS = 3
TODAY = dt.date(2026, 1, 1)
Used = Callable[[], float]  # CPU seconds of all processes so far


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--articles", type=int, default=48)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = parser.parse_args(arguments)
    told = table(measure(asked.articles, asked.turns), asked.articles, asked.turns)
    print(told)
    if asked.write:
        write_section("scale", f"## CPU an article, by who maps the batch function\n\n{told}")
    return 0


def measure(count: int, turns: int = TURNS) -> dict[str, float]:
    """CPU seconds an article of each way: the median of the turns."""
    given = [a for first in range(0, count, ARTICLES) for a in articles(first, dated=True)][:count]
    size = Pool.size
    batches = [articles_batch(given[n : n + size], TODAY) for n in range(0, len(given), size)]
    spent: dict[str, list[float]] = {"bare": [], "pool": [], "dask": []}
    list(map(extract_batch, batches[:2]))  # both models, before the clock
    with running_pool() as (pool, of_pool), _dask() as (dask, of_dask):
        for driver in (pool, dask):
            list(driver.map(iter(batches[:4])))
        for _ in range(turns):
            began = time.process_time()
            list(map(extract_batch, batches))
            spent["bare"].append(time.process_time() - began)
            for name, driver, used in (("pool", pool, of_pool), ("dask", dask, of_dask)):
                spent[name].append(_seconds(driver, used, batches))
    return {name: median(seconds) / len(given) for name, seconds in spent.items()}


def _seconds(driver: Driver, used: Used, batches: Sequence[pa.RecordBatch]) -> float:
    before, mine = used(), time.process_time()
    list(driver.map(iter(batches)))
    return time.process_time() - mine + used() - before


@contextmanager
def running_pool() -> Iterator[tuple[Pool, Used]]:
    """A pool, and the CPU seconds that its processes used so far."""
    pool = Pool(WORKERS)

    def used() -> float:
        workers: list[Worker] = [*pool._idle, *pool._busy]
        return sum(float(w.ask(((), time.process_time, ()), 60)) for w in workers)

    try:
        yield pool, used
    finally:
        pool.end()


@contextmanager
def _dask() -> Iterator[tuple[OnDask, Used]]:
    cluster = LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None)
    with cluster, Client(cluster) as client:
        yield (
            OnDask(cluster.scheduler_address),
            lambda: sum(client.run(time.process_time).values()),
        )


def table(told: dict[str, float], count: int, turns: int) -> str:
    """The figures as a table."""
    bare = told["bare"]
    rows = [
        f"| {name} | {seconds * 1000:.0f} ms | {seconds / bare:.2f} |"
        for name, seconds in told.items()
    ]
    head = (
        f"{measured_by('python -m benchmarks.scale --write')} {count} articles of 400 words, "
        f"{turns} turns, medians; {WORKERS} processes each."
    )
    return "\n".join([head, "", "| way | CPU an article | to bare |", "|---|--:|--:|", *rows])


if __name__ == "__main__":
    sys.exit(main())
