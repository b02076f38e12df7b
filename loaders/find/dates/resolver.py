"""The resolver: expressions and a publication date in, intervals of days out. No language in it.

Method: a date without a year is the nearest one to the publication date, unless the tense of the
governing verb, a written weekday or "dernier" / "next" says otherwise; "la veille", "two days
later", a bare time of day count from the last day told. Without a publication date only what
stands on its own is resolved; nothing is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from events.model import DateBasis, Precision
from loaders.find.dates.days import (
    add,
    containing,
    decade,
    edge_days,
    fraction,
    month_days,
    nearest_year,
)
from loaders.find.dates.expression import DateExpression, Resolved

_ONE_DAY = dt.timedelta(days=1)
_TENSE_REACH = 240  # days: a verb's tense outweighs nearness up to here
_WEEKDAY_REACH = 3 * 366  # days: a weekday written beside a date fixes the year within these
_AHEAD = 20  # years: no news counts further ahead from a date it told
_VAGUE = {"D": 7, "W": 6, "M": 6, "Q": 4, "H": 2, "Y": 5, "DE": 3, "CE": 2}


@dataclass
class _Running:
    """What was told last: a day, any date, and the year named in the sentence."""

    published: dt.date | None
    day: dt.date | None = None
    day_sentence: int = -9
    any: dt.date | None = None
    sentence: int = -9
    year: int | None = None

    def see(self, e: DateExpression, found: Resolved) -> None:
        """Take a resolved expression as the last one told."""
        if e.not_event or e.kind == "span" or (e.kind == "time" and not e.partner):
            return
        first = found.first or found.last
        self.any = first
        if found.precision == "day" or e.kind == "night":
            self.day, self.day_sentence = first, e.sentence
        if e.year is not None and not e.open_end:
            self.sentence, self.year = e.sentence, e.year


def intervals(
    expressions: Sequence[DateExpression], published: dt.date | None
) -> list[Resolved | None]:
    """One Resolved or None per expression, in order. Pure arithmetic: cheap enough to call for
    each of thousands of candidate publication days.
    """
    running = _Running(published)
    out: list[Resolved | None] = []
    waiting: list[int] = []
    for index, e in enumerate(expressions):
        if e.kind == "time" and e.partner:
            out.append(None)
            waiting.append(index)
            continue
        found = _safe(e, running)
        out.append(found)
        if found is not None:
            running.see(e, found)
        for earlier in waiting:
            out[earlier] = _safe(expressions[earlier], running)
        waiting.clear()
    for earlier in waiting:
        out[earlier] = _safe(expressions[earlier], running)
    _link(expressions, out)
    return [_opened(e, r) if r else None for e, r in zip(expressions, out, strict=True)]


def _safe(e: DateExpression, running: _Running) -> Resolved | None:
    """The resolution, or None for a day that no calendar holds (31 February, the year 0)."""
    if e.kind == "set_aside":
        return None
    try:
        found = _RESOLVERS[e.kind](e, running)
    except (ValueError, OverflowError):
        return None
    return _refined(e, found, running.published) if found else None


def _refined(e: DateExpression, found: Resolved, published: dt.date | None = None) -> Resolved:
    """The edge of an interval; the part of the day or the time in the value of a day."""
    first, last = found.first, found.last
    if e.edge in ("EARLIER", "LATER") and first and last:
        if published and first <= published <= last:
            if e.edge == "EARLIER":
                return found._replace(last=published, precision="span")
            return found._replace(first=published, precision="span")
        return found
    if e.edge and first and last:
        first, last = edge_days(first, last, e.edge)
        return found._replace(first=first, last=last, precision="span")
    if found.precision == "day" and "T" not in found.value and (e.time or e.daypart):
        return found._replace(value=f"{found.value}T{e.time or e.daypart}")
    return found


def _opened(e: DateExpression, found: Resolved) -> Resolved:
    if e.bound:
        return found
    if e.open_end:
        return found._replace(last=None)
    return found._replace(first=None) if e.open_start else found


# ---------------------------------------------------------------- calendar dates


def _calendar(e: DateExpression, running: _Running) -> Resolved | None:
    if e.year is not None:
        return _with_year(e, e.year)
    if e.year_shift is not None:
        return _with_year_shift(e, running.published)
    context = _context_year(e, running)
    if context is not None:
        found = _with_year(e, context)
        return found._replace(basis="anaphoric", implied=("year",), confidence=0.8)
    anchor = running.day if e.anchor == "running" and running.day else running.published
    if anchor is None:
        return None
    if e.month is not None and e.day is not None:
        return _day_month(e, anchor)
    if e.month is not None:
        return _yearly(e, anchor, lambda year: _month(year, e.month or 1))
    if e.fraction:
        return _yearly(e, anchor, lambda year: fraction(year, e.fraction))
    if e.day is not None:
        return _day_alone(e, running, anchor)
    return _weekday(e, anchor) if e.weekday is not None else None


def _with_year(e: DateExpression, year: int) -> Resolved:
    if e.month is not None and e.day is not None:
        return _day(dt.date(year, e.month, e.day), "explicit")
    if e.month is not None:
        return Resolved(*_month(year, e.month), "explicit")
    if e.fraction:
        return Resolved(*fraction(year, e.fraction), "explicit")
    return Resolved(*containing(dt.date(year, 1, 1), "Y"), "explicit")


def _with_year_shift(e: DateExpression, published: dt.date | None) -> Resolved | None:
    """A date in last year, this year or next year, as the words say."""
    if published is None:
        return None
    found = _with_year(e, published.year + (e.year_shift or 0))
    return found._replace(basis="relative", implied=("year",))


def _context_year(e: DateExpression, running: _Running) -> int | None:
    """The year told earlier in the same sentence, for a day told without one in the past."""
    if e.month is None or e.day is None or e.direction is not None:
        return None
    if running.sentence != e.sentence:
        return None
    return running.year if e.tense != "future" else None


def _month(year: int, month: int) -> tuple[dt.date, dt.date, Precision, str]:
    return (*month_days(year, month), "month", f"{year:04d}-{month:02d}")


def _day(
    day: dt.date, basis: DateBasis, implied: tuple[str, ...] = (), confidence: float = 1.0
) -> Resolved:
    return Resolved(day, day, "day", day.isoformat(), basis, implied, confidence)


def _day_month(e: DateExpression, anchor: dt.date) -> Resolved | None:
    month, number = e.month or 1, e.day or 1
    days = [dt.date(y, month, number) for y in nearest_year(anchor, month, number, e.weekday)]
    days = [day for day in days if abs((day - anchor).days) <= _WEEKDAY_REACH]
    if e.weekday is not None and not days:  # a slip of the pen: no year near by has that weekday
        return _mistaken(e, anchor)
    if not days:
        return None
    chosen = _by_direction(days, anchor, e)
    return _day(chosen, "relative", ("year",), 0.95 if e.weekday or e.direction else 0.9)


def _mistaken(e: DateExpression, anchor: dt.date) -> Resolved | None:
    """A day whose written weekday fits no year within reach: read without it, with less belief."""
    found = _day_month(replace(e, weekday=None), anchor)
    return found._replace(confidence=0.6) if found else None


def _by_direction(days: list[dt.date], anchor: dt.date, e: DateExpression) -> dt.date:
    """From days sorted by nearness: the nearest on the side that the words or the verb ask for."""
    past = next((d for d in days if d < anchor or (d == anchor and e.direction != -1)), days[0])
    future = next((d for d in days if d > anchor or (d == anchor and e.direction != 1)), days[0])
    if e.direction:
        return past if e.direction < 0 else future
    if e.weekday is not None:
        return _checked(days[0], past, future, anchor, e.tense)
    if e.tense == "past" and (anchor - past).days <= _TENSE_REACH:
        return past
    if e.tense == "future" and (future - anchor).days <= _TENSE_REACH:
        return future
    return days[0]


def _checked(near: dt.date, past: dt.date, future: dt.date, anchor: dt.date, tense: str) -> dt.date:
    """With a weekday written beside it a date fits one year in five or six: the tense decides
    where the nearest one is more than half a year away.
    """
    if abs((near - anchor).days) <= 183 or not tense:
        return near
    return past if tense == "past" else future


def _yearly(
    e: DateExpression,
    anchor: dt.date,
    of_year: Callable[[int], tuple[dt.date, dt.date, Precision, str]],
) -> Resolved:
    """A month or season without a year: the one that tense and nearness choose."""
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
    """The day of that name: today itself, else on the side of the tense; past where none tells."""
    back = (anchor.isoweekday() - (e.weekday or 1)) % 7
    if e.anchor == "running":
        day = anchor - back * _ONE_DAY if back <= 3 else anchor + (7 - back) * _ONE_DAY
        return _day(day, "anaphoric", ("year", "month", "day"), 0.85)
    if e.direction == -1:
        day = anchor - (back or 7) * _ONE_DAY
    elif e.direction == 1:
        day = anchor + (7 - back) * _ONE_DAY
    elif back == 0:
        day = anchor
    else:
        forward = e.tense == "future" or (e.direction == 0 and e.tense != "past")
        day = anchor + (7 - back) * _ONE_DAY if forward else anchor - back * _ONE_DAY
    sure = 0.95 if e.direction or e.tense else 0.85
    return _day(day, "relative", ("year", "month", "day"), sure)


def _day_alone(e: DateExpression, running: _Running, anchor: dt.date) -> Resolved | None:
    """A day of the month alone, near the publication date; a written weekday is a check."""
    number = e.day or 1
    if running.day and e.sentence - running.day_sentence <= 1 and e.weekday is None:
        return _day(running.day.replace(day=number), "anaphoric", ("year", "month"), 0.8)
    months = [add(anchor.replace(day=1), n, "M") for n in range(-6, 7)]
    days = [m.replace(day=number) for m in months if number <= month_days(m.year, m.month)[1].day]
    checked = [d for d in days if e.weekday is None or d.isoweekday() == e.weekday] or days
    near = sorted(checked, key=lambda d: abs((d - anchor).days))
    return _day(
        _by_direction(near, anchor, replace(e, weekday=None)), "relative", ("year", "month"), 0.8
    )


# ---------------------------------------------------------------- relative dates


def _shift(e: DateExpression, running: _Running) -> Resolved | None:
    base = running.published
    if e.anchor == "running":
        base = (running.day if e.unit == "D" else running.any) or running.published
    if base is None:
        return None
    basis: DateBasis = "anaphoric" if e.anchor == "running" else "relative"
    if e.amount is None:
        return _vague(e, base)
    if e.unit == "T":
        return _day(base, basis)
    amount = _weekends(e, base) if e.unit == "WE" else e.amount
    day = add(base, amount, e.unit)
    if e.anchor == "running" and running.published and day.year > running.published.year + _AHEAD:
        return None  # "108 years later" counts from a year that was told in another way
    return Resolved(*containing(day, e.unit), basis)


def _weekends(e: DateExpression, base: dt.date) -> int:
    """Weeks from `base` to the weekend meant: "next weekend" is the first one to come, "this"
    one has passed where the verb is in the past.
    """
    amount = e.amount or 0
    if base.isoweekday() >= 6:
        return amount
    return -1 if amount == 0 and e.tense == "past" else amount - (amount > 0)


def _vague(e: DateExpression, base: dt.date) -> Resolved:
    """An indefinite stretch: "il y a quelques jours", "in the coming weeks"."""
    sign = 1 if (e.direction or -1) > 0 else -1
    other = add(base, sign * _VAGUE.get(e.unit, 1), e.unit) if e.unit in _VAGUE else base
    value = "FUTURE_REF" if sign > 0 else "PAST_REF"
    return Resolved(min(base, other), max(base, other), "span", value, "relative", (), 0.5)


def _span(e: DateExpression, running: _Running) -> Resolved | None:
    base = running.published
    if base is None:
        return None
    if e.amount is None:
        return _vague(e, base)
    if e.unit == "T":
        return _day(base, "relative")
    other = add(base, e.amount, e.unit)
    value = f"P{abs(e.amount)}{e.unit}"
    return Resolved(min(base, other), max(base, other), "span", value, "relative", (), 0.8)


def _decade(e: DateExpression, running: _Running) -> Resolved | None:
    if e.year is None:
        return None
    return Resolved(*decade(e.year, 100 if e.unit == "CE" else 10), "explicit")


def _night(e: DateExpression, running: _Running) -> Resolved | None:
    """From an evening into the next day: two days, under the value of the day that is named."""
    if e.weekday is None and e.day is None:
        found = _shift(replace(e, unit="D", amount=e.amount or 0), running)
    else:
        found = _calendar(e, running)
    if found is None or found.first is None:
        return None
    named = first = found.first
    if e.weekday is not None or e.day is not None:
        first += (e.amount or 0) * _ONE_DAY
    return found._replace(
        first=first, last=first + _ONE_DAY, precision="span", value=f"{named.isoformat()}TNI"
    )


def _time(e: DateExpression, running: _Running) -> Resolved | None:
    """A time or part of the day alone belongs to the last day told, else to the publication day."""
    told = running.day is not None
    day = running.day or running.published
    if day is None:
        return None
    return _day(day, "anaphoric" if told else "inferred", ("year", "month", "day"), 0.8)


_RESOLVERS: dict[str, Callable[[DateExpression, _Running], Resolved | None]] = {
    "calendar": _calendar,
    "shift": _shift,
    "span": _span,
    "decade": _decade,
    "night": _night,
    "time": _time,
}


# ---------------------------------------------------------------- ranges


def _link(expressions: Sequence[DateExpression], out: list[Resolved | None]) -> None:
    """Give both bounds of a range its whole interval; each keeps the value of its own words."""
    for i, a, b in _pairs(expressions):
        one, two = out[i], out[i + 1]
        if one is None or two is None or one.first is None or two.last is None:
            continue
        two = _after(a, b, one, two)
        if two.last is not None and one.first <= two.last:
            out[i] = one._replace(last=two.last, precision="span")
            out[i + 1] = two._replace(first=one.first, precision="span")


def _pairs(
    expressions: Sequence[DateExpression],
) -> Iterator[tuple[int, DateExpression, DateExpression]]:
    for i in range(len(expressions) - 1):
        a, b = expressions[i], expressions[i + 1]
        if a.bound == "first" and b.bound == "last" and a.sentence == b.sentence:
            yield i, a, b


def _after(a: DateExpression, b: DateExpression, one: Resolved, two: Resolved) -> Resolved:
    """The later bound, moved on by a year or a week where it would come before the earlier one."""
    if one.first is None or two.first is None or two.first >= one.first:
        return two
    try:
        if b.weekday is not None and b.month is None and b.day is None:
            return _refined(b, _day(two.first + 7 * _ONE_DAY, two.basis, two.implied))
        if b.month is not None and b.year is None:
            moved = _with_year(b, one.first.year + (two.first.month < one.first.month))
            return _refined(b, moved._replace(basis=two.basis, implied=two.implied))
    except (ValueError, OverflowError):
        return two
    return two
