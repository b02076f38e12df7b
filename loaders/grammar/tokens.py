"""A sentence as words with offsets, the same with and without a parser.

Words are split by one pattern for all languages, so that a trigger such as "cease-fire" or "coup
d'état" matches whatever a model's tokeniser does; with a parse, each word refers to the parse
token that covers it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from loaders.text.document import Sentence
from loaders.text.words import any_word_group

if TYPE_CHECKING:
    from spacy.tokens import Token

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
    token: Token | None = None

    @property
    def lemma(self) -> str:
        return self.token.lemma_.lower() if self.token is not None else self.low

    @property
    def pos(self) -> str:
        return self.token.pos_ if self.token is not None else ""

    @property
    def is_mark(self) -> bool:
        return not (self.text[0].isalnum() or len(self.text) > 1)


@dataclass(frozen=True)
class Words(Sequence[Word]):
    """The words of a sentence, with the way back from a token of the parse to its word."""

    items: tuple[Word, ...]
    of_token: dict[int, int]
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

    def at(self, start: int, end: int) -> list[Word]:
        """Words that overlap the offsets start:end of the part."""
        return [word for word in self.items if word.start < end and word.end > start]


def words_of(sentence: Sentence, lang: str) -> Words:
    """The words of a sentence; those of a parsed one know their token."""
    tokens = _tokens_by_offset(sentence)
    items: list[Word] = []
    for found in _word().finditer(sentence.text):
        for text, begin in _pieces(found.group(), found.start()):
            low = text.lower().replace("’", "'")
            start = sentence.start + begin
            token = _head_token(tokens, begin, begin + len(text))
            items.append(Word(len(items), text, low, start, start + len(text), token))
    back = {i: w.i for w in reversed(items) for i in _covered(tokens, w, sentence.start)}
    return Words(tuple(items), back, sentence, lang)


def _pieces(text: str, start: int) -> list[tuple[str, int]]:
    """The words of a string: "couldn't" is two, as in English parsers."""
    found = _contracted().match(text)
    if not found:
        return [(text, start)]
    cut = len(found.group(1))
    return [(text[:cut], start), (text[cut:], start + cut)]


def _tokens_by_offset(sentence: Sentence) -> list[Token]:
    return list(sentence.parse) if sentence.parse is not None else []


def _covered(tokens: list[Token], word: Word, offset: int) -> list[int]:
    if word.token is None:
        return []
    begin, end = word.start - offset, word.end - offset
    near = range(max(0, word.token.i - 6), min(len(tokens), word.token.i + 7))
    return [i for i in near if tokens[i].idx < end and tokens[i].idx + len(tokens[i]) > begin]


def _head_token(tokens: list[Token], begin: int, end: int) -> Token | None:
    """The token that covers begin:end; of several, the one whose head lies outside."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].idx + len(tokens[middle]) <= begin:
            low = middle + 1
        else:
            high = middle
    inside = []
    while low < len(tokens) and tokens[low].idx < end:
        inside.append(tokens[low])
        low += 1
    numbers = {token.i for token in inside}
    outward = [token for token in inside if token.head.i not in numbers or token.head is token]
    chosen = outward or inside
    return chosen[-1] if chosen else None
