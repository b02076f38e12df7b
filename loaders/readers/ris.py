"""RIS: lists of references as databases and Zotero export them, an article an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import rispy

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.press_article import Piece, read_each
from loaders.readers.reference import Reference, reference_article
from loaders.readers.source_file import SetAside, decode

_ENTRY = re.compile(r"^TY  ?- ", re.MULTILINE)
_END = "\nER  - \n"
# fields by what they mean, the surest first
_TITLES = ("title", "primary_title", "translated_title", "short_title")
_SOURCES = ("secondary_title", "journal_name", "alternate_title3", "alternate_title1", "publisher")
_TEXTS = ("notes_abstract", "abstract")
_DATES = {"date": "DA", "publication_year": "Y1", "year": "PY"}
_AUTHORS = ("authors", "first_authors")


def detect(head: Head) -> bool:
    """Whether the file begins with the type of a reference."""
    return bool(_ENTRY.match(head.text))


def read(path: Path) -> Iterator[Article | SetAside]:
    """The entries of a list, in its order."""
    return read_each(path, _entries)


def _entries(raw: bytes) -> Iterator[Piece]:
    text = decode(raw)
    starts = [found.start() for found in _ENTRY.finditer(text)]
    for number, start in enumerate(starts, start=1):
        entry = text[start : starts[number]] if number < len(starts) else text[start:]
        yield f"entry {number}", partial(_article, entry)


def _article(entry: str) -> Article:
    # without its last line the library would leave an entry out
    told: dict[str, Any] = rispy.loads(entry.rstrip() + _END)[0]
    longest = max((str(told.get(name, "")) for name in _TEXTS), key=len)
    dated = next((name for name in _DATES if told.get(name)), "date")
    found = Reference(
        title=_first(told, _TITLES),
        abstract=longest,
        source=_first(told, _SOURCES),
        date=_iso(str(told.get(dated, ""))),
        date_field=_DATES[dated],
        author="; ".join(next((told[name] for name in _AUTHORS if name in told), [])),
        url=next(iter(told.get("urls", [])), ""),
        lang=str(told.get("language", "")),
        section=str(told.get("section", "")),
        page=str(told.get("start_page", "")),
    )
    return reference_article(found, "ris")


def _first(told: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(told[name]) for name in names if told.get(name)), "")


def _iso(date: str) -> str:
    """ "2024/11/21/" as 2024-11-21; a date that is written otherwise as it is."""
    parts = date.split("/")
    if not all(part.isdigit() for part in parts[:3] if part):
        return date
    return "-".join(part for part in parts[:3] if part)
