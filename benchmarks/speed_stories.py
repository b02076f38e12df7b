"""Speed of stories: `python -m benchmarks.speed_stories [EVENTS]` prints a table.

Columns: what, wall clock seconds, CPU seconds (smaller on a busy machine).

Synthetic events (benchmarks.synthetic: a few dyads and places have most of them, days come in
bursts); the dense table has the same events within half a year.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.synthetic import write_events
from events.batches import read_rows
from events.filters import Filters
from events.identity import article_id
from events.model import Article, Published
from events.query import Query
from events.store import Store
from loaders.grouping import NEEDED, Touched, group_stories
from loaders.pipeline import extract
from loaders.stories.copies import copies
from loaders.stories.stories import group_reports

FEW = 10  # articles of the small load
DENSE_DAYS = 180
WORDS = 400
T = TypeVar("T")
Times = tuple[float, float]
TimedRow = tuple[str, Times, str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed_stories", description=__doc__)
    parser.add_argument("events", type=int, nargs="?", default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = write_events(asked.events, Path(folder) / "store")
        for name, seconds, note in _rows(store):
            print(f"| {name} | {seconds[0]:.2f} | {seconds[1]:.2f} | {note} |", flush=True)
    return 0


def _rows(store: Store) -> list[TimedRow]:
    table = Query(store.location).events(Filters(), columns=NEEDED)
    rows = [_grouped("group all events", table), _grouped("the same, dense", _dense(table))]
    seconds, _ = _timed(lambda: group_stories(store))
    rows.append(("first grouping with reading, copies and writing", seconds, ""))
    rows.append(_small_load(store))
    texts = _texts(2000)
    seconds, found = _timed(lambda: copies(texts))
    told = sum(origin != n for n, origin in enumerate(found))
    rows.append((f"compare {len(texts):,} texts of {WORDS} words", seconds, f"{told} copies"))
    return rows


def _grouped(name: str, table: pd.DataFrame) -> TimedRow:
    seconds, stories = _timed(lambda: group_reports(table))
    busiest = table.groupby("first").size().max()
    note = f"{len(table):,} events, {busiest} on the busiest day, {len(set(stories.values())):,}"
    return name, seconds, f"{note} stories"


def _dense(table: pd.DataFrame) -> pd.DataFrame:
    """The same events with their days compressed into half a year."""
    length = table["last"] - table["first"]
    begin = table["first"].min()
    day = (table["first"] - begin).dt.days % DENSE_DAYS
    first = begin + pd.to_timedelta(day, unit="D")
    kinds = "datetime64[s]"
    return table.assign(first=first.astype(kinds), last=(first + length).astype(kinds))


def _small_load(store: Store) -> TimedRow:
    """Time of loading ten articles of one day into the grouped store."""
    published = dt.date(2025, 11, 21)
    texts = [f"La Russie a frappé Dnipro jeudi. Dépêche {n}." for n in range(FEW)]
    ready = [
        extract(
            Article(article_id(text, "a"), "", text, "fr", "a", "", Published.given(published)),
            dt.date(2026, 1, 1),
        )
        for text in texts
    ]
    touched = Touched(store)
    touched.add(pa.Table.from_batches([read_rows(ready)]))
    touched.rows = len(store.append(ready).added)
    seconds, _ = _timed(lambda: group_stories(store, touched))
    return f"stories after a load of {FEW} articles", seconds, f"{len(touched.days)} days touched"


def _texts(number: int) -> list[str]:
    """Texts of random words; every tenth is a copy of the previous one with a new last line."""
    rng = np.random.default_rng(3)
    made: list[str] = []
    for n in range(number):
        fresh = " ".join(f"mot{word}" for word in rng.zipf(1.3, WORDS) % 20_000)
        made.append(f"{made[-1]} Avec agences." if n % 10 == 9 else fresh)
    return made


def _timed(work: Callable[[], T]) -> tuple[Times, T]:
    begun, used = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - begun, time.process_time() - used), result


if __name__ == "__main__":
    sys.exit(main())
