"""`python -m loaders cases export|import FILE`: cases with their notes, and saved views."""

from __future__ import annotations

import argparse
from pathlib import Path

from events import annotating, audit_log, case_file, cases
from events.cases import CaseRefused
from events.plain_text import counted
from events.query import Query
from events.regular_files import read_bytes
from events.store import Store, store_location
from events.whole_file import write_whole


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The parser of the command."""
    parser = commands.add_parser(
        "cases", help="cases and saved views to a file, or from one",
        description="Carry cases with their notes, and saved views, to another store.",
    )  # fmt: skip
    parser.add_argument(
        "action", choices=("export", "import"),
        help="export: write all of the store to FILE; import: take over what FILE holds",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE", help="one JSON file")
    parser.add_argument("--who", default="", help="your name, to import")


def run(asked: argparse.Namespace) -> int:
    """Do it; 1 where something of the file was left out. Raises StoreError, OSError, ValueError."""
    store = Store(store_location())
    known = cases.read(store)
    if asked.action == "export":
        every = [*known.of("case"), *known.of("view")]
        audit_log.record_leaving(store.location, audit_log.login(), str(asked.file))
        write_whole(asked.file, case_file.written(every, Query(store.location).annotations()))
        print(f"{asked.file}: {_things(len(every))}")
        return 0
    told = annotating.read(store)
    brought = case_file.checked(read_bytes(asked.file), known, told)
    if not asked.who.strip():
        raise CaseRefused("give your name: others will read who wrote it")
    case_file.store_all(store, brought, asked.who)
    taken = f"{_things(len(brought.rows))} and {counted(len(brought.notes), 'note')} taken over"
    print(f"{taken}, {_things(brought.known)} here already")
    left_out = list(map(str, brought.problems))
    if brought.other_words:
        here = counted(brought.other_words, "note is", "notes are")
        left_out.append(f"{here} here with other words, which stay")
    for problem in left_out:
        print(f"{asked.file}: {problem}")
    return int(bool(left_out))


def _things(number: int) -> str:
    return counted(number, "case or view", "cases and views")
