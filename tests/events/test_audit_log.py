"""The log holds every act, in one chain, whatever is done to its file and whoever is killed."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from events import audit_log
from events.backup import backup, restore
from events.integrity import check, repair
from events.store import Store
from events.store_tables import StoreTables
from events.withdrawal import erase, withdraw
from tests.events.conftest import make_extraction

WRITER = """
import sys
from pathlib import Path
from events import audit_log
from events.store_tables import StoreTables
for number in range(100_000):
    audit_log.record(StoreTables(Path(sys.argv[1])), "edit", "Ben", f"event {number}")
    print(number, flush=True)
"""

ONE_ACT = """
from events import audit_log
from events.store import Store
audit_log.record(Store(), "export", "Ben", "file b.csv")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three acts."""
    store = Store(tmp_path_factory.mktemp("log") / "store")
    store.append([make_extraction(1), make_extraction(2)])
    store.append_edits(11, {"status": "claimed", "weight": "2"}, "one side says so", "Ana")
    withdraw(store, {2: "hash"}, "a hoax", "Ben")
    audit_log.record(store, "export", "Ana", "file a.xlsx: 3 reports", [{"sha256": "ab"}])
    return store.location


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    shutil.copytree(made, tmp_path / "store")
    return Store(tmp_path / "store")


def test_every_act_is_a_line_without_words_of_the_article(store: Store) -> None:
    erase(store, {2: "hash"}, "a court ordered it", "Ben")
    told = [(e.n, e.kind, e.who, e.of) for e in audit_log.entries(store.location)]
    assert told == [
        (1, "edit", "Ana", "event 11: status, weight"),
        (2, "withdraw", "Ben", "article 2"),
        (3, "export", "Ana", "file a.xlsx: 3 reports"),
        (4, "withdraw", "Ben", "article 2"),
    ]
    assert check(store.location) == []
    edits = store.read("edits", ["edit_id", "event_id", "field", "value", "why", "who", "at"])
    assert audit_log.digest(edits.to_pylist()) == audit_log.entries(store.location)[0].rows


KEEP_30, KEEP_60 = "[store]\nkeep_days = 30\n", "[store]\nkeep_days = 60\n"


def _write_settings(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(time.time_ns(), time.time_ns()))  # file systems keep coarse times


def _told(store: Store, since: int) -> list[str]:
    """What the log says of settings after so many lines, "act" for each other act."""
    lines = audit_log.entries(store.location)[since:]
    return [e.of if e.act == "settings noticed" else "act" for e in lines]


@pytest.mark.parametrize("acts", [1, 2])
def test_settings_that_were_changed_by_hand_are_a_line_before_the_next_act(
    acts: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where they became again what an earlier line says of them."""
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    before = len(audit_log.entries(store.location))
    for text in ("", KEEP_30, f"{KEEP_30}# a comment\n", "", KEEP_30, KEEP_60, KEEP_30):
        _write_settings(store.location.parent / "frise.toml", text)
        for _ in range(acts):
            audit_log.record(store, "export", "Ana", "file a.csv")
    done, days = ["act"] * acts, "settings: store.keep_days = "
    keep_30, keep_60 = [f"{days}30", *done], [f"{days}60", *done]
    ship = ["settings: as they ship", *done]
    expected = [*done, *keep_30, *done, *ship, *keep_30, *keep_60, *keep_30]
    assert _told(store, before) == expected
    assert audit_log.breaks(store.location) == []


