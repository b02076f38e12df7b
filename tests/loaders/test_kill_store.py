"""The kill test itself is tested: a store with faults is not called sound.

Kills of real processes, fewer, stand in tests/loaders/test_load.py.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from benchmarks import kill_store
from events.store import Store
from loaders.load import load_paths

pytestmark = pytest.mark.usefixtures("no_models")
TODAY = dt.date(2024, 12, 31)


class Once:
    """A flag that is set after it was asked for the first time."""

    asked = False

    def is_set(self) -> bool:
        before, self.asked = self.asked, True
        return before


def loaded(command: str, articles: Path, store: Path, batch: int = 0) -> None:
    """What the command line does, in this process."""
    assert command == "load"
    load_paths([articles], Store(store), TODAY)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    kill_store.write_articles(tmp_path / "articles", 20)
    return tmp_path / "articles"


def test_the_comparison_sees_what_is_lost_and_double(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kill_store, "_ended", loaded)
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
    kill_store._read(store.location, said, Once())  # type: ignore[arg-type]
    assert json.loads(said.read_text()) == {
        "readings": 1, "partial": 0, "vanished": 0, "faults": [],
    }  # fmt: skip
    rows = store.read("articles", store.open_table("articles").schema().to_arrow().names)
    rows = rows.set_column(rows.column_names.index("events"), "events", [[5] * rows.num_rows])
    bumped = rows.set_column(rows.column_names.index("revision"), "revision", [[2] * rows.num_rows])
    store.append_table("articles", bumped)
    kill_store._read(store.location, said, Once())  # type: ignore[arg-type]
    assert json.loads(said.read_text())["partial"] == rows.num_rows
