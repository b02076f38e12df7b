"""Watching: schedules, sources beside each other, the command, and who is contacted."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from events import settings
from events.source_settings import Source
from events.store import Store, StoreError
from loaders import watch_command
from loaders.sources import schedule
from loaders.sources.collect import Look
from loaders.sources.lock import is_watched, only_watcher
from loaders.sources.state import State
from loaders.sources.watch import watch
from tests.loaders.sources.conftest import Server, Shelf, reply
from tests.loaders.sources.test_kinds import TEXT, feed

ROOT = Path(__file__).resolve().parents[3]


def seconds(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()


@pytest.mark.parametrize(
    ("now", "at", "zone", "then"),
    [
        ("2026-11-29T06:00+01:00", ["07:30"], "Europe/Paris", "2026-11-29T07:30+01:00"),
        ("2026-11-29T07:30+01:00", ["07:30"], "Europe/Paris", "2026-11-30T07:30+01:00"),
        ("2026-11-29T12:00+01:00", ["07:30", "18:00"], "Europe/Paris", "2026-11-29T18:00+01:00"),
        # the night in which 02:00 is 03:00: the hour that is not there comes an hour later
        ("2026-03-29T01:00+01:00", ["02:30"], "Europe/Paris", "2026-03-29T03:30+02:00"),
        ("2026-03-29T04:00+02:00", ["02:30"], "Europe/Paris", "2026-03-30T02:30+02:00"),
        # the night in which 03:00 is 02:00: the hour that comes twice counts once
        ("2026-10-25T00:30+02:00", ["02:30"], "Europe/Paris", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:45+02:00", ["02:30"], "Europe/Paris", "2026-10-26T02:30+01:00"),
        ("2026-03-28T12:00+01:00", ["12:00"], "Europe/Paris", "2026-03-29T12:00+02:00"),
        ("2026-03-08T01:00-05:00", ["02:15"], "America/New_York", "2026-03-08T03:15-04:00"),
    ],
)
def test_times_of_day_hold_over_summer_time(now: str, at: list[str], zone: str, then: str) -> None:
    source = Source("x", "feed", url="http://example.org", at=tuple(at), zone=zone)
    assert schedule.next_time(source, seconds(now)) == seconds(then)


def test_failures_wait_longer_each_time_and_a_server_is_heard() -> None:
    source = Source("x", "feed", url="http://example.org", every_minutes=30)
    waits = [schedule.next_time(source, 0, n) / 60 for n in (0, 1, 2, 3, 99)]
    assert waits == [30, 30, 60, 120, 1440]
    assert schedule.next_time(source, 0, 1, retry_after=7200) == 7200
    # a clock that was set back must not hold a source up for years
    assert schedule.due(source, 1e9, 0) == schedule.LONGEST_BACKOFF


def test_a_slow_or_broken_source_holds_nobody_up(
    server: Server, state: State, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also: sources that are added while watching are taken up, a paused one is left alone, and
    what is broken is told apart from what is not."""
    monkeypatch.setenv("FRISE_WATCHING_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.setenv("FRISE_WATCHING_PAUSE_SECONDS", "0")
    monkeypatch.setattr("loaders.sources.watch.LOOK_SECONDS", 0.05)
    monkeypatch.setattr("loaders.sources.folder.SETTLED", 0.0)
    held = threading.Event()
    server.pages["/slow"] = lambda _connection: (held.wait(15), None)[1]
    server.pages["/broken"] = reply(b"", "500 Broken")
    server.pages["/good"] = feed(("Un", server.url("/1"), TEXT))
    (tmp_path / "in").mkdir()
    named = [("slow", "/slow"), ("broken", "/broken"), ("paused", "/paused"), ("good", "/good")]
    rows = [f'[[sources]]\nname="{n}"\nkind="feed"\nurl="{server.url(p)}"' for n, p in named]
    settings.settings_file().write_text("\n".join(rows))
    state.pause("paused", True)
    told: list[tuple[str, Look]] = []
    stop = threading.Event()
    thread = threading.Thread(
        target=watch, args=(state.store, lambda s, look: told.append((s.name, look)), stop)
    )
    thread.start()
    try:
        _until(lambda: {"broken", "good"} <= {name for name, _ in told})
        assert "slow" not in {name for name, _ in told}
        with pytest.raises(StoreError, match="already"), only_watcher(State(state.store)):
            pass
        assert is_watched(state)
        folder = f'[[sources]]\nname="folder"\nkind="folder"\npath="{tmp_path / "in"}"'
        settings.settings_file().write_text("\n".join([*rows, folder]))
        _until(lambda: "folder" in {name for name, _ in told})
        (tmp_path / "in" / "a.txt").write_text(TEXT * 2)  # seen at once, not after its interval
        _until(lambda: len(shelf.articles) == 2)
    finally:
        stop.set()
        held.set()
        thread.join(10)
    assert not thread.is_alive()
    assert not is_watched(state)
    assert "/paused" not in server.paths
    good, broken = state.entry("good"), state.entry("broken")
    assert (good.articles, good.failures, good.last_success > 0) == (1, 0, True)
    assert (broken.failures, broken.last_success) == (1, 0)
    assert broken.last is not None
    assert "answers 500" in str(broken.last.problem)
    assert broken.next_at > time.time() + 60


def _until(true: object) -> None:
    end = time.monotonic() + 20
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_the_command_says_what_came_and_what_would_come(
    server: Server,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FRISE_WATCHING_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert _command() == 1
    assert "no source" in capsys.readouterr().out
    url = server.url("/feed")
    settings.settings_file().write_text(f'[[sources]]\nname="f"\nkind="feed"\nurl="{url}"')
    server.pages["/feed"] = feed(("Un", server.url("/1"), TEXT))
    assert _command("--try", "f") == 0
    assert "2024-03-04  Le Journal  'Un'" in capsys.readouterr().out
    assert _command("--once") == 0
    assert "f: 1 articles kept" in capsys.readouterr().out
    assert _command("--ledger") == 0
    assert "f: 1 articles, 0 set aside, last success 20" in capsys.readouterr().out


def _command(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    watch_command.add_to(parser.add_subparsers())
    return watch_command.run(parser.parse_args(["watch", *arguments]))


PROGRAM = """
import json, os, sys
asked = []
def note(event, told):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        asked.append([event, str(told[1] if event == "socket.connect" else told[0])])
sys.addaudithook(note)
from loaders.__main__ import main
for settings, *command in json.loads(sys.argv[1]):
    os.environ["FRISE_SETTINGS"] = settings
    asked.clear()
    code = main(command)
    print("RAN", json.dumps([code, asked]))
"""


def test_nobody_is_contacted_but_the_hosts_of_sources(server: Server, tmp_path: Path) -> None:
    """Real loads in a process that tells of every connection and every name it looks up; without a
    source there is none. What came the first time is not repeated."""
    text = "<p>" + TEXT + '<img src="http://tracker.example/x.png"></p>'
    server.pages["/feed"] = feed(("Un", "http://elsewhere.example/1", f"<![CDATA[{text}]]>"))
    article = tmp_path / "a.html"
    article.write_text(f"<html><body><article>{text * 3}</article></body></html>")
    (tmp_path / "frise.toml").write_text(
        f'[[sources]]\nname="f"\nkind="feed"\nurl="{server.url("/feed")}"\n'
    )
    none, some = str(tmp_path / "none.toml"), str(tmp_path / "frise.toml")
    once = ["watch", "--once"]
    loaded, without, first, again = _contacts(
        tmp_path, [none, "load", str(article)], [none, *once], [some, *once], [some, *once]
    )
    assert (loaded, without) == ([0, []], [1, []])
    for code, asked in (first, again):
        assert code == 0
        assert {each.split("'")[1] if "'" in each else each for _, each in asked} == {"127.0.0.1"}
    runs = State(Store(tmp_path / "store")).runs("f")
    assert [(run.kept, run.known, run.problem) for run in runs] == [(0, 1, None), (1, 0, None)]


def _contacts(folder: Path, *commands: list[str]) -> list[list[Any]]:
    """(exit code, [event, address]) of each command: its settings file, then its arguments."""
    told = {
        "FRISE_STORE": str(folder / "store"), "FRISE_NO_MODELS": "1", "FRISE_LOADING_READER": "0",
        "FRISE_LOADING_ARTICLE_SECONDS": "0", "FRISE_WATCHING_PRIVATE_HOSTS": "127.0.0.1",
        "FRISE_WATCHING_PAUSE_SECONDS": "0",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(commands)], cwd=ROOT, env=os.environ | told,
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("RAN ")]
    return [json.loads(line.removeprefix("RAN ")) for line in lines]
