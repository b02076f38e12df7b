"""An entry of a list of references (RIS, Zotero) -> an article, whose text is its abstract."""

from __future__ import annotations

from dataclasses import dataclass

from events.model import Article, Published
from loaders.readers.fields import published_field
from loaders.readers.press_article import press_article
from loaders.readers.source_file import UnreadableError, shortened
from loaders.readers.written_date import written_date

ABSTRACT = "the text is the abstract of the list of references"
TITLE_ALONE = "the list of references holds no text; the title stands for it"


@dataclass(frozen=True)
class Reference:
    """An entry's fields as written, "" where missing; `date_field` names the field of `date`."""

    title: str
    abstract: str
    source: str
    date: str
    date_field: str
    author: str
    url: str
    lang: str
    section: str
    page: str


def reference_article(entry: Reference, reader: str) -> Article:
    """The article of an entry. Raises UnreadableError where it has neither abstract nor title."""
    return press_article(
        (entry.abstract or entry.title).split("\n"),
        reader=reader,
        title=entry.title,
        lang=entry.lang,
        source=entry.source,
        url=entry.url,
        published=_published(entry),
        author=entry.author,
        section=entry.section,
        page=entry.page,
        notes=(ABSTRACT if entry.abstract else TITLE_ALONE,),
    )


def _published(entry: Reference) -> Published:
    """The date in figures (YYYY, YYYY-MM, YYYY-MM-DD) or in words; unknown where it is neither."""
    field = f"field {entry.date_field}"
    worded = written_date(entry.date, field)
    if worded is not None and worded.precision == "day":
        return worded
    try:
        return published_field(entry.date, field)
    except UnreadableError:
        return worded or Published.unknown(f"{field} tells no day: {shortened(entry.date)}")
