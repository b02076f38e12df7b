"""How many days "two weeks before" may mean."""

from __future__ import annotations

import datetime as dt

import pytest

from loaders.bounds.lag import Days, Side, counted

ANCHOR = Days(dt.date(2024, 11, 20), dt.date(2024, 11, 21))


@pytest.mark.parametrize(
    ("side", "unit", "amount", "first", "last"),
    [
        ("before", "", None, "", "2024-11-21"),
        ("after", "", None, "2024-11-20", ""),
        ("before", "T", None, "2024-11-19", "2024-11-21"),
        ("after", "T", 36, "2024-11-20", "2024-11-23"),
        ("before", "D", 2, "2024-11-18", "2024-11-19"),
        ("after", "D", 10, "2024-11-29", "2024-12-02"),
        ("before", "D", None, "", "2024-11-20"),
        ("after", "W", 2, "2024-11-28", "2024-12-11"),
        ("before", "Y", 1, "2023-05-24", "2024-05-20"),
        ("after", "W", None, "2024-11-20", ""),
    ],
)
def test_days_counted_from_an_act(
    side: Side, unit: str, amount: int | None, first: str, last: str
) -> None:
    days = counted(ANCHOR, side, unit, amount)
    assert [day.isoformat() if day else "" for day in (days.first, days.last)] == [first, last]


def test_a_count_beyond_the_calendar_is_open() -> None:
    early = Days(dt.date(3, 1, 1), dt.date(3, 1, 1))
    assert counted(early, "before", "Y", 200).first is None


def test_days_in_both_intervals() -> None:
    later = Days(dt.date(2024, 11, 21), None)
    assert ANCHOR.within(later) == Days(dt.date(2024, 11, 21), dt.date(2024, 11, 21))
    assert ANCHOR.within(Days(dt.date(2024, 12, 1), None)) is None
