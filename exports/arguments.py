"""The filters as command-line arguments, the same for every format and for the pack."""

from __future__ import annotations

import argparse

from events.filters import Filters, Params
from events.wording import languages


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add one option per filter, and the options that every export takes."""
    for kind in Filters.kinds().values():
        parser.add_argument(f"--{kind.command}", action="append", default=[], help=kind.help)
    parser.add_argument(
        "--lang", default="en", help=f"language of the export: {' or '.join(languages())}"
    )
    parser.add_argument("--title", default="", help="title of the export")
    parser.add_argument("--marking", default="", help="marking on every page, such as TLP:GREEN")


def read_filters(arguments: argparse.Namespace) -> Filters:
    """The filters of the command line. Raises ValueError naming each value that is not valid."""
    kinds = Filters.kinds().values()
    params: Params = {
        kind.param: list(getattr(arguments, kind.command.replace("-", "_"))) for kind in kinds
    }
    if arguments.lang not in languages():
        known = ", ".join(languages())
        raise ValueError(
            f"--lang {arguments.lang!r}: exports are written in {known}; "
            "for the language of the articles use --article-lang"
        )
    filters, problems = Filters.from_params({name: v for name, v in params.items() if v})
    if problems:
        names = {kind.param: kind.command for kind in kinds}
        told = [f"--{names.get(p.param, p.param)} {p.value!r}: {p.reason}" for p in problems]
        raise ValueError("; ".join(told))
    return filters
