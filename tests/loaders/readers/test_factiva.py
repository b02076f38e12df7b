"""Factiva exports: articles with codes and without, in HTML and RTF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path

NUMBER = "HARPO00020241122ekbm0000d"
TEXT = "Russia fired a new kind of missile at the city of Dnipro on Thursday, officials said."
END = f"<p>Document {NUMBER}</p>"
PAGE = """<html><head><title>Factiva</title></head><body>{}</body></html>"""
DAY = "22 November 2024"
AFTER = ("57 words", DAY, "The Harbour Post", "HARPO", "English", "(c) 2024 The Post Ltd")


def page(tmp_path: Path, *articles: str) -> list[Any]:
    (tmp_path / "a.html").write_text(PAGE.format("".join(articles)), encoding="utf-8")
    return list(read_path(tmp_path / "a.html"))


def plain(head: Sequence[str], title: str = "A new missile") -> str:
    lines = "".join(f"<div>{line}</div>" for line in head)
    text = f"<p class='articleParagraph enarticleParagraph'>{TEXT}</p>"
    shown = f"<span class='enHeadline'>{title}</span>{lines}{text}"
    return f"<div class='article enArticle'>{shown}<p>The Post Ltd</p>{END}</div>"


def rtf(tmp_path: Path, *lines: str) -> list[Any]:
    body = "".join(rf"{line}\par " for line in lines)
    (tmp_path / "a.rtf").write_text(rf"{{\rtf1\ansi {body}}}", encoding="ascii")
    return list(read_path(tmp_path / "a.rtf"))


def one(found: list[Article | SetAside]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    assert article.reader == "factiva"
    return article


@pytest.mark.parametrize(
    ("head", "outlet", "date"),
    [
        (AFTER, "The Harbour Post", "2024-11-22"),
        (
            ("1.057 Wörter", "22. Mai 2024", "17:04", *AFTER[2:]),
            "The Harbour Post",
            "2024-05-22",
        ),
        (("57 mots", "22 novembre 2024", "4:10 PM", *AFTER[2:]), "The Harbour Post", "2024-11-22"),
        (("57 words", DAY, "The Harbour Post"), "The Harbour Post", "2024-11-22"),
        (("57 words", DAY), "", "2024-11-22"),
        (("no day",), "", "None"),
    ],
)
def test_lines_in_their_order(tmp_path: Path, head: Sequence[str], outlet: str, date: str) -> None:
    found = one(page(tmp_path, plain(head)))
    assert (found.title, found.text, found.lang) == ("A new missile", TEXT, "en")
    assert (found.source, str(found.published.date)) == (outlet, date)


HEADS = {
    ("War",): ("War", []),
    ("World", "A new missile hits Dnipro"): ("A new missile hits Dnipro", ["section: World"]),
    ("A new missile hits Dnipro", "By Mary Dunn"): (
        "A new missile hits Dnipro",
        ["author: By Mary Dunn"],
    ),
    ("World", "War", "Mary Dunn"): ("War", ["author: Mary Dunn", "section: World"]),
}


@pytest.mark.parametrize(("head", "told"), HEADS.items(), ids=str)
def test_section_title_and_author_in_rtf(
    tmp_path: Path, head: tuple[str, ...], told: tuple[str, list[str]]
) -> None:
    found = one(rtf(tmp_path, *head, *AFTER, TEXT, "The Post Ltd", f"Document {NUMBER}"))
    title, notes = told
    assert (found.title, found.text) == (title, TEXT)
    assert [note for note in found.notes if note[:2] in ("au", "se")] == notes
    assert f"in its file: document {NUMBER}" in found.notes


def test_an_article_without_text_leaves_the_others(tmp_path: Path) -> None:
    empty = plain(AFTER).replace(TEXT, "")
    found = page(tmp_path, empty, plain(AFTER), "<div class='article enArticle'></div>")
    assert [type(each) for each in found] == [SetAside, Article, SetAside]
    assert str(found[2]).startswith(f"{tmp_path / 'a.html'}, article 3")


def test_rtf_of_others_is_no_export(tmp_path: Path) -> None:
    (found,) = rtf(tmp_path, "A title", TEXT)
    assert isinstance(found, Article)
    assert found.reader == "rich_text"


def test_a_page_without_articles_is_set_aside(tmp_path: Path) -> None:
    (found,) = page(tmp_path, "<p>No results.</p>")
    assert isinstance(found, SetAside)
    assert found.problem == "there is no article in the file"
