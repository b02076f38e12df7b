"""A message that is forwarded within another, as text: its own headers and its words."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from events.checked_toml import read_toml
from events.reference import REFERENCE_DIR

MOST_BEFORE = 300  # characters that the sender writes above; with more, his own are the article
_MARKS = " \t>*-_:"


@dataclass(frozen=True)
class Forwarded:
    """The headers as written, "" where one is missing, and the text."""

    sender: str
    date: str
    subject: str
    text: str


def forwarded(text: str) -> Forwarded | None:
    """The message that a text forwards, None where it is the sender's own."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if _opens(line)), None)
    if start is None or len(" ".join(lines[:start])) > MOST_BEFORE:
        return None
    begin = next((n for n in range(start + 1, len(lines)) if lines[n].strip(_MARKS)), len(lines))
    end = next((n for n in range(begin, len(lines)) if not lines[n].strip(_MARKS)), len(lines))
    told = dict(_headers(lines[begin:end]))
    body = "\n".join(lines[end:]).strip()
    if not {"from", "date"} <= told.keys() or not body:
        return None
    return Forwarded(told["from"], told["date"], told.get("subject", ""), body)


def _opens(line: str) -> bool:
    return line.strip(_MARKS).replace("’", "'").casefold() in _words()[0]


def _headers(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Kind and value of each; a line that begins none goes on with the one before."""
    kind, value = "", ""
    for line in lines:
        label, colon, rest = line.strip(" \t>*").partition(":")
        if colon and (found := _words()[1].get(label.strip(" *").casefold())):
            yield kind, value
            kind, value = found, rest.strip(" *")
        else:
            value = f"{value} {line.strip()}".strip()
    yield kind, value


@functools.cache
def _words() -> tuple[frozenset[str], dict[str, str]]:
    """Folded openings, and folded name of a header -> its kind."""
    told = read_toml(REFERENCE_DIR / "forwarded_mail.toml")
    headers = {name.casefold(): kind for kind, names in told["headers"].items() for name in names}
    return frozenset(map(str.casefold, told["opens"])), headers
