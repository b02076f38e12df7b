"""Inputs of the reader for tests."""

from __future__ import annotations

import datetime as dt

from events.model import Article, Published
from loaders.acts.reader_input import ReaderInput, reader_input
from loaders.find.actors import find_actors
from loaders.find.dates import find_dates
from loaders.find.places import find_places
from loaders.readers.json_lines import article_from_record
from loaders.text.publication import infer_publication
from loaders.text.read import read_document


def made_input(text: str, title: str = "") -> ReaderInput:
    """A text without mentions."""
    document = read_document(article_from_record({"id": "1", "text": text, "title": title}))
    published = infer_publication(document, dt.date(2024, 1, 1))
    return reader_input(document, [], [], [], published)


def found_input(text: str, lang: str) -> ReaderInput:
    """A text with its dates, places and actors."""
    published = Published.given(dt.date(2024, 11, 20))
    document = read_document(Article(1, "", text, lang, published=published))
    places = find_places(document)
    actors = find_actors(document, places, published)
    return reader_input(document, find_dates(document, published), places, actors, published)
