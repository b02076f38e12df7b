"""The same address with another text is another version: both are kept, what changed is shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from events.filters import Filters
from events.identity import article_id
from events.model import Article, Extraction
from events.query import Query
from events.store import Store
from tests.pages.page_text import html_of

URL = "https://example.org/a"
SAME = "La Russie a frappé Dnipro."
TEXTS = {
    1: f"{SAME} Une personne est morte. La ville est dans le noir.",
    2: f"{SAME} Trois personnes sont mortes <b>. La ville est dans le noir.",
    3: f"{SAME} Part of the file of the second.",
}


def article(number: int, sha: str, url: str = URL, outlet: str = "Le Journal") -> Extraction:
    retrieved = dt.datetime(2026, 11, number, 8, tzinfo=dt.UTC)
    text = TEXTS.get(number, SAME * number)
    return Extraction(
        Article(
            article_id(text, outlet),
            "Frappe",
            text,
            "fr",
            outlet,
            url,
            retrieved=retrieved,
            sha256=sha,
        )
    )


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two versions, a part of the second one's file, another outlet, another address, none."""
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    made = [article(1, "a"), article(2, "b"), article(3, "b"), article(4, "d", outlet="Autre")]
    made += [article(5, "e", "https://example.org/b"), article(6, "f", ""), article(7, "g", "")]
    Store(tmp_path / "store").append(made)
    return [each.article.id for each in made]


def test_versions_are_those_of_one_address_and_outlet(ids: list[int], tmp_path: Path) -> None:
    query = Query(tmp_path / "store")
    assert len(query.articles(Filters())) == 7
    assert query.versions(ids[0])["article_id"].tolist() == ids[:3]
    assert query.versions(ids[1])["article_id"].tolist() == ids[:2]
    assert query.versions(ids[4])["article_id"].tolist() == [ids[4]]
    assert query.versions(ids[5]).empty


def test_the_page_shows_what_changed(ids: list[int], open_page: Any) -> None:
    app = open_page("articles", "fr", article=str(ids[1]))
    told = html_of(app)
    assert "2 versions de cette adresse" in told
    assert "<del>− Une personne est morte.</del>" in told
    assert "<ins>+ Trois personnes sont mortes &lt;b&gt;.</ins>" in told
    assert "<del>− La ville" not in told
    app.button(key=f"version_{ids[0]}").click().run()
    told = html_of(app)
    assert "C’est la première version." in told
