"""Weights set by hand lie over the fitted ones, and are never written with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.certainty import Measured
from loaders.linking.weights import Question, by_hand, read_weights, weights, with_hand
from training.write import write

HAND = [(name, evidence) for name, row in by_hand().items() for evidence in row]


@pytest.mark.parametrize(("name", "evidence"), HAND)
def test_what_is_set_by_hand_holds_and_is_not_fitted(name: str, evidence: str) -> None:
    assert weights()[name].weights[evidence] == by_hand()[name][evidence]
    assert evidence not in read_weights()[name].weights


def test_what_is_set_by_hand_survives_a_new_fit(tmp_path: Path) -> None:
    """The fit has a weight of its own for it; it is not written, and read as set by hand."""
    name, evidence = HAND[0]
    fitted = Question(-0.1, 0.4, {"network": 0.2, evidence: 0.03})
    told = Question(0.3, 0.62, {"sure: type": 0.8})
    write({name: fitted, "told": told}, Measured(9, 0.8), tmp_path / "weights.toml")
    again = read_weights(tmp_path / "weights.toml")
    assert again == {name: Question(-0.1, 0.4, {"network": 0.2}), "told": told}
    assert with_hand(name, again[name]).weights[evidence] == by_hand()[name][evidence]


def test_a_weight_by_hand_that_is_no_number_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hand.toml"
    path.write_text('[source]\nnear = "much"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"\[source\]: near is 'much'; write a number"):
        by_hand(path)
