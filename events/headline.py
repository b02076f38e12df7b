"""One line for an event: its own headline in the reader's language, else one made of its fields.

"Russia, Ukraine: attack with 188 drones, Dnipro" names the parties, the act, the weapon and the
dead where the sentence counts them, the place, and the status of an act that is not just reported.
The words stand in data/reference/headlines.toml. No such line is a class alone: where nothing else
is known, it gives the beginning of the sentence.
"""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from events import registry
from events.geography import country_name, place_name

if TYPE_CHECKING:
    import pandas as pd

MOST = 90  # characters of a headline
LIKELY = 0.5  # that of events.certainty, which takes a third of a second to import
_SHORT = 200  # characters of a sentence that tells one act
WORDS_FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "headlines.toml"
Attributes = Sequence[Sequence[str]]

Row: TypeAlias = "Mapping[Any, Any] | pd.Series"  # an event row, by the names of EVENT_COLUMNS


@dataclass(frozen=True)
class Fields:
    """What a headline is made of where no sentence gives one. `type`, `mode`: as in the ontology;
    `parties`: codes of who acts and who is acted upon; `place`: its name in the headline's
    language, ""; `attributes`: (name, value, words) as told."""

    type: str
    mode: str
    status: str
    parties: tuple[Iterable[str], Iterable[str]]
    place: str
    attributes: Attributes
    quote: str


def headline_of(row: Row, lang: str) -> str:
    """The headline of an event row (EVENT_COLUMNS) in the reader's language: that of its sentence
    where that is in this language, else one made of its fields."""
    if is_of_its_sentence(row, lang):
        return str(row["headline"])
    return from_fields(_likely(row, _fields(row, lang)), lang)


def _fields(row: Row, lang: str) -> Fields:
    place = place_name(
        str(row["place_id"]), str(row["place_name"]), str(row["place_country"]), lang
    )
    return Fields(
        str(row["type"]),
        str(row["mode"]),
        str(row["status"]),
        (row["sources"], row["targets"]),
        place if row["place_name"] else "",
        _attributes(row["attributes"]),
        str(row["quote"]),
    )


def _likely(row: Row, fields: Fields) -> Fields:
    """The fields without the parties and the place that are more likely wrong than right, where
    what remains says more than the class of the act. Nobody acted upon takes the seat of a doer
    ("Israel: condemnation") but the victim of an attack."""
    doers, targets = map(tuple, fields.parties)
    if not _is_likely(row.get("certainty_targets")):
        targets = tuple(code for code in targets if country_name(code, "en") == row["place_name"])
    if not _is_likely(row.get("certainty_sources")):
        doers = () if not targets or fields.type in _table()["deadly"] else doers
    place = fields.place if _is_likely(row.get("certainty_place")) else ""
    kept = replace(fields, parties=(doers, targets), place=place)
    return kept if doers or targets or place or _told(fields) else fields


def _is_likely(certainty: float | None) -> bool:
    """Whether to name what is so certain; None, NaN: a person or another coder told it."""
    return certainty is None or not certainty < LIKELY


def _told(fields: Fields) -> bool:
    """Whether the line names a weapon, the dead or a thing of the sentence."""
    act = _act(fields, "en")
    return " with " in act or bool(_killed(fields, "en") or _thing(fields, act, "en"))


def headline_without_status(row: Row, lang: str) -> str:
    """The headline of an event row for where its status is told beside it: one of the fields names
    the status itself, whether it was stored so or is made now."""
    line = headline_of({**row, "status": "reported"}, lang)
    return line.removesuffix(_status_mark(str(row["status"]), lang))


def is_of_its_sentence(row: Row, lang: str) -> bool:
    """Whether the event has a headline of its own in that language."""
    return bool(row["headline"]) and row["headline_lang"] == lang


def from_fields(fields: Fields, lang: str) -> str:
    """A headline of the fields in a language."""
    act = _act(fields, lang)
    names = [_party(code, lang) for side in fields.parties for code in side]
    told = ", ".join(dict.fromkeys(names[:3]))
    place = fields.place if fields.place not in told else ""
    thing = _thing(fields, act, lang)
    if thing in _modes_of(fields.type, lang) | _alone(fields.type, lang):
        act, thing = thing, ""  # "ceasefire" says more than "withdrawal or truce"
    parts = (act, _killed(fields, lang) or thing, place)
    rest = ", ".join(part for part in parts if part)
    if told:
        line = _words("joint", lang).format(parties=capitalised(told), act=rest)
    elif rest == act:
        line = _words("joint", lang).format(parties=capitalised(act), act=beginning(fields.quote))
    else:
        line = capitalised(rest)
    return capitalised(line) + _status_mark(fields.status, lang)


def with_status(line: str, status: str, lang: str) -> str:
    """A line with the status of its act behind it, where that is not simply reported."""
    return line + _status_mark(status, lang)


def _status_mark(status: str, lang: str) -> str:
    """ " (planned)" behind a headline of the fields; "" of what is simply reported."""
    return "" if status == "reported" else f" ({_words('status', lang, status)})"


