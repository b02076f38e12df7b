"""What readers of press databases and office files share: files of several articles, one at a
time, and what an article's file tells beside its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from events.model import Article, Published
from loaders.readers.fields import make_article
from loaders.readers.source_file import SetAside, UnreadableError, read_bytes, sha256, shortened

Piece = tuple[str, Callable[[], Article]]  # where in the file, and what makes the article
_SPACES = re.compile(r"[^\S\n]+")
_MAX_TOLD = 200  # characters of an author, a section or a page in a note


def read_each(
    path: Path, pieces: Callable[[bytes], Iterable[Piece]]
) -> Iterator[Article | SetAside]:
    """The articles of a file of several, each with the hash of the file; a piece that can't be
    read is set aside under its place, the others go on."""
    try:
        raw = read_bytes(path)
        digest, found = sha256(raw), False
        for where, make in pieces(raw):
            found = True
            try:
                yield replace(make(), sha256=digest)
            except UnreadableError as error:
                yield error.set_aside(path, where)
            except Exception as error:  # an article that breaks the parser leaves the others
                problem = f"the reader failed with {type(error).__name__}"
                failed = UnreadableError("", error, problem, "Save its text as .txt.")
                yield failed.set_aside(path, where)
        if not found:
            remedy = "Export it again with the full text, or save the text as .txt."
            raise UnreadableError("", "", "there is no article in the file", remedy)
    except UnreadableError as error:
        yield error.set_aside(path)


def stretches(page: str, begin: re.Pattern[str]) -> list[str]:
    """A page cut where each of its articles begins; what stands before the first is left out."""
    starts = [found.start() for found in begin.finditer(page)]
    return [page[start:end] for start, end in pairwise([*starts, len(page)])]


def press_article(
    paragraphs: Iterable[str],
    *,
    reader: str,
    title: str = "",
    lang: str = "",
    source: str = "",
    url: str = "",
    published: Published | None = None,
    author: str = "",
    locator: str = "",
    section: str = "",
    page: str = "",
    notes: Iterable[str] = (),
) -> Article:
    """An article from its paragraphs; its author, and section and page of the newspaper, stand in
    its notes. Raises UnreadableError where no paragraph holds text.
    """
    about = (("section", section), ("page", page))
    told = [f"{name}: {shortened(one_line(value), _MAX_TOLD)}" for name, value in about if value]
    return make_article(
        "\n\n".join(filter(None, map(one_spaced, paragraphs))),
        title=one_line(title),
        lang=lang,
        source=one_line(source),
        url=url,
        published=published,
        reader=reader,
        author=one_line(author),
        locator=locator,
        notes=(*told, *notes),
    )


def one_line(text: str) -> str:
    """Text on one line, with single spaces; no-break spaces are kept as spaces."""
    return " ".join(text.split())


def one_spaced(text: str) -> str:
    """A paragraph with single spaces; its line breaks stay."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
