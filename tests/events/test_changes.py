"""What changed since a moment: read from the rows' own times, the same whenever it is asked."""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from events.changes import Change
from events.filters import Filters
from events.maintenance import maintain
from events.model import Article, Event, Extraction, Published
from events.packs import last_pack, note_pack
from events.query import Query
from events.since import changes_since
from events.store import Store
from events.withdrawal import withdraw
from exports.changes import to_changes
from exports.selection import select
from loaders.stories.stories import group_reports
from tests.hand_made import extractions, make_store

ALL = Filters()


def _now() -> dt.datetime:
    """A moment that lies between two writes."""
    time.sleep(0.01)
    moment = dt.datetime.now(dt.UTC)
    time.sleep(0.01)
    return moment


def _kinds(folder: Path, moment: dt.datetime, filters: Filters = ALL) -> list[tuple[str, str]]:
    found = changes_since(Query(folder), filters, moment).changes
    return [(each.kind, str(each.report["quote"])[:24]) for each in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_store(tmp_path / "store")
    return tmp_path / "store"


def _load(folder: Path, *read: Extraction) -> None:
    """Write more articles, and group all stories anew."""
    store = Store(folder)
    store.append(list(read))
    store.append_stories(group_reports(Query(folder).events(ALL)))


def _another(of: Extraction, source: str, **event: Any) -> Extraction:
    """The first event of an article as another outlet tells it."""
    article: Article = replace(
        of.article,
        id=of.article.id + 1,
        source=source,
        published=Published.given(dt.date(2024, 11, 23)),
    )
    told: Event = replace(of.events[0], id=of.events[0].id + 1, article_id=article.id, **event)
    return Extraction(article, events=(told,))


def test_what_was_loaded_edited_and_withdrawn_is_told_after_maintenance_too(folder: Path) -> None:
    moment = _now()
    assert _kinds(folder, moment) == []
    events = Query(folder).events(ALL)
    meeting, truce = (
        events[events["quote"].str.startswith(words)].iloc[0]
        for words in ("NATO and Ukraine will", "Israel and Hezbollah agreed")
    )
    store = Store(folder)
    store.append_edit(int(meeting["event_id"]), "status", "denied", "called off", "Ana")
    withdraw(store, {int(truce["article_id"]): ""}, "a hoax")
    strike = replace(extractions()[0].events[1], sources=("BLR",))
    _load(folder, _another(replace(extractions()[0], events=(strike,)), "Daily"))
    found = _kinds(folder, moment)
    assert ("added", "On Tuesday Ukraine fired") in found
    assert ("changed", "NATO and Ukraine will me") in found
    assert ("withdrawn", "Israel and Hezbollah agr") in found
    bytes_before = _bytes(folder, moment)
    maintain(store)
    assert _bytes(folder, moment) == bytes_before == _bytes(folder, moment)
    change = next(c for c in json.loads(bytes_before)["changes"] if c["kind"] == "changed")
    assert (change["before"], change["report"]["status"]) == ({"status": "planned"}, "denied")
    assert _kinds(folder, _now()) == []


def test_another_source_confirms_and_another_day_contradicts(folder: Path) -> None:
    moment = _now()
    bryansk = replace(extractions()[0], events=extractions()[0].events[1:2])
    _load(folder, _another(bryansk, "Daily"))
    assert ("confirmed", "On Tuesday Ukraine fired") in _kinds(folder, moment)
    then = _now()
    _load(folder, _another(_another(bryansk, "Daily"), "Courier", status="denied"))
    assert ("contradicted", "On Tuesday Ukraine fired") in _kinds(folder, then)


def test_only_what_the_filters_show_is_told(folder: Path) -> None:
    moment = _now()
    events = Query(folder).events(ALL)
    strike = events[events["quote"].str.startswith("On Tuesday")].iloc[0]
    Store(folder).append_edit(int(strike["event_id"]), "status", "claimed", "one side", "Ana")
    assert _kinds(folder, moment, Filters(actors=("HEZ",))) == []
    # an event that comes into the selection, or goes out of it, is told as changed
    for status in ("claimed", "reported"):
        found: list[Change] = list(
            changes_since(Query(folder), Filters(statuses=(status,)), moment).changes
        )
        assert [(each.kind, each.points) for each in found] == [("changed", ("status",))]


def test_the_last_pack_of_the_same_filters_is_remembered_once_a_version(tmp_path: Path) -> None:
    first, second = (dt.datetime(2024, 12, day, tzinfo=dt.UTC) for day in (1, 2))
    other = Filters(actors=("RUS",))
    assert last_pack(tmp_path, ALL, "1") is None
    note_pack(tmp_path, ALL, "1", first)
    note_pack(tmp_path, ALL, "1", second)
    assert last_pack(tmp_path, ALL, "1") is None
    assert last_pack(tmp_path, ALL, "2") == first
    assert last_pack(tmp_path, other, "2") is None
    packs = tmp_path / "packs.json"
    packs.write_text('{"lang=fr": [["2024-12-03T00:00:00+00:00", "1"]]}', encoding="utf-8")
    found = last_pack(tmp_path, Filters(langs=("fr",)), "2")
    assert found == dt.datetime(2024, 12, 3, tzinfo=dt.UTC)
    packs.write_text("[1", encoding="utf-8")
    assert last_pack(tmp_path, ALL, "2") is None


def _bytes(folder: Path, moment: dt.datetime) -> bytes:
    return to_changes(select(Query(folder), ALL, since=moment))
