"""The certainty of an event's place in the store: counted, listed, and of older stores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from events.filters import Filters
from events.model import PLACE_SURE, Event, Extraction
from events.query import Query
from events.store import Store
from tests.hand_made import extractions

ALL = Filters()


def _with_certainty(made: list[Extraction], certainty: float) -> list[Extraction]:
    return [
        replace(one, events=tuple(_weighed(event, certainty) for event in one.events))
        for one in made
    ]


def _weighed(event: Event, certainty: float) -> Event:
    if event.place is None:
        return event
    reasons = ("others bear the name",)
    return replace(event, place=replace(event.place, confidence=certainty, reasons=reasons))


@pytest.fixture
def mixed(tmp_path: Path) -> Query:
    """A store in which the places of the first half of the articles are doubtful."""
    made = extractions()
    half = len(made) // 2
    store = Store(tmp_path / "store")
    store.append(_with_certainty(made[:half], PLACE_SURE - 0.1) + made[half:])
    return Query(store.location)


def test_doubtful_events_are_counted_and_listed(mixed: Query) -> None:
    table = mixed.events(ALL)
    below = table[table["place_confidence"] < PLACE_SURE]
    assert 0 < len(below) < (table["place_id"] != "").sum()
    assert mixed.account(ALL).doubtful == len(below)
    listed = mixed.doubtful(ALL)
    assert set(listed["event_id"]) == set(below["event_id"])
    assert all(reasons == ["others bear the name"] for reasons in listed["place_reasons"])
    assert len(mixed.doubtful(ALL, 1)) == 1


def test_sure_places_leave_them_out(mixed: Query) -> None:
    every, sure = mixed.places(ALL)["events"].sum(), mixed.places(ALL, sure=True)["events"].sum()
    assert every - sure == mixed.account(ALL).doubtful
