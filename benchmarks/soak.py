"""Many readers for a long time while loads and edits go on: memory, errors, waiting.

    python -m benchmarks.soak [--sessions 20] [--minutes 20] [--limit 3]

Sessions of the dashboard's own protocol (benchmarks/sessions.py) ask for pages with pauses; a
process loads the samples again and again under changing texts, and edits are written. Half-way the
server is stopped while a load runs and started again: what is asked in that time may fail. 1 where
an answer failed, the 95th percentile passed the limit, a load failed, or memory grew after warm-up.
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

from benchmarks.sample_articles import articles
from benchmarks.served import ROOT, dashboard, free_port
from benchmarks.sessions import Load, links, reader
from events.filters import Filters
from events.query import Query
from events.store import Store

GROWTH = 1.25  # times the memory of the warm server: more is a leak
WARM = 0.3  # of a server's time: warm-up
PAGES = ("overview", "timeline", "map", "actors", "left_out")


@dataclass
class Soak:
    """What happened. memory: MB of the server, each row (seconds, MB, number of the server)."""

    asked: Load = field(default_factory=Load)
    memory: list[tuple[float, float, int]] = field(default_factory=list)
    loads: int = 0
    edits: int = 0
    faults: list[str] = field(default_factory=list)

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
        seconds = self.asked.seconds or [float("nan")]
        held = [mb for _, mb, _ in self.memory] or [0.0]
        return [
            ("answers", f"{len(self.asked.seconds)}"),
            ("answers that failed or came too late", f"{self.asked.failed}"),
            ("seconds of an answer, median / 95th percentile / longest", " / ".join(
                f"{s:.2f}" for s in (*np.percentile(seconds, [50, 95]), max(seconds))
            )),
            ("memory of the server, least / most", f"{min(held):.0f} / {max(held):.0f} MB"),
            ("its growth after warm-up", f"{self.growth():.2f} times"),
            ("loads of the samples / edits written meanwhile", f"{self.loads} / {self.edits}"),
            ("other faults", f"{len(self.faults)}"),
        ]  # fmt: skip

    def is_sound(self, limit: float) -> bool:
        """Whether all holds that the head of this file says."""
        late = not self.asked.seconds or np.percentile(self.asked.seconds, 95) > limit
        return not (self.asked.failed or self.faults or late or self.growth() > GROWTH)


def soak(folder: Path, sessions: int, minutes: float) -> Soak:
    """Run it in a folder: two servers on one port, one after the other."""
    result, store, port = Soak(), folder / "store", free_port()
    result.faults += _loaded(folder, store, 0)
    stop = threading.Event()
    writers = [
        threading.Thread(target=work, args=(folder, store, stop, result)) for work in (_load, _edit)
    ]
    for writer in writers:
        writer.start()
    try:
        for number in range(2):
            # the first server is stopped in the middle of whatever the loading process does
            with dashboard(store, port) as served:
                until = time.monotonic() + 30 * minutes
                watch = threading.Thread(
                    target=_watch, args=(served.memory, until, number, result), daemon=True
                )
                watch.start()
                asyncio.run(_sessions(port, store, sessions, until, result))
                watch.join()
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    return result


async def _sessions(port: int, store: Path, count: int, until: float, result: Soak) -> None:
    asked = [link for page in PAGES for link in links(store, count, page)]
    together = asyncio.Barrier(count)
    rows = [asked[n:] + asked[:n] for n in range(0, len(asked), max(1, len(asked) // count))]
    done = await asyncio.gather(
        *(reader(port, row, True, together, result.asked, until) for row in rows[:count]),
        return_exceptions=True,
    )
    result.faults += [f"session: {error!r}" for error in done if isinstance(error, BaseException)]


def _watch(memory: Callable[[], float], until: float, number: int, result: Soak) -> None:
    while time.monotonic() < until:
        result.memory.append((time.monotonic(), memory(), number))
        time.sleep(2)


def _load(folder: Path, store: Path, stop: threading.Event, result: Soak) -> None:
    while not stop.is_set():
        result.loads += 1
        result.faults += _loaded(folder, store, result.loads)


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


def _edit(folder: Path, store: Path, stop: threading.Event, result: Soak) -> None:
    while not stop.wait(3):
        ids = Query(store).events(Filters())["event_id"]
        try:
            event = int(ids.iloc[result.edits % len(ids)])
            Store(store).append_edit(event, "status", "denied", "soak", "benchmark")
            result.edits += 1
        except Exception as error:  # whatever it is: an edit must never meet it
            result.faults.append(f"edit: {error!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--limit", type=float, default=3.0, help="seconds of the 95th percentile")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="frise-soak-") as folder:
        result = soak(Path(folder), asked.sessions, asked.minutes)
    print("| what | figure |", "|---|--:|", sep="\n")
    print(*(f"| {what} | {figure} |" for what, figure in result.rows()), sep="\n")
    print(*result.faults[:10], sep="\n")
    return int(not result.is_sound(asked.limit))


if __name__ == "__main__":
    sys.exit(main())
