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

_SHORT = 5  # letters of a word that is compared whole


@functools.lru_cache(maxsize=4_096)
def outlet_spans(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of the outlets that a text names: those of the tables, names built like one
    ("the Baghdad Gazette", "le Courrier de Tunis"), and names in quotes that a word calls one
    (« le journal "Maroc Soir" », "как сообщает «Вечерняя Одесса»"); offsets count in the text.
    """
    spans = [m.span() for p in (_listed(), *_built(lang)) for m in p.finditer(text)]
    told = [m.span("name") for p in _quoted(lang) for m in p.finditer(text)]
    return (*spans, *(span for span in told if not _groups(lang).search(text[slice(*span)])))


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
def _groups(lang: str) -> re.Pattern[str]:
    """Known bodies and groups that are no media, in any case: «Движение Талибан» is no newspaper,
    nor «Исламский джихад»."""
    others = [row for row in organisations().values() if row["kind"] != "media"]
    names = [name for row in others for key in ("any", lang) for name in row.get(key, ())]
    forms = (" ".join(map(_any_case, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _any_case(word: str) -> str:
    """A word as a pattern, with other endings where it is long enough to tell."""
    return rf"{re.escape(word[:-2])}\w{{0,3}}" if len(word) > _SHORT else re.escape(word)


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
def _quoted(lang: str) -> tuple[re.Pattern[str], ...]:
    """Names in quotes behind a noun for an outlet, and those of several words beside a verb of
    telling, where a language sets names so; behind direct speech stands a comma first."""
    table = words(lang, "places")
    nouns, verbs = table.get("outlet_nouns", ()), table.get("outlet_verbs", ())
    called, name = _QUOTED.format(inside=_ANY), _QUOTED.format(inside=_WORDS)
    built = [rf"(?<!\w)(?i:{_one_of(nouns)}) {called}"] if nouns else []
    if verbs:
        told = rf"(?<!\w)(?i:{_one_of(verbs)})(?!\w)"
        built += [f"{told} {name}", f"{name} {told}"]
    return tuple(re.compile(pattern) for pattern in built)


def _one_of(names: list[str] | tuple[str, ...]) -> str:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace("'", "['’]") for name in longest)
