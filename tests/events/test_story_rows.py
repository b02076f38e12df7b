"""Stories as rows: their main report, counts, days and status, over what the filters show."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benchmarks.synthetic import write_events
from charts.sheet.caption import footer
from events.columns import EVENT_COLUMNS, STORY_ROW_COLUMNS
from events.filters import Filters
from events.model import DateSpan, Event, Extraction
from events.query import Query
from events.store import Store
from events.story_rows import STORY_STATUSES
from tests.hand_made import extractions, make_store


def _told(folder: Path, *changes: dict[str, Any]) -> pd.DataFrame:
    """The rows of one story: one event of the first article, told by as many articles as there are
    changes of it."""
    first = extractions()[0]
    made = [_retold(first, number, given) for number, given in enumerate(changes)]
    store = Store(folder)
    store.append(made)
    ids = [each.events[0].id for each in made]
    store.append_stories(dict.fromkeys(ids, ids[0]), len(ids))
    return Query(folder).stories(Filters(sure="any"))


def _retold(told: Extraction, number: int, changes: dict[str, Any]) -> Extraction:
    outlet, lang = changes.pop("source", f"Outlet {number}"), changes.pop("lang", "fr")
    article = replace(told.article, id=100 + number, source=outlet, lang=lang)
    event: Event = replace(told.events[0], id=1000 + number, article_id=article.id, **changes)
    return Extraction(article, events=(event,))


def test_a_story_counts_reports_outlets_and_languages(tmp_path: Path) -> None:
    told = _told(tmp_path, {"source": "A"}, {"source": "A", "lang": "en"}, {"source": "B"})
    row = told.iloc[0]
    assert len(told) == 1
    assert (row["reports"], row["outlets"], row["langs"]) == (3, 2, ["en", "fr"])


@pytest.mark.parametrize(
    ("statuses", "wanted"),
    [
        (["reported"], "reported"),
        (["claimed", "reported"], "reported"),
        (["planned"], "planned"),
        (["planned", "reported"], "planned, happened"),
        (["planned", "claimed"], "claimed"),
        (["claimed", "denied"], "claimed, denied"),
        (["reported", "denied", "planned"], "claimed, denied"),
        (["denied"], "denied"),
    ],
)
def test_the_status_of_a_story_is_that_of_its_reports(
    tmp_path: Path, statuses: list[str], wanted: str
) -> None:
    told = _told(tmp_path, *({"status": status} for status in statuses))
    assert list(told["story_status"]) == [wanted]
    assert wanted in STORY_STATUSES


def test_a_refusal_of_the_act_denies_it(tmp_path: Path) -> None:
    told = _told(tmp_path, {"type": "ASSAULT"}, {"type": "REJECT"})
    assert list(told["story_status"]) == ["claimed, denied"]
    assert list(told["type"]) == ["ASSAULT"]


def test_what_happened_leads_and_dates_a_story(tmp_path: Path) -> None:
    day = dt.date(2024, 11, 26)
    span = DateSpan("text", 0, 5, "mardi", day, day, "day", "relative", "2024-11-26")
    plan = {"status": "planned", "date": replace(span, first=dt.date(2024, 11, 25))}
    told = _told(tmp_path, plan, {"date": span}).iloc[0]
    assert told["status"] == "reported"
    assert (told["story_first"].date(), told["story_last"].date()) == (day, day)


def test_stories_are_those_of_the_reports_shown(tmp_path: Path) -> None:
    make_store(tmp_path)
    query = Query(tmp_path)
    for filters in (Filters(), Filters(types=("ASSAULT",)), Filters(langs=("fr",))):
        stories, events = query.stories(filters), query.events(filters)
        assert list(stories.columns) == [*EVENT_COLUMNS, *STORY_ROW_COLUMNS]
        assert stories["reports"].sum() == len(events)
        for several, one in (("story_articles", "article_id"), ("story_sources", "source")):
            told = events.groupby("story_id")[one].agg(lambda each: sorted(set(each)))
            assert stories.set_index("story_id")[several].to_dict() == told.to_dict()
        assert footer(stories, None, "en") == footer(events, None, "en")
        assert set(stories["story_id"]) == set(events["story_id"])
        assert query.count_stories(filters) == len(stories)
        shown = stories["event_id"].tolist()
        assert [e for e in events["event_id"] if e in set(shown)] == shown
    assert query.stories(Filters(), limit=1, offset=1).equals(
        query.stories(Filters()).iloc[1:2].reset_index(drop=True)
    )
    assert query.stories(Filters(types=("AID",), places=("nowhere",))).empty


@pytest.fixture(scope="module")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Query:
    """900 synthetic events, every other one of a story of up to nine reports."""
    location = tmp_path_factory.mktemp("retold") / "store"
    write_events(900, location)
    ids = Query(location).events(Filters(sure="any"), columns=["event_id"])["event_id"].tolist()
    draw = random.Random(7)
    led = {told: ids[draw.randrange(100)] for told in ids[100::2]}
    Store(location).append_stories(led, len(led))
    return Query(location)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(sure="any", types=("ASSAULT", "AID", "REJECT")),
        Filters(langs=("fr",), date_from=dt.date(2023, 1, 1)),
        Filters(actors=("RUS", "USA"), level="state", min_confidence=0.5),
    ],
)
def test_one_row_a_story_is_counted_as_it_is_listed(retold: Query, filters: Filters) -> None:
    reports, told = retold.events(filters), retold.by_story
    rows = told.events(filters)
    by_story = reports.groupby("story_id")
    assert 0 < len(rows) == by_story.ngroups < len(reports)
    assert rows["story_id"].is_unique
    assert rows.set_index("story_id")["reports"].to_dict() == by_story.size().to_dict()
    outlets = by_story["origin"].nunique().to_dict()
    assert rows.set_index("story_id")["outlets"].to_dict() == outlets
    assert told.count(filters) == len(rows)
    assert told.bins(filters, "month")["events"].sum() == rows["first"].notna().sum()
    assert told.places(filters)["events"].sum() == (rows["place_id"] != "").sum()
    account = told.account(filters)
    assert (account.stories, account.shown) == (len(rows), len(reports))
    assert account.shown + sum(n for _, n in account.hidden) == account.loaded
    assert account.undated == (rows["first"].isna() & rows["last"].isna()).sum()
    assert told.events(filters, columns=["reports", "event_id"]).equals(
        rows[["reports", "event_id"]]
    )


def test_choices_count_the_stories_that_each_would_show(retold: Query) -> None:
    told, filters = retold.by_story, Filters(types=("AID",), langs=("fr", "en"))
    options = told.options(filters)
    for name, frame in {"types": options.types, "places": options.places.head(4)}.items():
        for row in frame.itertuples():
            chosen: dict[str, Any] = {name: (str(row.value),)}
            assert told.count(replace(filters, **chosen)) == row.events
    for row in options.actors.head(4).itertuples():
        assert told.count(replace(filters, actors=(str(row.value),))) == row.events


def test_a_dated_report_stands_for_its_story(tmp_path: Path) -> None:
    day = dt.date(2024, 11, 26)
    span = DateSpan("text", 0, 5, "mardi", day, day, "day", "relative", "2024-11-26")
    told = _told(tmp_path, {"date": None, "weight": 2}, {"date": span, "weight": 1})
    assert told["first"].notna().all()


def test_a_load_changes_both_ways_of_counting(tmp_path: Path) -> None:
    _told(tmp_path, {}, {})
    query = Query(tmp_path)
    wanted, version = Filters(sure="any"), query.by_story.version()
    assert (query.count(wanted), query.by_story.count(wanted)) == (2, 1)
    assert version != query.version()
    make_store(tmp_path)
    loaded = query.count(wanted)
    assert loaded > 2
    assert query.by_story.count(wanted) == query.events(wanted)["story_id"].nunique() > 1
    assert query.by_story.version() != version
