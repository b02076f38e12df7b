"""The command line on a store in a bucket: every command does there what it does in a folder."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import loaders.__main__ as command
from events.bucket import lease
from events.filters import Filters
from events.query import Query
from events.store import Store, store_location
from tests.object_store import Shared

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (
    "---\ntitle: Frappe {n}\nlang: fr\npublished: 2024-11-22\nsource: Essai\n---\n"
    "Jeudi, la Russie a frappé la ville de Dnipro avec {n} missiles.\n"
)

pytestmark = pytest.mark.usefixtures("no_models")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.md").write_text(ARTICLE.format(n=n + 2), "utf-8")
    return folder


def run(*arguments: object) -> int:
    return command.main([str(argument) for argument in arguments])


def events(store: Store) -> list[int]:
    return sorted(int(i) for i in Query(store.location).events(Filters())["event_id"])


def titles() -> list[str]:
    return sorted(Query(store_location()).articles(Filters())["title"])


def test_commands(
    shared: Shared, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = shared.address
    assert run("check") == 1
    assert f"there is no store at {address}" in capsys.readouterr().err
    assert run("load", articles) == 0
    assert run("load", articles) == 0
    assert "0 kept" in (told := capsys.readouterr().out)
    assert "3 already in the store" in told
    shared.at("there")
    assert titles() == ["Frappe 2", "Frappe 3", "Frappe 4"]
    assert run("check") == 0
    assert f"the store at {address} is sound" in capsys.readouterr().out
    assert run("backup", tmp_path / "all.zip") == 0
    first = int(Query(store_location()).articles(Filters())["article_id"].iloc[0])
    assert run("withdraw", first, "--why", "hoax", "--who", "Ana") == 0
    shared.at("here")
    assert len(titles()) == 2
    assert run("maintain") == 0
    assert run("edits", "export", tmp_path / "edits.jsonl") == 0
    assert run("log", tmp_path / "log.jsonl") == 0
    acts = [json.loads(line)["act"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert acts.count("load done") == 2
    assert "withdrawn" in acts
    capsys.readouterr()
    assert run("restore", tmp_path / "all.zip") == 0
    assert f"the store of {tmp_path / 'all.zip'} is at {address}" in capsys.readouterr().out
    shared.at("there")
    assert len(titles()) == 3
    assert run("check") == 0
    assert run("repair") == 0
    assert "nothing was done" in capsys.readouterr().out


def test_a_load_that_is_killed_is_gone_on_with(
    shared: Shared, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "EXPIRES", 0.4)
    environment = {
        **shared.environment(), "FRISE_NO_MODELS": "1", "FRISE_LOADING_BATCH_ARTICLES": "1",
        "FRISE_LOADING_READER": "0", "FRISE_LOADING_ARTICLE_SECONDS": "0",
    }  # fmt: skip
    told = [sys.executable, "-m", "loaders", "load", str(articles)]
    writer = subprocess.Popen(told, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    shared.at("there")
    deadline = time.monotonic() + 60
    rows = 0
    while writer.poll() is None and not rows and time.monotonic() < deadline:
        store_location()
        rows = Store().article_rows()
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    seen = titles()
    assert len(seen) == Store().article_rows() >= 1
    shared.at("here")
    assert run("load", articles) == 0
    assert titles() == ["Frappe 2", "Frappe 3", "Frappe 4"]
    assert run("check") == 0
    there = Store(shared.at("there").location)
    assert titles() == ["Frappe 2", "Frappe 3", "Frappe 4"]
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "folder"))
    assert run("load", articles) == 0
    assert events(there) == events(Store())
