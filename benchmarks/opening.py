"""What a fresh process pays for a store: opening, first count, first lists, and its memory.

    python -m benchmarks.opening STORE            as a command does
    python -m benchmarks.opening STORE --ahead    as the server does: lists are read beside

Seconds of CPU and seconds that passed; memory of the process in MB. A store of a million events:
`python -m benchmarks.synthetic 1000000 STORE`.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from events.filters import Filters
from events.query import Query

_PAUSE = 3  # seconds in which somebody reads the first list
_LIST = 2_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.opening", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--ahead", action="store_true", help="read lists beside other work")
    asked = parser.parse_args()
    query = Query(asked.store, ahead=asked.ahead)
    _tell("store opened", query.version)
    _tell("first count", lambda: query.count(Filters()))
    _tell("first list after it", lambda: query.events(Filters(), _LIST))
    _tell("another list", lambda: query.events(Filters(types=("ASSAULT",)), _LIST))
    time.sleep(_PAUSE)
    _tell("a list later", lambda: query.events(Filters(actors=("USA",)), _LIST))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(f"| most memory | {most:.0f} MB |")
    return 0


def _tell(what: str, ask: Callable[[], object]) -> None:
    used, passed = time.process_time(), time.perf_counter()
    ask()
    used, passed = time.process_time() - used, time.perf_counter() - passed
    print(f"| {what} | {used:.2f} s of CPU, {passed:.2f} s |")


if __name__ == "__main__":
    sys.exit(main())
