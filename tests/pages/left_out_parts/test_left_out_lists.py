"""The lists of what persons took out and of edits that hang in the air."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.editing import reject
from events.filters import Filters
from events.query import Query
from events.store import Store
from events.withdrawal import erase, withdraw
from tests.hand_made import make_store
from tests.pages.page_text import html_of

EVERY = Filters()


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that a test may change."""
    make_store(tmp_path / "store")
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    return Store(tmp_path / "store")


def _articles(store: Store) -> list[int]:
    return [int(i) for i in Query(store.location).articles(EVERY)["article_id"]]


def _lists(app: AppTest) -> list[str]:
    return [option.content for option in app.button_group(key="left_out_list").proto.options]


def test_withdrawn_and_erased_articles_are_listed_and_one_is_put_back(
    own_store: Store, open_page: Any
) -> None:
    before = Query(own_store.location).count(EVERY)
    first, second, *_rest = _articles(own_store)
    title = str(Query(own_store.location).article(first)["title"].iloc[0])
    erase(own_store, {second: ""}, "a person asked", "Ben")
    after = Query(own_store.location).count(EVERY)
    withdraw(own_store, {first: ""}, "not ours", "Ana")
    app = open_page("left_out", list="withdrawn")
    assert not app.exception
    assert "Withdrawn (2)" in _lists(app)
    shown = app.dataframe[0].value
    assert shown["Article"].tolist() == [title, str(second)]
    assert shown["Action"].tolist() == ["withdrawn", "erased"]
    assert shown["Reason"].tolist() == ["not ours", "a person asked"]
    loaded = Query(own_store.location).count(EVERY)
    assert f"{loaded} shown + 0 hidden by filters = {loaded} loaded" in html_of(app)
    app.button(key="put_back_now").click().run()
    assert "Give a reason" in html_of(app)
    app.text_input(key="put_back_why").set_value("a mistake")
    app.button(key="put_back_now").click().run()
    assert not app.exception
    assert f"Put back: {title}" in html_of(app)
    assert "Withdrawn (1)" in _lists(app)
    assert Query(own_store.location).count(EVERY) == after < before
    assert "put_back_now" not in {str(button.key) for button in app.button}


def test_edits_without_an_event_are_listed(own_store: Store, open_page: Any) -> None:
    own_store.append_edit(7, "status", "denied", "the ministry", "Ana")
    own_store.split(8, "another strike")
    app = open_page("left_out", "fr", list="lost")
    assert not app.exception
    assert "Corrections sans événement (2)" in _lists(app)
    shown = app.dataframe[0].value
    assert sorted(shown["Décision"]) == ["Statut\u00a0: Démenti", "retiré de son histoire"]
    assert sorted(shown["Raison"]) == ["another strike", "the ministry"]


def test_an_edit_without_an_event_is_taken_back(own_store: Store, open_page: Any) -> None:
    own_store.append_edit(7, "status", "denied", "the ministry", "Ana")
    app = open_page("left_out", list="lost")
    app.text_input(key="take_back_who").set_value("Ben")
    app.button(key="take_back_now").click().run()
    assert not app.exception
    assert "Taken back" in html_of(app)
    assert "Every edit has its event" in html_of(app)
    assert Query(own_store.location).edits()["who"].iloc[0] == "Ben"


def test_a_store_error_is_told_in_french(
    own_store: Store, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_store.location / "manifest" / "events.json").unlink()
    app = open_page("left_out", "fr", list="lost")
    assert "le stock est endommagé à" in html_of(app)
    assert "manifest/events.json manque" in html_of(app)


@pytest.mark.parametrize(
    ("name", "words"),
    [("withdrawn", "Aucun article n’a été retiré"), ("lost", "Chaque correction a son événement")],
)
def test_empty_lists_say_so(own_store: Store, open_page: Any, name: str, words: str) -> None:
    assert words in html_of(open_page("left_out", "fr", list=name))


@pytest.mark.parametrize("named", ["rejected", "unsure"])
def test_a_list_whose_stories_have_no_report_is_drawn(
    own_store: Store, open_page: Any, named: str
) -> None:
    query = Query(own_store.location)
    reject(query, int(query.events(EVERY)["event_id"].iloc[0]), "is none", "Ana")
    app = open_page("left_out", list=named)
    assert not app.exception
    assert "could not be drawn" not in html_of(app)
