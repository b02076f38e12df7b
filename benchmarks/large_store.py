"""Speed and memory of a store that is asked in its files; the figures are in docs/performance.md.

    python -m benchmarks.synthetic 10000000 STORE
    python -m benchmarks.large_store STORE [--in-memory 500000]

Each question is asked once with each set of filters, of one row a report and one a story: median
and longest, in seconds on the clock and of processor time. Bytes read are those of files that
the process read, also where the system had them in memory.
"""

from __future__ import annotations

import argparse
import functools
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed import CHANGES
from events.filters import Filters
from events.query import Query

WANTED = {"no filter": Filters(), **{name: f for name, f in CHANGES.items() if not f.text}}


class Cost(NamedTuple):
    """Seconds on the clock, seconds of processor time, MB read."""

    clock: float
    cpu: float
    read: float


def cost_of(ask: Callable[[], object]) -> Cost:
    """What a question costs."""
    clock, cpu, read = time.perf_counter(), time.process_time(), _read_mb()
    ask()
    return Cost(time.perf_counter() - clock, time.process_time() - cpu, _read_mb() - read)


def questions(query: Query) -> dict[str, Callable[[Filters], object]]:
    """What a page asks after a change of filters."""
    return {
        "count": query.count,
        "first 2,000 rows": lambda f: query.events(f, limit=2_000),
        "bars by month": lambda f: query.bins(f, "month"),
        "bars by month and who acts": lambda f: query.bins(f, "month", "doer", most=12),
        "dyads": query.dyads,
        "places": query.places,
        "choices": query.options,
        "account": query.account,
    }


def rows(location: Path) -> list[tuple[str, list[Cost]]]:
    """Each question with its costs, one for each set of filters and kind of row."""
    query = Query(location)
    opened = cost_of(query.version)
    found = [("store opened", [opened]), ("first count", [cost_of(lambda: query.count(Filters()))])]
    for name in questions(query):
        costs = [
            cost_of(functools.partial(questions(kind)[name], f))
            for kind in (query, query.by_story)
            for f in WANTED.values()
        ]
        found.append((name, costs))
        print(_line(name, costs), flush=True)
    return found


def _line(name: str, costs: list[Cost]) -> str:
    columns = list(zip(*costs, strict=True))
    told = [f"{statistics.median(c):.2f} (longest {max(c):.2f})" for c in columns[:2]]
    return f"| {name} | {' | '.join(told)} | {max(columns[2]):.0f} |"


def _read_mb() -> float:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"]) / 1e6


def _most_mb() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    told = next(line for line in lines if line.startswith("VmHWM"))
    return int(told.split()[1]) // 1024


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large_store", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--in-memory", type=int, default=500_000, help="events held in memory")
    asked = parser.parse_args()
    os.environ["FRISE_STORE_EVENTS_IN_MEMORY"] = str(asked.in_memory)
    print("| what | s on the clock | s of work | MB read, most |\n|---|---|---|---|")
    for name, costs in rows(asked.store)[:2]:
        print(_line(name, costs))
    print(f"most memory: {_most_mb()} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
