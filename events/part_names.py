"""The name of a part of a state: "Syrian rebels", "rebelles syriens"; else "Syria: rebels"."""

from __future__ import annotations

import functools

from events.reference import demonyms
from events.sectors import Sector

ORDER = {"en": "{adjective} {noun}", "fr": "{noun} {adjective}"}
PLAIN = {"en": "{state}: {noun}", "fr": "{state}\u00a0: {noun}"}


def part_name(sector: Sector, state: str, state_name: str, lang: str) -> str:
    """The name of a sector of a state (ISO alpha-3) in a language that the sector has.

    With the adjective of the state where its table and the language's word order are known.
    """
    noun = sector.names[lang]
    adjective = _adjective(state, lang, sector.agreement.get(lang, "ms"))
    if adjective and lang in ORDER:
        return ORDER[lang].format(adjective=adjective, noun=noun)
    return PLAIN.get(lang, PLAIN["en"]).format(state=state_name, noun=noun)


@functools.cache
def _adjective(state: str, lang: str, agreement: str) -> str:
    """The first adjective of a state in the asked gender and number, "" for none."""
    rows = [row for row in demonyms(lang) if row.code == state and row.adjectives]
    rows.sort(key=lambda row: not row.nouns)  # "britannique" before "anglais"
    forms = rows[0].adjectives if rows else ()
    if not forms:
        return ""
    stem = forms[0]
    alike = [form for form in forms if form[:3] == stem[:3]]
    feminine = next((form for form in alike if form.endswith("e")), stem)
    base = feminine if agreement.startswith("f") else stem
    if agreement.endswith("s") or lang != "fr":
        return base
    return base if base.endswith(("s", "x")) else f"{base}s"
