"""Commands on what persons decided beside the events: the log, and the table of outlets."""

from __future__ import annotations

import argparse
from pathlib import Path

from events import audit_log, outlet_grades
from events.plain_text import counted
from events.regular_files import read_text
from events.store import Store, store_location
from events.whole_file import write_whole


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Their parsers."""
    told = commands.add_parser(
        "log", help="who did what, as a file",
        description="Write the log of the store to FILE, JSON Lines as they stand, and say whether"
        " its chain holds; exit code 1 where it does not.",
    )  # fmt: skip
    told.add_argument("file", type=Path, metavar="FILE")
    outlets = commands.add_parser(
        "outlets", help="the team's table of outlets to a file, or from one",
        description="A CSV table with the columns outlet and reliability, A to F (docs/grading.md)",
    )  # fmt: skip
    outlets.add_argument(
        "action", choices=("export", "apply"),
        help="export: write the table of the store to FILE; apply: take the rows of FILE in",
    )  # fmt: skip
    outlets.add_argument("file", type=Path, metavar="FILE", help="CSV, UTF-8")
    outlets.add_argument("--who", default="", help="who signs rows that nobody signed")


def run(asked: argparse.Namespace) -> int:
    """One of the commands. Raises StoreError, ValueError."""
    store = Store(store_location())
    store.check()
    return _log(store, asked.file) if asked.command == "log" else _outlets(store, asked)


def _log(store: Store, file: Path) -> int:
    path = store.location / audit_log.FILE
    write_whole(file, path.read_bytes() if path.exists() else b"")
    broken = audit_log.breaks(store.location)
    for each in broken:
        print(f"line {each.line}: {each.words}")
    n = len(audit_log.entries(store.location))
    holds = "the chain does not hold" if broken else "the chain holds"
    print(f"{file}: {counted(n, 'act')}; {holds}")
    return int(bool(broken))


def _outlets(store: Store, asked: argparse.Namespace) -> int:
    if asked.action == "export":
        known = outlet_grades.read(store.location).rows
        audit_log.record_leaving(store.location, audit_log.login(), str(asked.file))
        write_whole(asked.file, outlet_grades.as_csv(known.values()).encode())
        print(f"{asked.file}: {counted(len(known), 'outlet')}")
        return 0
    rows = outlet_grades.parsed(read_text(asked.file))
    changed = outlet_grades.give(store, rows, asked.who.strip() or audit_log.login())
    print(f"{counted(len(rows), 'outlet')} read, {changed} graded anew")
    return 0
