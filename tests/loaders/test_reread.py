"""`reread`: the present reader over stored texts; what persons decided is kept or listed."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from events.filters import Filters
from events.migration import migrate
from events.model import Article, Event, Extraction, Published
from events.query import Query
from events.store import Store
from loaders import __main__ as command
from loaders import batch, pipeline, reread
from loaders.older_articles import older_articles
from loaders.reader_version import READER_VERSION
from loaders.text.repair import LOST

TODAY = dt.date(2024, 12, 1)
ALL = Filters()
TEXT = "On Thursday, Russia struck Dnipro with a missile. Ukraine condemned the attack on Friday."


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    store = Store(tmp_path / "store")
    day = Published.given(dt.date(2024, 11, 23))
    for number, source in enumerate(("Gazette", "Courier"), start=1):
        article = Article(number, f"Strike {number}", TEXT, "en", source, published=day)
        told = pipeline.extract(article, TODAY)
        store.append([replace(told, reader_version="0")])
    return store


def events_of(store: Store, article: int = 1) -> list[dict[str, object]]:
    return Query(store.location).article_events(article).to_dict("records")  # type: ignore[return-value]


def read_by(monkeypatch: pytest.MonkeyPatch, change: object) -> None:
    """A reader that tells other events than the present one."""

    def other(article: Article, today: dt.date, threshold: float) -> Extraction:
        told = pipeline.extract(article, today, threshold)
        return replace(told, events=tuple(change(told.events)))  # type: ignore[operator]

    monkeypatch.setattr(batch, "extract", other)


def older(store: Store, filters: Filters | None = None) -> list[int]:
    return older_articles(Query(store.location), filters)


def test_what_an_older_reader_read_is_read_again_once(store: Store) -> None:
    before = events_of(store)
    assert older(store) == [1, 2]
    assert older(store, Filters(text="gazette")) == [1]
    done = reread.reread(store, older(store), TODAY)
    assert (done.articles, done.failed, done.lost, done.conflicts) == (2, [], [], [])
    assert older(store) == []
    assert [row["event_id"] for row in events_of(store)] == [row["event_id"] for row in before]
    assert set(Query(store.location).reader_versions()["reader_version"]) == {READER_VERSION}


def test_what_its_file_said_of_an_article_is_kept(tmp_path: Path) -> None:
    """Every note of reading is told once more by the reader alone; those of the file stay."""
    store, day = Store(tmp_path / "notes"), Published.given(dt.date(2020, 11, 23), "f")
    text = f"{TEXT} Moscow, 21:30 GMT on 3/4/2021: President Biden\u00e2\u20ac\u2122s talks. {LOST}"
    told = ("author: Ann", "pages begin at characters: 1: 0, 2: 40", "in its file: message 3")
    article = Article(1, "Strike", text, "und", "Gazette", published=day, notes=told)
    store.append([pipeline.extract(article, TODAY)])
    before = list(Query(store.location).article(1)["notes"].iloc[0])
    assert len(before) > len(told) + 3
    row = Query(store.location).article(1).iloc[0].to_dict()
    assert reread.article_of(row).notes == told
    reread.reread(store, [1], TODAY)
    after = list(Query(store.location).article(1)["notes"].iloc[0])
    assert after == before


def test_a_run_that_was_stopped_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reread, "BATCH", 1)

    def stop(done: int, _all: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reread.reread(store, older(store), TODAY, stop)
    assert older(store) == [2]
    assert len(Query(store.location).events(ALL)) == 2 * len(events_of(store))


def test_a_run_that_goes_on_reports_the_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reread, "BATCH", 1)
    strike = int(str(events_of(store)[0]["event_id"]))
    store.append_edit(strike, "status", "claimed", "one side", "Ana")
    read_by(monkeypatch, lambda events: [replace(events[0], status="planned"), *events[1:]])

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    whole = reread.Reread()
    with pytest.raises(KeyboardInterrupt):
        reread.reread(store, older(store), TODAY, stop, whole)
    assert (whole.articles, len(whole.conflicts)) == (1, 1)
    reread.reread(store, older(store), TODAY, done=whole)
    assert (whole.articles, len(whole.conflicts)) == (2, 1)
    assert whole.lines()[0].startswith("2 articles read again")


def test_an_edit_stays_where_the_trigger_is_told_again(store: Store) -> None:
    strike = events_of(store)[0]
    store.append_edit(int(str(strike["event_id"])), "status", "claimed", "one side", "Ana")
    reread.reread(store, older(store), TODAY)
    assert events_of(store)[0]["status"] == "claimed"
    assert Query(store.location).edits()["who"].tolist() == ["Ana"]


def test_an_edit_moves_to_the_event_that_tells_the_same_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike, other = (int(str(row["event_id"])) for row in events_of(store)[:2])
    store.append_edit(strike, "status", "claimed", "one side", "Ana")
    store.append_edit(other, "joined", str(strike), "the same", "Ben")
    read_by(monkeypatch, lambda events: [replace(events[0], id=77), *events[1:]])
    done = reread.reread(store, [1], TODAY)
    assert done.moved == 2
    assert done.lost == []
    edits = Query(store.location).edits()
    standing = edits[edits["standing"]].to_dict("records")
    assert {(e["field"], e["event_id"], e["value"], e["who"]) for e in standing} == {
        ("status", 77, "claimed", "Ana"),
        ("joined", other, "77", "Ben"),
    }


def test_an_edit_whose_event_is_not_told_any_more_is_listed_and_comes_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike = int(str(events_of(store)[0]["event_id"]))
    store.append_edit(strike, "status", "denied", "the ministry", "Ana")
    read_by(monkeypatch, lambda events: events[1:])
    done = reread.reread(store, [1], TODAY)
    assert done.lost == ["status = 'denied' by Ana: the ministry"]
    assert len(Query(store.location).lost_edits()) == 1
    read_by(monkeypatch, lambda events: events)
    done = reread.reread(store, [1], TODAY)
    assert done.lost == []
    assert events_of(store)[0]["status"] == "denied"


def test_what_the_reader_now_says_of_an_edited_event_is_listed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike = int(str(events_of(store)[0]["event_id"]))
    store.append_edit(strike, "status", "denied", "the ministry", "Ana")

    def planned(events: tuple[Event, ...]) -> list[Event]:
        return [replace(events[0], status="planned"), *events[1:]]

    read_by(monkeypatch, planned)
    done = reread.reread(store, [1, 2], TODAY)
    assert len(done.conflicts) == 1
    assert "planned (it said" in str(done.conflicts[0])
    assert events_of(store)[0]["status"] == "denied"  # a person has the last word


def test_a_migrated_store_is_read_again_with_its_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stores = Path(__file__).parents[1] / "events" / "stores"
    with zipfile.ZipFile(stores / "schema1.zip") as packed:
        packed.extractall(tmp_path)
    facts = json.loads((stores / "schema1.json").read_text("utf-8"))
    migrate(tmp_path / "store")
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    before = Query(tmp_path / "store").edits()
    assert command.main(["reread"]) == 0
    told = capsys.readouterr().out
    assert f"{len(facts['articles'])} articles read again" in told
    query = Query(tmp_path / "store")
    standing = query.edits()[query.edits()["standing"]]
    kept = before[before["standing"]]
    assert sorted(standing["why"]) == sorted(kept["why"])
    assert command.main(["reread"]) == 0
    assert "no article to read" in capsys.readouterr().out
    assert {a["article_id"]: a["published_basis"] for a in facts["articles"]} == {
        row["article_id"]: row["published_basis"] for row in query.articles(ALL).to_dict("records")
    }
