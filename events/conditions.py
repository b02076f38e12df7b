"""Filters over events that stay in the files of the store: each test as a condition in SQL.

`ColumnsInFiles` is asked like the columns in memory (`events.columns_in_memory`) and answers with
conditions instead of arrays, so that the tests of the filters are written once. A condition is true
or false for a row, never null: what is missing counts as it does in memory.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import operator
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from events.certainty import reading
from events.filter_days import MAY, REACH, DaysAsked, Within, days_of
from events.filters import Filters
from events.model import PLACE_SURE
from events.registry import Level, reaching

UNDATED = "(first IS NULL AND last IS NULL)"
MEMBERS = "members"  # the table (no, code) of the codes of each list of parties, "" of an empty one
_EPOCH = dt.date(1970, 1, 1)


def literal(value: object) -> str:
    """A text, number or day as SQL. The only place where words of a reader become SQL."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''").replace("\0", "") + "'"
    if isinstance(value, dt.date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f"CAST('{value}' AS DOUBLE)"
    return str(int(str(value)))


def listed(values: Iterable[object]) -> str:
    """Values between commas, in a fixed order."""
    return ", ".join(sorted(map(literal, values)))


def column_names(names: Iterable[str]) -> str:
    """Names of columns between commas, in their order, as SQL."""
    return ", ".join(f'"{name}"' for name in names)


@dataclass(frozen=True)
class Condition:
    """SQL that is true or false for each row."""

    text: str

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"({self.text} AND {other.text})")

    def __or__(self, other: Condition) -> Condition:
        return Condition(f"({self.text} OR {other.text})")

    def __invert__(self) -> Condition:
        return Condition(f"(NOT {self.text})")


ALWAYS, NEVER = Condition("true"), Condition("false")


def all_of(conditions: Iterable[Condition]) -> Condition:
    return functools.reduce(operator.and_, conditions, ALWAYS)


def any_of(conditions: Iterable[Condition]) -> Condition:
    return functools.reduce(operator.or_, conditions, NEVER)


@dataclass(frozen=True)
class TextColumn:
    """A text column; `ask` gives its distinct values."""

    sql: str
    ask: Callable[[], tuple[str, ...]]

    @property
    def values(self) -> tuple[str, ...]:
        return self.ask()

    def isin(self, wanted: Collection[str]) -> Condition:
        """Which rows hold one of the wanted texts."""
        return Condition(f"({self.sql} IN ({listed(wanted)}))") if wanted else NEVER

    def of(self, places: Collection[int]) -> Condition:
        """Which rows hold one of the values at these places of `values`."""
        return self.isin({self.values[place] for place in places})


@dataclass(frozen=True)
class NumberColumn:
    sql: str

    def __ge__(self, least: float) -> Condition:
        return Condition(f"coalesce({self.sql} >= {literal(float(least))}, false)")


@dataclass(frozen=True)
class DayColumn:
    """Days; a missing one lies before all, or after all where it `ends`. `stored`: a column that it
    is, where that is not null: statistics of files and their parts are of columns."""

    sql: str
    ends: bool = False
    stored: str = ""

    def __le__(self, day: int) -> Condition:
        return self._compared("<=", day, missing=not self.ends)

    def __ge__(self, day: int) -> Condition:
        return self._compared(">=", day, missing=self.ends)

    def _compared(self, sign: str, day: int, missing: bool) -> Condition:
        asked = literal(_EPOCH + dt.timedelta(days=int(day)))
        null = "IS NULL OR" if missing else "IS NOT NULL AND"
        told = Condition(f"({self.sql} {null} {self.sql} {sign} {asked})")
        if not self.stored:
            return told
        return Condition(f"({self.stored} IS NULL OR {self.stored} {sign} {asked})") & told


@dataclass(frozen=True)
class Delegates:
    """What the files' columns alone cannot tell: rows with the words of a search, with tags, of
    stories with a credibility; and the distinct values of a text column, or all codes of parties.
    """

    matching: Callable[[str], Condition]
    tagged: Callable[[Collection[str]], Condition]
    credible: Callable[[Collection[str]], Condition]
    values: Callable[[str], tuple[str, ...]]
    codes: Callable[[], tuple[str, ...]]


@dataclass(frozen=True)
class _Graded:
    isin: Callable[[Collection[str]], Condition]


