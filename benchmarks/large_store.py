"""Speed and memory of a store that is asked in its files; the figures are in docs/performance.md.

    python -m benchmarks.synthetic 10000000 STORE --stories
    python -m benchmarks.large_store STORE [--in-memory 500000] [--roll-ups]

Each question is asked once with each set of filters, of one row a report and one a story. Bytes
read are those of files that the process read, also where the system had them in memory. What is
counted is kept beside the store (STORE.counted): delete that to see what making it takes. With
--roll-ups: how many rows a table of counts by some columns would have, nothing else.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed import CHANGES
from events.filters import Filters
from events.query import Query

OLD_DAYS = Filters(date_from=dt.date(2018, 3, 1), date_to=dt.date(2018, 3, 14))
WANTED = {
    "no filter": Filters(),
    "14 old days": OLD_DAYS,
    **{name: filters for name, filters in CHANGES.items() if not filters.text},
}
# columns that counts could be kept by, and what they would answer
ROLL_UPS = {
    "day, type, pair, place": "first, last, type, sources_no, targets_no, place_id",
    "the same and status": "first, last, type, status, sources_no, targets_no, place_id",
    "day, class, pair (dyads)": "first, last, quad, sources_no, targets_no",
    "day, class, place (map)": "first, last, quad, place_id",
    "day, class, who acts (bars)": "first, last, quad, doer",
    "day, type, status": "first, last, type, status",
}


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


def table(query: Query) -> Iterator[str]:
    """Lines of a table of milliseconds on the clock, a question a line, a set of filters a column;
    the seconds of work and MB read of all of a line come last."""
    yield f"| what | {' | '.join(WANTED)} | s of work | MB read |"
    yield f"|---|{'--:|' * (len(WANTED) + 2)}"
    for name, ask in questions(query).items():
        costs = [cost_of(functools.partial(ask, filters)) for filters in WANTED.values()]
        clocks = " | ".join(f"{1000 * cost.clock:.0f}" for cost in costs)
        work, read = (sum(getattr(cost, n) for cost in costs) for n in ("cpu", "read"))
        yield f"| {name} | {clocks} | {work:.1f} | {read:.0f} |"


def roll_ups(query: Query) -> Iterator[str]:
    """Lines of a table of rows by columns, and their share of the events."""
    every = query.count(Filters(sure="any", coders=("any",)))
    if query._snapshot.large() is None:
        raise ValueError(f"the events of {query.location} are in memory: give a lower --in-memory")
    yield "| counts by | rows | rows to events |"
    yield "|---|--:|--:|"
    for name, columns in ROLL_UPS.items():
        rows = f"SELECT count(*) AS n FROM (SELECT DISTINCT {columns} FROM counted)"
        told = query._snapshot.ask(rows).column("n")[0].as_py()
        yield f"| {name} | {told:,} | {told / every:.2f} |"


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
    parser.add_argument("--roll-ups", action="store_true", help="how large roll-ups would be")
    asked = parser.parse_args()
    os.environ["FRISE_STORE_EVENTS_IN_MEMORY"] = str(asked.in_memory)
    query = Query(asked.store)
    opened, counted = cost_of(query.version), cost_of(lambda: query.count(Filters()))
    print(f"opened {opened.clock:.1f} s, then first count {counted.clock:.1f} s\n")
    if asked.roll_ups:
        print("\n".join(roll_ups(query)))
        return 0
    for kind, each in (("report", query), ("story", query.by_story)):
        print(f"Milliseconds, one row a {kind}:\n")
        for line in table(each):
            print(line, flush=True)
        print()
    print(f"most memory: {_most_mb()} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
