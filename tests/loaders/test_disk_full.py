"""No room for a file, met by real processes: said in words, nothing cut under a final name.

A limit on the size of files stands for a full disk: it can be set without any rights, and is met in
the same calls of the system, in Python as in the engines beneath it.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from events.filters import Filters
from events.integrity import check
from events.maintenance import maintain
from events.query import Query
from events.store import Store
from events.store_errors import StoreNotWritten
from exports import __main__ as exports
from loaders import __main__ as loaders
from tests.events.conftest import make_extraction

ROOT = Path(__file__).resolve().parents[2]
ALL = Filters()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    made.append([make_extraction(number) for number in range(1, 9)])
    return made


def _run(store: Store, most_bytes: int, *call: str) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    settings = {"FRISE_STORE": str(store.location), "FRISE_NO_MODELS": "1"}
    return subprocess.run(
        [sys.executable, "-B", "-m", *call], cwd=ROOT, env=os.environ | settings, text=True,
        capture_output=True, preexec_fn=limit, check=False,
    )  # fmt: skip


@pytest.fixture
def done(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """What a command does where there is room, in this process: its exit status."""
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    programs = {"loaders": loaders.main, "exports": exports.main}
    return lambda program, *asked: programs[program](list(asked))


def test_a_load_says_it_and_nothing_is_lost(
    store: Store, done: Callable[..., int], tmp_path: Path
) -> None:
    article = tmp_path / "news.jsonl"
    article.write_text('{"lang": "fr", "text": "Le 3 mars 2024, la Russie a frappé Dnipro."}')
    before = Query(store.location).events(ALL)
    told = _run(store, 4_000, "loaders", "load", str(article))
    assert told.returncode == 1
    assert "cannot be written" in told.stderr
    assert "Traceback" not in told.stderr
    assert check(store.location) == []
    assert Query(store.location).events(ALL).equals(before)
    assert done("loaders", "load", str(article)) == 0


def test_a_temporary_folder_without_room_is_no_fault_of_the_article(
    store: Store, tmp_path: Path
) -> None:
    article = tmp_path / "news.txt"
    article.write_text("Germany sent tanks to Ukraine on 3 March 2024.", encoding="utf-8")
    done = _run(store, 4_000, "loaders", "load", str(article))
    assert done.returncode == 1
    assert "File too large. Make room" in done.stderr
    assert Query(store.location).rejected().empty


@pytest.mark.parametrize("command", ["maintain", "repair"])
def test_maintenance_and_repair_leave_the_store_as_it_was(
    store: Store, done: Callable[..., int], command: str
) -> None:
    store.append([make_extraction(20)])
    before = Query(store.location).events(ALL)
    if command == "repair":
        (store.location / "manifest" / "copies.json").unlink()
    told = _run(store, 4_000, "loaders", command)
    assert told.returncode == 1
    assert "File too large" in told.stderr
    assert "make room on the disk" in told.stderr
    assert "Traceback" not in told.stderr
    assert len(check(store.location)) == (command == "repair")
    done("loaders", command)
    assert check(store.location) == []
    assert Query(store.location).events(ALL).equals(before)


def test_maintenance_without_room_says_so_before_it_begins(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append([make_extraction(20)])
    room = shutil.disk_usage(store.location)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    before = {path: path.stat().st_mtime_ns for path in store.location.rglob("*.parquet")}
    with pytest.raises(StoreNotWritten, match=r"MB are needed, 0.0 MB are free"):
        maintain(store)
    assert {path: path.stat().st_mtime_ns for path in store.location.rglob("*.parquet")} == before
    monkeypatch.undo()
    maintain(store)
    maintain(store)  # nothing is to be joined: no room is asked for
    assert check(store.location) == []


def test_a_backup_is_whole_or_not_there(store: Store, tmp_path: Path) -> None:
    done = _run(store, 20_000, "loaders", "backup", str(tmp_path / "frise.zip"))
    assert done.returncode == 1
    assert "frise.zip cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("frise.zip*"))


def test_a_restore_leaves_what_stood_there(
    store: Store, done: Callable[..., int], tmp_path: Path
) -> None:
    file = str(tmp_path / "frise.zip")
    assert done("loaders", "backup", file) == 0
    told = _run(store, 4_000, "loaders", "restore", file)
    assert told.returncode == 1
    assert "File too large" in told.stderr
    assert "make room on the disk" in told.stderr
    assert "Traceback" not in told.stderr
    assert check(store.location) == []


def test_an_export_is_whole_or_not_there(store: Store, tmp_path: Path) -> None:
    done = _run(store, 1_000, "exports", "csv", "--out", str(tmp_path / "events.csv"))
    assert done.returncode == 4
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("events.csv*"))


@pytest.mark.parametrize(
    "folder", ["a new one", pytest.param("an old one", marks=pytest.mark.long)]
)
def test_a_pack_is_whole_or_not_there(
    store: Store, done: Callable[..., int], tmp_path: Path, folder: str
) -> None:
    place = tmp_path / "pack"
    if folder == "an old one":
        assert done("exports", "pack", "--out", str(place)) == 0
    before = {path.name: path.read_bytes() for path in place.glob("*")}
    told = _run(store, 100_000, "exports", "pack", "--out", str(place))
    assert told.returncode == 4
    assert "cannot write" in told.stderr
    assert place.exists() == bool(before)
    assert {path.name: path.read_bytes() for path in place.glob("*")} == before
