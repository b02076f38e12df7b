"""What is done before the first reader comes."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

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


def test_the_server_finds_what_it_serves_and_reads_in_a_thread(store: Path) -> None:
    assert discover_asgi_app(SCRIPT).import_string == "dashboard:app"

    st.cache_resource.clear()

    async def serve() -> set[str]:
        async with ahead.ahead(st.App(str(SCRIPT))):
            return {thread.name for thread in threading.enumerate()}

    assert "ahead" in asyncio.run(serve())
    for thread in threading.enumerate():
        if thread.name == "ahead":
            thread.join(30)
    assert query().account(Filters()).loaded > 0


def test_a_session_runs_the_same_file(store: Path) -> None:
    shown = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not shown.exception
    assert shown.get("html")
