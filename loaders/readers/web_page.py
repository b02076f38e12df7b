"""A saved web page: text by trafilatura, title, address and date from the page's own metadata.

Nothing is fetched: the libraries are given a parsed tree, never an address.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from htmldate import find_date
from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata

from events.model import Article, Published
from loaders.readers.fields import make_article
from loaders.readers.format import Head
from loaders.readers.page_date import published_metadata
from loaders.readers.source_file import (
    SetAside,
    UnreadableError,
    decode,
    decode_declared,
    read_bytes,
    sha256,
)

MAX_ELEMENTS = 20_000  # tags; a long article page has 2,000. Bounds the time trafilatura takes
MAX_ATTRIBUTES = 500  # of one tag; the parser compares each with all before it
MAX_DEPTH = 100  # nested tags; a page has 30. Deeper trees cost time that grows with the square
_CROWDED = re.compile(
    r"<[a-zA-Z][^\s/>]*+(?:[\s/]*+[^\s/=>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+)"
    rf"{{{MAX_ATTRIBUTES}}}"
)
_DECLARED = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_OFFICE = re.compile(r"LibreOffice|OpenOffice|StarOffice|Microsoft (?:Word|Office)")
_SAVED = ("created", "changed", "changedby", "modified")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def detect(head: Head) -> bool:
    """Whether the file begins as a page does, comments and an XML declaration before it or not."""
    return head.root == "html"


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a saved page; a page without article text is set aside."""
    try:
        raw = read_bytes(path)
        yield article_of_page(decode_page(raw), sha256(raw))
    except UnreadableError as error:
        yield error.set_aside(path)


def decode_page(raw: bytes) -> str:
    """The text of a page: UTF-8 first; else what it declares, else what is detected.

    Raises UnreadableError where it is no text.
    """
    declared = _DECLARED.search(raw[:4096])
    if declared is None or b"\x00" in raw:
        return decode(raw)
    return decode_declared(raw, declared.group(1).decode("ascii"))[0]


def in_utf8(raw: bytes, declared: str) -> bytes:
    """The bytes of a page whose encoding was declared outside it, as UTF-8."""
    return decode_declared(raw, declared)[0].encode("utf-8", "replace")


def parse_page(page: str) -> html.HtmlElement:
    """The tree of a page. Raises UnreadableError where it is no HTML, too large or too deep."""
    if page.count("<") > 2 * MAX_ELEMENTS:
        raise _too_much(f"{page.count('<')} tags", f"more than {MAX_ELEMENTS} elements")
    if _CROWDED.search(page):
        raise _too_much("", f"a tag with more than {MAX_ATTRIBUTES} attributes")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise _too_much("", "the page is no HTML") from None
    if _depth(tree) > MAX_DEPTH:
        raise _too_much("", f"tags nested deeper than {MAX_DEPTH}")
    return tree


def _too_much(value: str, problem: str) -> UnreadableError:
    return UnreadableError("", value, problem, "Save the article's text as .txt and load that.")


def _depth(tree: html.HtmlElement) -> int:
    deepest = level = 0
    for action, _ in etree.iterwalk(tree, events=("start", "end")):
        level += 1 if action == "start" else -1
        deepest = max(deepest, level)
    return deepest


def article_of_page(page: str, digest: str = "") -> Article:
    """The article of a page as text. Raises UnreadableError."""
    tree = parse_page(page)
    made = _made_on(tree)
    published = _published(tree)
    about = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    found = bare_extraction(tree, include_comments=False, include_tables=False, fast=False)
    text = str(getattr(found, "text", None) or "")
    if not text.strip():
        remedy = "Copy the article's text into a .txt file and load that."
        raise UnreadableError("", "", "no article text found in the page", remedy)
    return make_article(
        text,
        title=(about.title or "").strip(),
        lang=str(tree.get("lang") or ""),
        source=about.sitename or about.hostname or "",
        url=about.url or "",
        published=published,
        sha256=digest,
        reader="web_page",
        notes=tuple(f"the file was made on {day}, which is no date of publication" for day in made),
    )


def _made_on(tree: html.HtmlElement) -> list[str]:
    """The day on which an office program saved the page: taken out, for it looks like a date of
    publication."""
    generators = (each.get("content") or "" for each in tree.iterfind(".//meta[@name='generator']"))
    if not any(_OFFICE.match(each) for each in generators):
        return []
    found = [each for name in _SAVED for each in tree.iterfind(f".//meta[@name='{name}']")]
    days = [day for each in found if _ISO_DAY.fullmatch(day := (each.get("content") or "")[:10])]
    for each in found:
        each.drop_tree()
    return days[:1]


def _published(tree: html.HtmlElement) -> Published:
    """Metadata first; else what htmldate finds in the page's markup, with less confidence."""
    declared = published_metadata(tree)
    if declared:
        return declared
    found = find_date(tree, extensive_search=False, original_date=True)
    if not found:
        return Published.unknown("no date in the page's metadata or markup")
    evidence = f"page markup: {found} stands in the page's address or header"
    return Published(dt.date.fromisoformat(found), "given", "day", 0.8, (evidence,))
