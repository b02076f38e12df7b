"""The declaration of a filter, and the parsers of values that declarations share.

Each field of `events.filters.Filters` has one `FilterKind`. Link parameters, command-line options,
display text, chips, row tests and the reasons why a row is hidden are all derived from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from events.columns_in_memory import Bools, Columns

T = TypeVar("T")
MAX_LENGTH = 200  # characters of one value
# an `events.filters.Filters`, which imports this module
AllFilters = Any
# columns in memory, value of the filter, all filters -> which rows pass
Test = Callable[[Any, Any, AllFilters], Bools]


@dataclass(frozen=True)
class FilterKind:
    """One filter.

    param: its name in links; never changed, since links are kept.
    option, help: its command-line option (`param` where not told) and the text of `--help`.
    read: parses one value from text; raises ValueError with the reason why it is invalid.
    label: its name on pages and in exports, a msgid; "" where another filter's row includes it.
    say: (value, interface language) -> one value in words.
    row: (filters, language) -> all its values in words, where `say` is not enough.
    chip: as `say`, where a chip on a page needs other words.
    choices: values to pick from under "More" of the filter bar.
    columns: columns of events.columns.EVENT_COLUMNS that its tests read.
    tests: reason why a row is hidden (a msgid) -> which rows pass.
    of_articles: articles have the columns too and are tested directly.
    order: of a row that several filters hide, the reason of the lowest is shown.
    off: the value at which nothing is tested, of a filter that tests at its default.
    """

    param: str
    help: str
    read: Callable[[str], Any]
    option: str = ""
    label: str = ""
    say: Callable[[Any, str], str] = lambda value, lang: str(value)
    row: Callable[[AllFilters, str], str] | None = None
    chip: Callable[[Any, str], str] | None = None
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    tests: Mapping[str, Test] = field(default_factory=dict)
    of_articles: bool = False
    order: int = 2
    off: Any = None

    @property
    def command(self) -> str:
        """The name of the command-line option, without dashes."""
        return self.option or self.param


def declared(default: T, kind: FilterKind) -> T:
    """A dataclass field with its declaration as metadata; at `default` the filter is off."""
    made: Any = field(default=default, metadata={"kind": kind})
    found: T = made
    return found


def is_one_of(column: str) -> Test:
    """The test that a text column holds one of the values of the filter."""

    def test(columns: Columns, values: Iterable[str], filters: AllFilters) -> Bools:
        return columns.text(column).isin(frozenset(values))

    return test


def read_day(text: str) -> dt.date:
    """A day, YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a day")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("not a day") from None


def read_share(text: str) -> float:
    """A number from 0 to 1."""
    # digits only: float() would also take "nan", "1_0" and digits of other scripts
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,20})?(e-[0-9]{1,3})?", text):
        raise ValueError("not a number from 0 to 1")
    if not 0 <= float(text) <= 1:
        raise ValueError("not a number from 0 to 1")
    return float(text)


def read_name(text: str) -> str:
    """Any printable text of at most MAX_LENGTH characters."""
    if len(text) > MAX_LENGTH or not text.isprintable():
        raise ValueError("not a name")
    return text


def read_language(text: str) -> str:
    """A code of two or three small letters."""
    if not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError("not a language code")
    return text


def one_of(allowed: Iterable[str], reason: str) -> Callable[[str], str]:
    """A parser that accepts only the allowed values; `reason` is the error for any other."""
    known = frozenset(allowed)

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(reason)
        return text

    return read
