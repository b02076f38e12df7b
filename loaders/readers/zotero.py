"""Zotero's own exports: CSL JSON and CSV, an article an entry. (Its RIS is read as RIS.)"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.press_article import Piece, read_each
from loaders.readers.reference import Reference, reference_article
from loaders.readers.source_file import SetAside, UnreadableError, decode

_COLUMNS = ("Key", "Item Type", "Publication Year")
_CSL_KEYS = ('"container-title"', '"issued"', '"type"')
_MAX_CELL = 1_000_000  # characters of a cell


def detect_table(head: Head) -> bool:
    """Whether the file begins with the columns of Zotero's CSV."""
    return head.text.startswith(",".join(f'"{name}"' for name in _COLUMNS))


def detect_json(head: Head) -> bool:
    """Whether the file begins as CSL JSON: a list with types, containers, days."""
    keys = sum(key in head.text for key in _CSL_KEYS)
    return head.text.startswith("[") and keys == len(_CSL_KEYS) and '"id"' in head.text


def read_table(path: Path) -> Iterator[Article | SetAside]:
    """The rows of a CSV, in its order."""
    return read_each(path, _rows)


def read_json(path: Path) -> Iterator[Article | SetAside]:
    """The entries of a CSL JSON list, in its order."""
    return read_each(path, _items)


def _rows(raw: bytes) -> Iterator[Piece]:
    csv.field_size_limit(_MAX_CELL)
    rows = csv.DictReader(io.StringIO(decode(raw)))
    try:
        for number, row in enumerate(rows, start=2):
            yield f"row {number}", partial(_article_of_row, row)
    except csv.Error as error:
        remedy = "Export it again from Zotero as CSV or RIS."
        raise UnreadableError(
            f"line {rows.line_num}", error, "the table is broken", remedy
        ) from None


def _article_of_row(row: Mapping[str, Any]) -> Article:
    def told(name: str) -> str:
        return str(row.get(name) or "")

    found = Reference(
        title=told("Title"),
        abstract=told("Abstract Note"),
        source=told("Publication Title"),
        date=told("Date") or told("Publication Year"),
        date_field="Date" if told("Date") else "Publication Year",
        author=told("Author"),
        url=told("Url"),
        lang=told("Language"),
        section=told("Section"),
        page=told("Pages"),
    )
    return reference_article(found, "zotero")


def _items(raw: bytes) -> Iterator[Piece]:
    try:
        items = json.loads(decode(raw))
    except (ValueError, RecursionError) as error:
        remedy = "Export it again from Zotero as CSL JSON or RIS."
        raise UnreadableError("", error, "the list is no JSON", remedy) from None
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        yield f"entry {number}", partial(_article_of_item, item)


def _article_of_item(item: object) -> Article:
    if not isinstance(item, dict):
        raise UnreadableError("", repr(item), "the entry is no JSON object", "Leave it out.")

    def told(name: str) -> str:
        value = item.get(name)
        return value if isinstance(value, str) else ""

    found = Reference(
        title=told("title"),
        abstract=told("abstract"),
        source=told("container-title") or told("publisher"),
        date=_issued(item.get("issued")),
        date_field="issued",
        author="; ".join(_names(item.get("author"))),
        url=told("URL"),
        lang=told("language"),
        section=told("section"),
        page=told("page"),
    )
    return reference_article(found, "zotero")


def _issued(issued: object) -> str:
    """The day of CSL JSON ({"date-parts": [["2024", 11, 21]]}, or "raw") as ISO."""
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list):
        return str(issued.get("raw", ""))
    return "-".join(f"{int(part):02}" for part in first[:3] if str(part).isdigit())


def _names(authors: object) -> Iterator[str]:
    for each in authors if isinstance(authors, list) else ():
        if isinstance(each, dict):
            yield str(each.get("literal") or f"{each.get('family', '')}, {each.get('given', '')}")
