"""What the link and saved views hold; comparisons; days in view."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import cases
from events.filters import Filters
from events.query import Query
from pages.shared import zoom
from pages.shell import link, open_case, person, signing

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1))


@given(st.dictionaries(st.sampled_from([*link.VIEW_PARAMS, "x"]), st.lists(st.text(max_size=30))))
def test_no_link_breaks_the_view(params: dict[str, list[str]]) -> None:
    found, problems = link.read_view(params)
    assert set(found) <= set(link.VIEW_PARAMS)
    for problem in problems:
        assert problem.param in params


def test_what_is_written_is_signed_and_a_refusal_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    monkeypatch.setattr("streamlit.toast", said.append)
    monkeypatch.setattr(person, "name", lambda: "")
    params = {"actor": ["RUS"]}
    assert not signing.signed(lambda s, who: cases.save(s, "view", "My week", params, who))
    monkeypatch.setattr(person, "name", lambda: "Ana")
    assert signing.signed(lambda s, who: cases.save(s, "view", "My week", params, who))
    assert not signing.signed(lambda s, who: cases.save(s, "view", "x" * 99, {}, who))
    assert said[0].startswith("Give your name")
    assert "is no name" in said[1]
    assert [(v.name, v.params, v.who) for v in open_case.known().of("view")] == [
        ("My week", params, "Ana")
    ]


@given(DAYS, st.integers(0, 4000), st.sampled_from([0.5, 2.0]))
def test_zooming_keeps_the_middle_and_order(first: dt.date, length: int, factor: float) -> None:
    shown = (first, first + dt.timedelta(days=length))
    low, high = zoom.zoomed(shown, factor, None)
    assert low <= high
    middle = shown[0] + (shown[1] - shown[0]) / 2
    assert low - dt.timedelta(days=1) <= middle <= high + dt.timedelta(days=1)


def test_the_first_view_leaves_far_years_aside() -> None:
    days = ["1991-08-24", "2014-03-18", *[f"2024-11-{d:02d}" for d in range(10, 28)]]
    column = pd.to_datetime(pd.Series(days)).astype("datetime64[s]")
    table = pd.DataFrame({"first": column, "last": column, "open_start": False, "open_end": False})
    shown = zoom.densest(table)
    assert shown is not None
    assert dt.date(2024, 10, 1) < shown[0] < dt.date(2024, 11, 15)
    assert shown[1] >= dt.date(2024, 11, 20)


def days_told(*days: str, **columns: Any) -> pd.DataFrame:
    column = pd.to_datetime(pd.Series(days)).astype("datetime64[s]")
    return pd.DataFrame(
        {"first": column, "last": column, "open_start": False, "open_end": False, **columns}
    )


BURST = [f"2024-11-{d:02d}" for d in range(1, 29)]


@pytest.mark.parametrize(
    ("newest", "status", "timeline", "bars"),
    [
        ("2024-12-10", "reported", True, True),
        ("2025-06-20", "reported", False, True),  # so far that November would shrink to a line
        ("2024-12-20", "planned", False, False),
        ("2026-06-20", "reported", False, False),  # after the newest article: misread
    ],
)
def test_the_first_view_reaches_the_newest_news(
    newest: str, status: str, timeline: bool, bars: bool
) -> None:
    statuses = ["reported"] * len(BURST) + [status]
    table = days_told(*BURST, newest, status=statuses, published=pd.Timestamp("2025-07-01"))
    for shown, held in ((zoom.densest(table), timeline), (zoom.until_newest(table), bars)):
        assert shown is not None
        assert (shown[1] >= dt.date.fromisoformat(newest)) is held
        assert dt.date(2024, 10, 1) < shown[0] <= dt.date(2024, 11, 8)


def test_bars_show_an_earlier_burst_that_is_near() -> None:
    """A year of news in three bursts: the timeline's first view leaves the earliest aside."""
    later = [f"2024-{month:02d}-{d:02d}" for month in (6, 12) for d in range(1, 11)]
    table = days_told("2014-03-18", *[f"2024-04-{d:02d}" for d in range(20, 24)], *later)
    lanes, bars = zoom.densest(table), zoom.until_newest(table)
    assert lanes is not None
    assert bars is not None
    assert lanes[0] > dt.date(2024, 4, 23)
    assert dt.date(2024, 3, 1) < bars[0] <= dt.date(2024, 4, 20)
    assert bars[1] >= dt.date(2024, 12, 10)


@pytest.mark.parametrize("wanted", ["actor:UKR", "before", "year"])
def test_two_periods_or_actors_stand_one_above_the_other(
    store: Path, open_page: Any, wanted: str
) -> None:
    app = open_page("timeline", actor=["RUS"], compare=wanted)
    assert not app.exception
    html = "\n".join(str(element.proto.body) for element in app.get("html"))
    assert "could not be drawn" not in html
    figure = app.get("plotly_chart")[0].proto.spec
    assert '"xaxis3"' in figure


@pytest.mark.parametrize(("key", "shown"), [("undated", "undated"), ("unplaced", "no place")])
def test_what_is_left_out_is_listed(store: Path, open_page: Any, key: str, shown: str) -> None:
    events = Query(store).events(Filters())
    expected = events["first"].isna() & events["last"].isna()
    if key == "unplaced":
        expected = events["place_id"] == ""
    app = open_page("left_out", list=key)
    assert len(app.dataframe[0].value) == int(expected.sum())


@given(
    first=st.dates(dt.date(1, 1, 1), dt.date(9000, 1, 1)),
    length=st.integers(1, 4000),
    factor=st.floats(0.01, 100),
    at=st.floats(0, 1),
)
def test_the_wheel_keeps_the_day_under_the_pointer(
    first: dt.date, length: int, factor: float, at: float
) -> None:
    shown = first, first + dt.timedelta(days=length - 1)
    low, high = zoom.towards(shown, factor, at, None)
    assert low <= high
    kept = shown[0].toordinal() + at * (length - 1)
    if factor <= 1:
        assert shown[0] <= low
        assert high <= shown[1]
        assert low.toordinal() - 1.5 <= kept <= high.toordinal() + 1.5
    if low > dt.date.min and high < dt.date.max:
        assert (high - low).days + 1 == max(1, round(length * factor))


def test_the_wheel_goes_no_wider_than_everything() -> None:
    whole = dt.date(2020, 1, 1), dt.date(2024, 12, 31)
    shown = dt.date(2024, 11, 1), dt.date(2024, 11, 30)
    assert zoom.towards(shown, 1e5, 0.5, whole) == whole
    assert zoom.towards(shown, float("nan"), 0.5, whole) == shown
