"""What one process counted of a large store, the next begins with: it answers as if made anew."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from events import backup, counted_events, kept_file
from events.counted_events import CountedEvents
from events.filters import Filters
from events.maintenance import maintain
from events.model import Extraction
from events.query import Query
from events.store import Store
from events.store_errors import NotWorkedOut
from events.withdrawal import articles_of, erase
from tests.events.test_counted_events import (
    CHANGES,
    ROOT,
    large,
    made_anew,
    make,
    rows,
    store,
    story_days,
)

__all__ = ["store"]  # the fixture

# a row more, other fields, rows and files that go, another story; what is like one of them is long,
# and carried on in test_each_change_is_carried_on_after_the_one_before
OTHERWISE = (None, "late article", "correction", "erased", "reread", "split")


@pytest.fixture
def only_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The table is kept, and cannot be made any more."""
    large(store)
    monkeypatch.setattr(CountedEvents, "_make", None)
    return monkeypatch


def kept(store: Store) -> Path:
    return kept_file.folder(store.location) / kept_file.NAME


@pytest.mark.parametrize(
    "change",
    [pytest.param(c, marks=[pytest.mark.long] * (c not in OTHERWISE)) for c in (None, *CHANGES)],
)
def test_another_process_begins_with_what_is_kept(
    change: str | None,
    store: Store,
    extraction: Callable[..., Extraction],
    only_kept: pytest.MonkeyPatch,
) -> None:
    if change:
        CHANGES[change](store, extraction)
    if change == "erased":
        assert not kept(store).exists()
        only_kept.undo()
        only_kept.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "5")
    begun = large(store)
    told, days = rows(begun), story_days(begun)
    listed = Query(store.location).events(Filters(sure="any"))
    only_kept.undo()
    only_kept.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "5")
    anew = made_anew(store)
    assert (told, days) == (rows(anew), story_days(anew))
    assert listed.equals(Query(store.location).events(Filters(sure="any")))


def test_each_change_is_carried_on_after_the_one_before(
    store: Store, extraction: Callable[..., Extraction], only_kept: pytest.MonkeyPatch
) -> None:
    """By processes that each begin anew, and by one that stays open."""
    stays = large(store)
    for name, change in CHANGES.items():
        if name != "erased":
            change(store, extraction)
            assert rows(large(store)) == rows(stays), name


def test_joined_files_are_no_reason_to_make_it_anew(
    store: Store, only_kept: pytest.MonkeyPatch
) -> None:
    store.append_edit(51, "type", "AID", "it says so")
    only_kept.setenv("FRISE_STORE_KEEP_DAYS", "0")
    stays = large(store)
    expected = rows(stays)
    before = set(store.location.rglob("*.parquet"))
    maintain(store)
    assert before - set(store.location.rglob("*.parquet"))
    assert rows(stays) == expected
    assert rows(large(store)) == expected
    assert Query(store.location).events(Filters(sure="any"))["quote"].all()


