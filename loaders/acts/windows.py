"""An article's words as pieces of the reader's vocabulary, in windows that the encoder can take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from loaders.acts.reader_input import ReaderInput

LIMIT = 510  # pieces of a window, without the two marks around it
BEGIN, END = 0, 2  # <s>, </s>
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Window:
    """Pieces of consecutive words. ids: with the marks around. first_word: index of its first
    word. word_of: for each id, the word it belongs to counted from first_word, -1 for none."""

    ids: Ints
    first_word: int
    last_word: int
    word_of: Ints


def windows_of(given: ReaderInput, tokenizer: Tokenizer, limit: int = LIMIT) -> list[Window]:
    """All words of the article in windows; a window ends with a sentence where it can."""
    encoded = tokenizer.encode(given.text, add_special_tokens=False)
    owners = _owners(given, encoded.offsets)
    owners[_of_endless_words(owners, limit)] = -1
    counts = np.bincount(owners[owners >= 0], minlength=len(given.words))
    cuts = _cuts(given.sentence_of, counts, limit)
    ids = np.asarray(encoded.ids, dtype=np.int64)
    return [_window(ids, owners, first, last) for first, last in cuts if last > first]


def _owners(given: ReaderInput, offsets: Sequence[tuple[int, int]]) -> Ints:
    """The word in which each piece begins; a piece before a word's first letter is that word's."""
    owners = np.full(len(offsets), -1, dtype=np.int64)
    word = 0
    for number, (start, end) in enumerate(offsets):
        while word < len(given.words) and given.words[word][1] <= start:
            word += 1
        if word < len(given.words) and end > given.words[word][0]:
            owners[number] = word
    return owners


def _of_endless_words(owners: Ints, limit: int) -> npt.NDArray[np.bool_]:
    """Pieces that no window can take beside the first ones of their word."""
    late = np.zeros(len(owners), dtype=np.bool_)
    late[limit:] = (owners[limit:] == owners[:-limit]) & (owners[limit:] >= 0)
    return late


def _cuts(sentence_of: Sequence[int], counts: Ints, limit: int) -> list[tuple[int, int]]:
    """(first word, word after the last) of each window."""
    cuts: list[tuple[int, int]] = []
    first = held = 0
    boundary = 0  # the last word so far at which a sentence begins
    for word, count in enumerate(counts):
        if word and sentence_of[word] != sentence_of[word - 1]:
            boundary = word
        while held + count > limit:  # twice where the sentence itself is longer than a window
            cut = boundary if boundary > first else word
            cuts.append((first, cut))
            first, held = cut, int(counts[cut:word].sum())
        held += int(count)
    return [*cuts, (first, len(counts))]


def _window(ids: Ints, owners: Ints, first: int, last: int) -> Window:
    inside = np.flatnonzero((owners >= first) & (owners < last))
    marked = np.concatenate([[BEGIN], ids[inside], [END]])
    word_of = np.concatenate([[-1], owners[inside] - first, [-1]])
    return Window(marked, first, last, word_of)
