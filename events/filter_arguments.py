"""The filters as command-line options: one of each filter, the same for every command."""

from __future__ import annotations

import argparse

from events.filters import Filters
from events.link_version import Params


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add one option a filter."""
    for kind in Filters.kinds().values():
        parser.add_argument(f"--{kind.command}", action="append", default=[], help=kind.help)


def read_filters(arguments: argparse.Namespace) -> Filters:
    """The filters of the command line. Raises ValueError naming each value that is not valid."""
    kinds = Filters.kinds().values()
    params: Params = {
        kind.param: list(getattr(arguments, kind.command.replace("-", "_"))) for kind in kinds
    }
    filters, problems = Filters.from_params({name: v for name, v in params.items() if v})
    if problems:
        names = {kind.param: kind.command for kind in kinds}
        told = [f"--{names.get(p.param, p.param)} {p.value!r}: {p.reason}" for p in problems]
        raise ValueError("; ".join(told))
    return filters
