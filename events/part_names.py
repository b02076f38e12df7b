"""The name of a part of a state: "Syrian rebels", "rebelles syriens"; else "Syria: rebels"."""

from __future__ import annotations

import functools
import re

from events.reference import Demonym, demonyms
from events.sectors import Sector

ORDER = {"en": "{adjective} {noun}", "fr": "{noun} {adjective}"}
PEOPLE = {"en": "{adjective} people"}
PLAIN = {"en": "{state}: {noun}", "fr": "{state}\u00a0: {noun}"}


def part_name(sector: Sector, state: str, state_name: str, lang: str) -> str:
    """The name of a sector of a state (ISO alpha-3) in a language that the sector has.

    With the adjective of the state where its table and the language's word order are known.
    """
    noun = sector.names[lang]
    adjective = _adjective(state, state_name, lang, sector.agreement.get(lang, "ms"))
    if adjective and lang in ORDER:
        return ORDER[lang].format(adjective=adjective, noun=noun)
    return PLAIN.get(lang, PLAIN["en"]).format(state=state_name, noun=noun)


@functools.cache
def people_name(state: str, state_name: str, lang: str) -> str:
    """The people of a state in the plural: "Syrians", "Chinese people", "Syriens"; "" for none."""
    rows = [row for row in _rows(state, state_name, lang) if row.nouns]
    if not rows:
        return ""
    first = rows[0].nouns[0]
    if lang == "fr":  # "Sud-Coréens"
        return re.sub(r"-\w", lambda found: found.group().upper(), _in_plural(first))
    many = next((noun for noun in rows[0].nouns if noun.endswith("s")), "")
    many = many or (f"{first}s" if first.endswith("an") and first in rows[0].adjectives else "")
    return many or PEOPLE.get(lang, PEOPLE["en"]).format(adjective=rows[0].adjectives[0])


def _rows(state: str, state_name: str, lang: str) -> list[Demonym]:
    """The demonyms of a state, those first that it is called by: "palestinien" before "gazaoui",
    "britannique" before "anglais"."""
    rows = [row for row in demonyms(lang) if row.code == state and row.adjectives]
    beginning = state_name[:4].casefold()
    rows.sort(key=lambda row: not row.adjectives[0].casefold().startswith(beginning))
    return sorted(rows, key=lambda row: not row.nouns)


def _in_plural(masculine: str) -> str:
    return masculine if masculine.endswith(("s", "x")) else f"{masculine}s"


@functools.cache
def _adjective(state: str, state_name: str, lang: str, agreement: str) -> str:
    """The first adjective of a state in the asked gender and number, "" for none."""
    rows = _rows(state, state_name, lang)
    forms = rows[0].adjectives if rows else ()
    if not forms:
        return ""
    stem = forms[0]
    alike = [form for form in forms if form[:3] == stem[:3]]
    feminine = next((form for form in alike if form.endswith("e")), stem)
    base = feminine if agreement.startswith("f") else stem
    return base if agreement.endswith("s") or lang != "fr" else _in_plural(base)
