"""The kill test, with few kills; and that it does not call a store with faults sound."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from benchmarks import kill_store, store_users
from events.maintenance import maintain
from events.store import Store
from loaders.load import load_paths

pytestmark = pytest.mark.usefixtures("no_models")
TODAY = dt.date.today()  # as in the processes that are killed: dates are inferred with it


class Once:
    """A flag that is set after it was asked for the first time."""

    asked = False

    def is_set(self) -> bool:
        before, self.asked = self.asked, True
        return before


def loaded(command: str, articles: Path, store: Path, batch: int = 0) -> None:
    """What the command line does, in this process."""
    if command == "load":
        load_paths([articles], Store(store), TODAY)
    else:
        maintain(Store(store))


def first_load(articles: Path, store: Path) -> float:
    """The store is there for those beside, and how long a process takes to begin its work."""
    loaded("load", articles, store)
    kill_store.write_articles(articles, 10)
    began = time.monotonic()
    kill_store._started("check", articles, store, 1).communicate()
    return time.monotonic() - began


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    kill_store.write_articles(tmp_path / "articles", 20)
    return tmp_path / "articles"


@pytest.mark.long
def test_two_kills_lose_double_and_cut_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cold starts are for those that are killed: what runs to its end runs in this process."""
    monkeypatch.setattr(kill_store, "TOP_UP", 10)
    monkeypatch.setattr(kill_store, "WORK_SECONDS", {"load": 1.0, "maintain": 0.2})
    monkeypatch.setattr(kill_store, "ended", loaded)
    monkeypatch.setattr(kill_store, "_cold_start", first_load)
    result = kill_store.run(tmp_path, kills=2, seed=7)
    assert result.is_sound(), result
    assert result.kills == 2
    assert result.articles >= 10
    assert result.edits > 0


def test_the_comparison_sees_what_is_lost_and_double(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kill_store, "ended", loaded)
    store, result = Store(tmp_path / "store"), kill_store.Result()
    loaded("load", articles / "000000.jsonl", store.location)
    store.append_edit(1, "status", "denied", "edit 1")
    store.append_edit(1, "status", "denied", "edit 1")
    (tmp_path / "edits.txt").write_text("1\n2\n", encoding="utf-8")
    kill_store._compare(tmp_path, articles, store.location, result)
    assert result.lost == 10 + 40 + 10 + 1  # articles, events, article rows, the edit 2
    assert result.double == 1
    assert (result.articles, result.events, result.edits) == (10, 40, 2)
    assert not result.is_sound()


def test_the_reader_sees_half_an_article(articles: Path, tmp_path: Path) -> None:
    store, said = Store(tmp_path / "store"), tmp_path / "reader.json"
    loaded("load", articles / "000000.jsonl", store.location)
    store_users.read(store.location, said, Once())  # type: ignore[arg-type]
    assert json.loads(said.read_text()) == {
        "readings": 1, "partial": 0, "vanished": 0, "faults": [],
    }  # fmt: skip
    rows = store.read("articles", store.open_table("articles").schema().to_arrow().names)
    rows = rows.set_column(rows.column_names.index("events"), "events", [[5] * rows.num_rows])
    bumped = rows.set_column(rows.column_names.index("revision"), "revision", [[2] * rows.num_rows])
    store.append_table("articles", bumped)
    store_users.read(store.location, said, Once())  # type: ignore[arg-type]
    assert json.loads(said.read_text())["partial"] == rows.num_rows
