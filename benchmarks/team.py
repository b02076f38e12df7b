"""Two who review and one who reads, each in a browser, on one store, while a load goes on and the
server is killed: nothing may be lost, doubled, or told in another's name.

    python -m benchmarks.team                  over the samples, loaded now
    python -m benchmarks.team --store DIR      over a copy of that store
    python -m benchmarks.team --rounds 24 --kills 2 --write

In each round both reviewers decide about an event by keys: right as told, a field changed, no
event, taken back and told again, later. The server is killed (SIGKILL) with decisions that it has
not stored; both go on deciding while nothing answers, and then with what is there again. The reader
makes a briefing before and after. At the end what the browsers were told is compared with the
store, the log, `check`, the reviewers' own pages and "what changed". Needs a Chromium
(FRISE_CHROMIUM, or `chromium` on the path).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.kill_store import ended, write_articles
from benchmarks.performance_page import write_section
from benchmarks.review_keys import store_in
from benchmarks.served import ROOT, dashboard, free_port
from benchmarks.team_browser import Reader, Reviewer, people
from benchmarks.team_found import Found, compare, loaded_once, told_otherwise
from events.edited_events import VERDICTS
from events.query import Query
from events.reviews import decided
from events.store import Store

ROUNDS, KILLS = 24, 2
WHILE_DOWN = 2  # decisions of each reviewer while no server answers
ARTICLES = 40  # of one load
SETTLED_SECONDS = 300.0
PAUSE_SECONDS = 1.0  # between two decisions of a person: a quick reader
DOCS = ROOT / "docs" / "reliability.md"


@dataclass
class Loads:
    """What was loaded beside: articles, and what failed."""

    articles: int = 0
    faults: list[str] = field(default_factory=list)


def run(
    store: Path,
    rounds: int = ROUNDS,
    kills: int = KILLS,
    articles: Path | None = None,
    down: int = WHILE_DOWN,
    browser: Any = None,
) -> Found:
    """Play it over the store, which is changed. `articles`: a folder for what is loaded meanwhile,
    None without a load; `down`: decisions of each while no server answers."""
    found, began, port = Found(kills=kills), time.monotonic(), free_port()
    before = len(set(Store(store).column("articles", "article_id")))
    with ExitStack() as servers, people(f"http://localhost:{port}", browser) as (ana, ben, reader):
        process = servers.enter_context(dashboard(store, port)).process
        reader.briefing()
        with _loading(store, articles) as loads:
            ana.begin()
            ben.begin()
            for part in range(kills + 1):
                _review(ana, ben, part * rounds, rounds, found)
                if part < kills:
                    os.kill(process, signal.SIGKILL)
                    _review_alone((ana, ben), (part + 1) * rounds, down)
                    process = servers.enter_context(dashboard(store, port)).process
        _settle(store, (ana, ben))
        _look(store, ana, ben, reader, found)
        changes = reader.briefing()
    found.articles = loads.articles
    found.faults += [*loads.faults, *loaded_once(store, before, loads.articles)]
    compare(store, (ana, ben), changes, found)
    found.seconds = time.monotonic() - began
    return found


def _review(ana: Reviewer, ben: Reviewer, first: int, rounds: int, found: Found) -> None:
    """Both decide in turn; they never have the same event before them."""
    for number in range(first, first + rounds):
        both = ana.card(), ben.card()
        if both[0] == both[1]:
            found.faults.append(f"both have event {both[0]} before them")
        ana.turn(number)
        ben.turn(number + 3)
        time.sleep(PAUSE_SECONDS)


def _review_alone(who: Sequence[Reviewer], first: int, rounds: int) -> None:
    """Both go on while no server answers, with the events that their browsers hold."""
    for number in range(first, first + rounds):
        for each in who:
            if each.has_card():
                each.turn(number)
        time.sleep(PAUSE_SECONDS)


def _settle(store: Path, who: Sequence[Reviewer]) -> None:
    """Wait until the store has all as it was told last, or for so long that it never will."""
    end = time.monotonic() + SETTLED_SECONDS
    while any(told_otherwise(store, who)) and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(2.0)  # what would be stored twice comes now


def _look(store: Path, ana: Reviewer, ben: Reviewer, reader: Reader, found: Found) -> None:
    """The reviewers' pages count what both did; what one corrected says so to others."""
    states = decided(Query(store))["state"].value_counts().to_dict()
    stored = {name: int(states.get(name, 0)) for name in VERDICTS}
    for each in (ana, ben):
        each.begin()
        if each.counts() != stored:
            found.faults.append(f"{each.name} sees {each.counts()}, the store has {stored}")
        corrected = [event for event, verdict in each.told.items() if verdict == "corrected"]
        if corrected and not reader.sees(corrected[-1], each.name):
            found.faults.append(f"the reader does not see {each.name}'s correction")


@contextmanager
def _loading(store: Path, folder: Path | None) -> Iterator[Loads]:
    """Load articles without a pause until the block ends."""
    loads, stop = Loads(), threading.Event()

    def work(into: Path) -> None:
        while not stop.is_set():
            write_articles(into, ARTICLES)
            loads.articles += ARTICLES
            try:
                ended("load", into, store)
            except RuntimeError as error:
                loads.faults.append(str(error))
                return

    thread = threading.Thread(target=work, args=(folder,)) if folder else None
    if thread:
        thread.start()
    try:
        yield loads
    finally:
        stop.set()
        if thread:
            thread.join()


def main() -> int:
    """Play it and print the table; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.team", description=__doc__)
    parser.add_argument("--store", type=Path, help="a store to copy")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="between two kills")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--write", action="store_true", help="the table into docs/reliability.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(Path(folder), asked.store)
        found = run(store, asked.rounds, asked.kills, Path(folder) / "articles")
    lines = (f"| {what} | {figure} |" for what, figure in found.rows())
    table = "\n".join(("| what | figure |", "|---|--:|", *lines))
    print(table, *found.faults, sep="\n")
    if asked.write:
        called = f"python -m benchmarks.team --rounds {asked.rounds} --kills {asked.kills}"
        told = f"Measured {dt.date.today()}: `{called}`\n\n{table}"
        write_section("team", told, DOCS)
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main())
