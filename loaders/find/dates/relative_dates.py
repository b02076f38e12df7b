"""Resolves dates relative to another day: shifts, spans, decades, nights and bare times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from events.model import DateBasis
from loaders.find.dates.calendar_dates import calendar_date
from loaders.find.dates.days import add, containing, decade
from loaders.find.dates.expression import DateExpression, Resolved
from loaders.find.dates.running import LastDates, one_day

_ONE_DAY = dt.timedelta(days=1)
_AHEAD = 20  # years: a shift further ahead of the last date is a misreading
_VAGUE = {"D": 7, "W": 6, "M": 6, "Q": 4, "H": 2, "Y": 5, "DE": 3, "CE": 2}


def _shift(e: DateExpression, running: LastDates) -> Resolved | None:
    base = running.published
    told = e.anchor == "running" or (e.anchor == "tense" and e.tense == "past")
    if told:
        base = running.told(e) or running.published
    if base is None:
        return None
    basis: DateBasis = "anaphoric" if told else "relative"
    if e.amount is None:
        return _vague(e, base)
    if e.unit == "T":
        return one_day(base, basis)
    amount = _weekends(e, base) if e.unit == "WE" else e.amount
    day = add(base, amount, e.unit)
    if told and running.published and day.year > running.published.year + _AHEAD:
        return None  # "108 years later" counts from a date that was not recognised
    return Resolved(*containing(day, e.unit), basis)


def _weekends(e: DateExpression, base: dt.date) -> int:
    """Weeks from `base` to the weekend: "next weekend" is the coming one; "this weekend" has
    passed if the verb is in the past.
    """
    amount = e.amount or 0
    if base.isoweekday() >= 6:
        return amount
    return -1 if amount == 0 and e.tense == "past" else amount - (amount > 0)


def _vague(e: DateExpression, base: dt.date) -> Resolved:
    """An indefinite span: "il y a quelques jours", "in the coming weeks"."""
    sign = 1 if (e.direction or -1) > 0 else -1  # "the next 24 hours" stays within its day
    other = add(base, sign * _VAGUE.get(e.unit, 1), e.unit) if e.unit in _VAGUE else base
    value = "FUTURE_REF" if sign > 0 else "PAST_REF"
    return Resolved(min(base, other), max(base, other), "span", value, "relative", (), 0.5)


def _span(e: DateExpression, running: LastDates) -> Resolved | None:
    base = running.published
    if base is None or (e.anchor == "tense" and e.tense == "past"):
        return None  # "resigned within two days": how long it took, not when
    if e.amount is None or e.unit == "T":
        return _vague(replace(e, direction=e.direction or e.amount), base)
    other = add(base, e.amount, e.unit)
    value = f"P{abs(e.amount)}{e.unit}"
    return Resolved(min(base, other), max(base, other), "span", value, "relative", (), 0.8)


def _decade(e: DateExpression, running: LastDates) -> Resolved | None:
    if e.year is None:
        return None
    return Resolved(*decade(e.year, 100 if e.unit == "CE" else 10), "explicit")


def _night(e: DateExpression, running: LastDates) -> Resolved | None:
    """From an evening into the next day: two days, under the value of the day that is named."""
    if e.weekday is None and e.day is None:
        found = _shift(replace(e, unit="D", amount=e.amount or 0), running)
    else:
        found = calendar_date(e, running)
    if found is None or found.first is None:
        return None
    named = first = found.first
    if e.weekday is not None or e.day is not None:
        first += (e.amount or 0) * _ONE_DAY
    return found._replace(
        first=first, last=first + _ONE_DAY, precision="span", value=f"{named.isoformat()}TNI"
    )


def _time(e: DateExpression, running: LastDates) -> Resolved | None:
    """A bare time or part of the day: on the last day mentioned, else on the publication day."""
    told = running.day is not None
    day = running.day or running.published
    if day is None:
        return None
    if told and running.night and e.time and e.time < "12":
        day += _ONE_DAY  # "in the night to Sunday ... at 2.30"
    return one_day(day, "anaphoric" if told else "inferred", ("year", "month", "day"), 0.8)


RESOLVERS: dict[str, Callable[[DateExpression, LastDates], Resolved | None]] = {
    "calendar": calendar_date,
    "shift": _shift,
    "span": _span,
    "decade": _decade,
    "night": _night,
    "time": _time,
}
