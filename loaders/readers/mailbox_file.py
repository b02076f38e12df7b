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
_DETECTED = re.compile(r"From \S+ .*\d\d:\d\d.*\d{4}.*\r?\n>?[A-Za-z][A-Za-z0-9-]*:")
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
    while line := file.readline(limit + 1):
        if after_empty and _BEGINS.match(line):
            if begun or any(map(bytes.strip, kept)):
                yield _whole(kept), size
            kept, size, begun = [], 0, True
        else:
            size += len(line)
            kept += [line] if size <= limit else []
        after_empty = not line.strip()
    yield _whole(kept), size


def _whole(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines))
