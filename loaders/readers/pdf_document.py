"""PDF with text: columns, hyphens and running heads undone; pages without text are counted.

A file is one article. Scans are not read, forms and comments neither; scripts never run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from events.model import Article, Published
from loaders.readers.format import Head
from loaders.readers.pdf_layout import Column, columns, without_running_heads
from loaders.readers.pdf_paragraphs import joined, paragraphs, text_height, title_lines, vocabulary
from loaders.readers.pdf_text import PdfText, pdf_text
from loaders.readers.plain_text import split_title
from loaders.readers.press_article import one_spaced, press_article, read_each
from loaders.readers.source_file import MAX_CHARACTERS, SetAside, UnreadableError, shortened
from loaders.readers.written_date import written_date

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_NO_TITLE = re.compile(r"\S*|.*\.(?:docx?|odt|indd|qxp|pdf|html?)|microsoft word.*", re.IGNORECASE)
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_MOST_PAGES_NOTED = 100
_MOST_HEADS, _MOST_OF_HEAD = 4, 80


def detect(head: Head) -> bool:
    """Whether the file begins as a PDF does; up to a kilobyte may stand before."""
    return b"%PDF-" in head.raw[:1024]


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a PDF."""
    return read_each(path, lambda raw: [("", lambda: _article(pdf_text(raw)))])


def _article(found: PdfText) -> Article:
    if not any(found.lines):
        remedy = "It is a scan: read it with a program for text recognition (OCR) first."
        raise UnreadableError("", f"{found.pages} pages", "no page holds text", remedy)
    pages, heads = without_running_heads(found.lines, found.heights)
    title, ordered = _titled([columns(page) for page in pages])
    known = vocabulary(line for page in pages for line in page)
    texts = [(page, one_spaced(text)) for page, text in paragraphs(ordered, known)]
    if not title and len(texts) > 1:
        title, _ = split_title("\n\n".join(text for _, text in texts[:2]))
        texts = texts[1:] if title else texts
    return press_article(
        [text for _, text in texts],
        reader="pdf_document",
        title=title or ("" if _NO_TITLE.fullmatch(found.title.strip()) else found.title),
        author=found.author,
        url=next((each for head in heads for each in _ADDRESS.findall(head)), ""),
        published=_published(heads),
        notes=(*_notes(found, heads, sum(not page for page in pages)), *_page_note(texts)),
    )


def _titled(pages: list[list[Column]]) -> tuple[str, list[list[Column]]]:
    """(title, the pages without it): the lines of the largest size on the first page."""
    height = text_height(line for page in pages for column in page for line in column)
    lines = title_lines(pages[0], height) if pages else []
    out = {id(line) for line in lines}
    rest = [[line for line in column if id(line) not in out] for column in pages[0]]
    has_text = any(rest) or any(pages[1:])
    if not lines or not has_text:
        return "", pages
    title = joined([line.text for line in lines], vocabulary(lines))
    return title, [[column for column in rest if column], *pages[1:]]


def _published(heads: Sequence[str]) -> Published | None:
    """The day that a running head bears, as those of newspapers do."""
    found = (written_date(head, "running head of the pages") for head in heads)
    return next((each for each in found if each and each.precision == "day"), None)


def _notes(found: PdfText, heads: Sequence[str], empty: int) -> Iterator[str]:
    """empty: pages that hold nothing but running heads."""
    read = len(found.lines)
    if read < found.pages:
        yield f"pages {read + 1} to {found.pages} are not read: split the file"
    if empty:
        yield f"{empty} of {read} pages hold no text"
    if heads:
        told = "; ".join(shortened(head, _MOST_OF_HEAD) for head in heads[:_MOST_HEADS])
        yield f"running heads are left out: {told}"
    if found.form:
        yield "the file holds a form; what is filled in is not read"
    if found.scripts:
        yield f"the file holds {found.scripts} scripts, which were not run"
    if made := _MADE.match(found.made):
        day = "-".join(made.groups())
        yield f"the file was made on {day}, which is no date of publication"


def _page_note(texts: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Where the first paragraph of each page begins in the text, so that a quote leads to its page;
    none for a text that is cut into parts."""
    begins: dict[int, int] = {}
    offset = 0
    for page, text in texts:
        begins.setdefault(page, offset)
        offset += len(text) + len("\n\n")
    if 1 < len(begins) <= _MOST_PAGES_NOTED and offset <= MAX_CHARACTERS:
        yield "pages begin at characters: " + ", ".join(f"{p}: {at}" for p, at in begins.items())
