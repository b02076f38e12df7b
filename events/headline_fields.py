"""What a headline is made of where no sentence gives one, and the words for its parts.

The words stand in data/reference/headlines.toml.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

MOST = 90  # characters of a headline
LIKELY = 0.5  # that of events.certainty, which takes a third of a second to import
SHORT = 200  # characters of a sentence that tells one act
_NEAR = 8  # words before or behind an act under which it stands
_COUNTS = ("killed", "wounded", "arrested")  # attributes that count persons
# in figures of three: "1,200", "1 200"; no year, no part of "S-300"
_NUMBER = r"(?<![\w.,-])(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})*)"
WORDS_FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "headlines.toml"
Attributes = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Fields:
    """What a headline is made of where no sentence gives one. `type`, `mode`: as in the ontology;
    `parties`: codes of who acts and who is acted upon; `place`: its name in the headline's
    language, "", of the kind `place_kind`, in `country` (ISO alpha-3); `attributes`: (name, value,
    words) as told; `teller`: code of who claims or denies it, ""; `trigger`: the words of the act
    in the quote, ""; `quote_lang`: the language of the quote; `certainty`: of the fields by name,
    those that it is known of; `doubted`: the sentence is known not to tell the act as done."""

    type: str
    mode: str
    status: str
    parties: tuple[Iterable[str], Iterable[str]]
    place: str
    attributes: Attributes
    quote: str
    place_kind: str = "city"
    country: str = ""
    teller: str = ""
    trigger: str = ""
    quote_lang: str = ""
    certainty: Mapping[str, float | None] = field(default_factory=dict)
    doubted: bool = False


def likely(fields: Fields) -> Fields:
    """The fields without the parties and the place that are more likely wrong than right; the
    state stays that is the place of the act too."""
    doers, targets = map(tuple, fields.parties)
    if not _is_likely(fields, "sources"):
        doers = ()
    if not _is_likely(fields, "targets"):
        here = fields.country if fields.place and fields.place_kind == "country" else ""
        targets = tuple(code for code in targets if code == here)
    place = fields.place if _is_likely(fields, "place") else ""
    return replace(fields, parties=(doers, targets), place=place)


def _is_likely(fields: Fields, name: str) -> bool:
    """Whether to name what is so certain; None, NaN: a person or another coder told it."""
    certainty = fields.certainty.get(name)
    return certainty is None or not certainty < LIKELY


def is_doubted(fields: Fields) -> bool:
    """Whether the sentence threatens, fears, averts or denies the act, though its status is that of
    one that happened: by the words shortly before and behind it, where a parse did not tell; also
    where its language has no such words here."""
    if fields.doubted or fields.status != "reported":
        return fields.doubted
    if fields.quote and (fields.quote_lang or "en") not in table()["doubted"]:
        return True
    if not fields.trigger:
        return False
    quote = fields.quote.replace("n'", "ne ").replace("n’", "ne ")
    before, _act, behind = quote.partition(fields.trigger)
    near = {"doubted": before.split()[-_NEAR:], "averted": behind.split()[:_NEAR]}
    lang = fields.quote_lang
    return any(finder(words_of(name, lang)).search(" ".join(words)) for name, words in near.items())


def denies(words: str, lang: str) -> bool:
    """Whether one of some words of a sentence denies, or makes a condition of, what stands behind
    them; also where nothing is known of the language."""
    return lang not in table()["denied"] or bool(finder(words_of("denied", lang)).search(words))


def weapon(fields: Fields, lang: str) -> str:
    """The weapon of an attack as a headline calls it: "188 drones", "a missile"; "" for none."""
    words = next((words for name, _value, words in fields.attributes if name == "weapon"), "")
    if not words or fields.type not in table()["deadly"] or fields.mode in table()["unarmed"]:
        return ""
    named = next((row for row, finds in _weapons() if finds.fullmatch(words)), {})
    called = str(named.get(lang, ""))
    number = re.search(rf"{_NUMBER} {re.escape(words)}\b", fields.quote)
    counted = called and number and named.get("counted")
    return f"{number.group(1)} {called.split()[-1]}" if counted and number else called


@functools.cache
def _weapons() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    return tuple((row, finder(row["words"])) for row in table()["weapons"])


def killed(fields: Fields, lang: str) -> str:
    """The dead of an attack, where a short sentence counts no others: "12 killed"; else ""."""
    numbers = [value for name, value, _words in fields.attributes if name == "killed"]
    pattern = words_of("killed", lang)
    deadly = fields.type in table()["deadly"] and len(fields.quote) <= SHORT
    told = deadly and len(numbers) == 1 and numbers[0] not in ("0", "1")
    return pattern.format(n=numbers[0]) if told and pattern else ""


def thing(told: str, wanted: Iterable[str], lang: str, quote_lang: str) -> str:
    """The first of the wanted things with which the words behind an act open, as a headline calls
    it: "a ceasefire" of "for an immediate ceasefire in Gaza"; "" of "for the lifting of ..."."""
    asked = frozenset(wanted)
    rows = (row for row in table()["things"] if row["name"] in asked and lang in row)
    opens = (row for row in rows if _opening(row["words"], quote_lang).match(told))
    return next((str(row[lang]) for row in opens), "")


@functools.cache
def _opening(words: str, lang: str) -> re.Pattern[str]:
    """What opens with a thing, of which its sentence says no more that turns it round."""
    name = "things_fr" if lang == "fr" else "things_en"
    before, behind = (str(table()["around"][name][side]) for side in ("before", "behind"))
    return re.compile(rf"\s*{before}(?:{words}){behind}", re.IGNORECASE)


def is_of_many(fields: Fields) -> bool:
    """Whether the sentence tells that persons are many: by a count, or a word for many; so of an
    event without a sentence. A state stands for one person as for many."""
    counts = (value for name, value, _words in fields.attributes if name in _COUNTS)
    many = finder(words_of("many", fields.quote_lang))
    counted = any(value not in ("0", "1") for value in counts)
    return counted or not fields.quote or bool(many.search(fields.quote))


@functools.cache
def finder(words: str) -> re.Pattern[str]:
    """What finds a pattern as whole words."""
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def act_noun(kind: str, mode: str, lang: str, trigger: str = "") -> str:
    """What an act is called as a noun: its mode ("ceasefire"), the noun of its own words where its
    type's says another thing ("denial"), else its type ("agreement")."""
    rows = (row for row in table()["named"] if trigger and row["type"] == kind)
    own: dict[str, str] = next((row for row in rows if finder(row["words"]).search(trigger)), {})
    of_type = own.get(lang, "") or words_of("types", lang, kind)
    return mode_name(kind, mode, lang) or of_type or kind.lower()


def mode_name(kind: str, mode: str, lang: str) -> str:
    """What a mode of a type is called in a language ("ceasefire"); "" where nothing is known."""
    known = f"{kind}.{mode}" in table()["modes"]
    return words_of("modes", lang, f"{kind}.{mode}") if mode and known else ""


def status_mark(status: str, lang: str) -> str:
    """ " (planned)" behind a headline; "" of what is simply reported."""
    return "" if status == "reported" else f" ({words_of('status', lang, status)})"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def words_of(name: str, lang: str, key: str = "") -> str:
    """The words of a table in a language; English where it has none."""
    told = table()[name].get(key, {}) if key else table()[name]
    return str(told.get(lang) or told.get("en", ""))


@functools.cache
def table() -> dict[str, Any]:
    """The tables of data/reference/headlines.toml."""
    with WORDS_FILE.open("rb") as file:
        return tomllib.load(file)
