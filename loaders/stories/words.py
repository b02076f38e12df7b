"""Words of a quote that meet over languages: names and numbers, and beginnings of other words."""

from __future__ import annotations

import functools
import re
import unicodedata

from events.transliteration import sound, sound_table

LEAST = 5  # letters of a word whose beginning is compared
NAME = 3  # letters of a name

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)


def telling_words(quote: str) -> frozenset[str]:
    """Names and numbers of a quote, folded so that they match across languages.

    The first word, capitalised by its position, does not count.
    """
    found = set()
    for number, token in enumerate(_TOKEN.findall(quote)):
        if token[0].isdigit():
            found.add(token)
        elif number and token[0].isupper() and len(token) >= NAME:
            found.add(folded(token))
    return frozenset(found)


def stems(quote: str) -> frozenset[str]:
    """Beginnings of the words that are neither names nor numbers, folded as names are: "missile",
    "ballistique" and "ballistic" meet."""
    words = _TOKEN.findall(quote)
    return frozenset(folded(word) for word in words if word[0].islower() and len(word) >= LEAST)


@functools.lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """The first letters of a word without case, marks and what spelling alone makes different."""
    split = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(mark for mark in split if not unicodedata.combining(mark))
    return sound(plain)[: int(sound_table()["letters"])]
