"""The options that every export takes beside the filters."""

from __future__ import annotations

import argparse

from events import filter_arguments
from events.filters import Filters
from events.wording import languages


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add one option a filter, and the options that every export takes."""
    filter_arguments.add_filters(parser)
    parser.add_argument(
        "--lang", default="en", help=f"language of the export: {' or '.join(languages())}"
    )
    parser.add_argument("--title", default="", help="title of the export")
    parser.add_argument(
        "--may-pass-on",
        action="store_true",
        help="you may pass on rows of coders whose terms do not let everybody (ACLED)",
    )
    parser.add_argument("--marking", default="", help="marking on every page, such as TLP:GREEN")


def read_filters(arguments: argparse.Namespace) -> Filters:
    """The filters of the command line. Raises ValueError naming each value that is not valid."""
    if arguments.lang not in languages():
        known = ", ".join(languages())
        raise ValueError(
            f"--lang {arguments.lang!r}: exports are written in {known}; "
            "for the language of the articles use --article-lang"
        )
    return filter_arguments.read_filters(arguments)
