"""An article taken out by a person: with a reason, said afterwards, put back or erased for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from events.filters import Filters
from events.query import Query
from events.store import Store, StoreNotWritten
from events.withdrawal import withdraw
from tests.pages.page_text import html_of

EVERY = Filters()


def _first(folder: Path) -> int:
    return int(Query(folder).articles(EVERY)["article_id"].iloc[0])


def _form(open_page: Any, article: int, lang: str = "en") -> AppTest:
    """The page of an article with the form open."""
    app: AppTest = open_page("articles", lang, article=str(article))
    app.session_state["withdraw"] = True
    return app.run()


def _sent(app: AppTest, why: str, who: str = "") -> AppTest:
    app.text_input(key="withdraw_why").set_value(why)
    app.text_input(key="withdraw_who").set_value(who)
    return app.button(key="withdraw_now").click().run()


def test_it_is_taken_out_and_the_list_says_so(own_store: Path, open_page: Any) -> None:
    article = _first(own_store)
    before = Query(own_store).count(EVERY)
    mine = len(Query(own_store).article_events(article))
    app = _sent(_form(open_page, article), "not ours", "Ana")
    assert not app.exception
    assert "Withdrawn: “" in html_of(app)
    assert "fr-text" not in html_of(app)
    row = Query(own_store).withdrawals().iloc[0]
    assert (row["article_id"], row["why"], row["who"]) == (article, "not ours", "Ana")
    account = Query(own_store).account(EVERY)
    assert account.loaded == account.shown == before - mine
    app.run()
    assert "Withdrawn: “" not in html_of(app)


def test_without_a_reason_nothing_is_done(own_store: Path, open_page: Any) -> None:
    app = _sent(_form(open_page, _first(own_store), "fr"), "  ")
    assert "Donnez une raison" in html_of(app)
    assert Query(own_store).withdrawals().empty


def test_it_is_erased_for_good_after_a_warning(own_store: Path, open_page: Any) -> None:
    article = _first(own_store)
    app = _form(open_page, article)
    assert "cannot be undone" not in html_of(app)
    app.toggle(key="withdraw_erase").set_value(True).run()
    assert "cannot be undone" in html_of(app)
    assert app.button(key="withdraw_now").label == "Erase this article for good"
    _sent(app, "a person asked")
    assert not app.exception
    assert "Erased: “" in html_of(app)
    assert Query(own_store).withdrawals()["action"].tolist() == ["erased"]


def test_a_link_to_a_withdrawn_article_says_who_did_it(own_store: Path, open_page: Any) -> None:
    article = _first(own_store)
    withdraw(Store(own_store), {article: ""}, "not ours", "Ana")
    told = html_of(open_page("articles", "fr", article=str(article)))
    assert "a été retiré par Ana" in told
    assert "not ours" in told


def test_a_store_that_cannot_be_written_is_said(
    own_store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise StoreNotWritten("read-only")

    app = _form(open_page, _first(own_store))
    monkeypatch.setattr(Store, "write", fail)
    _sent(app, "not ours")
    assert not app.exception
    assert "read-only" in html_of(app)


def test_the_name_is_asked_once_a_session(own_store: Path, open_page: Any) -> None:
    first, second = (int(i) for i in Query(own_store).articles(EVERY)["article_id"][:2])
    app = _sent(_form(open_page, first), "not ours", "Ana")
    app.query_params["article"] = str(second)
    app.session_state["withdraw"] = True
    app.run()
    assert app.text_input(key="withdraw_who").value == "Ana"
