"""Words of a sentence with their offsets, and the cue words of the language beside a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from loaders.text.words import languages, words

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*\.?|\d+|[^\w\s]")
_ELISION = re.compile(r"([^\W\d_]+)[’'ʼ]")
_POINTED = frozenset({"St", "Ste", "Mt", "Ft", "Pt"})
_JOINTS = frozenset(["", " ", "\u00a0", "\u202f"])
_new = tuple.__new__  # half the time of WordToken(...), and this runs for every word
_CLAUSE_MARKS = frozenset(',;:()«»"“”—–')


class WordToken(NamedTuple):
    """A word or a sign of the sentence; offsets count in the sentence. `fold`: small letters."""

    start: int
    end: int
    text: str
    is_word: bool
    fold: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@functools.cache
def cues(lang: str) -> dict[str, Any]:
    """The places table of a language, with empty defaults where it has none."""
    return words(lang, "places")


@functools.cache
def cue_set(lang: str, name: str) -> frozenset[str]:
    """A word list of the places table, case folded."""
    return frozenset(word.casefold() for word in cues(lang).get(name, ()))


@functools.cache
def any_cue_set(name: str) -> frozenset[str]:
    """A word list of all languages together, for names, which may be in any language."""
    return frozenset().union(*(cue_set(lang, name) for lang in languages()))


def without_article(name: str) -> str:
    """A name of data/reference without its article, "" where it has none."""
    article, _, rest = name.partition(" ")
    return rest if article in any_cue_set("name_articles") else ""


@functools.cache
def _possessive() -> re.Pattern[str]:
    listed = "|".join(re.escape(mark) for mark in sorted(any_cue_set("possessives")))
    return re.compile(rf"(?:{listed})$", re.IGNORECASE)


@functools.cache
def home_countries(lang: str) -> frozenset[str]:
    """Countries (alpha-3) where the language is at home."""
    return frozenset(cues(lang).get("countries", ()))


@functools.cache
def stems_of(lang: str, name: str) -> tuple[str, ...]:
    """As `cue_set`, for str.startswith."""
    return tuple(cue_set(lang, name))


@functools.cache
def phrases(lang: str, name: str) -> re.Pattern[str] | None:
    """One of the phrases of a list after a blank, as written; None where there is no list."""
    listed = sorted(cues(lang).get(name, ()), key=len, reverse=True)
    if not listed:
        return None
    return re.compile(r"[ \u00a0](?:" + "|".join(map(re.escape, listed)) + r")(?!\w)")


@functools.lru_cache(maxsize=4_096)
def tokens(text: str, lang: str) -> tuple[WordToken, ...]:
    """Words and signs; an elided article ("l'", "d'") is a word of its own."""
    out: list[WordToken] = []
    elisions = cue_set(lang, "elisions")
    for found in _TOKEN.finditer(text):
        start, end, word = found.start(), found.end(), found.group()
        if word.isalpha():
            out.append(_new(WordToken, (start, end, word, True, word.casefold())))
        elif len(word) > 1:
            out += _parts(start, word, elisions)
        elif word != ".":
            out.append(_new(WordToken, (start, end, word, False, word)))
    return tuple(out)


def _parts(start: int, word: str, elisions: frozenset[str]) -> list[WordToken]:
    """A word with a sign in it, or a sign: elided article, word, possessive "'s"."""
    out: list[WordToken] = []
    head = _ELISION.match(word) if len(word) > 2 else None
    if head and head.group(1).casefold() in elisions:
        out.append(_token(start, head.group(), True))
        start, word = start + head.end(), word[head.end() :]
    if word[-1:] == "." and not _is_abbreviation(word):
        word = word[:-1]
    bare = _possessive().sub("", word)
    if bare:
        out.append(_token(start, bare, bare[0].isalpha()))
    if bare != word:
        out.append(_token(start + len(bare), word[len(bare) :], False))
    return out


def _token(start: int, text: str, is_word: bool) -> WordToken:
    return WordToken(start, start + len(text), text, is_word, text.casefold())


def _is_abbreviation(word: str) -> bool:
    """A short capitalised word with its stop: "St.", "Mt.", "Ill."."""
    return word[:-1] in _POINTED or word.count(".") > 1


def has_case(word: str) -> bool:
    return word.lower() != word.upper()


def is_joined(left: WordToken, right: WordToken, text: str) -> bool:
    return left.end == right.start or text[left.end : right.start] in _JOINTS


def words_before(row: Sequence[WordToken], at: int) -> list[WordToken]:
    """Up to five words directly before a token; punctuation other than a quote ends them."""
    out: list[WordToken] = []
    for i in range(at - 1, max(0, at - 5) - 1, -1):
        token = row[i]
        if token.is_word:
            out.append(token)
        elif token.text not in '-«"“':
            break
    return out[::-1]


def clause_before(row: Sequence[WordToken], at: int) -> list[WordToken]:
    """The words of the same clause before a token."""
    out: list[WordToken] = []
    for i in range(at - 1, -1, -1):
        token = row[i]
        if token.is_word:
            out.append(token)
        elif token.text in _CLAUSE_MARKS:
            break
    return out[::-1]


def bare(token: WordToken) -> str:
    """A word in small letters, without the apostrophe of an elided article."""
    return token.fold.rstrip("’'ʼ")


def ends_with_cue(before: Sequence[WordToken], lang: str, name: str) -> bool:
    """Whether the words before end with a phrase of a list, ignoring an article."""
    if not before:
        return False
    phrases = cue_set(lang, name)
    last = [bare(token) for token in before[-4:]]
    if _ends_with(last, phrases):
        return True
    return last[-1] in cue_set(lang, "skipped_articles") and _ends_with(last[:-1], phrases)


def _ends_with(last: list[str], phrases: frozenset[str]) -> bool:
    if not last:
        return False
    if last[-1] in phrases:
        return True
    return any(" ".join(last[-n:]) in phrases for n in (2, 3) if len(last) >= n)
