"""Arithmetic on days, weeks, months, quarters, seasons and years, with their TIMEX3 values.

Weeks are ISO 8601 weeks, Monday first. Seasons are the meteorological ones of the north; the
winter of a year begins in its December. Functions raise ValueError or OverflowError only where a
day leaves the years 1 to 9999.
"""

from __future__ import annotations

import calendar
import datetime as dt

from events.model import Precision

Interval = tuple[dt.date, dt.date]
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = dt.timedelta(days=1)


def month_days(year: int, month: int) -> Interval:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def months_days(year: int, month: int, count: int) -> Interval:
    """First and last day of `count` months that begin in `month`."""
    end_year, end_month = divmod(year * 12 + month - 1 + count - 1, 12)
    return dt.date(year, month, 1), month_days(end_year, end_month + 1)[1]


def fraction_days(year: int, fraction: str) -> Interval:
    """The days of a quarter (Q1), a half (H1), four months (T1) or a season (SU) of a year."""
    if fraction in SEASON_MONTH:
        return months_days(year, SEASON_MONTH[fraction], 3)
    length = {"Q": 3, "H": 6, "T": 4}[fraction[0]]
    return months_days(year, (int(fraction[1]) - 1) * length + 1, length)


def add(day: dt.date, amount: int, unit: str) -> dt.date:
    """The day `amount` units later; a day that the month lacks becomes its last day."""
    if unit == "D":
        return day + amount * _DAY
    if unit in ("W", "WE"):
        return day + 7 * amount * _DAY
    months = amount * {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} is out of range")
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def containing(day: dt.date, unit: str) -> tuple[dt.date, dt.date, Precision, str]:
    """The week, month, year ... that contains a day: first, last, precision, TIMEX3 value."""
    if unit == "D":
        return day, day, "day", day.isoformat()
    if unit in ("W", "WE"):
        return _week(day, unit)
    if unit == "M":
        return (*month_days(day.year, day.month), "month", f"{day.year:04d}-{day.month:02d}")
    if unit in ("Q", "H"):
        number = (day.month - 1) // (3 if unit == "Q" else 6) + 1
        return fraction(day.year, f"{unit}{number}")
    if unit == "Y":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31), "year", f"{day.year:04d}"
    return decade(day.year, 10 if unit == "DE" else 100)


def _week(day: dt.date, unit: str) -> tuple[dt.date, dt.date, Precision, str]:
    year, week, weekday = day.isocalendar()
    monday = day - (weekday - 1) * _DAY
    if unit == "WE":
        return monday + 5 * _DAY, monday + 6 * _DAY, "span", f"{year:04d}-W{week:02d}-WE"
    return monday, monday + 6 * _DAY, "week", f"{year:04d}-W{week:02d}"


def fraction(year: int, name: str) -> tuple[dt.date, dt.date, Precision, str]:
    """A quarter, half or season of a year with precision and value."""
    precision: Precision = "quarter" if name.startswith("Q") else "span"
    return (*fraction_days(year, name), precision, f"{year:04d}-{name}")


def decade(year: int, length: int) -> tuple[dt.date, dt.date, Precision, str]:
    """The decade (length 10) or century (100) that holds a year; values like 199 and 19."""
    start = year - year % length
    value = f"{start // length:03d}X" if length == 10 else f"{start // length:02d}XX"
    return dt.date(max(start, 1), 1, 1), dt.date(start + length - 1, 12, 31), "span", value


def edge_days(first: dt.date, last: dt.date, edge: str) -> Interval:
    """Start, middle or end of an interval: thirds of a month, about a quarter of a year."""
    length = (last - first).days + 1
    if length > 200:
        months = {"START": (1, 3), "MID": (5, 4), "END": (10, 3)}[edge]
        if length <= 366:
            return months_days(first.year, *months)
    third = max(1, length // 3)
    if edge == "START":
        return first, first + (third - 1) * _DAY
    if edge == "END":
        return first + (length - third) * _DAY, last
    return first + third * _DAY, last - third * _DAY if length > 2 else last


def feast(year: int, name: str) -> dt.date:
    """A feast that moves with Easter: "E-2" is the Friday before the western one, "O+0" the
    eastern Easter; or the nth weekday of a month: "11.4.4+1" is the day after the fourth Thursday
    of November. Method: Gauss and Meeus (Astronomical Algorithms, chapter 8).
    """
    if "." in name:
        return _nth_weekday(year, name)
    easter = _eastern(year) if name[0] == "O" else _western(year)
    return easter + int(name[1:]) * _DAY


def _nth_weekday(year: int, name: str) -> dt.date:
    """The day of "month.nth.weekday+days"."""
    rule, _, days = name.partition("+")
    month, nth, weekday = (int(part) for part in rule.split("."))
    first = dt.date(year, month, 1)
    ahead = (weekday - first.isoweekday()) % 7 + 7 * (nth - 1) + int(days or 0)
    return first + ahead * _DAY


def _western(year: int) -> dt.date:
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _eastern(year: int) -> dt.date:
    moon = (19 * (year % 19) + 15) % 30
    month, day = divmod(moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114, 31)
    julian = dt.date(year, month, day + 1)
    return julian + (year // 100 - year // 400 - 2) * _DAY


def nearest_year(day: dt.date, month: int, number: int, weekday: int | None = None) -> list[int]:
    """Years in which the date exists (on that weekday, if given), nearest to `day` first.

    Twelve years before and after include every weekday at least once, even for 29 February.
    """
    years = []
    for year in range(max(1, day.year - 12), min(9999, day.year + 12) + 1):
        try:
            date = dt.date(year, month, number)
        except ValueError:
            continue
        if weekday is None or date.isoweekday() == weekday:
            years.append((abs((date - day).days), year))
    return [year for _, year in sorted(years)]
