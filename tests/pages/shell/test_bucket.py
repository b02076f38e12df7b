"""The dashboard on a store in a bucket, and while the bucket does not answer."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from events.bucket import working_copy
from events.bucket.objects import Objects, StoreUnreachable
from events.filters import Filters
from events.query import Query
from events.store import Store
from tests.object_store import Shared
from tests.pages.page_text import html_of


def _silent(self: Objects, key: str, newer_than: str = "") -> None:
    raise StoreUnreachable("{address} cannot be reached", address=self.address)


def test_pages_show_the_store_of_a_bucket(
    shared: Shared, here: Store, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = int(Query(here.location).events(Filters())["event_id"].iloc[0])
    shared.at("there")
    st.cache_resource.clear()
    for page in ("overview", "timeline", "log"):
        assert not open_page(page).exception, page
    here.append_edit(event, "type", "ASSAULT", "why", "Ana")
    app = open_page("log")
    assert app.dataframe[0].value["Who"].tolist() == ["Ana"]  # written by another machine
    with monkeypatch.context() as patch:
        patch.setattr(Objects, "get", _silent)
        app = open_page("timeline", "fr")
        assert not app.exception
        assert "ne répond plus depuis" in html_of(app)
    monkeypatch.setattr(working_copy, "_AGAIN", 0)
    assert "répond plus" not in html_of(open_page("timeline", "fr"))


def test_a_bucket_that_does_not_answer_is_said_in_a_pages_place(
    shared: Shared, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    st.cache_resource.clear()
    monkeypatch.setattr(Objects, "get", _silent)
    told = html_of(open_page("timeline"))
    assert "The store cannot be reached" in told
    assert f"{shared.address} cannot be reached" in told


def test_an_empty_bucket_is_a_store_where_nothing_is_loaded(shared: Shared, open_page: Any) -> None:
    st.cache_resource.clear()
    app = open_page("timeline")
    assert not app.exception
    assert "damaged" not in html_of(app)
