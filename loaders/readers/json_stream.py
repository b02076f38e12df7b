"""Items of a JSON file one by one, however large the file is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import ijson

from loaders.readers.source_file import UnreadableError, max_bytes, open_container, too_large

MAX_DEPTH = 100  # of lists and objects in each other
_REMEDY = "Export the file anew, or cut it at its last whole item."


def items(path: Path, places: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """(place, object, text or number) for what stands at one of the places of a file, in order.

    A place is written as its keys, with "item" for a member of a list: "messages.item"; "" is the
    whole, or each line of JSON Lines. Raises UnreadableError where the JSON breaks off or an item
    is larger than an article can be; items before it were given.
    """
    with open_container(path) as file:
        try:
            yield from _asked(_Bounded(file), places)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            problem = "the JSON is broken; what follows is not read"
            raise UnreadableError("", _in_words(error), problem, _REMEDY) from None


def _asked(stream: _Bounded, places: frozenset[str]) -> Iterator[tuple[str, Any]]:
    where: list[str] = []  # the keys down to the present value
    builder, depth = None, 0
    for event, value in ijson.basic_parse(stream, multiple_values=True, use_float=True):
        if event == "map_key":
            where[-1] = value
        elif event.startswith("end_"):
            where.pop()
        elif builder is None and (place := ".".join(where)) in places:
            if event == "start_map":
                builder, depth = ijson.ObjectBuilder(), len(where)
            elif event != "start_array":
                yield place, value
        if builder is not None:
            builder.event(event, value)
            if event == "end_map" and len(where) == depth:
                yield ".".join(where), builder.value
                builder = None
        if builder is None:
            stream.left = stream.most
        if event.startswith("start_"):
            where.append("item" if event == "start_array" else "")
            _check_depth(where)


def _check_depth(where: list[str]) -> None:
    if len(where) > MAX_DEPTH:
        problem = f"lists and objects nested deeper than {MAX_DEPTH}"
        raise UnreadableError("", "", problem, _REMEDY)


def _in_words(error: Exception) -> str:
    """The first line of what the library says, which goes on with a piece of the file."""
    told = error.args[0] if error.args else ""
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return text.strip().partition("\n")[0]


class _Bounded:
    """A stream of which no more than an article's size is read for one item."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.begun = file, False
        self.most = self.left = max_bytes()  # asked once: a setting is looked up in its file

    def read(self, size: int = -1) -> bytes:
        raw = self.file.read(size)
        if raw and not self.begun:
            raw, self.begun = raw.removeprefix(b"\xef\xbb\xbf"), True
        self.left -= len(raw)
        if self.left < 0:
            raise too_large(self.most - self.left)
        return raw
