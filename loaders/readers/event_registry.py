"""JSON of Event Registry (newsapi.ai): an article an object. Its own events are not read here."""

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

_KEYS = re.compile(r'"(?:dateTimePub|isDuplicate|body|eventUri)"\s*:')
# an answer of the service, a list, or a line an article
PLACES = frozenset(("articles.results.item", "recentActivityArticles.activity.item", "item"))
# of its three-letter codes those that Frise reads; other texts are identified
_LANGUAGES = {"eng": "en", "fra": "fr", "deu": "de", "spa": "es", "ita": "it", "rus": "ru"}


def detect(head: Head) -> bool:
    """Whether it is JSON with at least two of the service's own fields."""
    return head.text[:1] in ("{", "[") and len(set(_KEYS.findall(head.text))) > 1


def read(path: Path) -> Iterator[Article | SetAside]:
    """The articles in order; one that can't be read is set aside."""
    number = 0
    for number, (_, record) in enumerate(items(path, PLACES), start=1):
        try:
            yield _article(record, f"article {number}")
        except UnreadableError as error:
            yield error.set_aside(path, f"article {number}")
    if not number:
        problem = "no articles stand where the service writes them"
        yield SetAside(str(path), "", "", problem, "Ask the service for articles with their body.")


def _article(record: Any, place: str) -> Article:
    if not isinstance(record, dict):
        raise UnreadableError("", record, "this is no article", "Leave it out.")
    lang = text_field(record, "lang")
    source = record.get("source")
    name = "dateTimePub" if record.get("dateTimePub") else "date"
    copied = ("Event Registry marks it as a duplicate",) if record.get("isDuplicate") else ()
    return make_article(
        text_field(record, "body"),
        title=text_field(record, "title"),
        lang=_LANGUAGES.get(lang, lang),
        source=str(source.get("title") or source.get("uri")) if isinstance(source, dict) else "",
        url=text_field(record, "url"),
        published=published_field(record.get(name), f"Event Registry {name}, UTC"),
        reader="event_registry",
        author=_authors(record.get("authors")),
        locator=f"{place} {record.get('uri', '')}".strip(),
        notes=copied,
    )


def _authors(told: object) -> str:
    listed = told if isinstance(told, list) else []
    return ", ".join(
        str(each["name"]) for each in listed if isinstance(each, dict) and "name" in each
    )
