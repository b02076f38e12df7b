"""Stories as rows: their main report, counts, days and status, over what the filters show."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

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
        assert set(stories["story_id"]) == set(events["story_id"])
        assert query.count_stories(filters) == len(stories)
        shown = stories["event_id"].tolist()
        assert [e for e in events["event_id"] if e in set(shown)] == shown
    assert query.stories(Filters(), limit=1, offset=1).equals(
        query.stories(Filters()).iloc[1:2].reset_index(drop=True)
    )
    assert query.stories(Filters(types=("AID",), places=("nowhere",))).empty
