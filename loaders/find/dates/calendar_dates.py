"""Resolves calendar dates: infers a missing year; a written weekday is used as a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from events.model import Precision
from loaders.find.dates.days import add, containing, feast, fraction, month_days, nearest_year
from loaders.find.dates.expression import DateExpression, Resolved
from loaders.find.dates.figures import either, swapped
from loaders.find.dates.running import LastDates, one_day

_ONE_DAY = dt.timedelta(days=1)
_AHEAD = 300  # days: who plans further ahead than this writes the year
_RECENT = dt.timedelta(days=31)
_WEEKDAY_REACH = 3 * 366  # days: a weekday written beside a date fixes the year within these


def calendar_date(e: DateExpression, running: LastDates) -> Resolved | None:
    """The days of a calendar date; of one in figures that reads both ways, both of its days."""
    if e.order:
        sure = replace(e, order="")
        return either(calendar_date(sure, running), calendar_date(swapped(sure), running))
    if named := _named(e, running.published):
        return one_day(named, "explicit")
    if e.year is not None:
        return with_year(e, e.year)
    if e.year_shift is not None:
        return _with_year_shift(e, running)
    context = _context_year(e, running)
    if context is not None:
        found = with_year(e, context)
        return found._replace(basis="anaphoric", implied=("year",), confidence=0.8)
    anchor = (running.told(e) if e.anchor == "running" else None) or running.published
    if anchor is None:
        return None
    if e.feast:
        return _yearly(e, anchor, lambda year: _feast(year, e.feast))
    if e.month is not None and e.day is not None:
        return _day_month(e, anchor)
    if e.month is not None:
        return _yearly(e, anchor, lambda year: _month(year, e.month or 1))
    if e.fraction:
        return _yearly(e, anchor, lambda year: fraction(year, e.fraction))
    if e.day is not None:
        return _day_alone(e, running, anchor)
    return _weekday(e, anchor) if e.weekday is not None else None


def _named(e: DateExpression, published: dt.date | None) -> dt.date | None:
    """The day known by its name, None for an article older than it; one named in passing is
    another where its anniversary has just been.
    """
    if not e.named_day:
        return None
    day = dt.date.fromisoformat(e.named_day)
    if published is None or published < day:
        return None if published else day
    since = (published - _last_anniversary(day, published)).days
    same = published - day < 2 * _RECENT
    return None if e.named_in_passing and since <= _RECENT.days and not same else day


def _last_anniversary(day: dt.date, published: dt.date) -> dt.date:
    this_year = day.replace(year=published.year)
    return this_year if this_year <= published else day.replace(year=published.year - 1)


def with_year(e: DateExpression, year: int) -> Resolved:
    if e.month is not None and e.day is not None:
        return one_day(dt.date(year, e.month, e.day), "explicit")
    if e.feast:
        return Resolved(*_feast(year, e.feast), "explicit")
    if e.month is not None:
        return Resolved(*_month(year, e.month), "explicit")
    if e.fraction:
        return Resolved(*fraction(year, e.fraction), "explicit")
    return Resolved(*containing(dt.date(year, 1, 1), "Y"), "explicit")


def _with_year_shift(e: DateExpression, running: LastDates) -> Resolved | None:
    """A date in last, this or next year, or in the year mentioned last ("of that year")."""
    told = e.anchor == "running" and running.any is not None
    base = running.any if told else running.published
    if base is None:
        return None
    found = with_year(e, base.year + (e.year_shift or 0))
    return found._replace(basis="anaphoric" if told else "relative", implied=("year",))


def _context_year(e: DateExpression, running: LastDates) -> int | None:
    """The year mentioned earlier in the sentence, for a past date without a year of its own."""
    if e.month is None or e.day is None or e.direction is not None:
        return None
    if running.sentence != e.sentence:
        return None
    return running.year if e.tense != "future" else None


def _month(year: int, month: int) -> tuple[dt.date, dt.date, Precision, str]:
    return (*month_days(year, month), "month", f"{year:04d}-{month:02d}")


def _feast(year: int, name: str) -> tuple[dt.date, dt.date, Precision, str]:
    return containing(feast(year, name), "D")


def _day_month(e: DateExpression, anchor: dt.date) -> Resolved | None:
    month, number = e.month or 1, e.day or 1
    days = [dt.date(y, month, number) for y in nearest_year(anchor, month, number, e.weekday)]
    days = [day for day in days if abs((day - anchor).days) <= _WEEKDAY_REACH]
    if e.weekday is not None and not days:  # an error of the author: no near year has that weekday
        return _without_wrong_weekday(e, anchor)
    if not days:
        return None
    chosen = _by_direction(days, anchor, e)
    return one_day(chosen, "relative", ("year",), 0.95 if e.weekday or e.direction else 0.9)


def _without_wrong_weekday(e: DateExpression, anchor: dt.date) -> Resolved | None:
    """A date whose weekday fits no year within reach: the weekday is ignored, confidence 0.6."""
    found = _day_month(replace(e, weekday=None), anchor)
    return found._replace(confidence=0.6) if found else None


def _by_direction(days: list[dt.date], anchor: dt.date, e: DateExpression) -> dt.date:
    """The nearest day in the direction of the words or the tense; `days` is sorted by distance."""
    past = next((d for d in days if d < anchor or (d == anchor and e.direction != -1)), days[0])
    future = next((d for d in days if d > anchor or (d == anchor and e.direction != 1)), days[0])
    if e.direction:
        return past if e.direction < 0 else future
    if e.weekday is not None:
        return _checked(days[0], past, future, anchor, e.tense)
    if e.tense == "past":
        return past
    return future if e.tense == "future" and (future - anchor).days <= _AHEAD else days[0]


def _checked(near: dt.date, past: dt.date, future: dt.date, anchor: dt.date, tense: str) -> dt.date:
    """The year of a date with a weekday, which recurs every five or six years: the nearest one;
    where that is more than half a year away, the tense decides.
    """
    if abs((near - anchor).days) <= 183 or not tense:
        return near
    return past if tense == "past" else future


def _yearly(
    e: DateExpression,
    anchor: dt.date,
    of_year: Callable[[int], tuple[dt.date, dt.date, Precision, str]],
) -> Resolved:
    """A month or season without a year: chosen by tense and distance to publication."""
    spans = [of_year(y) for y in range(max(1, anchor.year - 2), min(9998, anchor.year + 2) + 1)]
    first, last, precision, value = _choose(spans, anchor, e)
    return Resolved(first, last, precision, value, "relative", ("year",), 0.85)


_Span = tuple[dt.date, dt.date, Precision, str]


def _choose(spans: list[_Span], anchor: dt.date, e: DateExpression) -> _Span:
    before = [s for s in spans if s[1] < anchor] or spans[:1]
    after = [s for s in spans if s[0] > anchor] or spans[-1:]
    inside = [s for s in spans if s[0] <= anchor <= s[1]]
    if e.direction:
        return before[-1] if e.direction < 0 else after[0]
    if e.direction == 0:
        same = [s for s in spans if s[0].year == anchor.year]
        return (inside or same or spans)[0]
    if e.tense == "past":
        return (inside or before[-1:])[0]
    if e.tense == "future":
        return (inside or after)[0]
    return min(spans, key=lambda s: max((s[0] - anchor).days, (anchor - s[1]).days, 0))


def _weekday(e: DateExpression, anchor: dt.date) -> Resolved:
    """The day of that weekday: the publication day itself, else in the direction of the tense.
    Without a tense, "this Friday" is in the week of publication, a bare "Friday" in the past.
    """
    back = (anchor.isoweekday() - (e.weekday or 1)) % 7
    if e.week_shift is not None:
        monday = anchor - (anchor.isoweekday() - 1) * _ONE_DAY
        day = monday + (7 * e.week_shift + (e.weekday or 1) - 1) * _ONE_DAY
        return one_day(day, "relative", ("year", "month", "day"), 0.9)
    if e.anchor == "running" and not e.direction:
        day = anchor - back * _ONE_DAY if back <= 3 else anchor + (7 - back) * _ONE_DAY
        return one_day(day, "anaphoric", ("year", "month", "day"), 0.85)
    if e.direction == -1:
        day = anchor - (back or 7) * _ONE_DAY
    elif e.direction == 1:
        day = anchor + (7 - back) * _ONE_DAY
    elif back == 0:
        day = anchor
    else:
        same_week = e.direction == 0 and (e.weekday or 1) > anchor.isoweekday()
        forward = e.tense == "future" or (same_week and e.tense != "past")
        day = anchor + (7 - back) * _ONE_DAY if forward else anchor - back * _ONE_DAY
    sure = 0.95 if e.direction or e.tense else 0.85
    return one_day(day, "relative", ("year", "month", "day"), sure)


def _day_alone(e: DateExpression, running: LastDates, anchor: dt.date) -> Resolved | None:
    """A day of the month alone, near the publication date; a written weekday is a check."""
    number = e.day or 1
    if running.day and e.sentence - running.day_sentence <= 1 and e.weekday is None:
        return one_day(running.day.replace(day=number), "anaphoric", ("year", "month"), 0.8)
    months = [add(anchor.replace(day=1), n, "M") for n in range(-6, 7)]
    days = [m.replace(day=number) for m in months if number <= month_days(m.year, m.month)[1].day]
    checked = [d for d in days if e.weekday is None or d.isoweekday() == e.weekday] or days
    near = sorted(checked, key=lambda d: abs((d - anchor).days))
    return one_day(
        _by_direction(near, anchor, replace(e, weekday=None)), "relative", ("year", "month"), 0.8
    )
