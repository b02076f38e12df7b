"""News outlets named in a sentence, whose words are neither states nor places: "France 24"."""

from __future__ import annotations

import functools
import re

from events.reference import organisations, outlets
from loaders.text.words import words

_WORD = r"[^\W\d_][\w-]*"


@functools.lru_cache(maxsize=4_096)
def outlet_spans(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of the outlets that a text names: those of the tables, and names built like
    one ("the Baghdad Gazette", "le Courrier de Tunis"); offsets count in the text.
    """
    patterns = [_listed(), *_built(lang)]
    return tuple(found.span() for pattern in patterns for found in pattern.finditer(text))


def in_outlet(text: str, lang: str, start: int, end: int) -> bool:
    """Whether start:end lies inside an outlet's longer name."""
    return any(a <= start and end <= b and b - a > end - start for a, b in outlet_spans(text, lang))


@functools.cache
def _listed() -> re.Pattern[str]:
    names = [name for outlet in outlets() for name in (outlet.name, *outlet.aliases)]
    media = [row for row in organisations().values() if row["kind"] == "media"]
    names += [name for row in media for name in row.get("any", ())]
    return re.compile(rf"(?<!\w)(?:{_one_of(names)})(?!\w)")


@functools.cache
def _built(lang: str) -> tuple[re.Pattern[str], ...]:
    """Names that end with a word for an outlet ("Times"), or begin with one ("Courrier de")."""
    table = words(lang, "places")
    last, first = table.get("outlet_last", ()), table.get("outlet_first", ())
    built = []
    if last:
        built.append(rf"(?<!\w)(?:[A-ZÀ-Ý][\w-]+ ){{1,3}}(?:{_one_of(last)})(?!\w)")
    if first:
        built.append(rf"(?<!\w)(?:{_one_of(first)})(?:['’]| ){_WORD}(?: [A-ZÀ-Ý][\w-]+)?")
    return tuple(re.compile(pattern) for pattern in built)


def _one_of(names: list[str] | tuple[str, ...]) -> str:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace("'", "['’]") for name in longest)
