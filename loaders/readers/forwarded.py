"""A message that is forwarded within another, as text: its own headers and its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from events.checked_toml import read_toml
from events.reference import REFERENCE_DIR

MOST_BEFORE = 300  # characters that the sender writes above; with more, his own are the article
_MARKS = " \t>*-_:\xa0\u202f"
_BLANK = " \t*\xa0\u202f"  # at the words of a header
_QUOTED = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)


@dataclass(frozen=True)
class Forwarded:
    """The headers as written, "" where one is missing, and the text."""

    sender: str
    date: str
    subject: str
    text: str


def forwarded(text: str, subject: str = "") -> Forwarded | None:
    """The message that a text forwards, None where it is the sender's own.

    Programs open an answered message as they do a forwarded one: with words above it, it is
    forwarded only where the `subject` of the whole says so. What it is quoted with is taken off.
    """
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if _opening(line)), None)
    if start is None or len(" ".join(lines[:start])) > MOST_BEFORE:
        return None
    above = any(line.strip(_MARKS) for line in lines[:start])
    if above and _opening(lines[start]) in _words().either and not _says_forwarded(subject):
        return None
    if lines[start].lstrip().startswith(">"):
        lines = _QUOTED.sub("", text).splitlines()
    begin = next((n for n in range(start + 1, len(lines)) if lines[n].strip(_MARKS)), len(lines))
    end = next((n for n in range(begin, len(lines)) if not lines[n].strip(_MARKS)), len(lines))
    told = dict(_headers(lines[begin:end]))
    body = "\n".join(lines[end:]).strip()
    if not {"from", "date"} <= told.keys() or not body:
        return None
    return Forwarded(told["from"], told["date"], told.get("subject", ""), body)


def _opening(line: str) -> str:
    """The folded words of a line that opens a message within, "" for any other."""
    folded = line.strip(_MARKS).replace("’", "'").casefold()
    return folded if folded in _words().opens | _words().either else ""


def _says_forwarded(subject: str) -> bool:
    mark, colon, _ = subject.partition(":")
    return bool(colon) and mark.strip(_MARKS).casefold() in _words().marks


def _headers(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Kind and value of each; a line that begins none goes on with the one before."""
    kind, value = "", ""
    for line in lines:
        label, colon, rest = line.lstrip(" \t>*").rstrip().partition(":")
        if colon and (found := _words().headers.get(label.strip(_BLANK).casefold())):
            yield kind, value
            kind, value = found, rest.strip(_BLANK)
        else:
            value = f"{value} {line.strip(_BLANK)}".strip()
    yield kind, value


@dataclass(frozen=True)
class _Words:
    """Folded words: what opens a message that is forwarded, one that is forwarded or answered, what
    a subject begins with, and the names of headers with their kind."""

    opens: frozenset[str]
    either: frozenset[str]
    marks: frozenset[str]
    headers: Mapping[str, str]


@functools.cache
def _words() -> _Words:
    told = read_toml(REFERENCE_DIR / "forwarded_mail.toml")
    headers = {name.casefold(): kind for kind, names in told["headers"].items() for name in names}
    opens, either, marks = (
        frozenset(map(str.casefold, told[key])) for key in ("opens", "either", "subjects")
    )
    return _Words(opens, either, marks, headers)
