"""A mailbox file (mbox): its messages one by one, however large the file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from loaders.readers.format import Found, Head
from loaders.readers.mail import message_items
from loaders.readers.source_file import UnreadableError, max_bytes, open_container, too_large

# "From writer Thu Nov 21 10:00:00 2024" begins a message; other lines "From ..." are text
_BEGINS = re.compile(rb"From \S+ .*\d\d:\d\d.*\d{4}")
# the same of programs that leave out the year, or the empty line before: where headers follow
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = rf"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*(?:{_MONTHS}).*\d:\d\d"
_YEARLESS, _HEADER = re.compile(_DATED.encode()), re.compile(rb">?[A-Za-z][A-Za-z0-9-]*:")
_DETECTED = re.compile(
    rf"(?:From \S+ .*\d\d:\d\d.*\d{{4}}|{_DATED}).*\r?\n>?[A-Za-z][A-Za-z0-9-]*:"
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def detect(head: Head) -> bool:
    """Whether the file begins with a message's first line and a header."""
    return bool(_DETECTED.match(head.text))


def read(path: Path) -> Iterator[Found]:
    """The messages in order with their attachments; one that can't be read is set aside."""
    with open_container(path) as file:
        for number, (raw, size) in enumerate(_messages(file), start=1):
            where = f"message {number}"
            try:
                if size > max_bytes():
                    raise too_large(size)
                yield from message_items(raw, path, where)
            except UnreadableError as error:
                yield error.set_aside(path, where)


def _messages(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """(message, its size in bytes); of one past the limit no more than the limit is held."""
    limit = max_bytes()  # asked once: a setting is looked up in its file
    kept: list[bytes] = []
    size, begun, after_empty = 0, False, True
    for line, following in _with_next(file, limit):
        if _begins(line, following, after_empty):
            if begun or any(map(bytes.strip, kept)):
                yield _whole(kept), size
            kept, size, begun = [], 0, True
        else:
            size += len(line)
            kept += [line] if size <= limit else []
        after_empty = not line.strip()
    yield _whole(kept), size


def _with_next(file: IO[bytes], limit: int) -> Iterator[tuple[bytes, bytes]]:
    """Each line, and the one after it; a longer one than the limit in pieces."""
    line = file.readline(limit + 1)
    while line:
        following = file.readline(limit + 1)
        yield line, following
        line = following


def _begins(line: bytes, following: bytes, after_empty: bool) -> bool:
    """Whether a line begins a message."""
    if after_empty and _BEGINS.match(line):
        return True
    return bool(_YEARLESS.match(line) and _HEADER.match(following))


def _whole(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines))