class ColumnsInFiles:
    """The columns of current events as conditions; see `events.columns_in_memory.EventColumns`."""

    undated = Condition(UNDATED)
    unlocated = Condition("(coalesce(place_id, '') = '')")
    doubtful = Condition(f"coalesce(place_confidence < {PLACE_SURE}, false)")

    def __init__(self, delegates: Delegates) -> None:
        self.delegates = delegates
        self.matching, self.tagged = delegates.matching, delegates.tagged

    @property
    def less_sure(self) -> Condition:
        least = literal(float(reading().threshold))
        return Condition(f"(coalesce(certainty_type < {least}, false) AND NOT edited)")

    def text(self, name: str) -> TextColumn:
        return TextColumn(f"coalesce({name}, '')", lambda: self.delegates.values(name))

    def number(self, name: str) -> NumberColumn:
        return NumberColumn(name)

    def days(self, name: str) -> DayColumn:
        return DayColumn(f"CAST({name} AS DATE)")

    def credibility(self) -> _Graded:
        return _Graded(self.delegates.credible)

    def acting(self, wanted: frozenset[str], level: Level) -> Condition:
        """Which events have one of the actors, or one that rolls up to it, as source or target."""
        known = () if level == "person" else self.delegates.codes()
        codes = listed(reaching(known, wanted, level))
        if not codes:
            return NEVER
        lists = f"SELECT no FROM {MEMBERS} WHERE code IN ({codes})"
        return any_of(Condition(f"({s} IN ({lists}))") for s in ("sources_no", "targets_no"))

    def naming(self, codes: Collection[str]) -> Condition:
        """Which events have one of the codes as source, target or who tells it."""
        if not codes:
            return NEVER
        return self.acting(frozenset(codes), "person") | self.text("attributed_to").isin(codes)


@days_of.register
def _(columns: ColumnsInFiles, within: Within) -> DaysAsked:
    lower, upper = "bounds_from", "bounds_to"
    if within == MAY:
        lower, upper = (
            f"coalesce({lower}, {upper} - {REACH})",
            f"coalesce({upper}, {lower} + {REACH})",
        )
    begin, end = (
        f"(CASE WHEN {UNDATED} THEN {bound} ELSE {day} END)"
        for bound, day in ((lower, "first"), (upper, "last"))
    )
    asked: Any = (
        DayColumn(begin, stored="first"),
        DayColumn(end, ends=True, stored="last"),
        Condition(f"({begin} IS NULL AND {end} IS NULL)"),
    )
    return DaysAsked(*asked)


class FilteredInFiles:
    """All filters that are on, each a condition; see `events.row_filters.FilteredRows`."""

    def __init__(self, columns: ColumnsInFiles, filters: Filters) -> None:
        self.columns, self.filters = columns, filters
        self._tested: list[tuple[str, str, Condition]] = [
            (name, reason, _of_all(test(columns, value, filters)))
            for name, kind, value in sorted(filters.tested(), key=lambda one: one[1].order)
            for reason, test in kind.tests.items()
        ]

    def passing(self, *without: str) -> Condition:
        """The rows that pass every filter, ignoring the filters of the fields `without`."""
        return all_of(told for name, _, told in self._tested if name not in without)

    def reason(self) -> str:
        """SQL of the first reason that hides a row, null where it passes."""
        cases = "".join(
            f" WHEN NOT {told.text} THEN {literal(reason)}" for _, reason, told in self._tested
        )
        return f"(CASE{cases} END)" if cases else "CAST(NULL AS VARCHAR)"


def _of_all(told: Any) -> Condition:
    assert isinstance(told, Condition), "a test of a filter that says nothing of files"
    return told


CODED = Condition("(coalesce(coder, '') <> '')")


def begun(least: dt.date | None, most: dt.date | None, or_undated: bool) -> Condition:
    """Events whose first day lies between two, or also those that have none: what lies in the order
    of days is passed over where it holds neither."""
    told = Condition("(first IS NULL)") if or_undated else NEVER
    if least is None:
        return told
    return told | Condition(f"(first BETWEEN {literal(least)} AND {literal(most)})")


def is_number(name: str, wanted: Collection[int]) -> Condition:
    """Events with one of the numbers in a column."""
    return Condition(f"({name} IN ({listed(wanted)}))") if len(wanted) else NEVER


def coded_on(days: Collection[int]) -> Condition:
    """See `events.story_rows.coded_on`."""
    told = listed(dt.date.fromordinal(day) for day in days)
    return CODED & Condition(f"(first IN ({told}))") if days else NEVER


def placed(first: dt.date, last: dt.date) -> Condition:
    """See `events.story_rows.placed`."""
    begin, end = literal(first), literal(last)
    dated = f"coalesce(first <= {end} AND coalesce(last, first) >= {begin}, false)"
    bounded = f"coalesce(bounds_from <= {end} AND bounds_to >= {begin}, false)"
    inside = f"coalesce(CAST(published AS DATE) BETWEEN {begin} AND {end}, false)"
    return Condition(f"({dated} OR ({UNDATED} AND ({inside} OR {bounded})))") & ~CODED
