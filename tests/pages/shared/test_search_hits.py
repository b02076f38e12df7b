"""A list of results says where each holds the words searched, marks them, the sentence first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from events.answers import Hits
from events.word_search import Phrase, Plan
from pages.shared.search_hits import lines
from pages.shell import language
from tests.pages.page_text import html_of

TOLD = {
    "event_id": 1,
    "quote": "Mardi, à Bruxelles, cinq jours après un long silence de tous les alliés, un missile "
    "[Orechnik] est tombé sur la ville.",
    "headline": "",
    "title": "Oreshnik: *what* is known",
    "sources": [],
    "targets": [],
    "attributed_to": "",
}


def test_words_are_marked_in_the_part_that_is_shown() -> None:
    plan = Plan(((Phrase((frozenset({"oreshnik", "orechnik"}),)),),))
    with language.fixed("fr"):
        sentence, title = lines(TOLD, Hits(plan, {1: ("sentence", "title")}))
    assert sentence.startswith("Dans la phrase\u00a0: … ")
    assert r"un missile \[:orange-background[**Orechnik**]\] est" in sentence
    assert title == (
        "Dans le titre de l’article\u00a0: "
        r":orange-background[**Oreshnik**]\: \*what\* is known"
    )


@pytest.mark.parametrize(
    ("lang", "sentence", "corrected"),
    [("en", "In the sentence", "shown is “dnipro”"), ("fr", "Dans la phrase", "voici «")],
)
def test_the_list_of_a_search(
    lang: str, sentence: str, corrected: str, store: Path, open_page: Callable[..., AppTest]
) -> None:
    app = open_page("timeline", lang, q="Dniqro")
    assert not app.exception
    labels = [b.label for b in app.button if str(b.key).startswith("item_timeline")]
    assert labels
    assert sentence in labels[0]
    where = [label.partition(":small[")[2].partition("background")[2] for label in labels]
    assert all(where)
    told = html_of(app)
    assert corrected in told
