"""Speed of the briefing pack, of every export format and of one picture; docs/performance.md.

    python -m benchmarks.exports            measure, print
    python -m benchmarks.exports --write    and put the section into docs/performance.md

The events are synthetic (benchmarks/synthetic.py). Two cores at most, no browser. Every file of the
first pack is timed separately: it includes imports, fonts and outlines. Two times are given: wall
clock time, which grows with other work on the machine, and CPU time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic import write_events
from charts.registry import options_of
from events.filters import Filters
from events.query import Query
from exports import EXPORTERS
from exports.pack.bundle import make_pack
from exports.pictures import picture
from exports.selection import Selection, select

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- exports: begin -->", "<!-- exports: end -->"
SIZES = (200, 5_000)
LIMITS = {200: 20.0, 5_000: 60.0}  # limit for a pack in seconds
PICTURE_LIMIT = 3.0
PICTURES = ("timeline", "tempo", "map", "network", "matrix")


@dataclass
class Clock:
    """Seconds of one piece of work: wall clock and CPU."""

    wall: float = 0.0
    cpu: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s CPU)"


def main() -> int:
    """Print the report; exit code 1 if a limit is exceeded in CPU time."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put it into docs/performance.md")
    asked = parser.parse_args()
    _bind_to_two_cores()
    text, slow = report()
    print(text)
    if asked.write:
        write_section(TARGET, text)
    return int(slow)


def report() -> tuple[str, bool]:
    """The section as Markdown, and whether a limit was exceeded."""
    rows: list[tuple[str, ...]] = []
    slow = False
    for size in SIZES:
        with _selection(size) as chosen:
            rows += [(f"pack of {size:,}: {name}", str(clock), "") for name, clock in _pack(chosen)]
            whole = _timed(lambda: dict(make_pack(chosen)))
            slow |= whole.cpu > LIMITS[size]
            rows.append((f"**pack of {size:,}, all files**", str(whole), f"{LIMITS[size]:.0f} s"))
            rows += _single(chosen, size)
    slow |= any(_cpu(row[1]) > PICTURE_LIMIT for row in rows if row[0].startswith("PNG"))
    head = (
        "## Exports\n\nMeasured by `python -m benchmarks.exports --write`, on "
        f"{dt.date.today().isoformat()}, Python {platform.python_version()}, "
        f"{_cores()} cores ({platform.machine()}), no browser. Seconds that passed, CPU seconds "
        "beside; the first pack of 200 pays for imports, fonts and outlines.\n\n"
        "| what | time | limit |\n|---|---|---|\n"
    )
    return head + "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n", slow


def _pack(chosen: Selection) -> Iterator[tuple[str, Clock]]:
    """Each file of a pack with the time it took."""
    clock = _now()
    for name, data in make_pack(chosen):
        passed = _since(clock)
        yield f"{name}, {len(data) / 1e6:.1f} MB", passed
        clock = _now()


def _single(chosen: Selection, size: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (f"{name}, {size:,} events", str(_timed(lambda: exporter.write(chosen))), "")  # noqa: B023
        for name, exporter in EXPORTERS.items()
    ]
    for name in PICTURES:
        options = options_of(name)()
        draw = _timed(lambda: picture(name, chosen.events, options, "png", 25.0, 300))  # noqa: B023
        rows.append((f"PNG 25 cm, 300 dpi: {name}, {size:,}", str(draw), f"{PICTURE_LIMIT:.0f} s"))
    return rows


@contextmanager
def _selection(size: int) -> Iterator[Selection]:
    with tempfile.TemporaryDirectory() as folder:
        location = Path(folder) / "store"
        write_events(size, location)
        yield select(Query(location), Filters(), title="Benchmark", marking="TLP:CLEAR")


def _timed(work: Callable[[], object]) -> Clock:
    began = _now()
    work()
    return _since(began)


def _now() -> Clock:
    return Clock(time.perf_counter(), time.process_time())


def _since(began: Clock) -> Clock:
    now = _now()
    return Clock(now.wall - began.wall, now.cpu - began.cpu)


def _cpu(told: str) -> float:
    found = re.search(r"\(([\d.]+) s CPU\)", told)
    return float(found[1]) if found else 0.0


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _bind_to_two_cores() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:2]))


def write_section(target: Path, text: str) -> None:
    """Put the section between its markers, at the end of the file where there are none."""
    whole = target.read_text(encoding="utf-8") if target.exists() else ""
    section = f"{BEGIN}\n{text}{END}\n"
    if BEGIN in whole and END in whole:
        head, rest = whole.split(BEGIN, 1)
        whole = head + section + rest.split(END, 1)[1].lstrip("\n")
    else:
        whole = f"{whole.rstrip()}\n\n{section}"
    target.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
