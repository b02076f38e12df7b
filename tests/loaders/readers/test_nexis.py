"""Exports of LexisNexis (TXT) and Nexis Uni (DOCX, RTF): cut, dated, without their labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from loaders.readers.nexis import labels
from tests.loaders.readers.office_files import docx, paragraph

TEXT = "Russia struck the Ukrainian city of Kharkiv on Monday, officials said."
HEAD = ("War goes on", "The Post (London)", "May 1, 2024 Wednesday")
FOOT = ("Load-Date: May 2, 2024", "End of Document")
UNI = {
    "whole": ((*HEAD, "Copyright 2024 The Post", "Length: 9 words", "Body", TEXT, *FOOT), [TEXT]),
    "without Body": ((*HEAD, "Length: 9 words", TEXT, *FOOT), [TEXT]),
    "labels alone": ((*HEAD, "Length: 9 words", "Body", TEXT, "Graphic: A map", *FOOT), [TEXT]),
    "a caption": ((*HEAD, "Body", TEXT, "Graphic", "A map of Kharkiv", *FOOT), [TEXT]),
    "a label with a space": ((*HEAD, "Body", TEXT, "Journal Code: POST", *FOOT), [TEXT]),
    "a line like a label": (
        (*HEAD, "Body", TEXT, "Update: more to come.", TEXT, *FOOT),
        [TEXT, "Update: more to come.", TEXT],
    ),
    "French": (
        (*HEAD[:2], "1er mai 2024", "Longueur: 9 mots", "Corps", TEXT, "Fin du document"),
        [TEXT],
    ),
    "contents before": (("Documents (1)", "1. War", "", *HEAD, "Body", TEXT, *FOOT), [TEXT]),
}


def read(tmp_path: Path, name: str, raw: bytes) -> list[Any]:
    (tmp_path / name).write_bytes(raw)
    return list(read_path(tmp_path / name))


def uni(*lines: str) -> bytes:
    return docx("".join(paragraph(line) for line in lines))


@pytest.mark.parametrize(("lines", "text"), UNI.values(), ids=UNI)
@pytest.mark.parametrize("suffix", ["docx", "rtf"])
def test_an_article_of_nexis_uni(
    tmp_path: Path, lines: tuple[str, ...], text: list[str], suffix: str
) -> None:
    rtf = "{\\rtf1 " + "".join(f"{line}\\par " for line in lines) + "}"
    raw = uni(*lines) if suffix == "docx" else rtf.encode("cp1252")
    (found,) = read(tmp_path, f"a.{suffix}", raw)
    assert isinstance(found, Article)
    assert (found.title, found.source, found.reader) == (HEAD[0], "The Post", "nexis")
    assert str(found.published.date) == "2024-05-01"
    assert found.text == "\n\n".join(text)


def test_an_article_without_a_day_tells_when_the_database_took_it_in(tmp_path: Path) -> None:
    lines = (*HEAD[:2], "Correction Appended", "Section: NEWS; Pg. A3", "Body", TEXT, *FOOT)
    (found,) = read(tmp_path, "a.docx", uni(*lines))
    assert isinstance(found, Article)
    assert found.published.date is None
    assert found.notes == (
        "section: NEWS",
        "page: A3",
        "the database took it in on May 2, 2024, which is no date of publication",
    )


def test_what_is_no_article_is_set_aside_and_the_next_read(tmp_path: Path) -> None:
    aside, found = read(tmp_path, "a.docx", uni("Nothing", FOOT[1], *HEAD, "Body", TEXT, *FOOT))
    assert isinstance(aside, SetAside)
    assert aside.where == "article 1"
    assert isinstance(found, Article)


def old(*articles: str) -> bytes:
    count = len(articles)
    opened = (f"{20 * ' '}{n} of {count} DOCUMENTS\n\n\n{a}" for n, a in enumerate(articles, 1))
    return ("Terms: (x)\n\n" + "\n\n".join(opened)).encode()


CENTRE = 20 * " "
ARTICLE = (
    f"{CENTRE}The Post\n\n{CENTRE}May 1, 2024\n\n{CENTRE}Final Edition\n\nWar goes\non\n\n"
    f"BYLINE: Jane\n\nLENGTH: 9 words\n\n{TEXT[:30]}\n{TEXT[31:]}\n\nLOAD-DATE: May 2, 2024\n"
)


def test_articles_of_a_text_file(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", old(ARTICLE, ARTICLE.replace("May 1", "May 3")))
    assert [str(a.published.date) for a in found if isinstance(a, Article)] == [
        "2024-05-01",
        "2024-05-03",
    ]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title, first.source) == ("War goes on", "The Post")
    assert first.text == f"{TEXT[:30]} {TEXT[31:]}"
    assert first.notes == ("author: Jane",)


def test_an_article_without_head_is_set_aside(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", old(TEXT, ARTICLE))
    assert [type(each) for each in found] == [SetAside, Article]


def test_a_text_that_counts_something_else_is_plain(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.txt", f"He read 2 of 10 DOCUMENTS on Monday.\n\n{TEXT}".encode())
    assert isinstance(found, Article)
    assert found.reader == "plain_text"


def test_labels_stand_before_one_thing() -> None:
    groups = [labels()[name] for name in ("length", "author", "section", "before", "body", "after")]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
