"""The store under kills: `python -m benchmarks.kill_store [--kills 100] [--seed 1] [--write]`.

Loads (`python -m loaders load`, every fifth time `maintain`) are started cold and killed with
SIGKILL at random moments, every second load by one of the processes that read for it, while one
process reads and one writes edits without a pause. Each load begins where the one before was
killed. At the end the store must hold exactly what a load that nobody killed makes of the same
articles, row by row without times, and every edit that was reported as written, once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.performance_page import write_section
from benchmarks.store_rows import rows_of
from benchmarks.store_users import beside
from events.filters import Filters
from events.integrity import check
from events.query import Query
from events.store import Store
from events.tables import FACTS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "reliability.md"
ALL = Filters()
BATCH = 2  # articles a commit: the more commits, the more moments at which a kill can hurt
TOP_UP = 80  # articles that come when a load ended before it was killed
# a process is killed between half a cold start and so many seconds after one
WORK_SECONDS = {"load": 2.5, "maintain": 0.2}
MAINTAIN_EVERY = 5
_TEXT = (
    "Le {a} mars 2024, la Russie a frappé Dnipro. Le {b} avril 2024, la France a condamné "
    "l’attaque. Le {c} mai 2024, l’Allemagne a envoyé des chars à l’Ukraine. Essai numéro {n}."
)


@dataclass
class Result:
    """Counts of a run. The store is sound when `faults` is empty."""

    kills: int = 0
    kills_of_maintain: int = 0
    kills_of_readers: int = 0
    ended: int = 0
    seconds: float = 0.0
    articles: int = 0
    events: int = 0
    edits: int = 0
    busy: int = 0
    readings: int = 0
    cut: int = 0
    lost: int = 0
    double: int = 0
    partial: int = 0
    faults: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, str]]:
        """(what, figure) lines of the table."""
        return [
            (
                "processes killed",
                f"{self.kills} ({self.kills_of_maintain} of them `maintain`, "
                f"{self.kills_of_readers} that read for a load)",
            ),
            ("loads and maintenances that ended before their kill", f"{self.ended}"),
            ("articles / events in the store at the end", f"{self.articles} / {self.events}"),
            ("edits written meanwhile", f"{self.edits}"),
            ("edits that were told to try again, the store being busy", f"{self.busy}"),
            ("whole readings of all events meanwhile", f"{self.readings}"),
            ("commits that a kill cut in the middle", f"{self.cut}"),
            ("articles, events and edits lost", f"{self.lost}"),
            ("articles, events and edits double", f"{self.double}"),
            ("articles seen with a part of their events", f"{self.partial}"),
            ("other faults (errors of readers, writers or loads; damage)", f"{len(self.faults)}"),
            ("duration", f"{self.seconds:.0f} s"),
        ]

    def is_sound(self) -> bool:
        return not (self.lost or self.double or self.partial or self.faults)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print the table; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill_store", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="the table into docs/reliability.md")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="frise-kills-") as folder:
        result = run(Path(folder), asked.kills, asked.seed, show=True)
    lines = (f"| {what} | {figure} |" for what, figure in result.rows())
    table = "\n".join(("| what | figure |", "|---|--:|", *lines))
    print(table, *result.faults, sep="\n")
    if asked.write:
        called = f"python -m benchmarks.kill_store --kills {asked.kills} --seed {asked.seed}"
        told = f"Measured {dt.date.today()}: `{called}`\n\n{table}"
        write_section("kills", told, DOCS)
    return int(not result.is_sound())


def run(folder: Path, kills: int, seed: int, show: bool = False) -> Result:
    """Kill `kills` processes that write the store `folder`/store; what became of it."""
    began, result = time.monotonic(), Result()
    articles, store = folder / "articles", folder / "store"
    write_articles(articles, TOP_UP)
    with beside(folder, store) as told:
        start = _cold_start(articles, store)
        _kill(articles, store, kills, random.Random(seed), start, result, show)
        ended("load", articles, store)
        ended("maintain", articles, store)
    result.readings, result.busy = told["readings"], told["busy"]
    result.partial += told["partial"]
    result.lost += told["vanished"]
    result.faults += told["faults"]
    _compare(folder, articles, store, result)
    result.seconds = time.monotonic() - began
    return result


def write_articles(folder: Path, count: int) -> None:
    """`count` articles more, ten a file; each tells four events."""
    folder.mkdir(parents=True, exist_ok=True)
    first = 10 * len(list(folder.iterdir()))
    for begin in range(first, first + count, 10):
        lines = [json.dumps(_article(n)) for n in range(begin, begin + 10)]
        (folder / f"{begin:06d}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _article(n: int) -> dict[str, str]:
    text = _TEXT.format(a=n % 28 + 1, b=n % 27 + 1, c=n % 26 + 1, n=n)
    return {"title": f"Essai {n}", "lang": "fr", "text": text}


def _started(command: str, articles: Path, store: Path, batch: int) -> subprocess.Popen[str]:
    paths = [str(articles)] if command == "load" else []
    call = [sys.executable, "-m", "loaders", command, *paths]
    settings = {"FRISE_STORE": str(store), "FRISE_NO_MODELS": "1"}
    settings["FRISE_LOADING_BATCH_ARTICLES"] = str(batch)
    return subprocess.Popen(
        call, cwd=ROOT, env=os.environ | settings, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(command: str, articles: Path, store: Path, batch: int = BATCH) -> None:
    """Run a command to its end. Raises RuntimeError with what it said where it fails."""
    process = _started(command, articles, store, batch)
    _out, err = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {err[-400:]}")


def _cold_start(articles: Path, store: Path) -> float:
    """Seconds that a process takes until its work begins."""
    began = time.monotonic()
    ended("load", articles / "000000.jsonl", store, batch=1000)
    return time.monotonic() - began


def _kill(
    articles: Path,
    store: Path,
    kills: int,
    chance: random.Random,
    start: float,
    result: Result,
    show: bool,
) -> None:
    turn = 0
    while result.kills < kills:
        turn += 1
        command = "load" if turn % MAINTAIN_EVERY else "maintain"
        began, process = time.monotonic(), _started(command, articles, store, BATCH)
        moment = chance.uniform(start / 2, start + WORK_SECONDS[command])
        try:
            _out, err = process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            result.kills += 1
            result.kills_of_maintain += command == "maintain"
            if command == "load" and turn % 2 and _kill_reader(process.pid):
                result.kills_of_readers += 1  # the load itself must go on, and end well
                _out, err = process.communicate()
                if process.returncode:
                    result.faults.append(f"load ended with {process.returncode}: {err[-400:]}")
                write_articles(articles, TOP_UP)
                continue
            process.kill()
            process.communicate()
        else:
            result.ended += 1
            if process.returncode:
                result.faults.append(f"{command} ended with {process.returncode}: {err[-400:]}")
            if command == "load":  # the machine was busier when the start was measured
                start = min(start, time.monotonic() - began)
                write_articles(articles, TOP_UP)
        if show:
            print(f"\r{result.kills} killed, {result.ended} ended", end="", file=sys.stderr)


def _kill_reader(load: int) -> bool:
    """Kill a process that reads for a load, if there is one."""
    try:
        told = Path(f"/proc/{load}/task/{load}/children").read_text(encoding="ascii").split()
        told += [
            child
            for task in Path(f"/proc/{load}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
        for child in told[:1]:
            os.kill(int(child), signal.SIGKILL)
    except (OSError, ValueError):
        return False
    return bool(told)


def _compare(folder: Path, articles: Path, location: Path, result: Result) -> None:
    """Against a store of the same articles that was made in one go, and the noted edits."""
    whole = folder / "whole"
    ended("load", articles, whole, batch=1000)
    store = Store(location)
    noted = (folder / "edits.txt").read_text(encoding="utf-8").split()
    result.edits = len(noted)
    pairs: list[tuple[list[Any], list[Any]]] = [
        (_ids(location, "article"), _ids(whole, "article")),
        (_ids(location, "event"), _ids(whole, "event")),
        (store.column("articles", "article_id"), Store(whole).column("articles", "article_id")),
    ]
    result.articles, result.events = len(pairs[0][0]), len(pairs[1][0])
    for found, wanted in pairs:
        result.lost += len(set(wanted) - set(found))
        result.double += len(found) - len(set(found))
        result.faults += [f"{i} comes from nowhere" for i in set(found) - set(wanted)]
    begun = set(store.column("events", "load_id"))
    result.cut = len(begun - set(store.column("articles", "load_id")))
    differ = (name for name in FACTS if rows_of(store, name) != rows_of(Store(whole), name))
    result.faults += [f"the rows of {name} differ" for name in differ]
    edits = Counter(store.read("edits", ["why"]).column("why").to_pylist())
    result.lost += sum(f"edit {n}" not in edits for n in noted)
    result.double += sum(count - 1 for count in edits.values())
    result.faults += [str(damage) for damage in check(location)]


def _ids(location: Path, kind: str) -> list[int]:
    query = Query(location)
    frame = query.articles(ALL) if kind == "article" else query.events(ALL)
    return [int(i) for i in frame[f"{kind}_id"]]


if __name__ == "__main__":
    sys.exit(main())
