"""Plain text: the first line is the title where it looks like one, the text begins after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from events.model import Article
from loaders.readers.fields import make_article
from loaders.readers.source_file import SetAside, UnreadableError, decode, read_bytes, sha256

_MAX_TITLE = 200
_GOES_ON = (".", ";", ":", ",")  # what no title, and no line of a head, ends with
_HEAD_LINES, _HEAD_LINE = 3, 60  # most lines of a head, most characters of one


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

    A title is one short line without a final full stop, followed by an empty line and more text;
    lines of a head (a byline, place and day, the outlet) may stand between.
    """
    body = text.strip()
    first, _, rest = body.partition("\n")
    title = first.strip()
    is_title = len(title) <= _MAX_TITLE and not title.endswith(_GOES_ON)
    if is_title and rest.strip() and _is_head(rest):
        return title, rest.strip()
    return "", body


def _is_head(rest: str) -> bool:
    """Whether nothing stands before an empty line and more text but a few short lines without a
    stop."""
    lines = [line.strip() for line in rest.split("\n")]
    head = lines[: lines.index("")] if "" in lines else lines
    short = all(len(line) <= _HEAD_LINE and not line.endswith(_GOES_ON) for line in head)
    return short and len(head) <= min(_HEAD_LINES, len(lines) - 1)
