"""The table of what is counted: carried on from version to version, it is as if made anew."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from events.counted_events import CountedEvents
from events.filters import Filters
from events.model import Extraction
from events.query import Query
from events.store import Store
from events.withdrawal import articles_of, erase, restore_articles, withdraw

Change = Callable[[Store, Callable[..., Extraction]], object]


def make(extraction: Callable[..., Extraction], number: int) -> Extraction:
    made = extraction(number, text=f"{number}: la Russie a tiré un missile sur Dnipro.")
    return replace(made, article=replace(made.article, source=f"Journal {number}"))


def reread(store: Store, extraction: Callable[..., Extraction]) -> None:
    """A later reader tells one event less and another type."""
    made = make(extraction, 5)
    first, *_others = made.events
    store.append([replace(made, events=(replace(first, type="THREATEN"),))], revise=True)


CHANGES: dict[str, Change] = {
    "late article": lambda store, made: store.append([make(made, 40)]),
    "correction": lambda store, made: store.append_edit(51, "type", "AID", "it says so"),
    "taken back": lambda store, made: store.append_edit(61, "type", "", "it did not"),
    "no event": lambda store, made: store.append_edit(52, "event", "no", "it is none"),
    "withdrawal": lambda store, made: withdraw(store, articles_of(store, ["7"]), "hoax"),
    "restored": lambda store, made: restore_articles(store, [3], "it was right"),
    "erased": lambda store, made: erase(store, articles_of(store, ["8"]), "a court"),
    "reread": reread,
    "grouped": lambda store, made: store.append_stories({51: 11, 21: 11}),
    "regrouped": lambda store, made: store.append_regrouped({91: 21}, 12),
    "split": lambda store, made: store.split(91, "another act"),
    "joined": lambda store, made: store.join(111, 21, "the same act"),
    "copy": lambda store, made: store.append_copies({9: 4}),
}


@pytest.fixture
def store(
    extraction: Callable[..., Extraction], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Store:
    made = Store(tmp_path / "store")
    made.append([make(extraction, number) for number in range(1, 13)])
    made.append_stories({91: 11, 21: 11})
    made.append_edit(61, "type", "AID", "it says so")
    withdraw(made, articles_of(made, ["3"]), "hoax")
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "5")
    return made


def rows(store: Store) -> list[tuple[object, ...]]:
    """All rows of the table, sorted."""
    snapshot = Query(store.location)._snapshot
    snapshot.refresh()
    assert snapshot.large() is not None
    table = snapshot.ask("SELECT * FROM counted ORDER BY event_id")
    return list(zip(*(map(str, column.to_pylist()) for column in table.columns), strict=True))


def files(store: Store) -> list[Path]:
    return sorted(store.location.with_name("store.counted").iterdir())


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_carried_on(
    change: str,
    store: Store,
    extraction: Callable[..., Extraction],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, known = rows(store), files(store)
    assert len(known) == 1
    CHANGES[change](store, extraction)
    with monkeypatch.context() as patch:
        if change != "erased":  # of what is erased no file stays to carry on from
            patch.setattr(CountedEvents, "_all", None)
        after = rows(store)
    assert after != before
    assert len(files(store)) == 1
    assert files(store) != known
    shutil.rmtree(files(store)[0].parent)
    assert rows(store) == after


def test_an_earlier_moment_has_a_file_of_its_own(store: Store) -> None:
    expected, known = rows(store), files(store)
    then = dt.datetime.now(dt.UTC)
    store.append_edit(51, "type", "AID", "it says so")
    before = Query(store.location, known_at=then)
    assert before.count(Filters(types=("AID",))) == 12
    assert files(store) == known
    assert rows(store) != expected
    assert Query(store.location).count(Filters(types=("AID",))) == 13


def test_two_processes_share_a_file_and_a_damaged_one_is_made_anew(store: Store) -> None:
    expected = rows(store)
    (file,) = files(store)
    stamp = file.stat().st_mtime_ns
    assert rows(store) == expected
    assert file.stat().st_mtime_ns == stamp
    file.write_bytes(file.read_bytes()[:5000])
    assert rows(store) == expected
    assert file.stat().st_size > 5000


def test_without_a_right_to_write_beside_the_store_it_is_made_for_the_process(store: Store) -> None:
    expected = rows(store)
    folder = files(store)[0].parent
    shutil.rmtree(folder)
    folder.write_text("in its place", encoding="utf-8")
    assert rows(store) == expected


def test_an_open_dashboard_sees_what_changed(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    query = Query(store.location)
    assert query.count(Filters(types=("AID",))) == 12
    store.append([make(extraction, 41)])
    store.append_edit(51, "type", "AID", "it says so")
    assert query.count(Filters(types=("AID",))) == 14
