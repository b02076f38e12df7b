"""The map page: steps in time, layers, points of view and what it says of itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from charts.map.deck import map_deck
from charts.map.doubtful import on_map
from events.filters import Filters
from events.query import Query
from pages.map_parts import empty, picks, steps
from pages.shell import language
from tests.pages.test_pages import _text

DAYS = pd.DataFrame(
    {
        "first": pd.to_datetime(["2024-11-18", "2024-11-20", "2024-11-01", "NaT", "2024-12-30"]),
        "last": pd.to_datetime(["2024-11-18", "2024-11-22", "2024-11-30", "NaT", "2024-12-31"]),
    }
)


@pytest.mark.parametrize(
    ("unit", "starts"),
    [
        ("day", ["2024-11-18", None, None, None, None]),
        ("week", ["2024-11-18", "2024-11-18", None, None, "2024-12-30"]),
        ("month", ["2024-11-01", "2024-11-01", "2024-11-01", None, "2024-12-01"]),
    ],
)
def test_an_event_is_in_a_step_only_with_its_whole_interval(
    unit: str, starts: list[str | None]
) -> None:
    found = steps.step_of(DAYS, unit)
    assert [None if pd.isna(one) else str(one.date()) for one in found] == starts


def _words(app: Any) -> str:
    return " ".join(_text(app).split())


def _days(store: Path) -> tuple[pd.DataFrame, pd.Series, list[pd.Timestamp]]:
    """Events of the store, the day of each, and the days of which the map draws something."""
    events = Query(store).by_story.events(Filters())
    of = steps.step_of(events, "day")
    return events, of, sorted(of[on_map(events)].dropna().unique())


def test_steps_count_what_they_show_and_what_is_in_none(store: Path, open_page: Any) -> None:
    _events, of, shown = _days(store)
    app = open_page("map", step="day", at=str(shown[0].date()))
    assert not app.exception
    assert f"in no step: {int(of.isna().sum())}" in _words(app)
    days = len(shown)
    assert f"(1 of {days}) · {int((of == shown[0]).sum())} event" in _words(app)
    app.button(key="step_on").click().run()
    assert f"(2 of {days})" in _words(app)
    last = open_page("map", step="day", at="2099-01-01", sum="1")
    assert f"({days} of {days}) · {int((of <= shown[-1]).sum())} events" in _words(last)


def test_every_step_draws_something_and_what_is_skipped_is_counted(
    store: Path, open_page: Any
) -> None:
    events, of, shown = _days(store)
    passed = of.notna() & ~of.isin(shown)
    assert passed.any()
    with_passed = open_page("map", step="day", at=str(shown[1].date()))
    assert f"drawn here: {int(passed.sum())}." in _words(with_passed)
    between = (shown[1] - shown[0]).days - 1
    told = f"{between} day{'s' * (between > 1)} skipped before it"
    assert (told in _words(with_passed)) == (between > 0)
    inside = [int((of == day).sum()) for day in shown]
    assert sum(inside) + int(passed.sum()) + int(of.isna().sum()) == len(events)


@pytest.mark.parametrize(
    ("unit", "starts", "position", "skipped"),
    [
        ("day", ["2024-02-28", "2024-03-01"], 1, 1),
        ("day", ["2024-02-28", "2024-02-29"], 1, 0),
        ("week", ["2024-11-18", "2024-12-30"], 1, 5),
        ("month", ["2023-11-01", "2024-02-01"], 1, 2),
        ("month", ["2023-11-01", "2024-02-01"], 0, 0),
    ],
)
def test_skipped_is_what_lies_between_two_steps(
    unit: str, starts: list[str], position: int, skipped: int
) -> None:
    days = [dt.date.fromisoformat(start) for start in starts]
    assert steps.Steps(unit, days, position, 0, 0, False).skipped == skipped


@pytest.mark.parametrize("summed", ["", "1"])
def test_steps_leave_no_row_uncounted(summed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = pd.Series([False, True, False, True, False])
    chosen = {"step": "week", "at": "2099-01-01", "sum": summed}
    monkeypatch.setattr("pages.shell.link.view", lambda name: chosen.get(name, ""))
    weeks, inside = steps.find(DAYS, drawn)
    assert weeks is not None
    assert [str(start) for start in weeks.starts] == ["2024-11-18"]
    assert inside.index.tolist() == [0, 1]
    assert (weeks.outside, weeks.passed) == (2, 1)
    assert steps.find(DAYS, drawn & False)[0] is None


def test_a_country_is_played_through_the_days_on_which_it_shows_something(
    store: Path, open_page: Any
) -> None:
    events, of, every = _days(store)
    inside = on_map(events) & (events["place_country"] == "UKR")
    days = of[inside].dropna().nunique()
    assert 0 < days < len(every)
    first = of[inside].min()
    here = (of == first) & (events["place_country"] == "UKR")
    told = _words(open_page("map", step="day", country="UKR", at=str(first.date())))
    assert f"(1 of {days}) · {int(here.sum())} event" in told


def test_steps_open_on_the_busiest(store: Path, open_page: Any) -> None:
    events, of, shown = _days(store)
    busiest = of[on_map(events)].value_counts()
    at = busiest[busiest == busiest.max()].index.max()
    chosen = _words(open_page("map", step="day"))
    assert chosen.count(f"({shown.index(at) + 1} of {len(shown)})") == 1


def _in_no_step(rows: pd.DataFrame, _unit: str) -> pd.Series:
    return pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")


def test_what_no_step_can_show_is_shown_whole_and_said(
    store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "dated as precisely as a step"
    assert words not in _words(open_page("map", step="day"))
    monkeypatch.setattr(steps, "step_of", _in_no_step)
    told = _words(open_page("map", step="day"))
    assert words in told
    assert "in no step" not in told
    assert words not in _words(open_page("map"))


def test_play_goes_on_by_itself_and_pauses(store: Path, open_page: Any) -> None:
    app = open_page("map", step="day")
    app.button(key="step_play").click().run()
    assert not app.exception
    assert app.button(key="step_play").label == "Pause"
    app.button(key="step_play").click().run()
    assert app.button(key="step_play").label == "Play"


@pytest.mark.parametrize(
    "params",
    [
        {"colour": "type", "arcs": "1", "mentions": "1", "datelines": "1"},
        {"pov": "recognised", "country": "UKR"},
        {"pov": "held", "step": "month", "sum": "1", "colour": "type"},
        {"country": "FRA", "step": "week"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_setting_draws(
    params: dict[str, str], lang: str, store: Path, open_page: Any
) -> None:
    app = open_page("map", lang, **params)
    assert not app.exception
    told = _text(app)
    assert "could not be drawn" not in told
    assert "n’a pas pu" not in told
    assert "GeoNames" in told


def test_a_missing_base_map_is_said(
    store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("charts.map.outlines.BUILT_DIR", tmp_path)
    app = open_page("map")
    assert not app.exception
    assert "make assets" in _text(app)


def test_a_picked_place_shows_its_events(store: Path) -> None:
    events = Query(store).by_story.events(Filters())
    place = events.loc[events["place_id"] != "", "place_id"].iloc[0]
    wanted = events.loc[events["place_id"] == place, "event_id"].tolist()
    made = map_deck(events)
    assert picks.place_ids({"place_ids": place}, made) == (place,)
    assert picks.picked_ids({}, (place,), events, Filters()) == wanted
    arc = {"kind": "arc", "source": "FRA", "target": "RUS", "ids": "1,2"}
    french = events.loc[events["source"].eq("Le Courrier du Soir") & events["type"].eq("ACCUSE")]
    assert picks.picked_ids(arc, (), events, Filters()) == french["event_id"].tolist()
    assert picks.picked_ids({"ids": "1,2"}, (), events, Filters()) == [1, 2]
    assert picks.picked_ids({}, (), events, Filters()) == []


def test_a_cluster_is_named_with_its_other_places() -> None:
    found = {"tip": "Kyiv\n15 events", "place_ids": "c0:1"}
    titles = {
        (lang, number): _title(lang, found, tuple("1234"[:number]))
        for lang in ("en", "fr")
        for number in (1, 2, 4)
    }
    assert titles == {
        ("en", 1): "Kyiv",
        ("en", 2): "Kyiv and 1 other place",
        ("en", 4): "Kyiv and 3 other places",
        ("fr", 1): "Kyiv",
        ("fr", 2): "Kyiv et 1 autre lieu",
        ("fr", 4): "Kyiv et 3 autres lieux",
    }


def _title(lang: str, found: dict[str, Any], places: tuple[str, ...]) -> str:
    with language.fixed(lang):
        return picks.title_of(found, places)


def _doubtful_only(store: Path) -> tuple[pd.DataFrame, Filters]:
    """The events of the store with a place, as if no place were sure."""
    events = Query(store).by_story.events(Filters())
    return events[events["lat"].notna()].assign(place_confidence=0.1), Filters()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_empty_map_says_why(lang: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful, filters = _doubtful_only(store)
    without = Query(store).by_story.events(filters).query("place_id == ''")
    assert len(doubtful) > 1 < len(without)
    monkeypatch.setattr("pages.shell.link.view", lambda name: "")
    with language.fixed(lang):
        told = empty.why(pd.concat([doubtful, without]), filters)
        alone = empty.why(doubtful, filters)
        drawn = empty.why(doubtful.assign(place_confidence=1.0), filters)
    assert drawn == ""
    assert str(len(doubtful)) in told
    assert str(len(without)) in told
    assert told.startswith(alone)
    assert ("douteux" if lang == "fr" else "doubtful") in alone


def test_hollow_marks_do_not_leave_the_map_empty(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful, filters = _doubtful_only(store)
    monkeypatch.setattr("pages.shell.link.view", lambda name: "1" if name == "doubtful" else "")
    assert empty.why(doubtful, filters) == ""


def test_the_page_says_why_it_is_empty(store: Path, open_page: Any) -> None:
    events = Query(store).by_story.events(Filters())
    placed = set(events.loc[events["lat"].notna(), "type"])
    app = open_page("map", type=[min(set(events["type"]) - placed)])
    assert not app.exception
    assert "No event is drawn in this view" in _words(app)
    assert "No event is drawn in this view" not in _words(open_page("map"))
