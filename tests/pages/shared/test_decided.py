"""An edit that is stored is told as stored, whatever becomes of its stories."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from events.bucket.objects import StoreUnreachable
from events.store import StoreBusy, StoreError
from pages.shared import decided

BUSY = StoreBusy("another load holds the lock")
SILENT = StoreUnreachable("the bucket does not answer")


@pytest.fixture
def toasts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the page said."""
    said: list[str] = []
    monkeypatch.setattr(decided, "query", lambda: SimpleNamespace(location=tmp_path))
    monkeypatch.setattr(st, "toast", said.append)
    return said


@pytest.mark.parametrize("error", [BUSY, SILENT])
def test_stories_that_do_not_follow_are_no_lost_edit(
    toasts: list[str], monkeypatch: pytest.MonkeyPatch, error: StoreError
) -> None:
    @contextmanager
    def fails_behind(*given: object) -> Iterator[None]:
        yield
        raise error

    monkeypatch.setattr(decided, "stories_follow", fails_behind)
    assert decided.write(1, "Ana", lambda query: None)
    assert len(toasts) == 1
    assert toasts[0].startswith("Saved")


@pytest.mark.parametrize("error", [BUSY, SILENT])
def test_an_edit_that_fails_is_told(
    toasts: list[str], monkeypatch: pytest.MonkeyPatch, error: StoreError
) -> None:
    @contextmanager
    def passes(*given: object) -> Iterator[None]:
        yield

    def edit(query: object) -> None:
        raise error

    monkeypatch.setattr(decided, "stories_follow", passes)
    assert not decided.write(1, "Ana", edit)
    assert toasts == [str(error)]
