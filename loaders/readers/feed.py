"""A saved feed (RSS, Atom): an article an item."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import feedparser

from events.model import Article, Published
from loaders.readers.fields import make_article, published_field
from loaders.readers.format import Head
from loaders.readers.mail import sent_on
from loaders.readers.markup import text_of_markup
from loaders.readers.source_file import (
    SetAside,
    UnreadableError,
    decode,
    read_bytes,
    sha256,
    shortened,
)
from loaders.text.language import UNDETERMINED, identify

LONG_ENOUGH = 120  # characters of a text whose language is told better than by the whole feed's
MAX_BROKEN = 2_000_000  # bytes of a feed that is no sound XML: the parser for such is slow
SUMMARY = "the feed gives a summary as the text"
TITLE_ALONE = "the feed gives a title alone, which is read as the text"
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DATES = ("published", "updated", "created")  # of an item, the best first


def detect(head: Head) -> bool:
    """Whether the first element is one of RSS or Atom."""
    is_rdf = head.root == "rdf" and "purl.org/rss/" in head.text
    return head.root == "rss" or is_rdf or (head.root == "feed" and "w3.org/2005/Atom" in head.text)


def read(path: Path) -> Iterator[Article | SetAside]:
    """The items in their order; one that can't be read is set aside. No address is fetched."""
    raw = read_bytes(path)
    feed = _parsed(raw)
    digest, notes = sha256(raw), _damage(feed)
    for number, item in enumerate(feed.entries, start=1):
        try:
            yield _article(item, feed.feed, digest, f"item {number}", notes)
        except UnreadableError as error:
            yield error.set_aside(path, f"item {number}")
    if not feed.entries:
        yield SetAside(str(path), "", "0 items", "the feed has no items", "Leave it out.")


def _parsed(raw: bytes) -> Any:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = _DECLARATION.sub("", decode(raw), count=1).encode()  # its encoding is another now
    # no feed needs the entities of a document type, and a bomb is made of them
    raw = _DOCUMENT_TYPE.sub(b"", raw, count=1)
    if len(raw) > MAX_BROKEN and (fault := _fault(raw)):
        remedy = "Save the feed anew as its server sends it, or split it."
        raise UnreadableError(fault, "", "a large feed that is no sound XML", remedy)
    # a stream: bytes would be taken for the name of a file, text for an address
    stream = io.BytesIO(raw)
    remedy, problem = "Save the feed anew as its server sends it.", "no feed could be read"
    try:
        feed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # the library raises whatever damaged bytes lead to
        raise UnreadableError("", error, problem, remedy) from None
    if not feed.version and not feed.entries:
        raise UnreadableError("", feed.get("bozo_exception", ""), problem, remedy)
    return feed


def _fault(raw: bytes) -> str:
    """Where the XML is broken, "" where it is not."""
    try:
        expat.ParserCreate().Parse(raw, True)
    except expat.ExpatError as error:
        return f"line {error.lineno}, column {error.offset}"
    return ""


def _damage(feed: Any) -> tuple[str, ...]:
    if not feed.bozo:
        return ()
    told = shortened(" ".join(str(feed.bozo_exception).split()), 120)
    return (f"the feed is no sound XML and was read as far as it goes: {told}",)


def _article(item: Any, feed: Any, digest: str, place: str, notes: tuple[str, ...]) -> Article:
    title = text_of_markup(str(item.get("title", ""))).replace("\n", " ")
    text, doubts = _text(item, title)
    return make_article(
        text,
        title="" if TITLE_ALONE in doubts else title,
        lang=_language(item, feed, text),
        source=text_of_markup(_outlet(item, feed)),
        url=_web_address(item),
        published=_published(item),
        sha256=digest,
        reader="feed",
        author=str(item.get("author", "")),
        locator=" ".join(filter(None, (place, str(item.get("id", ""))))),
        notes=(*doubts, *notes),
    )


def _text(item: Any, title: str) -> tuple[str, tuple[str, ...]]:
    """(text, notes): the item's whole text, else its summary, else its title."""
    whole = [str(each.get("value", "")) for each in item.get("content", ())]
    for markup, notes in ((max(whole, key=len, default=""), ()), (item.get("summary"), (SUMMARY,))):
        if text := text_of_markup(str(markup or "")):
            return text, notes
    return title, (TITLE_ALONE,)


def _outlet(item: Any, feed: Any) -> str:
    """The item's own source where it was taken over from another feed, else the feed's title."""
    return str(item.get("source", {}).get("title") or feed.get("title", ""))


def _language(item: Any, feed: Any, text: str) -> str:
    """The item's own language; else the feed's, unless the text is clearly in another one."""
    told = next(filter(None, (each.get("language") for each in item.get("content", ()))), None)
    told = told or feed.get("language") or ""
    own = told != feed.get("language")
    found = identify(text) if told and not own and len(text) >= LONG_ENOUGH else UNDETERMINED
    return str(told) if found == UNDETERMINED else found


def _web_address(item: Any) -> str:
    link = str(item.get("link", ""))
    return link if link.startswith(("https://", "http://")) else ""


def _published(item: Any) -> Published:
    """The day as written, whatever its zone; feeds write dates in two styles, and wrong ones."""
    name = next((each for each in _DATES if item.get(each)), "")
    written = str(item.get(name, "")).strip()
    evidence = f"feed item: {name}"
    if written[:4].isdigit():
        try:
            return published_field(written, evidence)
        except UnreadableError:
            return sent_on(written, evidence)
    return sent_on(written, evidence)
