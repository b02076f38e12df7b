"""A sentence as words with offsets.

Words are split by one pattern for all languages, so that a trigger such as "cease-fire" or "coup
d'état" matches in each.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from loaders.text.document import Sentence
from loaders.text.words import any_word_group

_APOSTROPHE = "['’]"


def _one_of(group: str) -> str:
    """A pattern for the words of a group, of all languages together."""
    listed = sorted(any_word_group(group), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("'", _APOSTROPHE) for word in listed)


@functools.cache
def _word() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_one_of('elided')})(?=\w)"
        rf"|(?:{_one_of('contracted')}|{_one_of('clitics')})\b"
        r"|\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?"
        r"|[^\W\d_]+(?:-[^\W_]+)*"
        r"|[^\w\s]",
        re.IGNORECASE,
    )


@functools.cache
def _contracted() -> re.Pattern[str]:
    return re.compile(rf"(?i)^(\w+?)({_one_of('contracted')})$")


@dataclass(frozen=True)
class Word:
    """A word or mark. `start`, `end`: offsets in the part; `low`: lower case, plain apostrophes."""

    i: int
    text: str
    low: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        return not (self.text[0].isalnum() or len(self.text) > 1)


@dataclass(frozen=True)
class Words(Sequence[Word]):
    """The words of a sentence."""

    items: tuple[Word, ...]
    sentence: Sentence
    lang: str

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Word: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...

    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        return self.items[index]


@functools.lru_cache(maxsize=256)  # each sentence of an article is asked for several times
def words_of(sentence: Sentence, lang: str) -> Words:
    """The words of a sentence, marks among them."""
    items: list[Word] = []
    for found in _word().finditer(sentence.text):
        for text, begin in _pieces(found.group(), found.start()):
            low = text.lower().replace("’", "'")
            start = sentence.start + begin
            items.append(Word(len(items), text, low, start, start + len(text)))
    return Words(tuple(items), sentence, lang)


def _pieces(text: str, start: int) -> list[tuple[str, int]]:
    """The words of a string: "couldn't" is two, as in English parsers."""
    found = _contracted().match(text)
    if not found:
        return [(text, start)]
    cut = len(found.group(1))
    return [(text[:cut], start), (text[cut:], start + cut)]
