"""Notes under kills: nothing lost by kills, and how long one takes among 10,000."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import random
import signal
import statistics
import tempfile
import time
from multiprocessing.context import ForkProcess
from pathlib import Path

from events import annotating
from events.annotating import NewNote
from events.annotations import Subject
from events.integrity import check
from events.journal import ANNOTATIONS, Commit, Journal
from events.store import Store

KILLS, MANY, TIMES = 20, 10_000, 30
_DAY = Subject("day", "2024-11-21")


def notes_lost_by_kills() -> list[str]:
    """Notes that were told to be kept and are not, or stand twice, after kills of a writer while
    another writes; and what `check` finds then."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        store.create()
        steady = _started(store.location, "steady")
        for number in range(KILLS):
            writer = _started(store.location, str(number))
            time.sleep(random.uniform(0.05, 0.4))
            _end(writer)
        _end(steady)
        told = [note.text for note in annotating.read(store).notes]
        kept = [p.read_text().split() for p in Path(folder).glob("kept-*")]
        lost = [f"lost: {line}" for lines in kept for line in lines if line not in set(told)]
        twice = [f"twice: {text}" for text in {t for t in told if told.count(t) > 1}]
        return lost + twice + [*map(str, check(store.location))]


def milliseconds_of_a_note() -> float:
    """Median time to write one note into a store of MANY."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        store.create()
        now = dt.datetime.now(dt.UTC)
        rows = (annotating.note_row(NewNote(_DAY, f"note {n}")) for n in range(MANY))
        commits = [Commit(n, now, "Ana", (row,)) for n, row in enumerate(rows, start=1)]
        Journal(store.location, ANNOTATIONS).put(commits)
        return statistics.median(_seconds(store) for _ in range(TIMES)) * 1000


def _seconds(store: Store) -> float:
    start = time.perf_counter()
    annotating.write(store, NewNote(_DAY, "one more"), "Ana")
    return time.perf_counter() - start


def _started(location: Path, name: str) -> ForkProcess:
    process = multiprocessing.get_context("fork").Process(target=_write, args=(location, name))
    process.start()
    return process


def _write(location: Path, name: str) -> None:
    """Write notes without end; each that is kept is told in a file of its own."""
    with (location.parent / f"kept-{name}").open("a", buffering=1) as kept:
        for number in range(1_000_000):
            text = f"{name}.{number}"
            annotating.write(Store(location), NewNote(_DAY, text), "Ana")
            kept.write(f"{text}\n")


def _end(process: ForkProcess) -> None:
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
