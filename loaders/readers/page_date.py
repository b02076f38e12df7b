"""The publication date that a web page declares in its metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from lxml import html

from events.model import Published
from loaders.readers.fields import published_field
from loaders.readers.source_file import UnreadableError

# (attribute of <meta>, its value), the surest first
_META = (
    ("property", "article:published_time"),
    ("name", "article:published_time"),
    ("property", "og:article:published_time"),
    ("itemprop", "datePublished"),
    ("name", "parsely-pub-date"),
    ("name", "sailthru.date"),
    ("name", "cXenseParse:recs:publishtime"),
    ("name", "dcterms.issued"),
    ("name", "dcterms.created"),
    ("name", "DC.date.issued"),
    ("name", "DC.date"),
    ("name", "pubdate"),
    ("name", "publish-date"),
    ("name", "publication_date"),
    ("name", "date"),
)
_MAX_JSON_DEPTH = 8


def published_metadata(tree: html.HtmlElement) -> Published | None:
    """The declared date with the field that declares it as evidence, or None.

    Order: <meta> fields, JSON-LD `datePublished`, <time> marked as publication. A field that
    holds no date of the calendar is passed over; a date that no news can have is the last choice.
    """
    doubtful = None
    for evidence, value in _declared(tree):
        try:
            found = published_field(_iso(value), f"page metadata: {evidence}")
        except UnreadableError:
            continue
        if found.date is not None:
            return found
        doubtful = doubtful or found
    return doubtful


def _declared(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for attribute, name in _META:
        for element in tree.iterfind(f".//meta[@{attribute}='{name}']"):
            if (element.get("content") or "").strip():
                yield name, element.get("content").strip()
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for value in _json_dates(_loads(script.text or ""), 0):
            yield "JSON-LD datePublished", value
    for element in tree.iterfind(".//time[@datetime]"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield "time element", element.get("datetime").strip()


def _loads(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _json_dates(node: object, depth: int) -> Iterator[str]:
    """`datePublished` of the outermost objects first."""
    if depth > _MAX_JSON_DEPTH:
        return
    if isinstance(node, dict):
        if isinstance(node.get("datePublished"), str):
            yield node["datePublished"]
        children = [
            node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node
        ]
    else:
        children = node if isinstance(node, list) else []
    for child in children:
        yield from _json_dates(child, depth + 1)


def _iso(value: str) -> str:
    """An RFC 2822 date ("Tue, 26 Nov 2024 10:00:00 GMT") as ISO day; other text unchanged."""
    if value[:4].isdigit():
        return value
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return value
