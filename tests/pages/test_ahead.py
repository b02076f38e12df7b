"""What is done before the first reader comes."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from events.filters import Filters
from pages.parts import ahead
from pages.parts.data import query
from tests.pages.conftest import ROOT

SCRIPT = ROOT / "dashboard.py"


def test_the_store_is_counted_before_anyone_asks(store: Path) -> None:
    st.cache_resource.clear()
    ahead.read_store()
    assert query().account(Filters()).loaded > 0
    kept = query()._results  # what was asked once costs nothing the second time
    assert any(key[0] == "account" for key in kept if isinstance(key, tuple))


def test_a_missing_store_stops_nothing(empty: Path) -> None:
    ahead.read_store()
    assert not empty.exists()


def test_the_server_finds_what_it_serves() -> None:
    assert discover_asgi_app(SCRIPT).import_string == "dashboard:app"


def test_the_server_answers_while_the_store_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Served from a thread of its own: browser tests keep a loop in the main one."""
    answering, read_by = threading.Event(), list[str]()

    def read() -> None:
        assert answering.wait(30)
        read_by.append(threading.current_thread().name)

    async def serve() -> None:
        async with ahead.ahead(st.App(str(SCRIPT))):
            answering.set()

    monkeypatch.setattr(ahead, "read_store", read)
    with ThreadPoolExecutor(1) as server:
        server.submit(asyncio.run, serve()).result(60)
    for thread in threading.enumerate():
        if thread.name == "ahead":
            thread.join(30)
    assert read_by == ["ahead"]


def test_a_session_runs_the_same_file(store: Path) -> None:
    shown = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not shown.exception
    assert shown.get("html")
