"""Europresse (Cedrom-SNi) HTML exports: several articles a file, in the layout of before 2014 (one
table an article) and in those since (one <article> each).

The page is cut into its articles before it is parsed: the limits of a page hold for each of them.
What stands above the title (kickers), illustrations and notes of the database are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import takewhile
from pathlib import Path

from lxml import html

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.page_text import (
    first_with_class,
    paragraphs_after,
    paragraphs_of,
    text_of,
    with_class,
)
from loaders.readers.press_article import Piece, one_line, press_article, read_each, stretches
from loaders.readers.source_file import SetAside
from loaders.readers.web_page import decode_page, parse_page
from loaders.readers.written_date import before_date, checked_date

_NAME = re.compile(r"<span\b[^>]*\bDocPublicationName\b", re.IGNORECASE)
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_NUMBER = re.compile(r"news·(\d{8})·[\w·-]+")
_ISSUE = re.compile(r"\s*(?:,\s*(?:no|n°|nº|vol)\b|[(;]).*", re.IGNORECASE)
_PAGE = re.compile(r",\s*pp?\.\s*([\w*-]+)")
_RIGHTS = re.compile(r"(?:copyright\s*)?(?:©|\(c\))\s*\d{4}|copyright\b", re.IGNORECASE)
_LINK = re.compile(r"\s*\(lien : https?://[^\s)]*\)")  # the database's own mark of a link
_FIRST_OUT = "est paru dans"  # the link to the article's own page
_AUTHOR_WORDS = 20  # a longer line under the title is no list of names


def detect(head: Head) -> bool:
    """Whether a page is an export of Europresse."""
    return bool(_NAME.search(head.text))


def read(path: Path) -> Iterator[Article | SetAside]:
    """The articles of an export, in its order."""
    return read_each(path, _pieces)


def _pieces(raw: bytes) -> Iterator[Piece]:
    page = decode_page(raw)
    begin = _ARTICLE if _ARTICLE.search(page) else _NAME
    for number, part in enumerate(stretches(page, begin), start=1):
        yield f"article {number}", partial(_article, part)


def _article(part: str) -> Article:
    tree = parse_page(part)
    title = first_with_class(tree, "rdp__articletitle", "titreArticleVisu")
    body = first_with_class(tree, "docOcurrContainer", "DocText")
    body = next(tree.iter("section"), None) if body is None else body
    if body is None and title is not None:  # the old layout has no element around the text
        author = _old_author(title)
        lines = _old_lines(title, author)
    else:
        author, lines = _author(tree), [] if body is None else paragraphs_of(body)
    head = _head(tree)
    number = _NUMBER.search(part)
    published, notes = checked_date(head, number.group(1) if number else "")
    page = _PAGE.search(head)
    return press_article(
        [text_of(first_with_class(tree, "rdp__subtitle")), *_told(lines)],
        reader="europresse",
        title=text_of(title),
        source=_outlet(tree),
        url=_address(tree),
        published=published,
        author=author,
        section=before_date(head).rstrip(" ,").rpartition(",")[0].strip(" ,"),
        page=page.group(1) if page else "",
        notes=notes,
    )


def _outlet(tree: html.HtmlElement) -> str:
    """The name of the newspaper without issue number, edition and "(site web)"."""
    name = first_with_class(tree, "DocPublicationName")
    return "" if name is None else _ISSUE.sub("", paragraphs_of(name)[0])


def _head(tree: html.HtmlElement) -> str:
    """The line with section, day and page; the old layout has a span for each of them."""
    spans = [text_of(each) for each in with_class(tree, "DocHeader")]
    told = " ".join(spans).replace(" ,", ",")
    return told or text_of(next(iter(tree.iter("header")), None))


def _author(tree: html.HtmlElement) -> str:
    """The names under the title: in an element of their own, or in the next one after it."""
    title = first_with_class(tree, "titreArticle")
    beneath = [] if title is None else [text_of(each) for each in title.itersiblings("div", "p")]
    told = text_of(first_with_class(tree, "docAuthors")) or next(filter(None, beneath), "")
    return told if len(told.split()) <= _AUTHOR_WORDS and not _NUMBER.search(told) else ""


def _old_author(title: html.HtmlElement) -> str:
    """Old layout: a line under the title that a line break ends before the first paragraph."""
    told, is_closed = title.tail or "", False
    for node in title.itersiblings():
        if node.tag == "p":
            break
        is_closed = node.tag == "br" and bool(told.strip()) and not (node.tail or "").strip()
        told += ("" if node.tag == "br" else text_of(node)) + (node.tail or "")
    return one_line(told) if is_closed and len(told.split()) <= _AUTHOR_WORDS else ""


def _old_lines(title: html.HtmlElement, author: str) -> list[str]:
    """Old layout: the lines after title and author, to the document's number."""
    lines = list(takewhile(lambda line: not _NUMBER.search(line), paragraphs_after(title)))
    return lines[1:] if author and lines[:1] == [author] else lines


def _told(lines: Iterable[str]) -> Iterator[str]:
    """The lines that the article itself holds: no rights, no links of the database."""
    for line in lines:
        if not _RIGHTS.match(line) and _FIRST_OUT not in line:
            yield _LINK.sub("", line)


def _address(tree: html.HtmlElement) -> str:
    """The address of the article's own page, where the database links to it."""
    links = (link for link in tree.iter("a") if _FIRST_OUT in text_of(link))
    return next((str(link.get("href", "")) for link in links), "")
