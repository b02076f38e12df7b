"""Many readers for a long time while loads and edits go on: memory, errors, waiting.

    python -m benchmarks.soak [--sessions 20] [--minutes 20] [--limit 3] [--write]

Sessions of the dashboard's own protocol (benchmarks/sessions.py) ask for pages with pauses; a
process loads the samples again and again under changing texts, and edits are written. Half-way the
server is stopped while a load runs and started again. 1 where an answer failed, the 95th percentile
passed the limit, a load failed, the store is damaged or lacks an article or edit, or memory grew
after warm-up. Where the machine stood still for seconds (asleep, or its processes were stopped),
the answers of that time are counted apart.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.performance_page import measured_by, write_section
from benchmarks.sample_articles import articles
from benchmarks.served import ROOT, Served, dashboard, free_port
from benchmarks.sessions import Answer, Load, links, reader
from events.filters import Filters
from events.integrity import check
from events.query import Query
from events.store import Store

GROWTH = 1.25  # times the memory of the warm server: more is a leak
HALT = 3.0  # seconds: a busy machine runs a thread more often
PAGE = ROOT / "docs" / "reliability.md"
WARM = 0.3  # of a server's time: warm-up
PAGES = ("overview", "timeline", "map", "actors", "left_out")


@dataclass
class Soak:
    """What happened. memory: MB of the server, each row (seconds, MB, number of the server).
    halts: when the machine stood still, (from, to) of time.perf_counter. restarted: whether a load
    ran as the server was stopped."""

    asked: Load = field(default_factory=Load)
    memory: list[tuple[float, float, int]] = field(default_factory=list)
    loads: int = 0
    loading: bool = False
    edits: int = 0
    restarted: bool = False
    halts: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def answers(self) -> list[Answer]:
        """Those of the time in which the machine ran."""
        return [
            each
            for each in self.asked.answers
            if not any(each.asked < end and each.answered > begin for begin, end in self.halts)
        ]

    def percentiles(self) -> tuple[float, float, float]:
        """Seconds of an answer: median, 95th percentile, longest."""
        seconds = [each.answered - each.asked for each in self.answers()] or [float("nan")]
        return float(np.median(seconds)), float(np.percentile(seconds, 95)), max(seconds)

    def failed(self) -> int:
        """Answers that failed or came too late."""
        return sum(each.failed for each in self.answers())

    def growth(self) -> float:
        """Of the last quarter's memory over that after warm-up, of the server that grew most."""
        return max((self._growth(server) for server in {row[2] for row in self.memory}), default=0)

    def _growth(self, server: int) -> float:
        held = [mb for _, mb, number in self.memory if number == server and mb]
        warm = held[int(WARM * len(held)) :]
        quarter = max(1, len(warm) // 4)
        return float(np.median(warm[-quarter:]) / np.median(warm[:quarter])) if warm else 0.0

    def rows(self) -> list[tuple[str, str]]:
        """(what, figure) lines of the table."""
        held = [mb for _, mb, _ in self.memory] or [0.0]
        halted = sum(end - begin for begin, end in self.halts)
        apart = len(self.asked.answers) - len(self.answers())
        return [
            ("answers", f"{len(self.answers())}"),
            ("answers that failed or came too late", f"{self.failed()}"),
            ("seconds of an answer, median / 95th percentile / longest", " / ".join(
                f"{s:.2f}" for s in self.percentiles()
            )),
            ("memory of the server, least / most", f"{min(held):.0f} / {max(held):.0f} MB"),
            ("its growth after warm-up", f"{self.growth():.2f} times"),
            ("loads of the samples / edits written meanwhile", f"{self.loads} / {self.edits}"),
            ("the server was restarted while a load ran", "yes" if self.restarted else "no"),
            ("articles or edits lost or double, damage", f"{len(self.faults)}"),
            ("seconds in which the machine stood still / answers of that time, not counted above",
             f"{halted:.0f} / {apart}"),
        ]  # fmt: skip

    def is_sound(self, limit: float) -> bool:
        """Whether all holds that the head of this file says."""
        in_time = self.percentiles()[1] <= limit  # not so for "not a number"
        held = in_time and self.restarted and self.growth() <= GROWTH
        return held and self.edits > 0 and not (self.failed() or self.faults)


def soak(folder: Path, sessions: int, minutes: float) -> Soak:
    """Run it in a folder: two servers on one port, one after the other."""
    result, store, port = Soak(), folder / "store", free_port()
    result.faults += _loaded(folder, store, 0)
    stop = threading.Event()
    workers = [
        threading.Thread(target=_load, args=(folder, store, stop, result)),
        threading.Thread(target=_edit, args=(store, stop, result)),
        threading.Thread(target=_halts, args=(stop, result)),
    ]
    for worker in workers:
        worker.start()
    try:
        for number in range(2):
            with dashboard(store, port) as served:
                _one_server(served, number, store, sessions, 30 * minutes, result)
                while not number and not result.loading:  # between two loads
                    time.sleep(0.1)
                result.restarted |= result.loading
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    result.faults += _lost(store, result)
    return result


def _one_server(
    served: Served, number: int, store: Path, sessions: int, lasting: float, result: Soak
) -> None:
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(served.memory, done, number, result))
    watch.start()
    try:
        asyncio.run(_sessions(served.port, store, sessions, lasting, result))
    finally:
        done.set()
        watch.join()


