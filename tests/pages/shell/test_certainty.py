"""How sure events are, on pages: hidden ones are counted and can be shown, each part has a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from events.filters import Filters
from events.query import Query
from events.store import Store
from tests.events.conftest import by_reader
from tests.hand_made import extractions
from tests.pages.test_pages import _text


@pytest.fixture
def doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store in which the reader told all, and is sure of the first event of each article."""
    store = Store(tmp_path / "store")
    for made in extractions():
        told = [by_reader(e, 0.2 if n else 0.9) for n, e in enumerate(made.events)]
        store.append([replace(made, events=tuple(told))])
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    return store


@pytest.mark.parametrize(
    ("lang", "line", "worth"),
    [
        ("en", "reports less sure than 6 in 10", "8 in 10 have the right type"),
        ("fr", "récits moins sûrs que 6 sur 10", "8 sur 10 ont le bon type"),
    ],
)
def test_the_less_sure_are_counted_and_shown_on_demand(
    doubtful: Store, open_page: Any, lang: str, line: str, worth: str
) -> None:
    account = Query(doubtful.location).account(Filters())
    app = open_page("timeline", lang)
    assert f"{account.less_sure} {line}" in _text(app)
    assert worth in app.button(key="less_sure").help
    app.button(key="less_sure").click().run()
    assert app.query_params["sure"] == "any"
    assert not app.exception
    app.button(key="less_sure").click().run()
    assert "sure" not in app.query_params


def test_they_have_a_list_of_their_own(doubtful: Store, open_page: Any) -> None:
    app = open_page("left_out", list="unsure")
    account = Query(doubtful.location).account(Filters())
    assert f"+ {account.less_sure} reports less sure than 6 in 10 + 0 hidden by filters" in _text(
        app
    )
    assert len(app.dataframe[0].value) == account.less_sure


@pytest.mark.parametrize(
    ("lang", "heading", "other"),
    [("en", "How sure each part is", "Coerce 20%"), ("fr", "Certitude de chaque", "Coercition 20")],
)
def test_the_evidence_says_how_sure_each_part_is(
    doubtful: Store, open_page: Any, lang: str, heading: str, other: str
) -> None:
    event = int(Query(doubtful.location).events(Filters())["event_id"].iloc[0])
    told = _text(open_page("timeline", lang, event=str(event)))
    assert heading in told
    assert other in told


def test_words_alone_claim_nothing(store: Path, open_page: Any) -> None:
    app = open_page("timeline")
    assert not [b for b in app.button if b.key == "less_sure"]
    event = int(Query(store).events(Filters())["event_id"].iloc[0])
    told = _text(open_page("timeline", event=str(event)))
    assert "Not measured: words alone told it." in told
    assert "Right in everything" not in told
    assert "fr-nowrap" not in told
