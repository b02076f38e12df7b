"""A kill at any step of putting a new store in its place: the place is never taken for empty."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from events import store_swap
from events.backup import backup, restore
from events.filters import Filters
from events.integrity import check, repair
from events.migration import migrate
from events.query import Query
from events.store import Store, StoreError, StoreMissing, StoreNotWritten
from tests.events.conftest import make_extraction

STORES = Path(__file__).parent / "stores"
ALL = Filters()


def _repairable(at: Path) -> Callable[[], object]:
    (at / "manifest" / "events.json").unlink()
    return lambda: repair(at)


def _restorable(at: Path) -> Callable[[], object]:
    backup(at, at.with_name("frise.zip"))
    return lambda: restore(at.with_name("frise.zip"), at)


def _older(at: Path) -> Callable[[], object]:
    shutil.rmtree(at)
    with zipfile.ZipFile(STORES / "schema1.zip") as packed:
        packed.extractall(at.parent)
    return lambda: migrate(at)


# what puts a store in the place of another, and the name that the other is kept under
REPLACING = {
    "repair": (_repairable, "damaged"),
    "restore": (_restorable, "replaced"),
    "migrate": (_older, "schema1"),
}
# what a kill may cut: the note, the first rename, the second, taking the note away
STEPS = ("note", "first", "second", "last")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = Store(tmp_path_factory.mktemp("whole") / "store")
    store.append([make_extraction(1), make_extraction(2)])
    store.append_edit(11, "status", "claimed", "only one side says so", "Ana")
    return store.location


@pytest.fixture
def at(tmp_path: Path, whole: Path) -> Path:
    shutil.copytree(whole, tmp_path / "store")
    return tmp_path / "store"


def _cut(step: str, at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill before the given step is done."""
    rename, unlink, kept = Path.rename, Path.unlink, at.with_name("store.swap")

    def renaming(path: Path, target: Path) -> Path:
        if (step == "first" and path == at) or (step == "second" and target == at):
            raise KeyboardInterrupt
        return rename(path, target)

    def unlinking(path: Path, missing_ok: bool = False) -> None:
        if step == "last" and path == kept and kept.exists():
            raise KeyboardInterrupt
        unlink(path, missing_ok)

    def writing(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", renaming)
    monkeypatch.setattr(Path, "unlink", unlinking)
    if step == "note":
        monkeypatch.setattr(store_swap, "write_beside", writing)


def in_turn(others: Iterable[str]) -> list[Any]:
    """Each of the others with one of REPLACING, with all of them in `make test-long`."""
    return [
        pytest.param(what, other, marks=[pytest.mark.long] * (n != m % len(REPLACING)))
        for m, other in enumerate(others)
        for n, what in enumerate(REPLACING)
    ]


@pytest.mark.parametrize(("what", "step"), in_turn(STEPS))
def test_a_kill_at_any_step_leaves_a_store_with_everything(
    what: str, step: str, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, word = REPLACING[what]
    again = make(at)
    _cut(step, at, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        again()
    monkeypatch.undo()
    assert at.exists() == (step != "second")
    again()
    assert check(at) == []
    assert Query(at).count(ALL) > 0
    assert len(Query(at).edits()) > 0
    assert at.with_name(f"store.{word}").is_dir()
    assert not store_swap.finish(at)


OPENING: dict[str, Callable[[Path], object]] = {
    "load": lambda at: Store(at).append([make_extraction(77)]),
    "edit": lambda at: Store(at).append_edit(11, "status", "denied", "x"),
    "read": lambda at: Query(at).count(ALL),
    "check": check,
    "repair": repair,
    "backup": lambda at: backup(at, at.with_name("other.zip")),
    "migrate": migrate,
    "lock": lambda at: _locked(Store(at)),
}


def _locked(store: Store) -> None:
    """One who waited for the lock made the folder for it anew."""
    with store.lock():
        assert store.exists()


@pytest.mark.parametrize(("what", "opening"), in_turn(OPENING))
def test_whoever_opens_the_place_finds_the_new_store(
    what: str, opening: str, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = REPLACING[what][0](at)
    _cut("second", at, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        again()
    monkeypatch.undo()
    OPENING[opening](at)
    assert check(at) == []
    assert len(Query(at).edits()) > 0
    assert Query(at).count(ALL) > 0


def test_a_running_query_finds_the_new_store(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query, again = Query(at), _restorable(at)
    count = query.count(ALL)
    Store(at).append([make_extraction(5)])
    _cut("second", at, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        again()
    monkeypatch.undo()
    assert query.count(ALL) == count


def test_locks_of_those_who_wait_are_no_store(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = _restorable(at)
    _cut("second", at, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        again()
    monkeypatch.undo()
    at.mkdir()
    (at / "loading.lock").touch()
    Store(at).append([make_extraction(77)])
    assert check(at) == []
    assert len(Query(at).edits()) > 0


def test_what_stands_there_is_never_replaced_by_an_old_note(at: Path) -> None:
    """A note without the first rename, and a half-made folder of another try."""
    note = at.with_name("store.swap")
    note.write_text(json.dumps({"new": "store.repairing", "kept": "store.damaged"}))
    at.with_name("store.repairing").mkdir()
    assert not store_swap.finish(at)
    shutil.move(at, at.with_name("elsewhere"))
    with pytest.raises(StoreMissing):
        Query(at).count(ALL)
    assert Store(at).append([make_extraction(3)]).added == (3,)


@pytest.mark.parametrize("told", ["", "{", "[]", '{"new": 1}', '{"new": "../x", "kept": ".."}'])
def test_a_note_that_says_nothing_is_none(told: str, tmp_path: Path) -> None:
    (tmp_path / "store.swap").write_text(told, encoding="utf-8")
    assert not store_swap.finish(tmp_path / "store")
    assert Store(tmp_path / "store").append([make_extraction(3)]).added == (3,)


def test_a_refused_rename_is_said(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = _restorable(at)
    rename = Path.rename

    def refused(path: Path, target: Path) -> Path:
        if target == at:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    for work in (again, lambda: Query(at).count(ALL), lambda: Store(at).append([])):
        with pytest.raises(StoreNotWritten, match="whole at .*store.restoring.*by hand"):
            work()
    monkeypatch.undo()
    assert Query(at).count(ALL) > 0


def test_a_link_to_a_store_elsewhere_stays_a_link(at: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    shutil.move(at, disk / "store")
    at.symlink_to(disk / "store")
    kept = restore_of(at)
    assert at.is_symlink()
    assert kept == disk / "store.replaced"
    assert Query(at).count(ALL) > 0


def restore_of(at: Path) -> Path | None:
    backup(at, at.with_name("frise.zip"))
    return restore(at.with_name("frise.zip"), at)


def test_the_lock_is_that_of_the_store_that_stands_there(
    at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that is put there while a writer waits has a lock of its own."""
    monkeypatch.setenv("FRISE_STORE_LOCK_SECONDS", "0.05")
    acquire, once = store_swap.finish, iter([True])

    def swapped(location: Path) -> bool:
        if next(once, False):
            at.rename(at.with_name("old"))
            shutil.copytree(at.with_name("old"), at)
        return acquire(location)

    monkeypatch.setattr(store_swap, "finish", swapped)
    with Store(at).lock():
        monkeypatch.undo()
        monkeypatch.setenv("FRISE_STORE_LOCK_SECONDS", "0.05")
        with pytest.raises(StoreError, match="another process has held"), Store(at).lock():
            pass
