"""The overview: which days and events it opens on, what is new, what it draws."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from charts.timeline import key_events
from pages.overview_parts import contested, headlines, since
from tests.charts.tables import event, table

CUT = dt.date(2024, 12, 4)


def on(number: int, day: str, last: str = "", **more: Any) -> dict[str, Any]:
    days = {"first": pd.Timestamp(day), "last": pd.Timestamp(last or day)}
    return event(number, story_id=number, headline=f"Event {number}", **days, **more)


TWO_WEEKS = [on(n, f"2024-11-{21 + n % 10}") for n in range(20)]
OLD = on(90, "2014-03-18")
YEAR = on(91, "2024-01-01", "2024-12-31", precision="year")
COMING = on(92, "2024-12-20", status="planned")
UNDATED = event(93, story_id=93, first=pd.NaT, last=pd.NaT, precision="")
LAST_DAYS = [  # rows, cut-off, first and last day, events in these days, those drawn
    ([*TWO_WEEKS, OLD, YEAR, COMING, UNDATED], CUT, ("2024-11-21", "2024-12-04"), 20, 12),
    ([*TWO_WEEKS[:3], OLD], CUT, ("2014-03-18", "2024-12-04"), 4, 4),
    ([COMING], CUT, ("2024-12-20", "2024-12-20"), 1, 1),
    ([OLD], None, ("2014-03-18", "2014-03-18"), 1, 1),
    ([on(1, "2024-12-01"), on(2, "2024-12-02") | {"headline": "Event 1"}], CUT,
     ("2024-12-01", "2024-12-04"), 2, 1),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "cutoff", "days", "held", "drawn"), LAST_DAYS)
def test_the_overview_opens_on_the_main_events_of_the_last_days(
    rows: list[dict[str, Any]], cutoff: dt.date | None, days: tuple[str, str], held: int, drawn: int
) -> None:
    found = headlines.of_last_days(table(rows), cutoff)
    assert found is not None
    assert (str(found.days[0]), str(found.days[1])) == days
    assert (len(found.events), len(found.main)) == (held, drawn)


def test_nothing_dated_is_no_picture() -> None:
    assert headlines.of_last_days(table([UNDATED]), CUT) is None
    assert headlines.of_last_days(table([YEAR]), CUT) is None


RANKED = [  # what makes the first event come before the second
    ({"weight": 2, "confidence": 0.5}, {"weight": 1, "confidence": 0.7}),
    ({"weight": 1, "confidence": 0.9}, {"weight": 2, "confidence": 0.5}),
    ({"outlets": 3}, {"outlets": 1}),
    ({"sources": ["RUS"], "targets": ["UKR"]}, {"sources": ["RUS"], "targets": []}),
    ({"confidence": 0.9}, {"confidence": 0.8}),
    ({"weight": 1, "confidence": 0.4}, {"weight": 0, "confidence": 0.6}),
    ({"weight": pd.NA}, {"weight": 0}),
]


@pytest.mark.parametrize(("first", "second"), RANKED)
def test_key_events_come_first(first: dict[str, Any], second: dict[str, Any]) -> None:
    rows = table([event(1, story_id=1), event(2, story_id=2)]).assign(outlets=1)
    rows["weight"] = rows["weight"].astype("Int8")
    for number, values in enumerate((second, first)):
        for name, value in values.items():
            rows.at[number, name] = value
    assert key_events.ranked(rows)["event_id"].tolist() == rows["event_id"].tolist()[::-1]
    assert rows[key_events.are_key(rows, 1)]["event_id"].tolist() == rows["event_id"].tolist()[1:]


def test_new_is_told_only_where_something_else_is_not() -> None:
    rows = table([event(1), event(2)])
    rows["retrieved"] = pd.to_datetime(["2024-12-01", "2024-12-05"], utc=True)
    days = ("2024-11-01T00:00", "2024-12-01T09:00", "2024-12-02T00:00", "2024-12-06T00:00")
    moments = [None, *(dt.datetime.fromisoformat(f"{day}+00:00") for day in days)]
    assert [len(since.fresh_of(rows, moment)) for moment in moments] == [0, 0, 1, 1, 0]


def test_what_is_disputed_comes_before_what_is_only_claimed() -> None:
    rows = table(
        [
            event(1, story_id=1, status="claimed"),
            event(2, story_id=2),
            event(3, story_id=3),
            event(4, story_id=4, status="denied"),
        ]
    )
    assert contested.of_ranked(rows, {3})["story_id"].tolist() == [3, 1, 4]
    assert contested.of_ranked(rows.assign(story_status="reported"), set()).empty


def test_an_undated_denial_of_the_last_days_is_disputed_too() -> None:
    none = {"first": pd.NaT, "last": pd.NaT, "precision": "", "status": "claimed"}
    rows = table([on(n, "2024-11-20") | (none if n > 1 else {}) for n in range(1, 6)])
    rows["bounds_to"] = pd.to_datetime(["", "", "2024-11-21", "2020-01-01", ""])
    rows.loc[4, "published"] = pd.Timestamp("2023-01-01")
    days = (dt.date(2024, 11, 19), dt.date(2024, 11, 22))
    found = contested.of_days(rows, rows.head(1), days)
    assert found["story_id"].tolist() == [1, 2, 3]  # dated; published there; bounded there
    assert contested.of_ranked(found, set())["story_id"].tolist() == [2, 3]


def test_a_click_opens_the_event_of_a_mark_and_each_that_a_flag_is_about() -> None:
    days = ["2024-11-20", "2024-11-20"]
    assert headlines.picked_events(["event", "12", "12,15", "0", *days]) == [12]
    assert headlines.picked_events(["event", "12", "12,15", "-1", *days]) == [12, 15]
    assert headlines.picked_events(["event", "12", "", "-1", *days]) == [12]
