"""Grouping in the store: article by article gives what all at once gives; copies are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from benchmarks.synthetic import write_events
from events.batches import read_rows
from events.editing import correct, newest_edit, take_back
from events.filters import Filters
from events.model import Extraction
from events.query import Query
from events.store import Store
from loaders.grouping import ALL_EVENTS, NEEDED, Touched, group_stories, stories_follow
from loaders.stories.coded import report_days
from loaders.stories.keys import LONGEST
from loaders.stories.reports import ordered_reports
from tests.hand_made import extractions


def _load(store: Store, made: list[Extraction], revise: bool = False) -> None:
    touched = Touched(store)
    touched.add(pa.Table.from_batches([read_rows(made)]))
    touched.rows = len(store.append(made, revise=revise).added)
    group_stories(store, touched)


def _stories(store: Store) -> dict[int, int]:
    events: pd.DataFrame = Query(store.location).events(Filters())
    return dict(zip(events["event_id"], events["story_id"], strict=True))


def test_one_by_one_is_as_all_at_once(tmp_path: Path) -> None:
    whole, slow = Store(tmp_path / "whole"), Store(tmp_path / "slow")
    _load(whole, extractions())
    for made in reversed(extractions()):
        _load(slow, [made])
    assert _stories(slow) == _stories(whole)
    assert len(set(_stories(whole).values())) < len(_stories(whole))


def test_events_that_a_revision_takes_away_leave_their_story(tmp_path: Path) -> None:
    store, fresh = Store(tmp_path / "store"), Store(tmp_path / "fresh")
    first, *others = extractions()
    _load(store, [first, *others])
    _load(store, [replace(first, events=())], revise=True)
    _load(fresh, others)
    assert _stories(store) == _stories(fresh)


def test_a_load_killed_before_grouping_is_made_up_for(tmp_path: Path) -> None:
    store, whole = Store(tmp_path / "store"), Store(tmp_path / "whole")
    made = extractions()
    _load(whole, made)
    _load(store, made[2:])
    store.append(made[:1])  # killed here: never grouped
    _load(store, made[1:2])
    assert _stories(store) == _stories(whole)


def test_a_wire_copy_is_no_source_of_its_own(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    wire = extractions()[0]
    article = replace(wire.article, id=77, source="Le Soir")
    events = tuple(replace(event, id=event.id + 1, article_id=77) for event in wire.events)
    _load(store, [wire, replace(wire, article=article, events=events)])
    told = Query(store.location).events(Filters())
    assert set(told["source"]) == {"Northern Wire", "Le Soir"}
    assert told["origin"].nunique() == 1
    assert told["copy_of"].nunique() == 1


def test_stories_follow_an_edit_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    _load(store, extractions())
    query = Query(store.location)
    told = query.stories(Filters())
    one = int(told.loc[told["reports"] > 1, "event_id"].iloc[0])
    before = _stories(store)
    with stories_follow(store, [one]):
        correct(query, one, {"date": "2019-03-02/2019-03-02/day"}, "", "Ana")
    after = _stories(store)
    mates = [event for event, story in before.items() if story == before[one] and event != one]
    assert after[one] not in {after[event] for event in mates}
    with stories_follow(store, [one]):
        take_back(query, newest_edit(query, one), "", "Ana")
    assert _stories(store) == before


def test_days_on_which_rows_are_compared_hold_those_of_reports(tmp_path: Path) -> None:
    query = Query(write_events(2_000, tmp_path / "store").location)
    told = query.events(ALL_EVENTS, columns=NEEDED).assign(certainty_type=1.0)
    days, found = report_days(ordered_reports(told)), query.reported_days(LONGEST)
    assert days <= found
    assert len(found) < 1.01 * len(days)  # bounds of several days alone are more
    assert found < query.reported_days(1_000)
