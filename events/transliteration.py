"""Names over scripts and spellings: Cyrillic as newsrooms of each language write it, and the sound
of a word, in which spellings of one name meet (Oreshnik, Orechnik, Орешник).

French writes ч as tch, ш as ch, у as ou; German ч as tsch, в as w; English follows BGN/PCGN without
marks; Spanish writes х as j. The tables stand in data/reference: transliteration.toml and
name_spellings.toml.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import Any

from events.reference import REFERENCE_DIR

_VOWELS = "аеєиіїоуыэюяё"


@functools.cache
def tables() -> dict[str, Any]:
    """data/reference/transliteration.toml."""
    return tomllib.loads((REFERENCE_DIR / "transliteration.toml").read_text(encoding="utf-8"))


@functools.cache
def sound_table() -> dict[str, Any]:
    """data/reference/name_spellings.toml."""
    return tomllib.loads((REFERENCE_DIR / "name_spellings.toml").read_text(encoding="utf-8"))


def sound(plain: str) -> str:
    """Lower-case Latin letters without what spelling alone makes different; never shown."""
    for told, letter in sound_table()["spellings"]:
        plain = plain.replace(told, letter)
    return "".join(letter for letter, _ in itertools.groupby(plain))


@dataclass(frozen=True)
class _Spelling:
    """How one language spells Cyrillic letters."""

    letters: dict[str, str]
    ukrainian: dict[str, str]
    between_vowels: dict[str, str]
    at_start: dict[str, str]


@functools.cache
def _spellings() -> tuple[_Spelling, ...]:
    return tuple(map(_spelling, tables()["cyrillic"].values()))


def _spelling(row: dict[str, Any]) -> _Spelling:
    pairs = row["letters"].split()
    letters = dict(zip(pairs[::2], pairs[1::2], strict=True))
    further = (row.get(name, {}) for name in ("ukrainian", "between_vowels", "at_start"))
    return _Spelling(letters, *further)


def spellings(name: str, ukrainian: bool) -> set[str]:
    """A Cyrillic name as the languages of the table spell it, in lower case.

    Ukrainian words are read by Ukrainian rules; an intervocalic с doubles in French and German.
    """
    lower = unicodedata.normalize("NFC", name).casefold()
    ukrainian = ukrainian and not set(lower) & set("ыэёъ")
    return {_spelt(lower, spelling, ukrainian) for spelling in _spellings()}


def _spelt(lower: str, spelling: _Spelling, ukrainian: bool) -> str:
    own = spelling.ukrainian if ukrainian else {}
    out = []
    for i, letter in enumerate(lower):
        spelt = own.get(letter) or spelling.letters.get(letter, letter)
        if letter in spelling.between_vowels and _between_vowels(lower, i):
            spelt = spelling.between_vowels[letter]
        if letter in spelling.at_start and not ukrainian and _starts(lower, i):
            spelt = spelling.at_start[letter]
        out.append(spelt)
    return _with_short_ending("".join(out).replace("_", ""))


def _with_short_ending(word: str) -> str:
    """The word with final -ий, -ый and the like as a single i or y."""
    for long, short in (("yi ", "y "), ("ii ", "i "), ("yj ", "y "), ("ij ", "i ")):
        word = (word + " ").replace(long, short).rstrip()
    return word


def _between_vowels(lower: str, at: int) -> bool:
    before, after = lower[at - 1 : at], lower[at + 1 : at + 2]
    return bool(before and after) and before in _VOWELS and after in _VOWELS


def _starts(lower: str, at: int) -> bool:
    return at == 0 or not lower[at - 1].isalpha()


def is_cyrillic(name: str) -> bool:
    """Whether the name is written in Cyrillic letters."""
    return any("\u0400" <= letter <= "\u04ff" for letter in name)
