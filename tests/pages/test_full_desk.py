"""Pages of the desk with more rows than they list: each pages or cuts, and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from pages.shared import listing
from tests.full_desk import make_full
from tests.pages.page_text import html_of

ROWS = 120


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full") / "store"
    make_full(folder, ROWS)
    return folder


@pytest.fixture(autouse=True)
def _in_use(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRISE_STORE", str(full))
    st.cache_resource.clear()


@pytest.mark.parametrize(
    ("desk", "button", "pages"),
    [
        ("notes", "note_change_", 7),
        ("tags", "tag_show_", 8),
        ("bookmarks", "mark_out_", 8),
        ("cases", "case_open_", 63),
        ("deleted", "back_note_", 1),
    ],
)
def test_lists_are_paged(open_page: Any, desk: str, button: str, pages: int) -> None:
    app = open_page("notes", desk=desk)
    app.session_state["frise_name"] = "Ana"
    app.run()
    assert not app.exception
    shown = [each.key for each in app.button if str(each.key).startswith(button)]
    assert len(shown) == (12 if desk == "deleted" else 16)
    assert [each.proto.num_pages for each in app.get("pagination")] == [pages] * (pages > 1)


@pytest.mark.parametrize(("page", "words"), [("log", "newest 50"), ("outlets", "first 50")])
def test_a_table_that_is_cut_says_so(
    open_page: Any, monkeypatch: pytest.MonkeyPatch, page: str, words: str
) -> None:
    assert words not in html_of(open_page(page))
    monkeypatch.setattr(listing, "MOST_ROWS", 50)
    app = open_page(page)
    assert len(app.dataframe[0].value) == 50
    assert words in html_of(app)


def test_review_holds_the_next_twenty(open_page: Any) -> None:
    app = open_page("review", sure="any")
    app.session_state["frise_name"] = "Ana"
    app.run()
    assert not app.exception
    assert "120 reports" in html_of(app)
