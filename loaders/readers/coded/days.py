"""Days of a coded row: an interval with the precision that the coder gives."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from events.model import Precision
from loaders.readers.coded.layout import DateColumns

_SHAPES = (
    (re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?"), ("year", "month", "day")),
    (re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?"), ("year", "month", "day")),
    (re.compile(r"(\d\d?)[ -]([A-Za-z]{3,9})\.?[ -](\d{4})"), ("day", "name", "year")),
    (re.compile(r"(\d{4})/(\d\d?)/(\d\d?)(?: .*)?"), ("year", "month", "day")),
)
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}


@dataclass(frozen=True)
class Days:
    first: dt.date
    last: dt.date
    precision: Precision


def days_of(columns: DateColumns, cell: Callable[[str], str]) -> Days | None:
    """The interval of a row, whose cells `cell` gives; None where its day is none."""
    first = day(cell(columns.first))
    last = day(cell(columns.last)) if columns.last else first
    precision = columns.precisions.get(cell(columns.precision), "")
    if first is None and last is None:
        return None
    ends = sorted(end for end in (first, last) if end)
    return _interval(ends[0], ends[-1], precision)


def _interval(first: dt.date, last: dt.date, precision: str) -> Days:
    """A single day that is only near: the week or the month around it."""
    if first == last and precision in ("week", "month"):
        first, last = _around(first, precision)
    if first == last:
        return Days(first, last, "day")
    return Days(first, last, _unit(first, last))


def _around(day: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    if precision == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    return day.replace(day=1), _month_end(day)


def _unit(first: dt.date, last: dt.date) -> Precision:
    """The unit of the calendar that the interval is, else a span."""
    if first.day == 1 and last == _month_end(last):
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        units: dict[tuple[int, int], Precision] = {(1, 0): "month"}
        units |= {(3, 0): "quarter", (12, 0): "year"}
        starts = {1: 0, 3: (first.month - 1) % 3, 12: first.month - 1}
        return units.get((months, starts.get(months, 1)), "span")
    week = first.weekday() == 0 and last - first == dt.timedelta(days=6)
    return "week" if week else "span"


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@functools.lru_cache(maxsize=65_536)
def day(text: str) -> dt.date | None:
    """2023-01-31 (with a time or not), 20230131, 16 May 2025, 2023/1/31; None for anything else:
    3/4/2023 may be two days."""
    for shape, names in _SHAPES:
        if found := shape.fullmatch(text.strip()):
            told = dict(zip(names, found.groups(), strict=True))
            month = _MONTHS.get(told["name"][:3].casefold()) if "name" in told else None
            try:
                return dt.date(int(told["year"]), month or int(told["month"]), int(told["day"]))
            except (ValueError, KeyError):
                return None
    return None