async def _sessions(port: int, store: Path, count: int, lasting: float, result: Soak) -> None:
    asked = [link for page in PAGES for link in links(store, count, page)]
    together = asyncio.Barrier(count)
    rows = [asked[n:] + asked[:n] for n in range(0, len(asked), max(1, len(asked) // count))]
    done = await asyncio.gather(
        *(reader(port, row, True, together, result.asked, lasting) for row in rows[:count]),
        return_exceptions=True,
    )
    result.faults += [f"session: {error!r}" for error in done if isinstance(error, BaseException)]


def _watch(memory: Callable[[], float], done: threading.Event, number: int, result: Soak) -> None:
    while not done.wait(2):
        result.memory.append((time.monotonic(), memory(), number))


def _halts(stop: threading.Event, result: Soak) -> None:
    """Notes when this process was not run at all for more than HALT seconds."""
    before = time.perf_counter()
    while not stop.wait(0.5):
        now = time.perf_counter()
        if now - before > HALT:
            result.halts.append((before, now))
        before = now


def _lost(store: Path, result: Soak) -> list[str]:
    """What the store lacks of what was written to it, has twice, or is damaged in."""
    query, each = Query(store), len(articles(0, True))
    ids = query.articles(Filters())["article_id"]
    wanted = each * (result.loads + 1)
    found = [f"{len(ids)} articles, not {wanted}"] * (len(ids) != wanted)
    found += [f"{len(ids) - ids.nunique()} articles double"] * (not ids.is_unique)
    edits = len(query.history())
    found += [f"{edits} edits, not {result.edits}"] * (edits != result.edits)
    return found + [f"damage: {damage}" for damage in check(store)]


def _load(folder: Path, store: Path, stop: threading.Event, result: Soak) -> None:
    while not stop.is_set():
        result.loads += 1
        result.loading = True
        result.faults += _loaded(folder, store, result.loads)
        result.loading = False


def _loaded(folder: Path, store: Path, number: int) -> list[str]:
    """Load the samples once more, each with a text of its own; what went wrong."""
    path = folder / f"samples{number}.jsonl"
    rows = (
        {"text": f"{article.text} ({number})", "published": "2024-12-02", "source": "Soak"}
        for article in articles(0, True)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "loaders", "load", str(path)],
        env={**os.environ, "FRISE_STORE": str(store)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    path.unlink()
    return [f"load: {told.stdout[-200:]} {told.stderr[-300:]}"] if told.returncode else []


def _edit(store: Path, stop: threading.Event, result: Soak) -> None:
    """An edit every three seconds, of an event of the first load. What is read here takes time
    that sessions would wait: the events are looked up once."""
    events = [int(event) for event in Query(store).events(Filters())["event_id"]]
    written = Store(store)
    while not stop.wait(3):
        round_, number = divmod(result.edits, len(events))
        try:
            status = ("denied", "claimed")[round_ % 2]
            written.append_edit(events[number], "status", status, "soak", "benchmark")
            result.edits += 1
        except Exception as error:  # whatever it is: an edit must never meet it
            result.faults.append(f"edit: {error!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--limit", type=float, default=3.0, help="seconds of the 95th percentile")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="frise-soak-") as folder:
        result = soak(Path(folder), asked.sessions, asked.minutes)
    lines = ["| what | figure |", "|---|--:|"]
    lines += (f"| {what} | {figure} |" for what, figure in result.rows())
    failed = [f"failed: {each.link}" for each in result.answers() if each.failed]
    print(*lines, *result.faults[:10], *failed[:10], sep="\n")
    if asked.write:
        command = f"python -m benchmarks.soak --minutes {asked.minutes:g}"
        write_section("soak", "\n".join([measured_by(command), "", *lines]), PAGE)
    return int(not result.is_sound(asked.limit))


if __name__ == "__main__":
    sys.exit(main())
