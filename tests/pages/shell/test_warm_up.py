"""What is done before the first reader comes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from events.filters import Filters
from pages.shell import warm_up
from pages.shell.store_access import query
from tests.pages.conftest import ROOT

SCRIPT = ROOT / "dashboard.py"


def test_the_store_is_counted_before_anyone_asks(store: Path) -> None:
    st.cache_resource.clear()
    warm_up.read_store()
    asked = query()._kept.answers.cache_info().misses
    assert query().account(Filters()).loaded > 0
    assert query()._kept.answers.cache_info().misses == asked, "it was asked before"


def test_a_missing_store_stops_nothing(empty: Path) -> None:
    warm_up.read_store()
    assert not empty.exists()


def test_the_server_finds_what_it_serves() -> None:
    assert discover_asgi_app(SCRIPT).import_string == "dashboard:app"


def test_nothing_is_complained_about_where_the_server_is_started() -> None:
    command = [sys.executable, "-c", "import dashboard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout + done.stderr == ""


def test_the_server_answers_when_the_store_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(warm_up, "read_store", lambda: done.append("read"))
    serve(lambda: done.append("answers"))
    assert done == ["read", "answers"]


def test_a_store_that_takes_long_is_read_on_beside_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, read = threading.Event(), threading.Event()

    def read_store() -> None:
        assert answers.wait(30)
        read.set()

    monkeypatch.setattr(warm_up, "MOST_SECONDS", 0.01)
    monkeypatch.setattr(warm_up, "read_store", read_store)
    serve(answers.set)
    assert read.wait(30)


def serve(answer: Callable[[], None]) -> None:
    """Start as the server does; in a thread, since browser tests keep a loop in the main one."""

    async def start() -> None:
        async with warm_up.warm_up(st.App(str(SCRIPT))):
            answer()

    with ThreadPoolExecutor(1) as server:
        server.submit(asyncio.run, start()).result(60)


def test_a_session_runs_the_same_file(store: Path) -> None:
    shown = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not shown.exception
    assert shown.get("html")
