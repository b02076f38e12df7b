"""RTF documents: text with deletions left out, title, author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.office_properties import Properties
from loaders.readers.press_article import read_each
from loaders.readers.rtf_text import is_rtf, rtf_text
from loaders.readers.source_file import SetAside
from loaders.readers.word_document import document_article
from loaders.readers.word_text import Paragraph, WordText

DAMAGED = "the file is cut, or a length in it is wrong: some of its text may be missing"


def detect(head: Head) -> bool:
    """Whether the file begins as RTF does."""
    return is_rtf(head.raw)


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a document."""
    return read_each(path, lambda raw: [("", lambda: _article(raw))])


def _article(raw: bytes) -> Article:
    found = rtf_text(raw)
    notes = ["tracked changes are read as accepted"] if found.has_changes else []
    notes += [DAMAGED] if found.is_damaged else []
    text = WordText(tuple(Paragraph(each, "") for each in found.paragraphs), tuple(notes))
    about = Properties(title=found.title, author=found.author, made=found.made)
    return document_article(text, about, "rich_text")
