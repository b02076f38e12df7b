"""Look-up keys of place names, and names of other scripts as newsrooms spell them.

The transliteration (`events.transliteration`) is applied when the gazetteer is built, so that
"Tchassiv Iar" and "Wowtschansk" are found without a list. The tables of Arabic words stand in
data/reference/transliteration.toml.
"""

from __future__ import annotations

import functools
import unicodedata

from events.transliteration import spellings, tables

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
def _arabic_articles() -> frozenset[str]:
    return frozenset(tables()["arabic"]["articles"].split())


@functools.cache
def _arabic_words() -> dict[str, str]:
    """Spelling variant -> standard spelling."""
    rows = (row.split() for row in tables()["arabic"]["words"])
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
    for sound, plain in tables()["arabic"]["sounds"]:
        word = word.replace(sound, plain)
    word = word.translate(_VOWEL_LEVELS).removesuffix("h")
    return "".join(a for a, b in zip(word, word[1:] + " ", strict=True) if a != b)


_VOWEL_LEVELS = str.maketrans("eoy", "iui")


def transliterations(name: str, ukrainian: bool) -> set[str]:
    """A Cyrillic name as the languages of the table spell it, as look-up keys."""
    return {key(spelt) for spelt in spellings(name, ukrainian)}
