"""Pages take turns: few are drawn at once, and one that breaks gives its turn back."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from pages.shell import frame


@pytest.mark.parametrize("way", ["ends", "breaks", "stops"])
def test_no_more_than_two_pages_are_drawn_at_once(
    store: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    inside, most = 0, 0
    counting = threading.Lock()

    def drawn(_draw: Any, _filtered: bool) -> None:
        nonlocal inside, most
        with counting:
            inside += 1
            most = max(most, inside)
        time.sleep(0.05)
        with counting:
            inside -= 1
        if way == "breaks":
            raise RuntimeError("a page that breaks")
        if way == "stops":
            st.stop()

    monkeypatch.setattr(frame, "_draw", drawn)

    def reader() -> None:
        try:
            frame.show(lambda _filters: None)
        except (RuntimeError, StopException):
            return

    readers = [threading.Thread(target=reader) for _ in range(6)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join(10)
    assert not any(thread.is_alive() for thread in readers)
    assert (inside, most) == (0, 2)
