"""`migrate` and `reread` under kills: `python -m benchmarks.kill_commands [--kills 100] [--write]`.

The real command line is started cold on a small store with edits and killed with SIGKILL at random
moments, again and again until it once comes to its end; then a fresh copy of the store takes its
place. After each kill the store must be sound: the old one whole, or the new one. At each end it
must hold what a command makes that nobody killed: every row without its times, every edit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kill_store import DOCS, ROOT
from benchmarks.performance_page import write_section
from benchmarks.store_rows import rows_of
from events.filters import Filters
from events.integrity import check
from events.query import Query
from events.records import records
from events.store import Store
from events.store_errors import StoreOutdated
from events.tables import FACTS

OLD_STORE = ROOT / "tests" / "events" / "stores" / "schema1.zip"
COMMANDS = {"migrate": ("migrate", "--yes"), "reread": ("reread",)}
_SETTINGS = {"FRISE_NO_MODELS": "1", "FRISE_LOADING_BATCH_ARTICLES": "1"}
Rows = dict[str, list[str]]


@dataclass
class Result:
    """Counts of a run of one command; sound without `faults`."""

    kills: int = 0
    begun_anew: int = 0  # starts on a store that a kill had left
    ended: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it for each command, print the table; 1 where anything is wrong."""
    name = "python -m benchmarks.kill_commands"
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="the table into docs/reliability.md")
    asked = parser.parse_args(arguments)
    results = {}
    for command in COMMANDS:
        with tempfile.TemporaryDirectory(prefix="frise-kills-") as folder:
            results[command] = run(command, Path(folder), asked.kills, asked.seed)
    table = _table(results)
    print(table, *(f for result in results.values() for f in result.faults), sep="\n")
    if asked.write:
        called = f"{name} --kills {asked.kills} --seed {asked.seed}"
        told = f"Measured {dt.date.today()}: `{called}`\n\n{table}"
        write_section("kills of commands", told, DOCS)
    return int(any(result.faults for result in results.values()))


def run(command: str, folder: Path, kills: int, seed: int) -> Result:
    """Kill a command of COMMANDS so often; what became of its stores."""
    began, chance, result = time.monotonic(), random.Random(seed), Result()
    first, place = _prepared(command, folder), folder / "tried" / "store"
    wanted, seconds = _made_whole(command, first, folder)
    while result.kills < kills:
        shutil.rmtree(place.parent, ignore_errors=True)
        shutil.copytree(first, place)
        is_left = False
        while not _ends(command, place, _moment(chance, seconds, result.kills < kills), result):
            result.begun_anew += is_left
            is_left = True
        result.begun_anew += is_left
        result.faults += _differences(_rows(place), wanted)
    result.seconds = time.monotonic() - began
    return result


def _moment(chance: random.Random, seconds: float, is_to_be_killed: bool) -> float | None:
    """When to kill a command that takes so long; None once there were kills enough."""
    return chance.uniform(seconds / 3, seconds) if is_to_be_killed else None


def _prepared(command: str, folder: Path) -> Path:
    """A store on which the command has something to do."""
    with zipfile.ZipFile(OLD_STORE) as packed:
        packed.extractall(folder / "first")
    store = folder / "first" / "store"
    if command == "reread":
        _started("migrate", store).communicate()
    return store


def _made_whole(command: str, first: Path, folder: Path) -> tuple[Rows, float]:
    """What the command makes of the store, and how long it takes."""
    place = folder / "whole" / "store"
    shutil.copytree(first, place)
    began, result = time.monotonic(), Result()
    if not _ends(command, place, None, result) or result.faults:
        raise RuntimeError(f"{command} fails without a kill: {result.faults}")
    return _rows(place), time.monotonic() - began


def _started(command: str, store: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "loaders", *COMMANDS[command]], cwd=ROOT, text=True,
        env=os.environ | _SETTINGS | {"FRISE_STORE": str(store)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def _ends(command: str, store: Path, moment: float | None, result: Result) -> bool:
    """Run it, killed after `moment` seconds; whether it came to its end before."""
    process = _started(command, store)
    try:
        _out, err = process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        result.kills += 1
        result.faults += _unsound(command, store)
        return False
    result.ended += 1
    if process.returncode:
        result.faults.append(f"{command} ended with {process.returncode}: {err[-400:]}")
    result.faults += [f"after the end: {damage}" for damage in check(store)]
    return True


def _unsound(command: str, store: Path) -> list[str]:
    """What a kill left behind that it should not: a store that is not read, or damaged."""
    try:
        Query(store).count(Filters())
        return [f"after a kill: {damage}" for damage in check(store)]
    except StoreOutdated as error:
        return [] if command == "migrate" else [str(error)]
    except Exception as error:  # whatever it is, it should not be
        return [f"after a kill: {error}"]


def _rows(location: Path) -> Rows:
    """The current rows of a store without their times, and the edits with what they stand for."""
    store = Store(location)
    told = {name: rows_of(store, name) for name in FACTS}
    edits = Query(location).edits()[["event_id", "field", "value", "why", "who", "standing"]]
    told["edits"] = sorted(map(repr, records(edits)))
    return told


def _differences(found: Rows, wanted: Rows) -> list[str]:
    return [f"the rows of {name} differ" for name in wanted if found[name] != wanted[name]]


def _table(results: dict[str, Result]) -> str:
    lines = ["| what | " + " | ".join(f"`{name}`" for name in results) + " |"]
    lines.append("|---|" + "--:|" * len(results))
    figures: dict[str, Callable[[Result], str]] = {
        "killed": lambda r: str(r.kills),
        "... and started again on what the kill had left": lambda r: str(r.begun_anew),
        "came to its end, and compared": lambda r: str(r.ended),
        "faults (damage, rows or edits lost or double, an error)": lambda r: str(len(r.faults)),
        "duration": lambda r: f"{r.seconds:.0f} s",
    }
    for what, told in figures.items():
        lines.append(f"| {what} | " + " | ".join(told(r) for r in results.values()) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
