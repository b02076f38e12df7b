"""Accuracy, measured: `python -m benchmarks.accuracy [SUBJECT...]` writes docs/accuracy.md.

Each subject prints its table and writes it into its own section of docs/accuracy.md, between two
markers, with the day and the command. A missing gold set is named and its row left out, never
filled in. Public sets are read from the folder given by --gold or FRISE_GOLD.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import sys
from pathlib import Path

from benchmarks.gold_folder import gold_folder

# subject -> its module; `section(gold)` of it gives the section as Markdown
SUBJECTS = {
    "dates": "benchmarks.accuracy_dates",
    "publication": "benchmarks.accuracy_publication",
    "places": "benchmarks.accuracy_places",
    "events": "benchmarks.accuracy_events",
    "stories": "benchmarks.accuracy_stories",
}
TABLE = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"
HEAD = (
    "# Accuracy\n\n"
    "Every figure here was printed by the command above its table. Public sets are read from the\n"
    "folder that `--gold` or `FRISE_GOLD` names; where one is absent its rows are missing.\n"
)


def main(arguments: list[str] | None = None) -> int:
    """Measure the subjects named, or all of them, and write their sections."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("subject", nargs="*", choices=[[], *SUBJECTS], default=[])
    parser.add_argument("--gold", default="", metavar="DIR", help="folder of the public sets")
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args(arguments)
    try:
        gold = gold_folder(options.gold)
    except NotADirectoryError as error:
        parser.error(str(error))
    for subject in options.subject or SUBJECTS:
        body = importlib.import_module(SUBJECTS[subject]).section(gold).strip()
        print(body, "\n")
        if not options.no_write:
            old = TABLE.read_text(encoding="utf-8") if TABLE.exists() else HEAD
            TABLE.write_text(with_section(old, subject, body), encoding="utf-8")
    return 0


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
