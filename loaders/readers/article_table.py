"""Tables of articles (CSV, XLSX): an article a row, by columns whose names tell what they hold."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from events.model import Article
from events.reference import REFERENCE_DIR
from loaders.readers.coded.cells import cells_of, fitted, header_of
from loaders.readers.fields import make_article
from loaders.readers.format import Head
from loaders.readers.source_file import MAX_CHARACTERS, SetAside, UnreadableError
from loaders.readers.written_date import given_date

NAMES_FILE = REFERENCE_DIR / "article_columns.toml"


def detect(head: Head) -> bool:
    """Whether the first line names a column of texts and another one of articles."""
    found = columns_of(header_of(head))
    return "text" in found and len(found) > 1


def read(path: Path) -> Iterator[Article | SetAside]:
    """The rows, in the table's order."""
    found: dict[str, int] | None = None
    names: list[str] = []
    try:
        for where, cells in cells_of(path, _is_header):
            if found is None:
                names, found = cells, _needed(cells)
                continue
            try:
                yield _article(fitted(cells, names), found, where)
            except UnreadableError as error:
                yield error.set_aside(path, where)
    except UnreadableError as error:
        yield error.set_aside(path)


def _is_header(cells: Sequence[str]) -> bool:
    return "text" in columns_of(cells)


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """What the columns tell (text, title, published ...) -> the place of the column."""
    places = {name.strip().casefold(): place for place, name in reversed([*enumerate(header)])}
    found: dict[str, int] = {}
    for what, names in _names().items():
        known = next((name for name in names if name in places), None)
        if known:
            found[what] = places[known]
    return found


def _needed(header: Sequence[str]) -> dict[str, int]:
    found = columns_of(header)
    if "text" not in found:
        told = ", ".join(header)[:200]
        problem = "the table names no column with the text of articles, and is no table of events"
        remedy = 'Name a column "text", or say what its columns are: load TABLE --mapping FILE.'
        raise UnreadableError("header", told, problem, remedy)
    return found


def _article(cells: Sequence[str], columns: Mapping[str, int], where: str) -> Article:
    def cell(what: str) -> str:
        return cells[columns[what]].strip() if what in columns else ""

    text = cell("text").replace("\r\n", "\n")
    if len(text) > 20 * MAX_CHARACTERS:
        told = f"{len(text)} characters"
        raise UnreadableError("text", told, "the cell is too long", "Split it into its articles.")
    return make_article(
        text,
        title=cell("title"),
        lang=cell("lang"),
        source=cell("source"),
        url=cell("url"),
        published=given_date(cell("published"), "given with the article"),
        author=cell("author"),
        reader="article_table",
        locator=where,
    )


@functools.cache
def _names() -> dict[str, list[str]]:
    with NAMES_FILE.open("rb") as file:
        return tomllib.load(file)
