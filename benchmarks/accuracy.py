"""Accuracy, measured: `python -m benchmarks.accuracy [SUBJECT...]` writes docs/accuracy.md.

Each subject prints its table and writes it into its own section of docs/accuracy.md, between two
markers, with the day and the command. A set of gold that is not there is named and its row left
out; nothing is filled in. The gold folder is FRISE_GOLD, or ../shared/gold.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import os
import sys
from pathlib import Path

from benchmarks.gold_folder import gold_folder

# subject -> (module, its function that gives the section as Markdown)
SUBJECTS: dict[str, tuple[str, str]] = {
    "dates": ("benchmarks.accuracy_dates", "section"),
    "publication": ("benchmarks.accuracy_publication", "section"),
    "places": ("benchmarks.accuracy_places", "section"),
    "actors": ("benchmarks.accuracy_actors", "section"),
    "events": ("benchmarks.accuracy_events", "report"),
    "stories": ("benchmarks.accuracy_stories", "section"),
}
TABLE = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
HEAD = (
    "# Accuracy\n\n"
    "Every figure here was printed by the command above its table. Public sets are read from the\n"
    "folder in `FRISE_GOLD`; where one is absent its rows are missing.\n"
)


def main(arguments: list[str] | None = None) -> int:
    """Measure the subjects named, or all that are there; 1 where one could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("subject", nargs="*", choices=[[], *SUBJECTS], default=[])
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args(arguments)
    folder = gold_folder()
    if folder is not None:
        os.environ.setdefault("FRISE_GOLD", str(folder))
    failed = [s for s in options.subject or SUBJECTS if not _measure(s, not options.no_write)]
    return 1 if failed else 0


def _measure(subject: str, write: bool) -> bool:
    module, function = SUBJECTS[subject]
    try:
        body = str(getattr(importlib.import_module(module), function)()).strip()
    except (ImportError, AttributeError) as error:
        print(f"{subject}: not measured, {error}", file=sys.stderr)
        return False
    print(body, "\n")
    if write:
        old = TABLE.read_text(encoding="utf-8") if TABLE.exists() else HEAD
        TABLE.write_text(with_section(old, subject, body), encoding="utf-8")
    return True


def with_section(page: str, subject: str, body: str) -> str:
    """The page with the subject's section replaced, or added at the end."""
    begin, end = f"<!-- {subject} -->", f"<!-- /{subject} -->"
    told = f"Measured {dt.date.today()}: `python -m benchmarks.accuracy {subject}`"
    block = f"{begin}\n{_titled(body, subject, told)}\n{end}"
    if begin in page and end in page:
        return page[: page.index(begin)] + block + page[page.index(end) + len(end) :]
    return f"{page.rstrip()}\n\n{block}\n"


def _titled(body: str, subject: str, told: str) -> str:
    """The body under one heading, with the command right below it."""
    if not body.startswith("#"):
        return f"## {subject.capitalize()}\n\n{told}\n\n{body}"
    head, _, rest = body.partition("\n")
    return f"{head}\n\n{told}\n{rest if rest.startswith(chr(10)) else chr(10) + rest}"


if __name__ == "__main__":
    sys.exit(main())