def test_each_file_of_settings_is_compared_with_its_own_lines(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes with files of their own tell theirs once, whoever acts between."""
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    before, other = len(audit_log.entries(store.location)), tmp_path / "etc" / "frise.toml"
    other.parent.mkdir()
    _write_settings(store.location.parent / "frise.toml", KEEP_30)
    _write_settings(other, KEEP_60)
    for _ in range(2):
        monkeypatch.delenv("FRISE_SETTINGS", raising=False)
        audit_log.record(store, "export", "Ana", "file a.csv")
        monkeypatch.setenv("FRISE_SETTINGS", str(other))
        audit_log.record(store, "export", "Ben", "file b.csv")
    named = f"settings {platform.node()}:{other}: store.keep_days = 60"
    beside = "settings: store.keep_days = 30"
    assert _told(store, before) == [beside, "act", named, "act", "act", "act"]
    monkeypatch.setattr(platform, "node", lambda: "another")  # the same path there is another file
    audit_log.record(store, "export", "Cleo", "file c.csv")
    other.unlink()
    audit_log.record(store, "export", "Cleo", "file c.csv")
    head = f"settings another:{other}: "
    cleo = [f"{head}store.keep_days = 60", "act", f"{head}as they ship", "act"]
    assert _told(store, before + 6) == cleo


def test_settings_that_another_process_told_are_not_told_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither before nor while this one waited for the lock of the log."""
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    before, file = len(audit_log.entries(store.location)), store.location.parent / "frise.toml"
    lock = StoreTables.lock

    def another_first(tables: StoreTables, kind: str) -> contextlib.AbstractContextManager[None]:
        subprocess.run([sys.executable, "-c", ONE_ACT], check=True)
        return lock(tables, kind)

    _write_settings(file, KEEP_30)
    with monkeypatch.context() as patch:
        patch.setattr(StoreTables, "lock", another_first)
        audit_log.record(store, "export", "Ana", "file a.csv")
    audit_log.record(store, "export", "Ana", "file a.csv")
    assert _told(store, before) == ["settings: store.keep_days = 30", "act", "act", "act"]


# what somebody does to the lines, and what `check` says of it
TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], tuple[str, ...]]] = {
    "another name": (
        lambda lines: [lines[0].replace(b"Ana", b"Eve"), *lines[1:]],
        ("line 1: it was changed",),
    ),
    "a line less": (lambda lines: [lines[0], lines[2]], ("line 2: it is number 3, 2 should",)),
    "another order": (
        lambda lines: [lines[1], lines[0], lines[2]],
        ("line 1: it is number 2", "line 2: it is number 1", "line 3: it is number 3"),
    ),
    "the last one cut off": (lambda lines: lines[:2], ("line 3: 3 lines were written, 2 are",)),
    "no JSON": (
        lambda lines: [lines[0], b"{\n", lines[2]],
        ("line 2: it cannot be read", "line 3: it does not follow"),
    ),
    "all of it": (lambda lines: [], ("line 1: 3 lines were written, 0 are there",)),
    "half a line of a kill": (lambda lines: [*lines, b'{"n": 4, "at'], ()),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_what_is_done_to_the_file_is_found_and_can_be_noted(case: str, store: Store) -> None:
    change, expected = TAMPERED[case]
    path = store.location / audit_log.FILE
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
    told = [f"line {each.line}: {each.words}" for each in audit_log.breaks(store.location)]
    assert len(told) == len(expected)
    assert all(said.startswith(wanted) for said, wanted in zip(told, expected, strict=True))
    assert audit_log.note_breaks(store, "Ana") == len(expected)
    audit_log.record(store, "export", "Ben")
    assert audit_log.breaks(store.location) == []  # the chain goes on
    noted = [e for e in audit_log.entries(store.location) if e.act == audit_log.BREAK_NOTED]
    assert len(noted) == bool(expected)


def test_a_log_that_nothing_counts_is_found(store: Store) -> None:
    (store.location / "manifest" / "log.json").unlink()
    assert ["log.json is missing" in str(damage) for damage in check(store.location)] == [True]
    assert repair(store.location, "Ana").kept == ""
    assert check(store.location) == []


def test_two_processes_write_at_once_and_one_is_killed(store: Store) -> None:
    asked = [sys.executable, "-c", WRITER, str(store.location)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE) as other:
        assert other.stdout
        told = [other.stdout.readline()]
        for number in range(20):
            audit_log.record(store, "edit", "Cid", f"event {number}")
            time.sleep(0.03)  # the other has its turn
        other.kill()
        told += other.stdout.read().splitlines()
    audit_log.record(store, "edit", "Dee")  # the lock of the killed one holds nobody back
    who = Counter(entry.who for entry in audit_log.entries(store.location))
    assert audit_log.breaks(store.location) == []
    assert (who["Cid"], who["Dee"]) == (20, 1)
    assert who["Ben"] >= len(told) > 1  # what it said that it wrote


def test_a_backup_brings_its_log_back_and_the_restore_is_a_line(
    store: Store, tmp_path: Path
) -> None:
    backup(store.location, tmp_path / "frise.zip", "Ana")
    audit_log.record(store, "export", "Ben")
    kept = restore(tmp_path / "frise.zip", store.location, "Cid")
    told = [(e.who, e.act) for e in audit_log.entries(store.location)[3:]]
    assert told == [("Ana", "backup made"), ("Cid", "store restored")]
    assert check(store.location) == []
    assert kept
    assert audit_log.entries(kept)[-1].act == "export"


def test_a_damaged_table_is_mended_with_the_log_kept(store: Store) -> None:
    (store.location / "manifest" / "stories.json").unlink()
    repair(store.location, "Ana")
    assert [e.act for e in audit_log.entries(store.location)][-2:] == ["export", "store repaired"]
    assert check(store.location) == []


def test_an_act_that_nobody_knows_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="add it to ACTS"):
        audit_log.record(store, "edits")
