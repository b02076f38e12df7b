"""CPU time an article: the bare batch function, a pool, a Dask cluster, Spark, in one run.

    python -m benchmarks.scale [--articles 48] [--write]

All processes together, start-up and models apart. Each way has two processes, on articles of 400
words (benchmarks/sample_articles.py), half French, half English. The ways are measured in turns,
since other work on the machine makes all of them dearer. Spark writes its Parquet files, and is
left out where it is not installed (requirements-spark.txt, Java 17).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import pyarrow as pa
from distributed import Client

from benchmarks.performance_page import measured_by, write_section
from benchmarks.sample_articles import ARTICLES, articles
from benchmarks.spark_local import MASTER
from loaders.batch import articles_batch, extract_batch
from loaders.on_dask import OnDask, local_cluster
from loaders.pool import Driver, Pool
from loaders.worker import Worker

WORKERS = 2
TURNS = 3
TODAY = dt.date(2026, 1, 1)
Used = Callable[[], float]  # CPU seconds of all processes so far
Batches = Sequence[pa.RecordBatch]
Way = Callable[[Batches], float]  # reads batches; the CPU seconds that it took


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
    with ExitStack() as stack:
        ways: dict[str, Way] = {"bare": _bare}
        ways["pool"] = _driven(*stack.enter_context(running_pool()))
        ways["dask"] = _driven(*stack.enter_context(_dask()))
        if importlib.util.find_spec("pyspark") and shutil.which("java"):
            ways["spark"] = stack.enter_context(_spark())
        for way in ways.values():  # both models in each process, before the clock
            way(batches[:4])
        spent = [{name: way(batches) for name, way in ways.items()} for _ in range(turns)]
    return {name: median(turn[name] for turn in spent) / len(given) for name in ways}


def _bare(batches: Batches) -> float:
    before = time.process_time()
    list(map(extract_batch, batches))
    return time.process_time() - before


def _driven(driver: Driver, used: Used) -> Way:
    def seconds(batches: Batches) -> float:
        before, mine = used(), time.process_time()
        list(driver.map(iter(batches)))
        return time.process_time() - mine + used() - before

    return seconds


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
    with local_cluster(WORKERS) as cluster, Client(cluster) as client:
        yield (
            OnDask(cluster.scheduler_address),
            lambda: sum(client.run(time.process_time).values()),
        )


@contextmanager
def _spark() -> Iterator[Way]:
    """Spark of this machine, as `python -m loaders.spark` runs it."""
    from loaders import spark  # pyspark is not installed everywhere

    os.environ["PYSPARK_SUBMIT_ARGS"] = MASTER
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = spark.session()

    def seconds(batches: Batches) -> float:
        rows = pa.Table.from_batches(batches).select(["title", "text", "lang", "published"])
        given = session.createDataFrame(rows).repartition(WORKERS).cache()
        given.count()
        with tempfile.TemporaryDirectory() as folder:
            before, mine = _seconds_below(), time.process_time()
            spark.extracted(given, TODAY).write.parquet(f"{folder}/night")
            return time.process_time() - mine + _seconds_below() - before

    try:
        yield seconds
    finally:
        session.stop()


def _seconds_below() -> float:
    """CPU seconds of the processes that this one started, and of theirs (Linux)."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents[int(stat.parent.name)] = int(told[1])
        spent[int(stat.parent.name)] = sum(map(int, told[11:15]))  # with children that ended
    below = {os.getpid()}
    while more := {pid for pid, above in parents.items() if above in below} - below:
        below |= more
    return sum(spent[pid] for pid in below - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


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