def test_it_is_kept_again_where_much_is_new(
    store: Store, extraction: Callable[..., Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    large(store)
    before = kept(store).stat()
    store.append_edit(51, "type", "AID", "it says so")
    monkeypatch.setattr(counted_events, "_MUCH", 1)
    large(store)
    assert kept(store).stat().st_ino == before.st_ino
    monkeypatch.setattr(counted_events, "_MUCH", 1_000)
    large(store)
    assert kept(store).stat().st_ino != before.st_ino


def test_another_store_in_its_place_does_not_begin_with_it(store: Store, tmp_path: Path) -> None:
    packed = tmp_path / "backup.zip"
    backup.backup(store.location, packed)
    store.append_edit(51, "type", "AID", "it says so")
    large(store)
    backup.restore(packed, store.location, "Ana")
    Store(store.location).append_edit(51, "type", "THREATEN", "it says so")
    assert rows(large(store)) == rows(made_anew(store))


def test_a_folder_that_was_put_back_by_hand_does_not_begin_with_it(
    store: Store, extraction: Callable[..., Extraction], tmp_path: Path
) -> None:
    """The versions of its tables are the same again, of other files."""
    shutil.copytree(store.location, tmp_path / "night")
    store.append([make(extraction, 40)])
    large(store)
    shutil.rmtree(store.location)
    shutil.copytree(tmp_path / "night", store.location)
    Store(store.location).append([make(extraction, 50)])
    told = rows(large(store))
    assert told == rows(made_anew(store))
    assert len(Query(store.location).events(Filters(sure="any"))) == len(told)


def test_the_account_is_of_the_store_that_was_put_back(
    store: Store, extraction: Callable[..., Extraction], tmp_path: Path
) -> None:
    packed = tmp_path / "backup.zip"
    backup.backup(store.location, packed)
    store.append([make(extraction, 40)])
    stays = Query(store.location)
    before = stays.account(Filters()).articles
    backup.restore(packed, store.location, "Ana")
    large(Store(store.location))  # another process keeps what it counted
    assert stays.account(Filters()).articles == before - 1


def test_a_link_to_the_store_leads_to_the_same_one(store: Store, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(store.location)
    assert kept_file.folder(link) == kept_file.folder(store.location)


def test_a_store_that_was_moved_does_not_read_its_old_place(store: Store, tmp_path: Path) -> None:
    expected = rows(large(store))
    shutil.copytree(store.location, tmp_path / "moved")
    shutil.copytree(kept_file.folder(store.location), tmp_path / "moved.counted")
    shutil.rmtree(store.location)
    assert rows(large(Store(tmp_path / "moved"))) == expected


def test_another_program_makes_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    large(store)
    before = kept(store).stat().st_ino
    monkeypatch.setattr(kept_file, "program", lambda: "a later one")
    monkeypatch.setattr(CountedEvents, "_carry_on", None)
    large(store)
    assert kept(store).stat().st_ino != before


@pytest.mark.parametrize("left", [0, 50, 5_000, None])
def test_a_damaged_one_is_given_up(left: int | None, store: Store) -> None:
    """Cut off, or with a byte changed in each of its blocks."""
    expected = rows(large(store))
    told = bytearray(kept(store).read_bytes())
    for place in range(3 * 4096 + 64, len(told), 4096):
        told[place] ^= 255
    kept(store).write_bytes(told if left is None else told[:left])
    try:
        again = rows(large(store))
    except NotWorkedOut:
        again = rows(large(store))
    assert again == expected
    assert rows(large(store)) == expected


def test_nothing_is_kept_while_words_are_erased(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of the store went while the working file was copied."""
    copy = kept_file._copy

    def late(file: Path, target: Path) -> None:
        copy(file, target)
        monkeypatch.setattr(kept_file, "_copy", copy)
        erase(store, articles_of(store, ["8"]), "a court")

    monkeypatch.setattr(kept_file, "_copy", late)
    large(store)
    assert not list(kept_file.folder(store.location).iterdir())


@pytest.mark.parametrize("hinder", ["no room", "not to be written"])
def test_where_nothing_can_be_kept_each_makes_its_own(
    hinder: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if hinder == "no room":
        monkeypatch.setattr(kept_file, "_ROOM", 1e12)
    else:
        kept_file.folder(store.location).write_bytes(b"")  # a file is in the way
    assert rows(large(store)) == rows(large(store))
    assert not kept(store).exists()


def test_who_may_not_see_the_store_does_not_see_what_is_kept(store: Store) -> None:
    store.location.chmod(0o700)
    large(store)
    assert kept(store).parent.stat().st_mode & 0o777 == 0o700


def test_a_moment_of_the_past_neither_takes_nor_leaves_one(store: Store) -> None:
    large(store)
    before = kept(store).stat()
    then = dt.datetime.now(dt.UTC)
    store.append_edit(51, "type", "AID", "it says so")
    assert Query(store.location, known_at=then).count(Filters(types=("AID",))) == 12
    assert kept(store).stat().st_mtime_ns == before.st_mtime_ns


def test_a_process_that_is_killed_while_it_keeps_leaves_the_one_before(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    large(store)
    expected = kept(store).read_bytes()
    store.append([make(extraction, number) for number in range(60, 64)])
    program = (
        "import os, sys; from events import kept_file; from events.filters import Filters\n"
        "from events.query import Query\n"
        "def cut(file, target):\n"
        "    target.write_bytes(file.read_bytes()[:9_000]); os.kill(os.getpid(), 9)\n"
        f"kept_file._copy = cut; Query({str(store.location)!r}).count(Filters())"
    )
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ}, cwd=ROOT)
    assert done.returncode == -9
    assert kept(store).read_bytes() == expected
    assert rows(large(store)) == rows(made_anew(store))
    assert [path.name for path in kept(store).parent.iterdir()] == [kept_file.NAME]
