"""A name as written -> gazetteer entries: plainly, or with the case ending of the language off.

Endings are data (`endings` of the places table): each a case ending and what stands in its place.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from events.geography import read_reference
from loaders.find.places.entry import NATIVE, OWN, Entry
from loaders.find.places.gazetteer import by_key
from loaders.find.places.spelling import arabic, key
from loaders.find.places.words_near import cues


@functools.lru_cache(maxsize=50_000)
def look_up(name: str, lang: str) -> tuple[Entry, ...]:
    """Gazetteer entries of a name as written; without its case ending where that is needed.

    Names of one or two letters count only in capitals (US, UK, EU is no place).
    """
    text = key(name)
    if len(text) < 2 or (len(text) < 3 and not name.replace(".", "").isupper()):
        return ()
    found = _worthy(by_key(text), name)
    if " " in text and (loose := arabic(text)):
        known = {e.place.id for e in found if e.rank <= NATIVE}
        more = tuple(e for e in by_key(loose) if e.place.id not in known)
        found = (*found, *more)
    if not found:
        for stem in stems(text, lang):
            found = tuple(e for e in by_key(stem) if e.rank <= NATIVE)
            if found:
                break
    return found


def _worthy(entries: tuple[Entry, ...], name: str) -> tuple[Entry, ...]:
    if name[0].islower():
        # "mer Noire" is a place, "la réunion" a meeting: some word must have its capital
        return tuple(e for e in entries if e.rank == OWN) if name != name.lower() else ()
    if len(name.replace(".", "")) < 3:
        return tuple(e for e in entries if e.place.kind == "country")
    return tuple(e for e in entries if e.rank <= NATIVE or e.population >= 5_000)


def stems(text: str, lang: str) -> Iterator[str]:
    """The look-up keys left when case endings of the language come off, likeliest first."""
    endings: list[list[str]] = cues(lang).get("endings", [])
    parts = text.split()
    if not endings or len(parts) > 3:
        return
    forms = [list(_word_stems(part, endings)) for part in parts]
    if len(parts) == 1:
        yield from forms[0]
        return
    for head in [parts[0], *forms[0]]:
        for tail in [parts[-1], *forms[-1]]:
            yield " ".join([head, *parts[1:-1], tail])


def _word_stems(word: str, endings: list[list[str]]) -> Iterator[str]:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= min(3, 5 - len(ending)):
            yield word[: len(word) - len(ending)] + instead


@functools.cache
def own_names() -> frozenset[str]:
    """Names of all own places with more than one word, in small letters."""
    names = set()
    for row in read_reference("places.csv"):
        for lang in ("en", "fr", "de", "es", "uk", "ru"):
            names |= {text.lower() for text in (row.get(lang) or "").split("|") if " " in text}
    return frozenset(names)


@functools.cache
def lower_heads() -> frozenset[str]:
    """First words of own places that may stand without a capital (mer, golfe, strait)."""
    return frozenset(name.split()[0] for name in own_names())


@functools.cache
def lower_tails() -> frozenset[str]:
    return frozenset(part for name in own_names() for part in name.split()[1:] if len(part) > 2)


@functools.cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """Short forms of first-level regions that stand after a comma: "Ill", "TX", "Ont"."""
    table: dict[str, tuple[str, str]] = {}
    for row in read_reference("regions.csv"):
        for text in (row.get("short") or "").split("|"):
            if text:
                table[text] = row["country"], row["admin1"]
    return table


@functools.cache
def demonyms(lang: str) -> dict[str, str]:
    """Adjectives of a language, case folded -> ISO alpha-3 (from the actors' table)."""
    table: dict[str, str] = {}
    for row in read_reference("demonyms.csv"):
        if row["lang"] == lang:
            for text in [*row["adjective"].split("|"), *row["noun"].split("|")]:
                table.setdefault(text.casefold(), row["code"])
    return table
