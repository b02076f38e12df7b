"""What an act is called in a sentence, and the forms of its verb.

The rows stand in data/reference/headline_acts.toml.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.headline_fields import SHORT, Fields, finder, killed, table, thing

FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "headline_acts.toml"
_VERB = re.compile(r"\[([^\]]+)\]")
# "accused Israel |of", not "threatened Israel because |of", « à cause |de »
_NO_TARGET = (
    r"because|instead|end|fin|levée|lifting|in|for|over|on|to|after|by|à|en|sur|pour|par|après"
)
_TARGET = re.compile(
    rf"(?:\s+(?!(?:{_NO_TARGET})\b)[^\s.,;]+){{0,4}}?(?=\s+(?:(?:of|with|de)\b|d['’]))"
)
_FORMS = {  # language -> form of the verb -> its places in the row, singular and plural
    "en": {"inf": (0, 0), "now": (1, 3), "past": (2, 4)},
    "fr": {"inf": (0, 4), "now": (1, 2), "pp": (3, 5)},
}
# few verbs have forms of their own for many: "to be", « être victime »
_PLURAL_ALIKE = {"en": {3: 0, 4: 2}, "fr": {4: 0, 5: 3}}


@dataclass(frozen=True)
class Act:
    """The row of an act. `on`, `alone`, `suffered`: what is said of it with who is acted upon,
    without, and of the one acted upon alone; "" where it cannot be said so. `people`: it is done to
    persons; `by_people`: by persons; `mutual`: where only one side is told, it does the act.
    `tells`: it says more than the type: by its words, its mode or a thing."""

    on: str
    alone: str
    suffered: str
    people: bool = False
    by_people: bool = False
    mutual: bool = False
    tells: bool = True


def act_of(fields: Fields, lang: str) -> Act | None:
    """The row of the event's act in a language; None for a type that has none."""
    row = _row(fields, bool(killed(fields, lang)))
    if row is None or lang not in row:
        return None
    on, alone, suffered = row[lang]
    told = _behind(fields, row, "{target}" in row.get("about", {}).get(lang, ""))
    wanted = row.get("things", "").split("|")
    named = next(filter(None, (thing(t, wanted, lang, fields.quote_lang) for t in told)), "")
    about = str(row.get("about", {}).get(lang, "")).replace("{thing}", named) if named else ""
    if about:
        on, alone = about, "" if "{target}" in about else about
        alone = alone or row[lang][1]
    flags = {name: bool(row.get(name)) for name in ("people", "by_people", "mutual")}
    return Act(on, alone, suffered, **flags, tells=bool(about or {"words", "mode"} & set(row)))


def _row(fields: Fields, counts_dead: bool) -> dict[str, Any] | None:
    """The row by the words of the act; by the only ones in a short sentence, of its mode where a
    row is; by its mode; the plain one. `counts_dead`: the dead are told behind the act."""
    rows = [row for row in _rows(fields.type) if row.get("mode", fields.mode) == fields.mode]
    rows = [row for row in rows if not (counts_dead and row.get("kills"))]
    worded = [row for row in rows if "words" in row]
    by_act = (row for row in worded if finder(row["words"]).search(fields.trigger))
    plain = sorted((row for row in rows if "words" not in row), key=lambda row: "mode" not in row)
    is_moded = any("mode" in row for row in plain)
    short = fields.quote if len(fields.quote) <= SHORT else ""
    by_sentence = [
        row
        for row in worded
        if finder(row["words"]).search(short) and ("mode" in row or not is_moded)
    ]
    first = next(by_act, None) or (by_sentence[0] if len(by_sentence) == 1 else None)
    return first or next(iter(plain), None)


def _behind(fields: Fields, row: dict[str, Any], names_target: bool) -> list[str]:
    """What stands behind each word of the act in a short sentence ("rejected |the warrants"), but
    one that turns what follows round ("call for lifting"); behind the one acted upon ("accused
    Israel |of ...") where `names_target`."""
    if len(fields.quote) > SHORT:
        return []
    words = finder(row.get("words", "(?!)"))
    found = None if fields.trigger else words.search(fields.quote)
    act = fields.trigger or (found.group() if found else "")
    turns = finder(table()["around"]["turns"]).search(act)
    own = act[: turns.start()] if turns and not words.search(turns.group()) else act
    at = fields.quote.find(act) if act else -1
    if at < 0:
        return []
    told = [fields.quote[at + word.end() :] for word in re.finditer(r"\S+", own)]
    if not names_target:
        return told
    return [behind[target.end() :] for behind in told if (target := _TARGET.match(behind))]


def verb(said: str, form: str, plural: bool, lang: str) -> str:
    """What is said with its verb in a form: inf, now, past (English), pp (French)."""

    def choose(found: re.Match[str]) -> str:
        forms = found.group(1).split("|")
        place = _FORMS[lang][form][plural]
        return forms[place] if place < len(forms) else forms[_PLURAL_ALIKE[lang][place]]

    return _VERB.sub(choose, said)


def forms_of(lang: str) -> tuple[str, ...]:
    """The forms of a verb in a language."""
    return tuple(_FORMS[lang])


@functools.cache
def _rows(kind: str) -> list[dict[str, Any]]:
    with FILE.open("rb") as file:
        return list(tomllib.load(file).get(kind, []))
