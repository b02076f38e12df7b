"""Articles of an older reader: a line with their number, and a button that reads them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.model import Article, Event, Extraction, Published
from events.query import Query
from events.store import Store, StoreBusy
from loaders import batch, pipeline, reread
from tests.pages.page_text import html_of

TODAY = dt.date(2024, 12, 1)
TEXT = "On Thursday, Russia struck Dnipro with a missile. Ukraine condemned the attack on Friday."
Change = Callable[[list[Event]], list[Event]]


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two articles that another reader read."""
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    store = Store()
    day = Published.given(dt.date(2024, 11, 23))
    for number, source in enumerate(("Gazette", "Courier"), start=1):
        article = Article(number, f"Strike {number}", TEXT, "en", source, published=day)
        store.append([replace(pipeline.extract(article, TODAY), reader_version="0")])
    return store


def _keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def _read_by(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """A reader that tells other events than the present one."""

    def other(article: Article, today: dt.date, threshold: float) -> Extraction:
        told = pipeline.extract(article, today, threshold)
        return replace(told, events=tuple(change(list(told.events))))

    monkeypatch.setattr(batch, "extract", other)


@pytest.mark.parametrize(
    ("lang", "line", "done"),
    [
        ("en", "2 articles were read by an older reader", "2 articles read again: "),
        ("fr", "2 articles ont été lus par une version", "2 articles relus\u00a0: "),
    ],
)
def test_the_line_goes_when_they_are_read_again(
    older: Store, open_page: Any, lang: str, line: str, done: str
) -> None:
    app = open_page("articles", lang)
    assert line in html_of(app)
    app.button(key="reread").click().run(timeout=120)
    assert not app.exception
    assert line not in html_of(app)
    assert done in html_of(app)
    assert "reread" not in _keys(app)
    app.button(key="reread_close").click().run()
    assert done not in html_of(app)


def test_the_filters_hold_for_it(older: Store, open_page: Any) -> None:
    app = open_page("articles", q="gazette")
    assert "1 article was read by an older reader" in html_of(app)
    app.button(key="reread").click().run(timeout=120)
    assert "1 article was read by an older reader" in html_of(open_page("articles"))


def test_what_the_reader_now_says_of_a_corrected_event_is_listed(
    older: Store, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Query(older.location).article_events(1)
    strike = int(told["event_id"][told["quote"].str.contains("Dnipro")].iloc[0])
    older.append_edit(strike, "status", "denied", "the ministry", "Ana")
    _read_by(monkeypatch, lambda events: [replace(e, status="planned") for e in events])
    app = open_page("articles", "fr")
    app.button(key="reread").click().run(timeout=120)
    assert "la lecture dit maintenant" in html_of(app)
    assert "prévu au lieu de" in html_of(app).lower()
    assert "Russia struck Dnipro" in html_of(app)


def test_an_edit_whose_event_is_gone_leads_to_the_list(
    older: Store, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike = int(Query(older.location).article_events(1)["event_id"].iloc[0])
    older.append_edit(strike, "status", "denied", "the ministry", "Ana")
    _read_by(monkeypatch, lambda events: events[1:])
    app = open_page("articles")
    app.button(key="reread").click().run(timeout=120)
    assert "1 edit has no event now" in html_of(app)
    assert "reread_lost" in _keys(app)


def test_a_busy_store_is_said(
    older: Store, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object) -> None:
        raise StoreBusy("another load holds the lock")

    monkeypatch.setattr(reread, "reread", busy)
    app = open_page("articles")
    app.button(key="reread").click().run()
    assert not app.exception
    assert "another load holds the lock" in html_of(app)
    assert not app.button(key="reread").disabled
