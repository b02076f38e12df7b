"""JSON of the crawler news-please: an article an object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.model import Article
from loaders.readers.fields import make_article, published_field, text_field
from loaders.readers.format import Head
from loaders.readers.json_stream import items
from loaders.readers.source_file import SetAside, UnreadableError

_KEYS = re.compile(r'"(?:maintext|date_publish|source_domain|title_rss)"\s*:')
PLACES = frozenset(("", "item"))  # one article, a line each, or a list


def detect(head: Head) -> bool:
    """Whether it is JSON with at least two of the crawler's own fields."""
    return head.text[:1] in ("{", "[") and len(set(_KEYS.findall(head.text))) > 1


def read(path: Path) -> Iterator[Article | SetAside]:
    """The articles in order; one that can't be read is set aside."""
    for number, (_, record) in enumerate(items(path, PLACES), start=1):
        try:
            yield _article(record, f"article {number}")
        except UnreadableError as error:
            yield error.set_aside(path, f"article {number}")


def _article(record: Any, place: str) -> Article:
    if not isinstance(record, dict):
        raise UnreadableError("", record, "this is no article", "Leave it out.")
    given = {key: value for key, value in record.items() if value not in (None, "None")}
    authors = given.get("authors") or ()
    names = ", ".join(map(str, authors)) if isinstance(authors, list) else str(authors)
    return make_article(
        text_field(given, "maintext") or text_field(given, "text"),
        title=text_field(given, "title") or text_field(given, "title_page"),
        lang=text_field(given, "language"),
        source=text_field(given, "source_domain"),
        url=text_field(given, "url"),
        published=published_field(given.get("date_publish"), "news-please date_publish"),
        reader="news_please",
        author=names,
        locator=place,
    )
