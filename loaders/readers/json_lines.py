"""JSON Lines: one article a line; a line that can't be read is set aside, the rest goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from events.model import Article
from loaders.readers.fields import make_article, published_field, text_field
from loaders.readers.format import Head
from loaders.readers.json_stream import items
from loaders.readers.source_file import (
    MAX_CHARACTERS,
    SetAside,
    UnreadableError,
    decode,
    max_bytes,
    open_regular,
    sha256,
    too_large,
)

_DOCUMENT = re.compile(r"\[\s*\{|\{\s*\n")  # a list of objects, or one over several lines
DOCUMENT_PLACES = frozenset(("", "item"))
MOST_LINE = 50  # times the limit of a line that are passed over to find its end


def read(path: Path) -> Iterator[Article | SetAside]:
    """Articles of a file, line by line: the file may be larger than memory, a line may not."""
    try:
        with open_regular(path) as file:
            yield from _read_lines(path, file)
    except UnreadableError as error:
        yield error.set_aside(path)


def detect_document(head: Head) -> bool:
    """Whether it is one JSON document whose objects have the fields of an article."""
    return bool(_DOCUMENT.match(head.text)) and '"text"' in head.text


def read_document(path: Path) -> Iterator[Article | SetAside]:
    """Articles of a JSON file that holds one object, or a list of objects."""
    number = 0
    for number, (_, record) in enumerate(items(path, DOCUMENT_PLACES), start=1):
        try:
            yield article_from_record(record, reader="json")
        except UnreadableError as error:
            yield error.set_aside(path, f"article {number}")
    if not number:
        remedy = 'Write a list of objects such as {"text": "..."}.'
        yield SetAside(str(path), "", "", "the JSON holds no articles", remedy)


def _read_lines(path: Path, file: IO[bytes]) -> Iterator[Article | SetAside]:
    seen = 0
    for number, (raw, size) in enumerate(lines(file), start=1):
        if not raw.strip() and size <= max_bytes():
            continue
        seen += 1
        try:
            if size > max_bytes():
                raise too_large(size)
            yield article_from_line(raw)
        except UnreadableError as error:
            yield error.set_aside(path, f"line {number}")
    if not seen:
        yield SetAside(str(path), "", "0 lines", "the file is empty", "Leave it out.")


def lines(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """(line, its length in bytes); of a line past the limit no more than the limit is held.

    A line that is `MOST_LINE` times too long is no line: what comes after is not looked for.
    """
    limit = max_bytes() + 1
    while raw := file.readline(limit):
        size, tail = len(raw), raw
        while not tail.endswith(b"\n") and (tail := file.readline(limit)):
            size += len(tail)
            if size > MOST_LINE * limit:
                yield raw, size
                return
        yield raw, size


def article_from_line(raw: bytes) -> Article:
    """The article of one JSON line. Raises UnreadableError."""
    return article_from_record(record_from_line(raw), sha256(raw.strip()))


def record_from_line(raw: bytes) -> object:
    """The parsed JSON of one line of at most `max_bytes()`. Raises UnreadableError."""
    if len(raw) > max_bytes():
        raise too_large(len(raw))
    text = decode(raw)
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        where = f"column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        remedy = "Write one JSON object a line."
        raise UnreadableError(where, text.strip(), "the line is no JSON", remedy) from None


def article_from_record(record: object, digest: str = "", reader: str = "json_lines") -> Article:
    """The article of a parsed object with `text` and perhaps title, published, lang, source, url.

    Title and text are kept exactly as given: offsets count in them. Raises UnreadableError.
    """
    if not isinstance(record, dict):
        remedy = 'Write an object such as {"text": "..."}.'
        raise UnreadableError("", repr(record), "the line is no JSON object", remedy)
    if "text" not in record:
        keys = ", ".join(map(str, record)) or "none"
        remedy = 'Add "text" with the words of the article.'
        raise UnreadableError("", f"keys: {keys}", 'the article has no "text"', remedy)
    text = text_field(record, "text")
    if len(text) > MAX_CHARACTERS:  # offsets count in it: it is not cut
        remedy, problem = "Split it into its articles.", f"longer than {MAX_CHARACTERS} characters"
        raise UnreadableError("text", f"{len(text)} characters", problem, remedy)
    return make_article(
        text,
        title=text_field(record, "title"),
        lang=text_field(record, "lang"),
        source=text_field(record, "source"),
        url=text_field(record, "url"),
        published=published_field(record.get("published"), "given with the article"),
        sha256=digest,
        reader=reader,
    )
