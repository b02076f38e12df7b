"""Look-up keys of place names, and names of other scripts as newsrooms spell them.

The transliteration follows newsroom practice (French: ч tch, ш ch, у ou, х kh, ж j, в final v;
German: ч tsch, ш sch, в w; English: BGN/PCGN without marks; Spanish: х j). It is applied when the
gazetteer is built, so that "Tchassiv Iar" and "Wowtschansk" are found without a list. The
tables stand in data/reference/transliteration.toml.
"""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = Path(__file__).resolve().parents[3] / "data" / "reference" / "transliteration.toml"
_VOWELS = "аеєиіїоуыэюяё"
_DROPPED = str.maketrans("", "", "'’ʼʹ`´‘ʻ.")
_SPACED = str.maketrans(dict.fromkeys("-‐‑–—/ \u00a0\u202f", " "))
# letters without a combining mark that have a plain ASCII spelling
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


@functools.lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """The look-up key: case folded, marks and apostrophes dropped, hyphens as spaces.

    Й and Ї keep their marks: they are letters of their own in Russian and Ukrainian.
    """
    if name.isascii() and (name.isalpha() or _is_plain(name)):
        return name.lower()
    folded = name.casefold().translate(_SPACED).translate(_DROPPED).translate(_PLAIN)
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)
        folded = "".join(map(_bare, folded))
    return " ".join(folded.split())


def _is_plain(name: str) -> bool:
    """Words of letters, one blank between them."""
    return all(map(str.isalpha, name.split(" ")))


def _bare(letter: str) -> str:
    if letter.isascii() or letter in "йїё":
        return "е" if letter == "ё" else letter
    split = unicodedata.normalize("NFD", letter)
    return "".join(mark for mark in split if not unicodedata.combining(mark))


@functools.cache
def _tables() -> dict[str, Any]:
    with TABLES.open("rb") as file:
        return tomllib.load(file)


@functools.cache
def _arabic_articles() -> frozenset[str]:
    return frozenset(_tables()["arabic"]["articles"].split())


@functools.cache
def _arabic_words() -> dict[str, str]:
    """Spelling variant -> standard spelling."""
    rows = (row.split() for row in _tables()["arabic"]["words"])
    return {word: row[0] for row in rows for word in row}


def arabic(text: str) -> str:
    """The loose key of an Arabic name of several words, "" where it shows no Arabic word.

    Articles dropped, vowels and double letters levelled: "ras al ain", "ras el ayn" are one.
    `text` is a look-up key.
    """
    words, articles, known = text.split(), _arabic_articles(), _arabic_words()
    if len(words) < 2 or not any(word in articles or word in known for word in words):
        return ""
    levelled = [_levelled(known.get(word, word)) for word in words if word not in articles]
    joined = " ".join(levelled)
    return f"~{joined}" if len(joined) > 5 else ""


def _levelled(word: str) -> str:
    for sound, plain in _tables()["arabic"]["sounds"]:
        word = word.replace(sound, plain)
    word = word.translate(_VOWEL_LEVELS).removesuffix("h")
    return "".join(a for a, b in zip(word, word[1:] + " ", strict=True) if a != b)


_VOWEL_LEVELS = str.maketrans("eoy", "iui")


@dataclass(frozen=True)
class _Spelling:
    """How one language spells Cyrillic letters."""

    letters: dict[str, str]
    ukrainian: dict[str, str]
    between_vowels: dict[str, str]
    at_start: dict[str, str]


@functools.cache
def _spellings() -> tuple[_Spelling, ...]:
    return tuple(map(_spelling, _tables()["cyrillic"].values()))


def _spelling(row: dict[str, Any]) -> _Spelling:
    pairs = row["letters"].split()
    letters = dict(zip(pairs[::2], pairs[1::2], strict=True))
    further = (row.get(name, {}) for name in ("ukrainian", "between_vowels", "at_start"))
    return _Spelling(letters, *further)


def transliterations(name: str, ukrainian: bool) -> set[str]:
    """A Cyrillic name as the languages of the table spell it, as look-up keys.

    Ukrainian words are read by Ukrainian rules; an intervocalic с doubles in French and German.
    """
    lower = unicodedata.normalize("NFC", name).casefold()
    ukrainian = ukrainian and not set(lower) & set("ыэёъ")
    return {key(_spelt(lower, spelling, ukrainian)) for spelling in _spellings()}


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