def under(name: str, line: str, lang: str) -> str:
    """A line under the name of a party: "Haiti: the airport was closed"."""
    return _words("joint", lang).format(parties=name, act=line)


def beginning(quote: str, most: int = 60) -> str:
    """The first words of a sentence, as words that were cut off."""
    text = " ".join(quote.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _party(code: str, lang: str) -> str:
    told = " ".join(registry.name(code, lang).split()) or code
    return country_name(code, lang) if told == code else told


def mode_name(kind: str, mode: str, lang: str) -> str:
    """What a mode of a type is called in a language ("ceasefire"); "" where nothing is known."""
    known = f"{kind}.{mode}" in _table()["modes"]
    return _words("modes", lang, f"{kind}.{mode}") if mode and known else ""


@functools.cache
def _modes_of(kind: str, lang: str) -> frozenset[str]:
    """What the modes of a type are called."""
    names = [mode for mode in _table()["modes"] if mode.startswith(f"{kind}.")]
    return frozenset(_words("modes", lang, name) for name in names)


def _act(fields: Fields, lang: str) -> str:
    """What the act is called, with its weapon where both are told in this language."""
    if not fields.type:  # of a coder whose type Frise has not
        return beginning(fields.quote)
    mode = mode_name(fields.type, fields.mode, lang)
    act = mode or _named(fields, lang) or _words("types", lang, fields.type) or fields.type.lower()
    weapon = next((words for name, _value, words in fields.attributes if name == "weapon"), "")
    pattern = _words("with", lang)
    if not (weapon and pattern and fields.type in _table()["armed"]) or not _same(weapon, lang):
        return act
    return pattern.format(act=act, weapon=_counted(weapon, fields.quote))


def _named(fields: Fields, lang: str) -> str:
    """What a short sentence calls an act of a wide type ("denial" of the refusals), in a language;
    "" where no word of it tells, or words of two."""
    if len(fields.quote) > _SHORT:
        return ""
    narrower = _names_of_acts().get(fields.type, ())
    found = [names.get(lang, "") for names, words in narrower if words.search(fields.quote)]
    return found[0] if len(found) == 1 else ""


@functools.cache
def _names_of_acts() -> dict[str, tuple[tuple[dict[str, str], re.Pattern[str]], ...]]:
    """type -> the names of narrower acts by language, and what finds one of them in a sentence."""
    return {
        kind: tuple((each["name"], _finder(each["words"])) for each in acts)
        for kind, acts in _table()["named"].items()
    }


def _finder(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@functools.cache
def _alone(kind: str, lang: str) -> frozenset[str]:
    """The things that tell an act of this type by themselves ("martial law")."""
    english = _table()["alone"].get(kind, "").split("|")
    told = (names for names in _table()["things"] if names["en"].split("|")[0] in english)
    return frozenset(names[lang].split("|")[0] for names in told if lang in names)


def _counted(weapon: str, quote: str) -> str:
    """The word with the figure before it: "188 drones"."""
    found = re.search(rf"(\d[\d.,\u00a0\u202f]*) {re.escape(weapon)}\b", quote)
    return f"{found.group(1)} {weapon}" if found and weapon.endswith("s") else weapon


def _same(weapon: str, lang: str) -> bool:
    """Whether the word of the sentence is one of this language too."""
    return weapon.lower() in _table()["weapons"].get(lang, "").split()


def _killed(fields: Fields, lang: str) -> str:
    """The dead of an attack, where a short sentence counts no others."""
    numbers = [value for name, value, _words in fields.attributes if name == "killed"]
    pattern = _words("killed", lang)
    deadly = fields.type in _table()["deadly"] and len(fields.quote) <= _SHORT
    told = deadly and len(numbers) == 1 and numbers[0] not in ("0", "1")
    return pattern.format(n=numbers[0]) if told and pattern else ""


def _thing(fields: Fields, act: str, lang: str) -> str:
    """The thing that a short sentence names beside its act ("arrest warrants"), in a language;
    "" for none, and where the act says it already."""
    if len(fields.quote) > _SHORT or fields.type in _table()["deadly"]:
        return ""  # an attack has its weapon and its dead
    found = (
        names.get(lang)
        for names, words in _things()
        if fields.type in names.get("types", fields.type) and words.search(fields.quote)
    )
    first = next((names.split("|")[0] for names in found if names), "")
    return "" if set(first.lower().split()) & set(act.lower().split()) else first


@functools.cache
def _things() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """The names of each thing by language, and what finds one of them in a sentence."""
    return tuple(
        (names, _finder("|".join(words for lang, words in names.items() if lang != "types")))
        for names in _table()["things"]
    )


def _attributes(told: object) -> Attributes:
    try:
        found = json.loads(str(told or "[]"))
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _words(name: str, lang: str, key: str = "") -> str:
    """The words of a table in a language; English where it has none."""
    table = _table()[name].get(key, {}) if key else _table()[name]
    return str(table.get(lang) or table.get("en", ""))


@functools.cache
def _table() -> dict[str, Any]:
    with WORDS_FILE.open("rb") as file:
        return tomllib.load(file)
