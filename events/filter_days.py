"""The days that the date filter compares: those of the date, else what bounds an undated event.

A bound is not a date, so a side that nothing bounds is open. For "may have happened in these days"
an open side of the bounds reaches `REACH` days and no further: news tells what is new, and an event
of which nothing is known but that it lies before its article would else be in every earlier week.
For "surely in these days" an open side reaches for ever.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from events.columns_in_memory import NO_DAY, Bools, EventColumns, Ints

Within = Literal["may", "surely"]
MAY: Within = "may"
SURELY: Within = "surely"
REACH = 30  # days
DAYS = ("first", "last", "bounds_from", "bounds_to")
_LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True)
class DaysAsked:
    """First and last day of each event, NO_DAY and the largest number where a side is open;
    `unknown`: events of which neither side is known."""

    first: Ints
    last: Ints
    unknown: Bools


@functools.singledispatch
def days_of(columns: Any, within: Within) -> DaysAsked:
    """The days that the filter compares, kept for each of its two questions. Those of columns in
    files are told by `events.conditions`."""
    found: DaysAsked = columns.cached(("days asked", within), lambda: _made(columns, within))
    return found


def in_by_bounds(columns: EventColumns) -> Bools:
    """Events that have no date and something that bounds them."""
    found: Bools = columns.undated & ~days_of(columns, MAY).unknown
    return found


def _made(columns: EventColumns, within: Within) -> DaysAsked:
    first, last, lower, upper = (columns.days(name) for name in DAYS)
    undated = columns.undated
    if within == MAY:
        lower, upper = _reaching(lower, upper, -REACH), _reaching(upper, lower, REACH)
    begin = np.where(undated, lower, first)
    end = np.where(undated, upper, last)
    unknown = (begin == NO_DAY) & (end == NO_DAY)
    return DaysAsked(begin, np.where(end == NO_DAY, _LATEST, end), unknown)


def _reaching(days: Ints, other: Ints, by: int) -> Ints:
    """The days; an unknown one lies `by` from the other side, where that is known."""
    open_side = (days == NO_DAY) & (other != NO_DAY)
    return np.where(open_side, other + by, days)
