"""DOCX: text with tracked changes accepted, title, author. Macros and what the file names outside
itself are never run or opened; headers, footers, comments and footnotes are not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.office_package import package
from loaders.readers.office_properties import Properties, properties_of
from loaders.readers.plain_text import split_title
from loaders.readers.press_article import press_article, read_each
from loaders.readers.source_file import SetAside
from loaders.readers.word_text import Paragraph, WordText, word_text

TITLE_STYLES = ("title", "heading 1")


def detect(head: Head) -> bool:
    """Whether the file is a ZIP archive that holds a text document of Word."""
    return any(name.startswith("word/document") for name in head.members)


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a document."""
    return read_each(path, lambda raw: [("", lambda: _article(raw))])


def _article(raw: bytes) -> Article:
    with package(raw) as archive:
        found, about = word_text(archive), properties_of(archive, "docProps/core.xml")
    return document_article(found, about, "word_document")


def document_article(found: WordText, about: Properties, reader: str) -> Article:
    """The article of a text document with what it says of itself. Raises UnreadableError.

    The title is the paragraph in the style "title" or a heading that opens the text, else a first
    line that looks like one, else the property.
    """
    title, paragraphs = _titled(found.paragraphs)
    return press_article(
        [each.text for each in paragraphs],
        reader=reader,
        title=title or about.title,
        author=about.author,
        notes=(*found.notes, *about.notes()),
    )


def _titled(paragraphs: Sequence[Paragraph]) -> tuple[str, Sequence[Paragraph]]:
    """(title, the paragraphs without it); "" where no paragraph is one."""
    first = paragraphs[:1]
    styled = [each for each in paragraphs if each.style == TITLE_STYLES[0]][:1] or [
        each for each in first if each.style in TITLE_STYLES
    ]
    if not styled and len(paragraphs) > 1:
        title, _ = split_title("\n\n".join(each.text for each in paragraphs[:2]))
        styled = list(first) if title else []
    if not styled or len(paragraphs) == 1:
        return "", paragraphs
    at = paragraphs.index(styled[0])
    return styled[0].text, [*paragraphs[:at], *paragraphs[at + 1 :]]
