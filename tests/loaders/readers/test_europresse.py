"""Europresse exports: cut into their articles, dated by their head and their number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path

ARTICLE = """<article><header><span class="DocPublicationName">{name}</span>
<span class="DocHeader">{head}</span><div class="titreArticle">
<p class="titreArticleVisu">Titre</p></div></header><section><div class="docOcurrContainer">
<p>La marine a annoncé jeudi une attaque contre le port.</p>{more}</div></section>
<footer><p>Numéro de document : {number}</p></footer></article>"""


def read(tmp_path: Path, *articles: str) -> list[Any]:
    page = f"<html><head><meta charset='utf-8'></head><body>{''.join(articles)}</body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    return list(read_path(tmp_path / "a.html"))


def article(**fields: str) -> str:
    usual = {"name": "Le Jour", "head": "jeudi 21 novembre 2024", "more": "", "number": ""}
    return ARTICLE.format(**(usual | fields))


@pytest.mark.parametrize(
    ("head", "number", "date", "evidence"),
    [
        ("Monde, jeudi 21 novembre 2024, p. 4", "", "2024-11-21", 'head of the document: "21 nov'),
        ("World, Thursday, November 21, 2024", "", "2024-11-21", 'head of the document: "Novem'),
        ("sans jour", "news·20241122·LJ·7", "2024-11-22", 'number of the document: "20241122"'),
        ("31 février 2024", "news·20241122·LJ·7", "2024-02-01", 'head of the document: "février'),
        ("sans jour", "news·20249999·LJ·7", "None", "no publication date given"),
    ],
)
def test_the_date_and_its_evidence(
    tmp_path: Path, head: str, number: str, date: str, evidence: str
) -> None:
    (found,) = read(tmp_path, article(head=head, number=number))
    assert isinstance(found, Article)
    assert str(found.published.date) == date
    assert found.published.evidence[0].startswith(evidence)


@pytest.mark.parametrize(
    ("number", "apart"), [("news·20241122·LJ·7", 0), ("news·20231121·L·7", 366)]
)
def test_a_number_of_another_time_is_noted(tmp_path: Path, number: str, apart: int) -> None:
    (found,) = read(tmp_path, article(number=number))
    assert isinstance(found, Article)
    assert [f"are {apart} days apart" in note for note in found.notes] == [True] * bool(apart)


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Le Jour, no. 24781", "Le Jour"),
        ("Le Jour (site web)", "Le Jour"),
        ("Le Jour ; Lille", "Le Jour"),
        ("Le Jour<div>infos</div>", "Le Jour"),
        ("", ""),
    ],
)
def test_the_outlet_without_its_issue(tmp_path: Path, name: str, outlet: str) -> None:
    (found,) = read(tmp_path, article(name=name))
    assert isinstance(found, Article)
    assert found.source == outlet


def test_an_article_without_text_is_set_aside_and_the_next_read(tmp_path: Path) -> None:
    empty = article().replace("La marine a annoncé jeudi une attaque contre le port.", "")
    aside, found = read(tmp_path, empty, article())
    assert isinstance(aside, SetAside)
    assert (aside.where, aside.problem) == ("article 1, text", "the article has no text")
    assert isinstance(found, Article)


def test_an_article_too_large_for_a_page_leaves_the_others(tmp_path: Path) -> None:
    found = read(tmp_path, article(more="<b>x</b>" * 25_000), article())
    assert [type(each) for each in found] == [SetAside, Article]


def test_a_thousand_articles_are_all_told(tmp_path: Path) -> None:
    found = read(tmp_path, *(article(more=f"<p>Numéro {n}.</p>") for n in range(1_000)))
    assert len({each.id for each in found if isinstance(each, Article)}) == 1_000
