"""How far "two days before" or "hours after" lies from the act it counts from, in whole days."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

Side = Literal["before", "after"]

# unit -> its shortest and longest length in days, and by how many days such a count is rounded
_LENGTHS = {"W": (7, 7, 6), "M": (28, 31, 20), "Y": (365, 366, 180)}
_EXACT_DAYS = 3  # "two days before" is meant to the day, "ten days before" is rounded


@dataclass(frozen=True)
class Days:
    """An interval of days, inclusive; None on an open side."""

    first: dt.date | None
    last: dt.date | None

    def within(self, other: Days) -> Days | None:
        """The days in both; None where there are none."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        return None if first and last and first > last else Days(first, last)


def least_and_most(unit: str, amount: int | None) -> tuple[int, int | None]:
    """The least and the most days that a count may mean, None for no limit; unit "" counts nothing,
    amount None is "some"."""
    if unit == "T":
        return 0, max(1, math.ceil(amount / 24)) if amount is not None else 1
    if unit == "D" and amount is not None:
        loose = int(amount > _EXACT_DAYS)
        return amount - loose, amount + loose
    if unit in _LENGTHS and amount is not None:
        short, long, loose = _LENGTHS[unit]
        return max(0, amount * short - loose), amount * long + loose
    return (1 if unit == "D" else 0), None


def counted(anchor: Days, side: Side, unit: str, amount: int | None) -> Days:
    """The days that lie so long before or after the anchor's."""
    least, most = least_and_most(unit, amount)
    if side == "before":
        return Days(_moved(anchor.first, most, -1), _moved(anchor.last, least, -1))
    return Days(_moved(anchor.first, least, 1), _moved(anchor.last, most, 1))


def _moved(day: dt.date | None, days: int | None, sign: int) -> dt.date | None:
    if day is None or days is None:
        return None
    try:
        return day + dt.timedelta(days=sign * days)
    except OverflowError:
        return None
