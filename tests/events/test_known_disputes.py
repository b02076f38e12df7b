"""What is disputed in a story is worked out once for the same reports, and anew for edited ones."""

from __future__ import annotations

import pandas as pd
import pytest

from events import known_disputes
from events.disagreement import disputed
from events.editing import correct, reject
from events.query import Query
from events.store import Store


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The events of each table of reports that was compared."""
    asked: list[list[int]] = []

    def noted(reports: pd.DataFrame) -> object:
        asked.append(sorted(reports["event_id"]))
        return disputed(reports)

    monkeypatch.setattr(known_disputes, "disputed", noted)
    return asked


def test_a_story_of_the_same_reports_is_compared_once(
    store: Store, compared: list[list[int]]
) -> None:
    store.append_stories({11: 11, 21: 11, 12: 12, 22: 12}, 3)
    query = Query(store.location)
    for asked in (query, query.by_story_in("en")):
        assert asked.disputed([11, 12], "any") == {}
    assert compared == [[11, 12, 21, 22]]
    correct(query, 31, {"type": "PROTEST"}, "another story", "Ana")
    assert query.disputed([11, 12, 31], "any") == {}
    assert compared == [[11, 12, 21, 22]]


def test_reports_that_a_person_edited_are_compared_again(
    store: Store, compared: list[list[int]]
) -> None:
    store.append_stories({11: 11, 21: 11}, 3)
    query = Query(store.location)
    for day in ("2023-01-05", "2023-01-06", "2023-01-05"):
        correct(query, 21, {"date": f"{day}/{day}/day"}, "read", "Ana")
        correct(query, 11, {"date": "2023-01-09/2023-01-09/day"}, "read", "Ana")
        (found,) = query.disputed([11], "any").values()
        assert "date" in [point.subject for point in found.points]
    correct(query, 21, {"date": "2023-01-09/2023-01-09/day"}, "read", "Ana")
    assert query.disputed([11], "any") == {}
    assert len(compared) == 4


@pytest.mark.parametrize("stories", [[], [99999], [31]])
def test_stories_without_reports_are_not_disputed(store: Store, stories: list[int]) -> None:
    query = Query(store.location)
    reject(query, 31, "is none", "Ana")
    assert query.disputed(stories, "any") == query.disputed(stories, "enough") == {}
