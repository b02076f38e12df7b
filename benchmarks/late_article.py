"""What one more article costs a store that has many: stored, grouped into stories, looked after.

    python -m benchmarks.late_article STORE

The article is read before the clock starts, and is another one each time. The store grows by it;
the first line is what one costs where words or files of earlier loads are waiting to be joined.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from benchmarks.sample_articles import articles
from events.store import Store
from loaders.batch import articles_batch, extract_batch
from loaders.grouping import Touched, group_stories
from loaders.load_report import LoadReport
from loaders.storing import look_after, store_read

TODAY = dt.date(2024, 12, 5)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.late_article", description=__doc__)
    parser.add_argument("store", type=Path)
    store = Store(parser.parse_args().store)
    given = articles(store.article_rows(), dated=True)[:2]
    read = pa.Table.from_batches([extract_batch(articles_batch(given, TODAY))])
    print("| step | s on the clock | s of work |\n|---|---|---|")
    for number in range(len(given)):
        _store_one(read.slice(number, 1), store)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


def _store_one(read: pa.Table, store: Store) -> None:
    touched = Touched(store)
    report = LoadReport()
    _timed("stored", lambda: store_read(read, store, report, touched))
    _timed("grouped into stories", lambda: group_stories(store, touched))
    _timed("looked after", lambda: look_after(store))


def _timed(what: str, work: Callable[[], object]) -> None:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"| {what} | {time.perf_counter() - clock:.2f} | {time.process_time() - cpu:.2f} |")


if __name__ == "__main__":
    sys.exit(main())
