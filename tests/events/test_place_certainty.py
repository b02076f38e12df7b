"""The certainty of an event's place in the store: counted, listed, and of older stores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

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


def test_places_of_an_older_store_were_not_weighed_and_stay_sure(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.append(extractions()[:3])
    _forget_certainty(store)
    told = Query(store.location)
    located = told.events(ALL)["place_id"] != ""
    assert (told.events(ALL)["place_confidence"][located] == 1.0).all()
    assert told.events(ALL)["place_confidence"][~located].isna().all()
    assert all(reasons == [] for reasons in told.events(ALL)["place_reasons"])
    assert told.account(ALL).doubtful == 0
    store.append(_with_certainty(extractions()[3:], 0.1))
    assert Query(store.location).account(ALL).doubtful > 0


def _forget_certainty(store: Store) -> None:
    """Write the table of events as it was before places had a certainty."""
    where = str(store.location / "events")
    rows: pa.Table = DeltaTable(where).to_pyarrow_table()
    older = rows.drop_columns(["place_confidence", "place_reasons"])
    write_deltalake(where, older, mode="overwrite", schema_mode="overwrite")
