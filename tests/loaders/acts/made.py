"""Inputs of the reader for tests."""

from __future__ import annotations

import datetime as dt

from loaders.acts.reader_input import ReaderInput, reader_input
from loaders.readers.json_lines import article_from_record
from loaders.text.publication import infer_publication
from loaders.text.read import read_document


def made_input(text: str, title: str = "") -> ReaderInput:
    """A text without mentions."""
    document = read_document(article_from_record({"id": "1", "text": text, "title": title}))
    published = infer_publication(document, dt.date(2024, 1, 1))
    return reader_input(document, [], [], [], published)
