"""Damage is noticed, said, never written over, and repaired as far as that can be done."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from deltalake.exceptions import DeltaError

from events import manifest
from events.backup import BackupError, backup, restore, verify
from events.filters import Filters
from events.integrity import check, repair
from events.maintenance import maintain
from events.migration import migrate
from events.model import Extraction
from events.query import Query
from events.store import Store, StoreError, StoreMissing, StoreNotWritten
from loaders import __main__ as command
from tests.events.conftest import make_extraction
from tests.events.damage import HARMS, data_file, log

ALL = Filters()
Make = Callable[..., Extraction]


def filled(location: Path) -> Store:
    """A store of four articles in two commits, with two edits."""
    store = Store(location)
    store.append([make_extraction(1), make_extraction(2)])
    store.append([make_extraction(3), make_extraction(4)])
    store.append_edit(11, "status", "claimed", "only one side says so", "Ana")
    store.append_edit(21, "status", "denied", "taken from the ministry", "Ben")
    return store


@pytest.fixture
def store(tmp_path: Path, sound: Store) -> Store:
    shutil.copytree(sound.location, tmp_path / "store")
    return Store(tmp_path / "store")


# the whole command line, in words: one of each kind
TYPED = ("articles: newest log lost", "edits: file cut", "edits: table lost", "marker lost")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What `store` makes, made once; tests harm copies of it."""
    return filled(tmp_path_factory.mktemp("sound") / "store")


