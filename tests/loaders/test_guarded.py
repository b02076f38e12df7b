"""The clock: a late article is set aside for another try, and the run goes on."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.model import Article
from events.store import Store
from loaders import guarded, pipeline
from loaders.guarded import LATE, extract
from loaders.load import load_found
from loaders.pipeline import StageError
from loaders.readers.json_lines import article_from_record

TODAY = dt.date(2024, 12, 1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "60")
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    yield
    guarded._end_kept()


def article(text: str = "Russia struck Kyiv on Monday.") -> Article:
    return article_from_record({"text": text, "published": "2024-11-26", "lang": "en"})


def test_a_worker_reads_as_this_process_does() -> None:
    given = article()
    assert extract(given, TODAY) == pipeline.extract(given, TODAY)
    assert extract(given, TODAY, 0.0) == pipeline.extract(given, TODAY, 0.0)


def test_a_late_article_is_set_aside_and_the_next_load_tries_it_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = [("a", article("Russia struck Kyiv on Monday. " * 500))]
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "0.001")
    report = load_found(iter(found), Store(tmp_path / "store"), TODAY)
    (aside,) = report.set_aside
    assert (report.kept, aside.remedy) == ([], LATE)
    assert "not read within 0.001 s" in aside.problem
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "60")
    again = load_found(iter(found), Store(tmp_path / "store"), TODAY)
    assert (len(again.kept), again.set_aside) == (1, [])


def test_a_worker_that_dies_is_said_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    extract(article(), TODAY)
    worker = guarded._KEPT[0]
    monkeypatch.setattr(worker.process, "poll", lambda: None)  # it dies after it was looked at
    os.kill(worker.process.pid, signal.SIGKILL)
    with pytest.raises(StageError, match="worker process ended"):
        extract(article(), TODAY)
    monkeypatch.undo()
    monkeypatch.setenv("FRISE_LOADING_ARTICLE_SECONDS", "60")
    assert extract(article(), TODAY).events
