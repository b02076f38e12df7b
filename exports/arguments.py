"""The filters as command-line arguments, the same for every format and for the pack."""

from __future__ import annotations

import argparse

from events.filters import Filters, Params
from events.wording import languages

# option -> link parameter; the values are checked by the one door that links go through
_OPTIONS = {
    "from": "from",
    "to": "to",
    "actor": "actor",
    "level": "level",
    "type": "type",
    "place": "place",
    "status": "status",
    "article-lang": "lang",
    "text": "q",
    "as-of": "asof",
    "min-confidence": "conf",
}
_HELP = {
    "from": "first day, YYYY-MM-DD",
    "to": "last day, YYYY-MM-DD",
    "actor": "actor code such as RUS or NATO; may be repeated",
    "level": "count actors as: person, government, state or bloc",
    "type": "event type such as ASSAULT; may be repeated",
    "place": "place name, gazetteer id or ISO country; may be repeated",
    "status": "reported, planned, claimed or denied; may be repeated",
    "article-lang": "language of the articles, such as fr; may be repeated",
    "text": "words to look for",
    "as-of": "leave out articles published or loaded after this day",
    "min-confidence": "least confidence, 0 to 1",
}


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add one option a filter, and the options that every export takes."""
    for option in _OPTIONS:
        parser.add_argument(f"--{option}", action="append", default=[], help=_HELP[option])
    parser.add_argument(
        "--lang", default="en", help=f"language of the export: {' or '.join(languages())}"
    )
    parser.add_argument("--title", default="", help="title of the export")
    parser.add_argument("--marking", default="", help="marking on every page, such as TLP:GREEN")


def read_filters(arguments: argparse.Namespace) -> Filters:
    """The filters of the command line. Raises ValueError naming each value that is not valid."""
    params: Params = {
        param: list(getattr(arguments, option.replace("-", "_")))
        for option, param in _OPTIONS.items()
    }
    if arguments.lang not in languages():
        known = ", ".join(languages())
        raise ValueError(
            f"--lang {arguments.lang!r}: exports are written in {known}; "
            "for the language of the articles use --article-lang"
        )
    filters, problems = Filters.from_params({name: v for name, v in params.items() if v})
    if problems:
        names = {param: option for option, param in _OPTIONS.items()}
        told = [f"--{names.get(p.param, p.param)} {p.value!r}: {p.reason}" for p in problems]
        raise ValueError("; ".join(told))
    return filters