def run(location: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("FRISE_STORE", str(location))
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    return command.main(list(arguments))


@pytest.mark.parametrize("harm", TYPED)
def test_the_command_line_says_it_and_repairs(
    harm: str,
    sound: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = tmp_path / "store"
    shutil.copytree(sound.location, at)
    HARMS[harm].do(at)
    article = tmp_path / "news.txt"
    article.write_text("Germany sent tanks to Ukraine on Monday.", encoding="utf-8")
    assert run(at, monkeypatch, "check") == 1
    assert str(at) in capsys.readouterr().out
    for words in (("load", str(article)), ("maintain",)):
        code = run(at, monkeypatch, *words)
        told = capsys.readouterr().err
        assert code == 1 or words[0] in HARMS[harm].goes_on
        assert "Traceback" not in told
        assert "loaders check" in told or words[0] in HARMS[harm].goes_on
    assert run(at, monkeypatch, "repair") == 0
    assert "rows kept" in capsys.readouterr().out
    assert Query(at).count(ALL) > 0
    assert run(at, monkeypatch, "load", str(article)) == 0


@pytest.mark.parametrize("told", [b"{", b"[]", b"\xff\xfe"])
def test_views_that_cannot_be_read_are_said_and_kept(store: Store, told: bytes) -> None:
    views = store.location / "views.json"
    views.write_bytes(told)
    assert [damage.where for damage in check(store.location)] == [views]
    assert views.read_bytes() == told
    views.unlink()
    assert check(store.location) == []  # a store need not have saved views


def test_a_newer_store_is_neither_checked_nor_repaired(store: Store) -> None:
    (store.location / "store.json").write_text('{"schema": 99}', encoding="utf-8")
    for work in (check, repair, lambda at: Query(at).count(ALL), lambda at: backup(at, at / "x")):
        with pytest.raises(StoreError, match="newer Frise"):
            work(store.location)
    assert not store.location.with_name("store.damaged").exists()


def test_a_marker_that_says_an_older_schema_than_the_tables_have(store: Store) -> None:
    (store.location / "store.json").write_text('{"schema": 1}', encoding="utf-8")
    with pytest.raises(StoreError, match="tables are of another one"):
        migrate(store.location)
    with pytest.raises(StoreError, match="loaders migrate"):
        Query(store.location).count(ALL)
    before = Store(store.location)
    repair(store.location)
    assert check(store.location) == []
    assert len(before.column("events", "event_id")) == 16


def test_a_store_that_was_half_made_is_made(tmp_path: Path) -> None:
    """A kill while a store is made leaves tables without rows: nothing is lost by going on."""
    store = Store(tmp_path / "store")
    store.create()
    (store.location / "store.json").unlink()
    with pytest.raises(StoreMissing):
        store.check()
    assert store.append([make_extraction(1)]).added == (1,)
    assert check(store.location) == []


def test_a_store_that_another_process_made_meanwhile_is_left_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = (store.location / "store.json").read_bytes()
    late, asked = Store(store.location), iter([False])
    monkeypatch.setattr(late, "exists", lambda: next(asked, True))
    monkeypatch.setattr(late, "_holds_rows", lambda: False)
    late.create()
    assert (store.location / "store.json").read_bytes() == marker


def test_a_repair_waits_for_who_writes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    log(store.location, "edits").unlink()
    monkeypatch.setenv("FRISE_STORE_LOCK_SECONDS", "0.05")
    with store.lock(), pytest.raises(StoreError, match="another process has held"):
        repair(store.location)
    assert not store.location.with_name("store.damaged").exists()
    assert repair(store.location).kept


@pytest.mark.parametrize("words", ["No space left on device", "Read-only file system"])
def test_a_full_disk_is_no_damage(
    words: str, store: Store, extraction: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise DeltaError(f"Generic LocalFileSystem error: Unable to copy data to file: {words}")

    for module in ("store_tables", "maintenance"):
        monkeypatch.setattr(f"events.{module}.write_deltalake", full)
    for work in (lambda: maintain(store), lambda: store.append([extraction(5)])):
        with pytest.raises(StoreNotWritten, match=words):
            work()
    monkeypatch.undo()
    assert check(store.location) == []
    assert store.append([extraction(5)]).added == (5,)


def _full(*_arguments: object) -> None:
    """What a write does on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "place", ["events.manifest.write_beside", "events.store_tables.write_beside"]
)
def test_a_full_disk_is_said_wherever_it_is_met(
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    article = tmp_path / "news.txt"
    article.write_text("Germany sent tanks to Ukraine on Monday.", encoding="utf-8")
    monkeypatch.setattr(place, _full)
    assert run(tmp_path / "fresh", monkeypatch, "load", str(article)) == 1
    assert "No space left" in capsys.readouterr().err


def test_a_full_disk_leaves_no_cut_backup(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    target = tmp_path / "frise.zip"
    monkeypatch.setattr("events.backup.zipfile.ZipFile.write", _full)
    assert run(store.location, monkeypatch, "backup", str(target)) == 1
    assert "No space left" in capsys.readouterr().err
    monkeypatch.undo()
    assert not list(tmp_path.glob("frise.zip*"))
    backup(store.location, target)
    monkeypatch.setattr("events.backup.zipfile.ZipFile.extract", _full)
    assert run(tmp_path / "other", monkeypatch, "restore", str(target)) == 1
    assert "No space left" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


def test_a_sound_store_is_called_sound(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(store.location) == []
    assert run(store.location, monkeypatch, "check") == 0
    assert "is sound" in capsys.readouterr().out
    assert repair(store.location).kept == ""


def test_a_flipped_byte_is_found_though_the_file_can_be_read(store: Store) -> None:
    """Even where Parquet's own reader does not mind."""
    path = data_file(store.location, "texts")
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        told = bytearray(whole)
        told[place] ^= 0x01
        path.write_bytes(bytes(told))
        assert any(damage.where == path for damage in check(store.location)), place
    path.write_bytes(whole)
    assert check(store.location) == []


def test_a_kill_between_commit_and_manifest_is_no_damage(
    store: Store, extraction: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(manifest, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        store.append([extraction(5)])
    monkeypatch.undo()
    assert check(store.location) == []
    assert Query(store.location).count(ALL) > 0
    store.append([extraction(5)])
    stated = manifest.read(store.location, "events")
    assert stated is not None
    assert stated.version == store.open_table("events").version()


def test_a_backup_makes_the_same_store(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "frise.zip"
    before, edits = Query(store.location).events(ALL), Query(store.location).edits()
    assert backup(store.location, file) > 10
    assert restore(file, tmp_path / "other") is None
    assert check(tmp_path / "other") == []
    assert Query(tmp_path / "other").events(ALL).equals(before)
    assert Query(tmp_path / "other").edits().equals(edits)


def test_a_restored_store_is_seen_by_those_who_read(
    store: Store, extraction: Make, tmp_path: Path
) -> None:
    file = tmp_path / "frise.zip"
    backup(store.location, file)
    count = Query(store.location).count(ALL)
    query = Query(store.location)
    store.append([extraction(5)])
    assert query.count(ALL) > count
    kept = restore(file, store.location)
    assert query.count(ALL) == count
    assert kept is not None
    assert Query(kept).count(ALL) > count


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_damaged_backup_is_refused(store: Store, tmp_path: Path, place: float) -> None:
    file = tmp_path / "frise.zip"
    backup(store.location, file)
    told = bytearray(file.read_bytes())
    told[int(len(told) * place)] ^= 0xFF
    file.write_bytes(bytes(told))
    with pytest.raises(BackupError, match="frise.zip"):
        restore(file, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_backup_that_leads_outside_is_refused(tmp_path: Path) -> None:
    import zipfile

    file = tmp_path / "evil.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("backup.json", json.dumps({"schema": 2, "files": {"../x": "0"}}))
        packed.writestr("../x", "out")
    with pytest.raises(BackupError, match="leads out"):
        verify(file)


def test_a_read_only_store_is_read_and_says_why_it_is_not_written(
    store: Store, extraction: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_more: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("events.store_tables.write_deltalake", refused)
    with pytest.raises(StoreError, match="Read-only file system.*reported as kept"):
        store.append([extraction(5)])
    with pytest.raises(StoreError, match="change the folder's rights"):
        store.append_edit(11, "status", "denied", "x", "Ana")
    assert Query(store.location).count(ALL) > 0
    monkeypatch.undo()
    monkeypatch.setattr("events.store_tables.FileLock.acquire", refused)
    with pytest.raises(StoreError, match="Reading and exporting go on"):
        store.append([extraction(5)])


def test_an_edit_does_not_wait_for_a_load(store: Store) -> None:
    with store.lock():
        store.append_edit(11, "status", "denied", "while a load goes on", "Ana")
    assert Query(store.location).edits()["why"].iloc[0] == "while a load goes on"


def test_an_edit_waits_for_a_bounded_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_STORE_EDIT_LOCK_SECONDS", "0.05")
    with store.lock("edits"), pytest.raises(StoreError, match="another process has held"):
        Store(store.location).append_edit(11, "status", "denied", "x", "Ana")
