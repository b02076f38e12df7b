"""Runs of words that tell one act."""

from __future__ import annotations

import numpy as np

from loaders.acts.act_words import act_words
from tests.loaders.acts.made import made_input


def _shares(count: int, told: dict[int, tuple[int, float]]) -> np.ndarray:
    shares = np.zeros((count, 17), np.float32)
    shares[:, 0] = 1
    for word, (kind, share) in told.items():
        shares[word, 0], shares[word, kind] = 1 - share, share
    return shares


def test_neighbours_of_one_type_are_one_act() -> None:
    given = made_input("Troops opened fire on the crowd.")
    assert act_words(given, _shares(7, {1: (16, 0.9), 2: (16, 0.8)})) == [[1, 2]]


def test_a_short_word_between_joins_and_another_type_parts() -> None:
    given = made_input("Il a été tué puis condamné.")
    assert act_words(given, _shares(7, {1: (16, 0.9), 3: (16, 0.8), 5: (9, 0.7)})) == [[1, 3], [5]]


def test_a_much_less_sure_word_leaves_the_run() -> None:
    given = made_input("Troops opened fire on the crowd.")
    assert act_words(given, _shares(7, {1: (16, 0.2), 2: (16, 0.9)})) == [[2]]


def test_a_mark_tells_no_act() -> None:
    given = made_input("Troops opened fire on the crowd.")
    assert act_words(given, _shares(7, {6: (16, 0.9)})) == []
