"""The tests of the declared filters: which rows of the columns pass.

Each takes the columns, the value of its filter and all filters (`events.filter_kind.Test`). The
columns are arrays in memory, or those of a large store's files (`events.conditions`): a test asks
what both answer, and joins the answers with &, | and ~.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Collection

import numpy as np

from events.coders import ANYBODY, READ, kept_back
from events.columns_in_memory import Bools, Columns, EventColumns
from events.filter_days import SURELY, days_of
from events.filter_kind import AllFilters


def is_dated(columns: EventColumns, day: dt.date, filters: AllFilters) -> Bools:
    """Dated, or bounded on a side."""
    found: Bools = ~days_of(columns, filters.within).unknown
    return found


def not_over_by(columns: EventColumns, day: dt.date, filters: AllFilters) -> Bools:
    """May have ended on the day or later; or surely has not begun before."""
    days = days_of(columns, filters.within)
    asked = days.first if filters.within == SURELY else days.last
    found: Bools = asked >= _number(day)
    return found


def not_all_after(columns: EventColumns, day: dt.date, filters: AllFilters) -> Bools:
    """May have begun by the day; or surely has ended by then."""
    days = days_of(columns, filters.within)
    asked = days.last if filters.within == SURELY else days.first
    found: Bools = asked <= _number(day)
    return found


def has_actor(columns: EventColumns, actors: Collection[str], filters: AllFilters) -> Bools:
    return columns.acting(frozenset(actors), filters.level)


def is_located(columns: EventColumns, places: Collection[str], filters: AllFilters) -> Bools:
    return ~columns.unlocated


def is_at(columns: Columns, places: Collection[str], filters: AllFilters) -> Bools:
    """The id, the name or the country of the place is one of those wanted."""
    named = (columns.text(n).isin(places) for n in ("place_id", "place_name", "place_country"))
    return functools.reduce(operator.or_, named)


def has_words(columns: Columns, text: str, filters: AllFilters) -> Bools:
    return columns.matching(text)


def known_by(columns: Columns, day: dt.date, filters: AllFilters) -> Bools:
    """Published and loaded by the day; NO_DAY, an unknown publication, lies before every day."""
    number = _number(day)
    return (columns.days("published") <= number) & (columns.days("retrieved") <= number)


def has_tag(columns: EventColumns, tags: Collection[str], filters: AllFilters) -> Bools:
    return columns.tagged(tags)


def is_as_sure(columns: Columns, least: float, filters: AllFilters) -> Bools:
    found: Bools = columns.number("confidence") >= least
    return found


def is_as_credible(columns: EventColumns, wanted: Collection[str], filters: AllFilters) -> Bools:
    return columns.credibility().isin(wanted)


def is_sure_enough(columns: EventColumns, sure: str, filters: AllFilters) -> Bools:
    return ~columns.less_sure


def is_coded_by(columns: Columns, coders: Collection[str], filters: AllFilters) -> Bools:
    """Read from an article (no coder), or coded by one of those wanted; at default read alone."""
    if ANYBODY in coders:
        return ~columns.text("coder").isin(())
    wanted = {"" if name == READ else name for name in coders or (READ,)}
    return columns.text("coder").isin(wanted)


def may_be_passed_on(columns: Columns, rights: str, filters: AllFilters) -> Bools:
    return ~columns.text("coder").isin(kept_back())


def _number(day: dt.date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
