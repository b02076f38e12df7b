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
from events.model import Extraction
from events.query import Query
from events.store import Store, StoreError, StoreMissing, StoreNotWritten
from loaders import __main__ as command
from tests.events.conftest import make_extraction

ALL = Filters()
Make = Callable[..., Extraction]
Harm = Callable[[Path], object]


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


def data_file(location: Path, table: str) -> Path:
    return sorted(p for p in (location / table).rglob("*.parquet") if "_delta_log" not in p.parts)[
        0
    ]


def stated(location: Path, table: str) -> Path:
    return location / "manifest" / f"{table}.json"


def log(location: Path, table: str, number: int = -1) -> Path:
    return sorted((location / table / "_delta_log").glob("*.json"))[number]


def flipped(path: Path) -> None:
    """One byte of the middle, in the pages of the file."""
    told = bytearray(path.read_bytes())
    told[len(told) // 4] ^= 0xFF
    path.write_bytes(bytes(told))


def replaced_by_a_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("no table", encoding="utf-8")


def replaced_by_a_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def harms(table: str) -> dict[str, Harm]:
    return {
        f"{table}: newest log lost": lambda at: log(at, table).unlink(),
        f"{table}: newest log empty": lambda at: log(at, table).write_bytes(b""),
        f"{table}: newest log cut": lambda at: log(at, table).write_bytes(
            log(at, table).read_bytes()[:200]
        ),
        f"{table}: newest log garbage": lambda at: log(at, table).write_bytes(b"\x00\xff{"),
        f"{table}: first log lost": lambda at: log(at, table, 0).unlink(),
        f"{table}: all logs lost": lambda at: shutil.rmtree(at / table / "_delta_log"),
        f"{table}: file lost": lambda at: data_file(at, table).unlink(),
        f"{table}: file empty": lambda at: data_file(at, table).write_bytes(b""),
        f"{table}: file cut": lambda at: data_file(at, table).write_bytes(
            data_file(at, table).read_bytes()[:-40]
        ),
        f"{table}: file garbage": lambda at: data_file(at, table).write_bytes(b"nothing" * 9),
        f"{table}: a byte flipped": lambda at: flipped(data_file(at, table)),
        f"{table}: table lost": lambda at: shutil.rmtree(at / table),
        f"{table}: table a file": lambda at: replaced_by_a_file(at / table),
        f"{table}: manifest lost": lambda at: stated(at, table).unlink(),
        f"{table}: manifest garbage": lambda at: stated(at, table).write_text("{"),
    }


def log_gap(location: Path, table: str) -> None:
    """An entry in the middle of the log is missing."""
    log(location, table, -2).unlink()


HARMS: dict[str, Harm] = {
    **harms("articles"),
    **harms("events"),
    **harms("texts"),
    **harms("edits"),
    "articles: log gap": lambda at: log_gap(at, "articles"),
    "edits: log gap": lambda at: log_gap(at, "edits"),
    "events: file a folder": lambda at: replaced_by_a_folder(data_file(at, "events")),
    "edits: file a folder": lambda at: replaced_by_a_folder(data_file(at, "edits")),
    "marker lost": lambda at: (at / "store.json").unlink(),
    "marker empty": lambda at: (at / "store.json").write_text(""),
    "marker garbage": lambda at: (at / "store.json").write_bytes(b"\xff\xfe{"),
    "marker a folder": lambda at: replaced_by_a_folder(at / "store.json"),
    "loading lock a folder": lambda at: replaced_by_a_folder(at / "loading.lock"),
    "edits lock a folder": lambda at: replaced_by_a_folder(at / "edits.lock"),
}
# the whole command line, in words: one of each kind
TYPED = ("articles: newest log lost", "events: file cut", "edits: table lost", "marker lost")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What `store` makes, made once; tests harm copies of it."""
    return filled(tmp_path_factory.mktemp("sound") / "store")


@pytest.fixture(scope="module")
def before(sound: Store) -> set[int]:
    return set(Query(sound.location).events(ALL)["event_id"])


def run(location: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("FRISE_STORE", str(location))
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    return command.main(list(arguments))


@pytest.mark.parametrize("harm", HARMS)
def test_damage_is_noticed_never_written_over_and_repaired(
    harm: str, sound: Store, before: set[int], tmp_path: Path
) -> None:
    at = tmp_path / "store"
    shutil.copytree(sound.location, at)
    HARMS[harm](at)
    files = {path: path.read_bytes() for path in at.rglob("*") if path.is_file()}
    assert check(at)
    if "lock" not in harm:
        refused = [_refused(lambda: Store(at).append([make_extraction(9)])),
                   _refused(lambda: maintain(Store(at)))]  # fmt: skip
        assert all(refused) or _readable(harm)
        _refused(lambda: Query(at).events(ALL))  # damage or an answer, nothing else
    if not _readable(harm):
        for path, told_before in files.items():
            assert path.read_bytes() == told_before, path
    repair(at)
    assert check(at) == []
    if _keeps(harm, "edits"):
        assert sorted(Store(at).read("edits", ["who"]).column("who").to_pylist()) == ["Ana", "Ben"]
    if _keeps(harm, "events") and _keeps(harm, "articles"):
        assert before <= set(Store(at).column("events", "event_id"))
    assert Store(at).append([make_extraction(10)]).added == (10,)


def _refused(work: Callable[[], object]) -> bool:
    """Whether it raised the error that says what is wrong; any other error is a fault."""
    try:
        work()
    except StoreError:
        return True
    return False


def _readable(harm: str) -> bool:
    """Harm that is in one file of rows: what does not read that file may go on."""
    return "byte flipped" in harm or ("file" in harm and "table a file" not in harm)


def _keeps(harm: str, table: str) -> bool:
    """Whether the harm leaves all rows of the table in files that can be read."""
    lossy = ("file", "byte", "table lost", "table a file")
    return not harm.startswith(f"{table}:") or not any(words in harm for words in lossy)


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
    HARMS[harm](at)
    article = tmp_path / "news.txt"
    article.write_text("Germany sent tanks to Ukraine on Monday.", encoding="utf-8")
    assert run(at, monkeypatch, "check") == 1
    assert str(at) in capsys.readouterr().out
    for words in (("load", str(article)), ("maintain",)):
        code = run(at, monkeypatch, *words)
        told = capsys.readouterr().err
        assert code == 1 or _readable(harm)
        assert "Traceback" not in told
        assert "loaders check" in told or _readable(harm)
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


@pytest.mark.parametrize(
    "place", ["events.manifest.write_beside", "events.store_tables.write_beside"]
)
def test_a_full_disk_is_said_wherever_it_is_met(
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    article = tmp_path / "news.txt"
    article.write_text("Germany sent tanks to Ukraine on Monday.", encoding="utf-8")
    monkeypatch.setattr(place, full)
    assert run(tmp_path / "fresh", monkeypatch, "load", str(article)) == 1
    assert "No space left" in capsys.readouterr().err


def test_a_full_disk_leaves_no_cut_backup(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "frise.zip"
    monkeypatch.setattr("events.backup.zipfile.ZipFile.write", full)
    assert run(store.location, monkeypatch, "backup", str(target)) == 1
    assert "No space left" in capsys.readouterr().err
    monkeypatch.undo()
    assert not list(tmp_path.glob("frise.zip*"))
    backup(store.location, target)
    monkeypatch.setattr("events.backup.zipfile.ZipFile.extract", full)
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
