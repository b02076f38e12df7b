"""`python -m loaders extract`: articles in, JSON Lines out. What reads is imported when it runs,
after the process that reads was started, so that both get ready side by side."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
from pathlib import Path

from events import settings
from loaders.worker import start_ahead


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The parser of the command."""
    extract = commands.add_parser(
        "extract", help="extract only: JSON Lines on standard output, nothing is stored"
    )
    extract.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="file or folder; without one, JSON Lines articles on standard input",
    )  # fmt: skip
    extract.add_argument(
        "--threshold", type=_share, metavar="P",
        help="tell events at least so sure of their type, 0 to 1 (0: all; the default is fitted)",
    )  # fmt: skip


def _share(text: str) -> float:
    """A number from 0 to 1. Raises ArgumentTypeError for anything else."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return share


def run(asked: argparse.Namespace) -> int:
    """Write a record an article; 1 where one carries an error."""
    if settings.number("loading.article_seconds"):
        start_ahead()
    from loaders.extract import extract_lines, extract_paths, write_lines

    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    today = dt.date.today()
    if asked.paths:
        records = extract_paths(asked.paths, today, asked.threshold)
    else:
        records = extract_lines(sys.stdin.buffer, today, asked.threshold)
    try:
        return int(bool(write_lines(records, out)))
    finally:
        out.detach()
