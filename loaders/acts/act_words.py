"""Which words tell one act together: runs of words that the reader takes for an act."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from loaders.acts.reader_input import ReaderInput

LOW = 0.1  # a word below this probability of telling an act opens none
SHARE = 0.5  # of the surest word of a run: less sure words leave it
Floats = npt.NDArray[np.float32]


def act_words(given: ReaderInput, shares: Floats, low: float = LOW) -> list[list[int]]:
    """The words of each act. shares: (words, classes), class 0 is "no act".

    Neighbours of one sentence and the same likeliest type are one act; so are two with one short
    word between ("a été tué"). Words of a date tell none ("aujourd'hui", "mardi").
    """
    told = 1.0 - shares[:, 0]
    dated = {word for date in given.dates for word in range(date.first, date.last + 1)}
    types = shares[:, 1:].argmax(axis=1)
    runs: list[list[int]] = []
    for word in map(int, np.flatnonzero(told >= low)):
        if given.sentence_of[word] < 0 or not given.word(word)[0].isalnum() or word in dated:
            continue
        if runs and _joins(given, types, runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_sure(run, told) for run in runs]


def _joins(given: ReaderInput, types: Sequence[int], last: int, word: int) -> bool:
    if given.sentence_of[last] != given.sentence_of[word] or types[last] != types[word]:
        return False
    return word - last == 1 or (
        word - last == 2 and given.word(last + 1)[0].isalnum() and len(given.word(last + 1)) <= 3
    )


def _sure(run: list[int], told: Floats) -> list[int]:
    most = max(told[word] for word in run)
    return [word for word in run if told[word] >= SHARE * most]
