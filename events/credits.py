"""Where an article says that it has its text from: agencies, outlets that it cites, its own people.

Read from the text with the words of `data/reference/credits.toml`; outlets are those of the tables
of outlets, organisations and agencies. What an article does not say is not guessed.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from events.reference import REFERENCE_DIR, organisations, outlets
from events.registry import fold

HEAD, TAIL = 300, 200  # characters in which a dateline, byline or sign-off stands
_LINES = 3  # lines at either end that may be a byline
_LINE_WORDS = 8
_NAME_WORDS = 6
_NEAR = 60  # characters between a citing word and the name
_WORD = re.compile(r"[^\W_][\w.&’'-]*")
_BRACKET = re.compile(r"\(([^()\n]{2,40})\)")
_SEPARATORS = re.compile(r"[/,;]| et | and | avec | with ")


@dataclass(frozen=True)
class Credits:
    """What an article says. `agencies`: whose text it prints; `cites`: outlets that it has
    something from; `own`: one of its own people saw or asked."""

    agencies: frozenset[str] = frozenset()
    cites: frozenset[str] = frozenset()
    own: bool = False


NOTHING_SAID = Credits()


@functools.lru_cache(maxsize=20_000)
def credits_of(text: str) -> Credits:
    """The credits of a text."""
    folded = f" {fold(text)} "
    own = any(f" {words} " in folded for words in _folded("own", "words"))
    return Credits(frozenset(_agencies(text)), frozenset(_cited(text)), own)


@functools.lru_cache(maxsize=20_000)
def outlet(name: str) -> str:
    """The name of an outlet as the tables write it, whatever its case, accents and article; as
    given where none has it."""
    return _known(fold(name)) or " ".join(name.split())


@functools.lru_cache(maxsize=20_000)
def same_outlet(name: str) -> str:
    """What names of one outlet have in common: for comparing."""
    return fold(outlet(name))


def house(name: str) -> str:
    """What reports of an outlet and of others of its house have in common: for comparing."""
    known = same_outlet(name)
    return _houses().get(known, known)


def is_agency(name: str) -> bool:
    """Whether an outlet is a news agency."""
    return outlet(name) in _table()["agencies"]


def _agencies(text: str) -> Iterator[str]:
    told = [*_BRACKET.findall(text[:HEAD]), *_BRACKET.findall(text[-TAIL:])]
    for part in (piece for each in told for piece in _SEPARATORS.split(each)):
        yield from _agency(fold(part))
    lines = [line for line in text.splitlines() if line.strip()]
    ends = [*lines[:_LINES], *lines[-_LINES:]] if len(lines) > 1 else []
    for line in ends:
        yield from _of_byline(fold(line).split())


def _of_byline(words: Sequence[str]) -> Iterator[str]:
    """The agencies of a short line that is theirs alone, or names them after "with" or "by"."""
    if not 0 < len(words) <= _LINE_WORDS:
        return
    small = _folded("byline", "words")
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            before = words[start - 1] if start else ""
            rest = [w for w in (*words[:start], *words[end:]) if w not in small and w != "the"]
            if before in small or all(each.isdigit() or each == "c" for each in rest):
                yield from _agency(" ".join(words[start:end]))


def _agency(folded: str) -> Iterator[str]:
    name = _known(folded)
    if name in _table()["agencies"]:
        yield name


def _cited(text: str) -> Iterator[str]:
    for found in _citing("before", "either").finditer(text):
        yield from _leading(text[found.end() : found.end() + _NEAR])
    for found in _citing("either").finditer(text):
        yield from _closing(text[max(0, found.start() - _NEAR) : found.start()])


def _leading(text: str) -> Iterator[str]:
    """The outlet whose name begins the words, after "the newspaper" and the like."""
    words = [found.group() for found in _WORD.finditer(text.partition("\n")[0].replace("’", "'"))]
    skipped = _folded("cited", "skipped")
    words = [part for word in words for part in _apart(word)]
    while words and words[0].islower() and fold(words[0]) in skipped:
        words = words[1:]
    if words and words[0][:1].isupper():
        yield from _first_known(words[:n] for n in range(min(_NAME_WORDS, len(words)), 0, -1))


def _apart(word: str) -> list[str]:
    """ "l'agence" as two words; names keep their apostrophe."""
    article, mark, rest = word.partition("'")
    return [article, rest] if mark and article in ("l", "d") else [word]


def _closing(text: str) -> Iterator[str]:
    """The outlet whose name ends the words."""
    told = text.rstrip(" ,\u00a0").rpartition("\n")[2]
    for auxiliary in (" has", " had", " a", " ont", " avait", " hat"):
        told = told.removesuffix(auxiliary)
    words = [found.group() for found in _WORD.finditer(told)]
    words = words[-_NAME_WORDS:]
    several = (words[n:] for n in range(len(words)))
    yield from _first_known(each for each in several if each[0][:1].isupper())


def _first_known(candidates: Iterator[list[str]]) -> Iterator[str]:
    for words in candidates:
        name = _known(fold(" ".join(words).rstrip(".")))
        if name:
            yield name
            return


def _known(folded: str) -> str:
    names = _names()
    return names.get(folded) or names.get(folded.removeprefix("the ")) or ""


@functools.cache
def _names() -> dict[str, str]:
    """Folded name -> the name of the tables; agencies win."""
    found: dict[str, str] = {}
    agencies = _table()["agencies"]
    media = [row["any"] for row in organisations().values() if row["kind"] == "media"]
    listed = [[each.name, *each.aliases] for each in outlets()]
    for several in ([name, *more] for name, more in agencies.items()):
        found |= {fold(name): several[0] for name in several}
    for several in (*media, *listed):
        known = next((found[fold(name)] for name in several if fold(name) in found), several[0])
        for name in several:
            found.setdefault(fold(name), known)
            found.setdefault(fold(name).removeprefix("the "), known)
    return found


@functools.cache
def _houses() -> dict[str, str]:
    """Outlet -> its house, both as `same_outlet` gives them."""
    told = _table()["houses"].items()
    return {same_outlet(each): same_outlet(name) for name, several in told for each in several}


@functools.cache
def _citing(*lists: str) -> re.Pattern[str]:
    phrases = sorted((p for name in lists for p in _table()["cited"][name]), key=len, reverse=True)
    told = "|".join(re.escape(phrase).replace("'", "['’]") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)", re.IGNORECASE)


@functools.cache
def _folded(table: str, key: str) -> frozenset[str]:
    return frozenset(map(fold, _table()[table][key]))


@functools.cache
def _table() -> dict[str, Any]:
    with (REFERENCE_DIR / "credits.toml").open("rb") as file:
        return tomllib.load(file)
