"""Speed of the pages as a reader meets it: a real browser over synthetic stores of three sizes.

    python -m benchmarks.pages                     measure, print
    python -m benchmarks.pages --write             and replace its section of docs/performance.md
    python -m benchmarks.pages --sizes 10000       other sizes (events)

Needs a Chromium (FRISE_CHROMIUM, or `chromium` on the path). A step starts with the key press or
click and ends with the last change of the page before it is stable and the script is idle
(benchmarks/walk.py); it includes the work of the server, the transfer and the drawing. Bytes are
those received by the browser, over the page's socket and as files; socket frames are counted
uncompressed. Concurrent sessions use the socket directly (benchmarks/sessions.py).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import sessions
from benchmarks.served import ROOT, Served, dashboard
from benchmarks.synthetic import write_events
from benchmarks.walk import Step, Walk, chromium_path, walking
from events.filters import Filters
from events.query import Query

TARGET = ROOT / "docs" / "performance.md"
SIZES = (10_000, 100_000, 1_000_000)
SESSIONS = 20
PAGES = ("overview", "timeline", "map", "actors", "articles", "left_out")
BEGIN, END = "<!-- pages: begin -->", "<!-- pages: end -->"
Column = dict[str, str]


def main() -> int:
    """Measure, print, and with --write keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace its section of the docs")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="events")
    parser.add_argument("--stores", type=Path, help="folder that keeps the stores between runs")
    asked = parser.parse_args()
    if not chromium_path():
        print("No Chromium: install the package 'chromium' or set FRISE_CHROMIUM.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        columns: dict[int, Column] = {}
        load = os.getloadavg()[0]
        for size in asked.sizes:
            columns[size] = measured(size, asked.stores or Path(folder))
            text = report(columns, load)
            # so that a long run that is stopped keeps its results
            if asked.write:
                write_section(TARGET, text)
    print(text)
    return 0


def report(columns: dict[int, Column], load: float) -> str:
    """The whole section as Markdown: one column a size."""
    told = (
        f"Measured by `python -m benchmarks.pages --write`, on {dt.date.today().isoformat()}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores ({platform.machine()}), load "
        f"{load:.1f} as it began (other work on the machine makes the times longer). One run; "
        "seconds on the clock. What is measured is said in `benchmarks/pages.py`.\n"
    )
    return f"## Pages in a browser\n\n{told}\n{_table(columns)}"


def measured(size: int, folder: Path) -> Column:
    """All figures over a store of `size` events."""
    store = folder / f"{size}_events"
    if not store.exists():
        write_events(size, store)
    column: Column = {}
    with dashboard(store) as served:
        column["server started (it answers)"] = _seconds([served.seconds])
        with walking(served.address) as walk:
            column |= _walked(walk, store)
            column |= _map(walk)
        column |= _many(served, store)
    return column


def _walked(walk: Walk, store: Path) -> Column:
    """First paint, page change, filter change and zoom of one reader."""
    column: Column = {}
    first = walk.fresh("/timeline")
    column["first page of a fresh server"] = _seconds([first.seconds])
    column["... of it, received: files, once / page"] = f"{first.files:.0f} / {first.socket:.0f} kB"
    column["first paint of a new reader"] = _seconds([walk.fresh("/timeline").seconds])
    walk.fresh("/")
    once = {name: walk.go(name) for name in (*PAGES[1:], PAGES[0])}
    column["page change, first time, longest"] = _longest(once)
    again = {name: walk.go(name) for name in (*PAGES[1:], PAGES[0])}
    column["page change"] = _seconds([s.seconds for s in again.values()])
    column["... received, most"] = _kilobytes(again.values())
    for name in ("timeline", "overview", "map", "actors"):
        walk.fresh("/" if name == "overview" else f"/{name}")
        changes = [walk.add_actor(words) for words in _actors(store)]
        column[f"filter change, {name}"] = _seconds([s.seconds for s in changes])
        column[f"... received ({name})"] = _kilobytes(changes)
    walk.fresh("/timeline")
    buttons = ("zoom_out", "zoom_in", "zoom_in", "zoom_back", "zoom_year", "zoom_all", "zoom_month")
    zooms = [walk.press(key) for key in buttons]
    column["zoom, timeline"] = _seconds([s.seconds for s in zooms])
    column["... received (zoom)"] = _kilobytes(zooms)
    return column


def _actors(store: Path) -> list[str]:
    """Codes of three actors, frequent and rare."""
    known = list(Query(store).options(Filters()).actors["value"])
    return [known[n] for n in (1, 9, 40) if n < len(known)]


def _map(walk: Walk) -> Column:
    """Frame times of the map while it is dragged, in this browser without a graphics card."""
    walk.fresh("/map")
    frames = walk.drag_map()
    return {"map moved, a frame": _told_milliseconds(frames)} if frames else {}


def _many(served: Served, store: Path) -> Column:
    links = sessions.links(store, SESSIONS)
    sessions.load(served.port, links[:1], 1, think=False)
    before = served.memory()
    reading = sessions.load(served.port, links, 2, think=True)
    after = served.memory()
    together = sessions.load(served.port, links, 1, think=False)
    return {
        "timeline on the wire, packed": _spread(reading.kilobytes),
        f"{SESSIONS} sessions, a change every 5 s each: p95": _p95(reading.seconds),
        f"{SESSIONS} sessions, all change at the same moment: p95": _p95(together.seconds),
        "answers that failed": str(reading.failed + together.failed),
        "memory of the server, one reader": f"{before:.0f} MB",
        f"memory a session more, of {SESSIONS}": f"{(after - before) / SESSIONS:.1f} MB",
    }


def write_section(target: Path, text: str) -> None:
    """Put the text between the markers of the file, at its end where there are none."""
    told = target.read_text(encoding="utf-8") if target.exists() else "# Performance\n"
    head, _begin, rest = told.partition(BEGIN)
    tail = rest.partition(END)[2]
    section = f"{BEGIN}\n{text.rstrip()}\n{END}"
    joined = f"{head.rstrip()}\n\n{section}\n{tail.lstrip() and chr(10) + tail.lstrip()}"
    target.write_text(joined, encoding="utf-8")


def _table(columns: dict[int, Column]) -> str:
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    lines = [
        "| events | " + " | ".join(f"{size:,}" for size in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for name in names:
        lines.append(f"| {name} | " + " | ".join(c.get(name, "") for c in columns.values()) + " |")
    return "\n".join(lines) + "\n"


def _seconds(values: Sequence[float]) -> str:
    """Median, and the longest where there are several."""
    middle = f"{statistics.median(values):.2f} s"
    return middle if len(values) == 1 else f"{middle} (longest {max(values):.2f})"


def _told_milliseconds(values: Sequence[float]) -> str:
    return f"{1000 * statistics.median(values):.0f} ms (longest {1000 * max(values):.0f})"


def _longest(steps: dict[str, Step]) -> str:
    name = max(steps, key=lambda n: steps[n].seconds)
    return f"{steps[name].seconds:.2f} s ({name})"


def _kilobytes(steps: Iterable[Step]) -> str:
    return _spread([step.socket + step.files for step in steps])


def _spread(sizes: Sequence[float]) -> str:
    return f"{statistics.median(sizes):.0f} kB (most {max(sizes):.0f})"


def _p95(values: Sequence[float]) -> str:
    ordered = sorted(values)
    at = min(len(ordered) - 1, int(0.95 * len(ordered)))
    return f"{ordered[at]:.2f} s (median {statistics.median(ordered):.2f})"


if __name__ == "__main__":
    sys.exit(main())
