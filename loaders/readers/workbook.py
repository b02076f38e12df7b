"""XLSX: a table of events that Frise knows, else a table of articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from events.model import Article, Extraction
from loaders.readers.article_table import read as read_articles
from loaders.readers.coded.cells import has_sheet
from loaders.readers.coded.layout import known_layout
from loaders.readers.coded.table import read_rows
from loaders.readers.format import Head
from loaders.readers.source_file import SetAside, UnreadableError

LAYOUTS = ("acled", "ucdp", "polecat", "icews", "frise")


def detect(head: Head) -> bool:
    """Whether it is a package with a workbook in it."""
    return "xl/workbook.xml" in head.members


def read(path: Path) -> Iterator[Article | Extraction | SetAside]:
    """The rows of the sheet that holds the table."""
    try:
        layouts = [known_layout(name) for name in LAYOUTS]
        known = (each for each in layouts if has_sheet(path, each.header_has))
        layout = next(known, None)
        yield from read_rows(path, layout) if layout else read_articles(path)
    except UnreadableError as error:
        yield error.set_aside(path)
