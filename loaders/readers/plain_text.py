"""Plain text: the first line is the title where it looks like one, the text begins after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from events.model import Article
from loaders.readers.fields import make_article
from loaders.readers.source_file import SetAside, UnreadableError, decode, read_bytes, sha256

_MAX_TITLE = 200


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a plain text file. Nothing is inferred from the file name."""
    try:
        raw = read_bytes(path)
        title, text = split_title(decode(raw))
        yield make_article(text, title=title, sha256=sha256(raw), reader="plain_text")
    except UnreadableError as error:
        yield error.set_aside(path)


def split_title(text: str) -> tuple[str, str]:
    """(title, text after it), both stripped; title "" where the first line is no title.

    A title is one short line without a final full stop, followed by an empty line and more text.
    """
    body = text.strip()
    first, _, rest = body.partition("\n")
    title = first.strip()
    is_title = len(title) <= _MAX_TITLE and not title.endswith((".", ";", ":", ","))
    if is_title and not rest.partition("\n")[0].strip() and rest.strip():
        return title, rest.strip()
    return "", body
