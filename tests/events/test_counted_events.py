"""The table of what is counted: carried on from version to version, it is as if made anew."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from events import backup, counted_events, kept_file
from events.counted_events import CountedEvents
from events.filters import Filters
from events.model import Extraction
from events.outlet_grades import OutletGrade, give
from events.query import Query
from events.snapshot import Snapshot
from events.store import Store, StoreDamaged
from events.store_errors import NotWorkedOut
from events.withdrawal import articles_of, erase, restore_articles, withdraw

ROOT = Path(__file__).parents[2]
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


def large(store: Store) -> Snapshot:
    """The store, asked in its files."""
    snapshot = Query(store.location)._snapshot
    assert rows(snapshot)
    return snapshot


def made_anew(store: Store) -> Snapshot:
    """The same, with nothing of what another process worked out."""
    kept_file.forget(store.location)
    return large(store)


def rows(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """All rows of the table, sorted, with lists of parties instead of the numbers of these."""
    snapshot.refresh()
    assert snapshot.large() is not None
    table = snapshot.ask(
        "SELECT counted.* EXCLUDE (sources_no, targets_no), s.told AS sources, t.told AS targets, "
        "(SELECT list(code ORDER BY code) FROM members WHERE no = sources_no) AS codes "
        "FROM counted LEFT JOIN parties AS s ON sources_no = s.no "
        "LEFT JOIN parties AS t ON targets_no = t.no ORDER BY event_id"
    )
    return list(zip(*(map(str, column.to_pylist()) for column in table.columns), strict=True))


def story_days(snapshot: Snapshot) -> list[dict[str, object]]:
    """The first days of the reports of the stories that have several."""
    found: list[dict[str, object]] = snapshot.ask(
        "SELECT * FROM story_days ORDER BY story_id"
    ).to_pylist()
    return found


def folder(snapshot: Snapshot) -> Path:
    found = snapshot._database.folder
    assert found is not None
    return found


# written as another of them: an edit, a withdrawal, a grouping
ALIKE = ("taken back", "restored", "regrouped", "joined")


@pytest.mark.parametrize(
    "change", [pytest.param(c, marks=[pytest.mark.long] * (c in ALIKE)) for c in CHANGES]
)
def test_what_changed_is_carried_on(
    change: str,
    store: Store,
    extraction: Callable[..., Extraction],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    snapshot = large(store)
    before, known = rows(snapshot), folder(snapshot)
    CHANGES[change](store, extraction)
    with monkeypatch.context() as patch:
        if change != "erased":
            patch.setattr(CountedEvents, "_make", None)
        after = rows(snapshot)
    assert after != before
    anew = made_anew(store)
    assert rows(anew) == after
    assert story_days(snapshot) == story_days(anew) != []
    # of what is erased no file stays, with what DuckDB freed in it
    assert known.exists() is (change != "erased")


def test_stories_are_put_in_order_some_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = rows(large(store))
    assert any("2" in row for row in expected)
    monkeypatch.setattr(counted_events, "_RANKED_AT_ONCE", 1)
    assert rows(made_anew(store)) == expected


def test_where_most_changed_it_is_made_anew(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    snapshot = large(store)
    store.append([make(extraction, number) for number in range(30, 50)])
    store.append_copies(dict.fromkeys(range(5, 12), 4))
    assert rows(snapshot) == rows(made_anew(store))


def test_a_failure_half_way_is_no_lasting_harm(
    store: Store, extraction: Callable[..., Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = large(store)
    store.append([make(extraction, 40)])
    with monkeypatch.context() as patch:
        patch.setattr(CountedEvents, "_grown", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rows(snapshot)
    assert rows(snapshot) == rows(made_anew(store))


def test_another_store_in_its_place_has_none_of_its_rows(store: Store, tmp_path: Path) -> None:
    """Numbers of edits are used again in what a backup brings back."""
    snapshot = large(store)
    packed = tmp_path / "backup.zip"
    backup.backup(store.location, packed)
    store.append_edit(51, "type", "AID", "it says so")
    rows(snapshot)
    backup.restore(packed, store.location, "Ana")
    Store(store.location).append_edit(51, "type", "THREATEN", "it says so")
    assert rows(snapshot) == rows(made_anew(store))


def test_a_grade_given_while_a_version_is_built_counts(store: Store) -> None:
    snapshot = Query(store.location)._snapshot
    snapshot.refresh()
    give(store, [OutletGrade("Journal 1", "A")], "Ana")
    snapshot.large()
    assert rows(snapshot) == rows(made_anew(store))


def test_an_earlier_moment_is_asked_for(store: Store) -> None:
    then = dt.datetime.now(dt.UTC)
    store.append_edit(51, "type", "AID", "it says so")
    before = Query(store.location, known_at=then)
    assert before.count(Filters(types=("AID",))) == 12
    assert Query(store.location).count(Filters(types=("AID",))) == 13


def test_a_folder_with_a_quote_in_its_name_is_worked_in(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoted = tmp_path / "o'brien"
    quoted.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(quoted))
    assert folder(large(store)).parent == quoted


def test_a_full_disk_is_told_as_such_and_passes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(store.location)
    query.version()
    known = folder(query._snapshot)

    def full(self: CountedEvents) -> None:
        raise duckdb.IOException("Could not write file: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(CountedEvents, "_make", full)
        with pytest.raises(NotWorkedOut, match="TMPDIR"):
            query.count(Filters())
    assert not known.exists()
    assert query.count(Filters()) == Query(store.location).count(Filters())


def test_a_damaged_working_file_is_given_up(store: Store) -> None:
    snapshot = large(store)
    expected, known = rows(snapshot), folder(snapshot)
    run, file = snapshot._database.connection.raw_sql, known / "counted.duckdb"
    run("CREATE TABLE many AS SELECT hash(range) AS n FROM range(1000000)")
    run("CHECKPOINT")
    for limit in ("2MB", "500MB"):  # what it holds of the file is forgotten
        run(f"SET memory_limit = '{limit}'")
    told = bytearray(file.read_bytes())
    for place in range(3 * 4096 + 64, len(told), 4096):  # behind the heads of the file
        told[place] ^= 255
    file.write_bytes(told)
    with pytest.raises(NotWorkedOut, match="Corrupt"):
        snapshot.ask("SELECT sum(n) FROM many")
    assert rows(snapshot) == expected
    assert not known.exists()


def test_what_duckdb_calls_an_error_without_a_kind_is_damage(store: Store) -> None:
    snapshot = large(store)
    with pytest.raises(StoreDamaged), snapshot._database.unreadable_is_damage():
        raise duckdb.Error("Snappy decompression failed")
    with pytest.raises(duckdb.ParserException), snapshot._database.unreadable_is_damage():
        raise duckdb.ParserException("of the program, not of the store")


def test_a_folder_goes_with_its_process_and_a_killed_one_is_swept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    program = (
        "import os, sys; from events.filters import Filters; from events.query import Query\n"
        f"query = Query({str(store.location)!r}); print(query.count(Filters()))\n"
        "sys.argv[1:] and os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    for how, left in (("", 0), ("killed", 1)):
        command = [sys.executable, "-c", program, *how.split()]
        subprocess.run(command, env=environment, cwd=ROOT, check=not how)
        assert len(list(tmp_path.glob("frise-*"))) == left
    mine = folder(large(store))
    assert list(tmp_path.glob("frise-*")) == [mine]
    assert mine.stat().st_mode & 0o077 == 0


def test_an_open_dashboard_sees_what_changed(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    query = Query(store.location)
    assert query.count(Filters(types=("AID",))) == 12
    store.append([make(extraction, 41)])
    store.append_edit(51, "type", "AID", "it says so")
    assert query.count(Filters(types=("AID",))) == 14
