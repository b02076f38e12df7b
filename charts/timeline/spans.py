"""Event dates as whole days since 1970-01-01: intervals, calendar units, words."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

import numpy as np
import pandas as pd

Unit = Literal["day", "week", "month", "quarter", "year", "decade"]
UNITS: tuple[Unit, ...] = get_args(Unit)
View = tuple[dt.date, dt.date]
_EPOCH = dt.date(1970, 1, 1)
FIRST_DAY = (dt.date.min - _EPOCH).days
LAST_DAY = (dt.date.max - _EPOCH).days


def to_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (dt.date(day.year, day.month, day.day) - _EPOCH).days


def to_date(number: int) -> dt.date:
    """The day of a number; numbers outside the years 1 to 9999 are clamped."""
    return _EPOCH + dt.timedelta(days=min(max(int(number), FIRST_DAY), LAST_DAY))


def iso(number: int) -> str:
    """ISO day of a number."""
    return to_date(number).isoformat()


def intervals(table: pd.DataFrame) -> pd.DataFrame:
    """first, last (int64 days), open_start, open_end, dated: one row per row of the table.

    On an open side both ends are the known day. Undated rows have dated False and days 0.
    A first day after the last day (bad data) is swapped with it.
    """
    first, no_first = _days(table["first"])
    last, no_last = _days(table["last"])
    dated = ~(no_first & no_last)
    begin = np.where(no_first, last, first)
    end = np.where(no_last, first, last)
    low, high = np.minimum(begin, end), np.maximum(begin, end)
    flags = {
        "open_start": dated & (no_first | _flags(table, "open_start")),
        "open_end": dated & (no_last | _flags(table, "open_end")),
    }
    days = {"first": np.where(dated, low, 0), "last": np.where(dated, high, 0)}
    return pd.DataFrame({**days, **flags, "dated": dated}, index=table.index)


def day_pairs(table: pd.DataFrame) -> list[tuple[int, int]]:
    """(first, last) of `intervals`, one for each row."""
    spans = intervals(table)
    return list(zip(spans["first"].tolist(), spans["last"].tolist(), strict=True))


def with_bounds(spans: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The same, where undated rows that the text bounds have the days of their bounds: `bounded`,
    and `dated` too; a side that nothing bounds is open."""
    if "bounds_from" not in table:
        return spans.assign(bounded=False)
    lower, no_lower = _days(table["bounds_from"])
    upper, no_upper = _days(table["bounds_to"])
    bounded = ~spans["dated"].to_numpy() & ~(no_lower & no_upper)
    return spans.assign(
        first=np.where(bounded, np.where(no_lower, upper, lower), spans["first"]),
        last=np.where(bounded, np.where(no_upper, lower, upper), spans["last"]),
        open_start=spans["open_start"] | (bounded & no_lower),
        open_end=spans["open_end"] | (bounded & no_upper),
        dated=spans["dated"] | bounded,
        bounded=bounded,
    )


def _days(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Day numbers, and which rows have none; for datetime columns of any unit."""
    moments = pd.to_datetime(column).to_numpy(dtype="datetime64[s]")
    missing = np.isnat(moments)
    numbers = moments.astype("datetime64[D]").astype("int64")
    return np.where(missing, 0, numbers), missing


def _flags(table: pd.DataFrame, name: str) -> np.ndarray:
    if name not in table:
        return np.zeros(len(table), dtype=bool)
    flags: np.ndarray = table[name].fillna(False).to_numpy(dtype=bool)
    return flags


def start_of(day: dt.date, unit: Unit) -> dt.date:
    """First day of the calendar unit that holds `day` (ISO weeks: Monday)."""
    if unit == "day":
        return day
    if unit == "week":
        return to_date(to_number(day) - day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if unit == "year":
        return day.replace(month=1, day=1)
    return dt.date(max(1, day.year // 10 * 10), 1, 1)


def next_start(start: dt.date, unit: Unit) -> dt.date:
    """First day of the unit after the one that begins at `start`."""
    if unit in ("day", "week"):
        return to_date(to_number(start) + (1 if unit == "day" else 7))
    if unit == "decade":
        following = start.year // 10 * 10 + 10
        return dt.date(following, 1, 1) if following <= 9999 else dt.date.max
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) if year <= 9999 else dt.date.max


def starts(first: int, last: int, unit: Unit) -> np.ndarray:
    """Day numbers of the unit starts that cover first..last, plus the end of the last unit."""
    day = start_of(to_date(first), unit)
    found = [to_number(day)]
    while found[-1] <= last and to_date(found[-1]) < dt.date.max:
        following = to_number(next_start(to_date(found[-1]), unit))
        if following <= found[-1]:
            break
        found.append(following)
    return np.array(found, dtype="int64")


def unit_for(first: int, last: int, bins: int, smallest: Unit = "day") -> Unit:
    """The smallest unit (from `smallest` up) that divides first..last into at most `bins`."""
    lengths = {"day": 1, "week": 7, "month": 30.44, "quarter": 91.3, "year": 365.25, "decade": 3652}
    days = last - first + 1
    allowed = UNITS[UNITS.index(smallest) :]
    return next((u for u in allowed if days / lengths[u] <= bins), "decade")


def default_view(table: pd.DataFrame) -> View | None:
    """The days to show by default: where the events are dense.

    The shortest range with four fifths of the events, extended by neighbours without a wide gap;
    a background date of years ago is only in the density strip and in the count. None for a
    table without dates.
    """
    spans = intervals(table)
    spans = spans[spans["dated"] & ~spans["open_start"] & ~spans["open_end"]]
    if spans.empty:
        spans = intervals(table)
        spans = spans[spans["dated"]]
    if spans.empty:
        return None
    short = spans[(spans["last"] - spans["first"]) < 32]
    core = short if len(short) >= len(spans) / 2 else spans
    low, high = _dense(core["first"].to_numpy(), core["last"].to_numpy())
    margin = max(1, (high - low) // 50)
    return to_date(low - margin), to_date(high + margin)


def _dense(first: np.ndarray, last: np.ndarray) -> tuple[int, int]:
    """The shortest range with four fifths of the intervals, extended while gaps are small."""
    begins = np.sort(first)
    kept = max(1, int(np.ceil(0.8 * len(begins))))
    widths = begins[kept - 1 :] - begins[: len(begins) - kept + 1]
    at = int(widths.argmin())
    left, right = at, at + kept - 1
    # a neighbour is included if its distance is at most a quarter of the width of the range
    while left > 0 and begins[left] - begins[left - 1] <= _reach(begins, left, right):
        left -= 1
    while right < len(begins) - 1 and begins[right + 1] - begins[right] <= _reach(
        begins, left, right
    ):
        right += 1
    low, high = int(begins[left]), int(begins[right])
    inside = (first >= low) & (first <= high)
    return low, max(high, int(last[inside].max()))


def _reach(begins: np.ndarray, left: int, right: int) -> float:
    return float(max(3, (begins[right] - begins[left]) / 4))
