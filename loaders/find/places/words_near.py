"""Words of a sentence with their offsets, and the cue words of the language beside a name."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from loaders.text.words import words

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*\.?|\d+|[^\w\s]")


_ELISION = re.compile(r"([^\W\d_]+)[’'ʼ]")


_POSSESSIVE = re.compile(r"[’'](?:s|S)$")


_POINTED = frozenset({"St", "Ste", "Mt", "Ft", "Pt"})


_ARTICLES = frozenset(["le", "la", "les", "l", "the", "der", "die", "das", "den", "dem", "el"])


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign of the sentence; offsets count in the sentence."""

    start: int
    end: int
    text: str
    is_word: bool


@functools.cache
def cues(lang: str) -> dict[str, Any]:
    """The places table of a language, with empty defaults where it has none."""
    return words(lang, "places")


@functools.cache
def cue_set(lang: str, name: str) -> frozenset[str]:
    """A word list of the places table, case folded."""
    return frozenset(word.casefold() for word in cues(lang).get(name, ()))


@functools.cache
def stems_of(lang: str, name: str) -> tuple[str, ...]:
    """As `cue_set`, for str.startswith."""
    return tuple(cue_set(lang, name))


@functools.lru_cache(maxsize=4_096)
def tokens(text: str, lang: str) -> tuple[Token, ...]:
    """Words and signs; an elided article ("l'", "d'") is a word of its own."""
    out: list[Token] = []
    elisions = cue_set(lang, "elisions")
    for found in _TOKEN.finditer(text):
        start, word = found.start(), found.group()
        head = _ELISION.match(word) if len(word) > 2 and not word.isalpha() else None
        if head and head.group(1).casefold() in elisions:
            out.append(Token(start, start + head.end(), head.group(), True))
            start, word = start + head.end(), word[head.end() :]
        if word[-1:] == "." and not _is_abbreviation(word):
            word = word[:-1]
        bare = word if word.isalpha() else _POSSESSIVE.sub("", word)
        if bare:
            out.append(Token(start, start + len(bare), bare, bare[0].isalpha()))
        if bare != word:
            out.append(Token(start + len(bare), start + len(word), word[len(bare) :], False))
    return tuple(out)


def _is_abbreviation(word: str) -> bool:
    """A short capitalised word with its stop: "St.", "Mt.", "Ill."."""
    return word[:-1] in _POINTED or word.count(".") > 1


def has_case(word: str) -> bool:
    return word.lower() != word.upper()


def is_joined(left: Token, right: Token, text: str) -> bool:
    between = text[left.end : right.start]
    return between in ("", " ", "\u00a0", "\u202f")


def words_before(row: tuple[Token, ...], at: int) -> list[str]:
    """Up to five words directly before a token; a sign ends the run, an article is left out."""
    out: list[str] = []
    for token in reversed(row[max(0, at - 5) : at]):
        if not token.is_word and token.text not in '-«"“':
            break
        if token.is_word:
            out.append(token.text)
    return out[::-1]


def ends_with_cue(before: list[str], lang: str, name: str) -> bool:
    """Whether the words before end with one of the phrases of a list, articles left out."""
    bare = [word.casefold().rstrip("’'ʼ") for word in before]
    phrases = cue_set(lang, name)
    for skip in (0, 1):
        tail = bare[: len(bare) - skip] if skip else bare
        if skip and (not bare or bare[-1] not in _ARTICLES):
            break
        if any(" ".join(tail[-n:]) in phrases for n in (1, 2, 3) if len(tail) >= n):
            return True
    return False
