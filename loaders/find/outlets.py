"""News outlets named in a sentence, whose words are neither states nor places: "France 24"."""

from __future__ import annotations

import functools
import re

from events.reference import organisations, outlets
from loaders.text.words import words

_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĞĢĪİĶĻŁŃŅŇŌŐŘŚŞŠŤŪŰŹŻŽА-ЯЁІЇЄҐ"
_NAME = rf"[{_UPPER}][\w’'-]*"
_QUOTED = '["«„“](?P<name>{inside})["»“”]'
_ANY = rf"\s?[{_UPPER}][^\"«»„“”\n]{{1,48}}"
_WORDS = rf"\s?{_NAME}(?: [\w’'-]+){{1,4}}\s?"  # a party in quotes mostly has one: «Хезболла»


@functools.lru_cache(maxsize=4_096)
def outlet_spans(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of the outlets that a text names: those of the tables, names built like one
    ("the Baghdad Gazette", "le Courrier de Tunis"), and names that a word calls one ("the
    newspaper Maroc Hebdo", "как сообщает «Вечерняя Одесса»"); offsets count in the text.
    """
    spans = [m.span() for p in (_listed(), *_built(lang), *_called(lang)) for m in p.finditer(text)]
    told = [m.span("name") for p in _quoted(lang) for m in p.finditer(text)]
    return (*spans, *told)


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
    """Names that end with a word for an outlet ("Times"), or begin with one ("Courrier de").

    Behind a beginning of one word stands a name: "Radio Maroc", and not "The Daily said France".
    """
    table = words(lang, "places")
    last, first = table.get("outlet_last", ()), table.get("outlet_first", ())
    alone = [phrase for phrase in first if " " not in phrase]
    longer = [phrase for phrase in first if " " in phrase]
    built = []
    if last:
        built.append(rf"(?<!\w)(?:{_NAME} ){{1,3}}(?:{_one_of(last)})(?!\w)")
    if alone:
        built.append(rf"(?<!\w)(?:{_one_of(alone)}) {_NAME}(?: {_NAME})?")
    if longer:
        built.append(rf"(?<!\w)(?:{_one_of(longer)})(?:['’]| )[^\W\d_][\w-]*(?: {_NAME})?")
    return tuple(re.compile(pattern) for pattern in built)


@functools.cache
def _called(lang: str) -> tuple[re.Pattern[str], ...]:
    """Names behind a noun for an outlet: of two words, or in quotes."""
    nouns = words(lang, "places").get("outlet_nouns", ())
    name = rf"{_QUOTED.format(inside=_ANY)}|{_NAME}(?: (?:d[eu]|del|of) | ){_NAME}"
    return (re.compile(rf"(?<!\w)(?i:{_one_of(nouns)}) (?:{name})"),) if nouns else ()


@functools.cache
def _quoted(lang: str) -> tuple[re.Pattern[str], ...]:
    """Names of several words in quotes beside a verb of telling, where a language sets names so;
    behind direct speech stands a comma first."""
    verbs = words(lang, "places").get("outlet_verbs", ())
    quoted, told = _QUOTED.format(inside=_WORDS), rf"(?<!\w)(?i:{_one_of(verbs)})(?!\w)"
    return (re.compile(f"{told} {quoted}"), re.compile(f"{quoted} {told}")) if verbs else ()


def _one_of(names: list[str] | tuple[str, ...]) -> str:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace("'", "['’]") for name in longest)
