"""The resolver: expressions and a publication date in, intervals of days out; language-neutral.

Method: a date without a year is the nearest one to the publication date, unless the tense of the
governing verb, a written weekday or "dernier" / "next" says otherwise; "la veille", "two days
later" and bare times count from the last day mentioned. Without a publication date only complete
dates are resolved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from loaders.find.dates.calendar_dates import with_year
from loaders.find.dates.days import edge_days
from loaders.find.dates.expression import DateExpression, Resolved
from loaders.find.dates.relative_dates import RESOLVERS
from loaders.find.dates.running import LastDates, one_day

_ONE_DAY = dt.timedelta(days=1)


def intervals(
    expressions: Sequence[DateExpression], published: dt.date | None
) -> list[Resolved | None]:
    """One Resolved or None per expression, in order. Pure arithmetic: cheap enough to call for
    each of thousands of candidate publication days.
    """
    running = LastDates(published)
    out: list[Resolved | None] = []
    waiting: list[int] = []
    for index, e in enumerate(expressions):
        if e.kind == "time" and e.partner:
            out.append(None)
            waiting.append(index)
            continue
        if e.stamp:
            running.published = published
        found = _resolved_or_none(e, running)
        out.append(found)
        if e.stamp and found is not None and found.first is not None:
            running.begin_entry(found.first)
        if found is not None:
            running.see(e, found)
        for earlier in waiting:
            out[earlier] = _resolved_or_none(expressions[earlier], running)
        waiting.clear()
    for earlier in waiting:
        out[earlier] = _resolved_or_none(expressions[earlier], running)
    _link(expressions, out)
    return [_with_open_side(e, r) if r else None for e, r in zip(expressions, out, strict=True)]


def _resolved_or_none(e: DateExpression, running: LastDates) -> Resolved | None:
    """The resolution, or None for a day that no calendar holds (31 February, the year 0)."""
    if e.kind == "set_aside":
        return None
    try:
        found = RESOLVERS[e.kind](e, running)
    except (ValueError, OverflowError):
        return None
    return _refined(e, found, running.published) if found else None


def _refined(e: DateExpression, found: Resolved, published: dt.date | None = None) -> Resolved:
    """The interval cut to its edge (start, end); part of day or time added to the TIMEX3 value."""
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


def _with_open_side(e: DateExpression, found: Resolved) -> Resolved:
    if e.bound:
        return found
    if e.open_end:
        return found._replace(last=None)
    return found._replace(first=None) if e.open_start else found


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
    """The second bound, moved on by a year or a week if it would precede the first."""
    if one.first is None or two.first is None or two.first >= one.first:
        return two
    try:
        if b.weekday is not None and b.month is None and b.day is None:
            return _refined(b, one_day(two.first + 7 * _ONE_DAY, two.basis, two.implied))
        if b.month is not None and b.year is None:
            moved = with_year(b, one.first.year + (two.first.month < one.first.month))
            return _refined(b, moved._replace(basis=two.basis, implied=two.implied))
    except (ValueError, OverflowError):
        return two
    return two
