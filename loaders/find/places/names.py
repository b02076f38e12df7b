"""From a name as written to gazetteer entries, with its case ending removed where needed.

Endings are data (`endings` of the places table): a case ending and its replacement each.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from events.geography import country_name, read_reference
from events.languages import language_codes
from loaders.find.places.entry import ALIAS, CANONICAL, NATIVE, OWN, GazetteerEntry
from loaders.find.places.gazetteer import by_key
from loaders.find.places.spelling import arabic, key
from loaders.find.places.words_near import cue_set, cues, without_article

CITY = 100_000  # inhabitants: smaller towns have no named parts ("East London")


@functools.lru_cache(maxsize=50_000)
def look_up(name: str, lang: str) -> tuple[GazetteerEntry, ...]:
    """Gazetteer entries of a name as written, else with its case ending removed.

    Names of one or two letters count only in capitals (US, UK, EU is no place).
    """
    text = key(name)
    if len(text) < 2 or (len(text) < 3 and not name.replace(".", "").isupper()):
        return ()
    found = _with_capitals(by_key(text), name)
    if " " in text and _is_own_with_article(text, lang):
        return ()  # "La Maison-Blanche" is the palace, not a town of that full name
    if " " in text:
        found = (*found, *_loosely(text, found), *_part_of_a_city(text, found, lang))
    if not found:
        return _stemmed(text, lang) or _part_of_a_state(text, lang)
    if len(found) < 2:
        return found
    return _proper(_town_first(_country_first(found, text, lang), text, lang))


def _is_own_with_article(text: str, lang: str) -> bool:
    """Whether the name is an article and a place of the own table."""
    first, _, rest = text.partition(" ")
    return first in cue_set(lang, "articles") and any(e.rank == OWN for e in by_key(rest))


def _stemmed(text: str, lang: str) -> tuple[GazetteerEntry, ...]:
    """The places of the first dictionary form that the gazetteer knows."""
    for stem in stems(text, lang):
        found = tuple(e for e in by_key(stem) if e.rank <= NATIVE)
        if found:
            return found
    return ()


def _part_of_a_state(text: str, lang: str) -> tuple[GazetteerEntry, ...]:
    """The state behind a direction that is written together with it: "Nordsyrien", "Ostukraine",
    and not "Westindien", a place of its own."""
    if text in map(key, cue_set(lang, "joined_otherwise")):
        return ()
    for part in cue_set(lang, "joined_directions"):
        rest = text.removeprefix(key(part))
        if rest != text:
            named = (e for e in by_key(rest) if e.place.kind == "country")
            found = tuple(e for e in named if not _is_foreign(e, rest, lang, set()))
            if found:
                return found
    return ()


def _loosely(text: str, found: tuple[GazetteerEntry, ...]) -> tuple[GazetteerEntry, ...]:
    """Arabic names in another spelling."""
    loose = arabic(text)
    if not loose:
        return ()
    known = {e.place.id for e in found if e.rank <= NATIVE}
    return tuple(e for e in by_key(loose) if e.place.id not in known)


def _part_of_a_city(
    text: str, found: tuple[GazetteerEntry, ...], lang: str
) -> tuple[GazetteerEntry, ...]:
    """Add the city of a city part: "East London" is a town in South Africa, or part of London."""
    first, _, rest = text.partition(" ")
    if not found or first not in cue_set(lang, "directions") or min(e.rank for e in found) == OWN:
        return ()
    cities = (e for e in by_key(rest) if e.place.kind == "city" and e.population >= CITY)
    known = (e for e in cities if e.rank <= CANONICAL)
    return tuple(GazetteerEntry(e.place, e.admin1, e.population, False, ALIAS) for e in known)


def _country_first(
    found: tuple[GazetteerEntry, ...], text: str, lang: str
) -> tuple[GazetteerEntry, ...]:
    """Without towns that share the name of their country in the language: Mexico, Panama."""
    named = {
        e.place.country
        for e in found
        if e.place.kind == "country" and key(country_name(e.place.country, lang)) == text
    }
    if not named:
        return found
    return tuple(e for e in found if e.place.kind != "city" or e.place.country not in named)


def _town_first(
    found: tuple[GazetteerEntry, ...], text: str, lang: str
) -> tuple[GazetteerEntry, ...]:
    """Without a country that has this name only in another language, if a large town has it too:
    Granada means Grenada only in Spanish."""
    towns = {
        e.place.country
        for e in found
        if e.place.kind == "city" and e.rank <= CANONICAL and e.population >= CITY
    }
    if not towns:
        return found
    return tuple(
        e for e in found if e.place.kind != "country" or not _is_foreign(e, text, lang, towns)
    )


def _is_foreign(entry: GazetteerEntry, text: str, lang: str, towns: set[str]) -> bool:
    code = entry.place.country
    if entry.place.kind != "country":
        return False
    return code not in towns and key(country_name(code, lang)) != text


def _proper(found: tuple[GazetteerEntry, ...]) -> tuple[GazetteerEntry, ...]:
    """Without places for which it is only an alternate name, if it is a larger one's own."""
    most = max((e.population for e in found if e.rank <= NATIVE), default=0)
    return tuple(e for e in found if e.rank <= NATIVE or e.population >= most)


def _with_capitals(entries: tuple[GazetteerEntry, ...], name: str) -> tuple[GazetteerEntry, ...]:
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
        for lang in language_codes():
            listed = (row.get(lang) or "").split("|")
            names |= {x.lower() for x in listed if " " in x and not without_article(x)}
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
