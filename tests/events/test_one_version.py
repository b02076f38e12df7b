"""An answer is made of one version of the store, whatever is written while it is worked out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from events import query_articles
from events.filters import Filters
from events.model import PlaceMention
from events.query import Query
from events.query_rows import EventRows
from events.store import Store, StoreDamaged
from tests.events.conftest import make_extraction

UNKNOWN = tuple(
    PlaceMention("text", n, n + 1, words, None) for n, words in enumerate(("Nowhere", "Else"))
)


def _unresolved(query: Query) -> Any:
    return query.unresolved(Filters(langs=("en",))).to_dict("list")


def _account(query: Query) -> Any:
    return query.account(Filters(sure="any"))


@pytest.mark.parametrize(
    ("ask", "owner", "within", "in_memory"),
    [
        (_unresolved, query_articles, "ids_of", "500000"),
        (_account, EventRows, "asked", "1"),
    ],
    ids=["names without a place", "account of a large store"],
)
def test_a_load_in_the_midst_of_an_answer_leaves_none_that_is_wrong(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[Query], Any],
    owner: Any,
    within: str,
    in_memory: str,
) -> None:
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", in_memory)
    store = Store(tmp_path / "store")
    store.append([make_extraction(1), make_extraction(2, "en"), make_extraction(3)])
    query = Query(store.location)
    ask(query)
    store.append_edit(11, "type", "AID", "x")
    real = getattr(owner, within)
    loads: list[int] = []

    def loading(*args: Any, **told: Any) -> Any:
        found = real(*args, **told)
        if not loads:
            loads.append(1)
            store.append([replace(make_extraction(4, "en"), places=UNKNOWN)])
        return found

    monkeypatch.setattr(owner, within, loading)
    _wait_for_new_version(query)
    ask(query)
    assert loads
    monkeypatch.setattr(owner, within, real)
    _wait_for_new_version(query)
    assert ask(query) == ask(Query(store.location))


def _wait_for_new_version(query: Query) -> None:
    """A version is looked for at most every tenth of a second."""
    query._snapshot._stamp = None


def test_a_store_that_cannot_be_read_is_damaged_each_time_it_is_asked(tmp_path: Path) -> None:
    """The answers of the store that lay there before do not come back."""
    known, other = Store(tmp_path / "known"), Store(tmp_path / "other")
    known.append([make_extraction(n) for n in range(1, 4)])
    other.append([make_extraction(n) for n in range(1, 9)])
    for log in (other.location / "mentions" / "_delta_log").glob("*.json"):
        log.write_text("{broken", encoding="utf-8")
    query = Query(known.location)
    assert query.count(Filters())
    known.location.rename(tmp_path / "gone")
    other.location.rename(known.location)
    _wait_for_new_version(query)
    for _ in range(3):
        with pytest.raises(StoreDamaged, match="mentions"):
            query.count(Filters())
        time.sleep(0.15)  # until the times of the logs can be relied on
