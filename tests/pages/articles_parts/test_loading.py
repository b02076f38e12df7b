"""Articles in by the page: pasted, uploaded, refused; a publication date chosen by the reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from events.filters import Filters
from events.query import Query
from events.settings import SettingsError
from events.store import Store, StoreBusy, StoreNotWritten
from loaders.readers import SetAside
from pages.articles_parts import loading, published


@dataclass
class Upload:
    """What the page gets for one uploaded file."""

    name: str
    data: bytes

    def getvalue(self) -> bytes:
        return self.data


def test_uploads_go_through_the_readers_under_their_own_names() -> None:
    files = [
        Upload("../../etc/note.txt", "La Chine a accusé les États-Unis mardi.".encode()),
        Upload("note.txt", b"France met Germany in Berlin on 3 May 2024."),
        Upload("empty.txt", b""),
        Upload("binary.txt", bytes(range(256)) * 40),
        Upload("sheet.xlsx", b"PK\x03\x04"),
    ]
    found = list(loading._uploaded(files))
    names = [name for name, _ in found]
    assert names == ["note.txt", "note.txt", "empty.txt", "binary.txt", "sheet.xlsx"]
    refused = [item for _, item in found if isinstance(item, SetAside)]
    assert [item.file for item in refused] == ["empty.txt", "binary.txt", "sheet.xlsx"]


def test_a_pasted_article_is_kept_and_opened(own_store: Path, open_page: Any) -> None:
    app = open_page("articles")
    app.text_area(key="paste_text").set_value(
        "La Russie a frappé la ville de Kharkiv mardi.\n\nTrois personnes ont été tuées."
    )
    app.text_input(key="paste_title").set_value("Frappe sur Kharkiv")
    app.date_input(key="paste_published").set_value(dt.date(2024, 5, 16))
    button = next(b for b in app.button if b.label == "Read this article")
    button.click().run(timeout=120)
    assert not app.exception
    articles = Query(own_store).articles(Filters())
    kept = articles[articles["title"] == "Frappe sur Kharkiv"]
    assert len(kept) == 1
    events = Query(own_store).article_events(int(kept["article_id"].iloc[0]))
    assert "2024-05-14" in events["first"].astype(str).str[:10].tolist()
    html = "\n".join(str(e.proto.body) for e in app.get("html"))
    assert "Kharkiv" in html
    assert "fr-text" in html


def test_the_first_line_of_a_paste_is_its_title_and_a_second_press_says_so(
    own_store: Path, open_page: Any
) -> None:
    app = open_page("articles", "fr")
    told = "Frappe sur Kharkiv\n\nLa Russie a frappé la ville de Kharkiv le 14 mai 2024."
    for _press in range(2):
        app.text_area(key="paste_text").set_value(told)
        next(b for b in app.button if b.label == "Lire cet article").click().run(timeout=120)
        assert not app.exception
        app.query_params.clear()
        opened = app.session_state["frise_state"].view.pop("article", None)
        app.run()
    articles = Query(own_store).articles(Filters())
    kept = articles[articles["title"] == "Frappe sur Kharkiv"]
    assert len(kept) == 1
    assert opened is None
    html = "\n".join(str(e.proto.body) for e in app.get("html"))
    assert "1 article lu\u00a0: il était déjà chargé." in html
    app.button(key="pasted_open").click().run()
    assert app.session_state["frise_state"].view["article"] == str(kept["article_id"].iloc[0])


@pytest.mark.parametrize("error", [StoreBusy, StoreNotWritten, SettingsError])
def test_a_store_that_cannot_take_articles_is_said(
    own_store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise error("no room at all")

    monkeypatch.setattr(Store, "append_read", fail)
    app = open_page("articles")
    app.text_area(key="paste_text").set_value("La Russie a frappé la ville de Kharkiv mardi.")
    next(b for b in app.button if b.label == "Read this article").click().run(timeout=120)
    assert not app.exception
    html = "\n".join(str(e.proto.body) for e in app.get("html"))
    assert "no room at all" in html
    assert "could not be drawn" not in html
    assert not app.button(key="samples_read").disabled


def test_nothing_pasted_is_said(own_store: Path, open_page: Any) -> None:
    app = open_page("articles")
    next(b for b in app.button if b.label == "Read this article").click().run()
    html = "\n".join(str(e.proto.body) for e in app.get("html"))
    assert "There is no text to read" in html


def test_alternatives_of_an_inferred_date_are_read_surest_first() -> None:
    row = {"published_alternatives": '[["2024-11-20", 0.2], ["2024-11-21", 0.6]]'}
    assert [day.day for day, _ in published.alternatives(row)] == [21, 20]
    assert published.alternatives({"published_alternatives": "not json"}) == []


def test_a_chosen_publication_date_reads_the_article_again(own_store: Path, open_page: Any) -> None:
    articles = Query(own_store).articles(Filters())
    article = articles[articles["published_basis"] == "unknown"].iloc[0]
    app = open_page("articles", article=str(article["article_id"]))
    key = f"published_day_{article['article_id']}"
    app.date_input(key=key).set_value(dt.date(2024, 11, 22))
    app.run()
    app.button(key="published_use").click().run(timeout=120)
    assert not app.exception
    found = Query(own_store).article(int(article["article_id"])).iloc[0]
    assert str(found["published"])[:10] == "2024-11-22"
    assert found["published_basis"] == "given"
    assert found["revision"] == 2


def test_a_missing_model_is_said(
    own_store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    html = "\n".join(str(e.proto.body) for e in open_page("articles").get("html"))
    assert "No language model is installed for French, English" in html


def test_years_are_not_offered_as_days() -> None:
    """An unknown date has likely years: told as years, none of them a button for 1 January."""

    def page() -> None:
        from pages.articles_parts import published

        published.draw(
            {
                "article_id": 7,
                "published": None,
                "published_basis": "unknown",
                "published_precision": "day",
                "published_confidence": 0.0,
                "published_evidence": [],
                "published_alternatives": '[["2024-01-01", 0.6], ["2025-01-01", 0.3]]',
            }
        )

    app = AppTest.from_function(page).run(timeout=60)
    assert not app.exception
    assert not [b for b in app.button if str(b.key).startswith("published_2")]
    told = " ".join(str(getattr(e.proto, "body", "")) for e in app.get("html"))
    assert "2024 · 60" in told
    assert "Jan" not in told
