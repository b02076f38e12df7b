"""EPUB: chapters as articles; protected, broken and empty books."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from tests.loaders.readers.office_files import archive

TEXT = "<p>Russia struck the Ukrainian city of Kharkiv on Monday, officials said.</p>" * 4
CONTAINER = '<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>'
ABOUT = (
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Review</dc:title>'
    "<dc:creator>Jane</dc:creator><dc:language>en</dc:language><dc:date>2024-11-21</dc:date>"
    "</metadata>"
)
PAGE = "application/xhtml+xml"


def book(chapters: dict[str, str], about: str = ABOUT, **parts: str) -> bytes:
    items = "".join(f'<item id="{n}" href="{n}" media-type="{PAGE}"/>' for n in chapters)
    order = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    contents = f'<item id="nav" href="nav.xhtml" media-type="{PAGE}" properties="nav"/>'
    package = f"<package>{about}<manifest>{items}{contents}</manifest>"
    package += f'<spine><itemref idref="nav"/>{order}</spine></package>'
    named = {key.replace("__", "/").replace("_dot_", "."): value for key, value in parts.items()}
    inside = {f"in/{name}": page for name, page in chapters.items()}
    first = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    return archive({**first, "in/book.opf": package, "in/nav.xhtml": TEXT, **inside, **named})


def page(body: str) -> str:
    return f'<?xml version="1.0"?><html><head><title>x</title></head><body>{body}</body></html>'


def read(tmp_path: Path, raw: bytes) -> list[Any]:
    (tmp_path / "a.epub").write_bytes(raw)
    return list(read_path(tmp_path / "a.epub"))


def test_chapters_are_articles(tmp_path: Path) -> None:
    chapters = {"0.xhtml": page("<h1>The Review</h1>"), "1.xhtml": page(f"<h2>War</h2>{TEXT}")}
    (found,) = read(tmp_path, book(chapters))
    assert isinstance(found, Article)
    assert (found.title, found.source, found.lang) == ("War", "The Review", "en")
    assert str(found.published.date) == "2024-11-21"
    assert found.text.count("Kharkiv") == 4
    assert "War" not in found.text
    assert found.notes == (
        "author: Jane",
        "in its file: 1.xhtml",
        "1 parts of the book hold too little text",
    )


def test_a_chapter_that_breaks_leaves_the_others(tmp_path: Path) -> None:
    crowded = page("<b>x</b>" * 25_000)
    found = read(tmp_path, book({"0.xhtml": crowded, "1.xhtml": page(TEXT), "2.xhtml": ""}))
    assert [type(each) for each in found] == [SetAside, Article]


BAD = {
    "no package": (
        archive({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}),
        "no package document",
    ),
    "no chapters": (book({}), "no part of the book"),
    "covers alone": (book({"0.xhtml": page("<p>Cover</p>")}), "no part of the book"),
    "chapters that are missing": (
        book({"0.xhtml": page(TEXT)}).replace(b"in/0.xhtml", b"in/9.xhtml"),
        "no part of the book",
    ),
}


@pytest.mark.parametrize(("raw", "problem"), BAD.values(), ids=BAD)
def test_bad_books_are_set_aside(tmp_path: Path, raw: bytes, problem: str) -> None:
    (found,) = read(tmp_path, raw)
    assert isinstance(found, SetAside)
    assert problem in found.problem


@pytest.mark.parametrize(
    ("method", "is_read"),
    [("http://www.idpf.org/2008/embedding", True), ("http://example.org/aes128", False)],
)
def test_copy_protection_is_told_and_hidden_fonts_are_none(
    tmp_path: Path, method: str, is_read: bool
) -> None:
    told = f'<encryption><EncryptionMethod Algorithm="{method}"/></encryption>'
    parts = {"META-INF__encryption_dot_xml": told}
    (found,) = read(tmp_path, book({"1.xhtml": page(TEXT)}, **parts))
    assert isinstance(found, Article) == is_read
    assert is_read or "copy protection" in str(found)
