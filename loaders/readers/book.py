"""EPUB: each chapter of a book or an issue of a magazine is an article; nothing in it is run.

Chapters come in the order of the spine. Covers, contents and title pages are counted in a note.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from lxml import etree, html

from events.model import Article, Published
from loaders.readers.fields import published_field
from loaders.readers.format import Head
from loaders.readers.office_package import attribute, local_name, package, part_bytes, xml_part
from loaders.readers.page_text import paragraphs_of, text_of
from loaders.readers.plain_text import split_title
from loaders.readers.press_article import press_article
from loaders.readers.source_file import SetAside, UnreadableError, read_bytes, sha256
from loaders.readers.web_page import decode_page, parse_page
from loaders.readers.written_date import written_date
from loaders.text.language import UNDETERMINED, identify

_MIMETYPE = b"application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_HIDING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NO_TITLE = ("Unknown Title", "Unknown", "Untitled")  # of programs that were told none
_PAGES = ("application/xhtml+xml", "text/html")
_MIN_CHARACTERS = 200  # of a chapter; a title page and a dedication have fewer
_MAX_CHAPTERS = 5_000


@dataclass(frozen=True)
class _Book:
    """What the package says: chapters are names of parts in their order."""

    title: str
    author: str
    lang: str
    date: str
    chapters: tuple[str, ...]


def detect(head: Head) -> bool:
    """Whether the file is a ZIP archive that says it is an EPUB, or has its container and the name
    of one: packed anew, it may say nothing."""
    is_named = head.suffix == ".epub" and "mimetype" not in head.members
    return (_MIMETYPE in head.raw[:100] or is_named) and _CONTAINER in head.members


def read(path: Path) -> Iterator[Article | SetAside]:
    """The chapters of a book; one that can't be read is set aside, the others go on."""
    try:
        raw = read_bytes(path)
        with package(raw) as archive:
            book = _book(archive)
            found = [_item(path, archive, name, book) for name in book.chapters]
    except UnreadableError as error:
        yield error.set_aside(path)
        return
    yield from _told(path, found, sha256(raw))


def _told(
    path: Path, found: Sequence[Article | SetAside | None], digest: str
) -> Iterator[Article | SetAside]:
    """The items, the first article with the number of parts that hold too little text."""
    short = sum(item is None for item in found)
    if short == len(found):
        remedy = "Save its text as .txt and load that."
        yield SetAside(str(path), "", f"{short} parts", "no part of the book holds a text", remedy)
    notes: tuple[str, ...] = (f"{short} parts of the book hold too little text",) if short else ()
    for item in found:
        if isinstance(item, Article):
            yield replace(item, sha256=digest, notes=(*item.notes, *notes))
            notes = ()
        elif item is not None:
            yield item


def _item(
    path: Path, archive: zipfile.ZipFile, name: str, book: _Book
) -> Article | SetAside | None:
    """A chapter, or why it can't be read; None for a cover, a title page, an imprint."""
    try:
        page = decode_page(part_bytes(archive, name) or b" ")
        return _chapter(parse_page(page), name, book) if page.strip() else None
    except UnreadableError as error:
        return error.set_aside(path, name)


def _chapter(tree: html.HtmlElement, name: str, book: _Book) -> Article | None:
    paragraphs = paragraphs_of(tree)
    if sum(map(len, paragraphs)) < _MIN_CHARACTERS:
        return None
    heading = next((text_of(each) for each in tree.iter("h1", "h2", "h3") if text_of(each)), "")
    title = heading or split_title("\n\n".join(paragraphs[:2]))[0]
    title = title or (tree.findtext(".//title") or "").strip()
    return press_article(
        paragraphs[1:] if paragraphs[0] == title else paragraphs,
        reader="book",
        title="" if title == book.title else title,
        # programs write "en" into books of any language: the text itself tells, where it is long
        lang="" if identify("\n".join(paragraphs)) != UNDETERMINED else book.lang,
        source=book.title,
        published=_published(book.date),
        author=book.author,
        locator=posixpath.basename(name),
    )


def _published(date: str) -> Published | None:
    try:
        return published_field(date, "date of the EPUB")
    except UnreadableError:
        return written_date(date, "date of the EPUB")


def _book(archive: zipfile.ZipFile) -> _Book:
    """What the package document says. Raises UnreadableError where it is missing or protected."""
    if _is_protected(archive):
        remedy = "It can be read with its shop's program alone; copy the text from there."
        raise UnreadableError("", "", "the book has a copy protection", remedy)
    place = _package_place(archive)
    tree = xml_part(archive, place)
    if tree is None:
        remedy = "Save it anew from its program."
        raise UnreadableError(place, "", "the book has no package document", remedy)
    told: dict[str, str] = {}
    for element in tree.iter():
        if local_name(element) in ("title", "creator", "language", "date"):
            told.setdefault(local_name(element), (element.text or "").strip())
    return _Book(
        title="" if told.get("title") in _NO_TITLE else told.get("title", ""),
        author=told.get("creator", ""),
        lang=told.get("language", ""),
        date=told.get("date", ""),
        chapters=tuple(_spine(tree, posixpath.dirname(place))),
    )


def _is_protected(archive: zipfile.ZipFile) -> bool:
    """Whether a part is encrypted; fonts that are merely hidden are of no matter."""
    tree = xml_part(archive, _ENCRYPTION)
    methods = (attribute(each, "Algorithm") for each in (tree.iter() if tree is not None else ()))
    return any(method and method not in _FONT_HIDING for method in methods)


def _package_place(archive: zipfile.ZipFile) -> str:
    tree = xml_part(archive, _CONTAINER)
    files = (attribute(each, "full-path") for each in (tree.iter() if tree is not None else ()))
    return next(filter(None, files), "")


def _spine(tree: etree._Element, folder: str) -> Iterator[str]:
    """Names of the parts that are read, in their order, without the table of contents."""
    items = {attribute(e, "id"): e for e in tree.iter() if local_name(e) == "item"}
    places = [attribute(e, "idref") for e in tree.iter() if local_name(e) == "itemref"]
    for place in places[:_MAX_CHAPTERS]:
        item = items.get(place)
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        if attribute(item, "media-type") in _PAGES:
            yield posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))
