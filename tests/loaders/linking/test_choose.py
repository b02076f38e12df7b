"""One choice a question: weights add up, the likeliest wins, a doubtful answer is left blank."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.linking.choose import certainty_of, choose, choose_all, surest
from loaders.linking.evidence import Candidate
from loaders.linking.weights import Question, read_weights

ASKED = Question(0.0, 0.4, {"near": 1.0, "negated": -3.0})
ROOT = Path(__file__).resolve().parents[3]


def test_the_likeliest_wins_and_says_why() -> None:
    found = choose([Candidate("a", {"near": 0.5}), Candidate("b", {"near": 2.0})], ASKED)
    assert (found.value, found.certainty) == ("b", 0.881)
    assert found.reasons == (("near", 2.0),)
    assert found.alternatives == (("a", 0.622),)


def test_a_doubtful_answer_is_blank_and_keeps_its_certainty() -> None:
    found = choose([Candidate("a", {"negated": 1.0})], ASKED)
    assert (found.value, found.certainty) == (None, 0.047)


def test_several_may_be_right_and_nobody_is_a_rival() -> None:
    rows = [Candidate(c, {"near": n}) for c, n in (("a", 2.0), ("b", 1.0), ("c", 0.2))]
    assert [c.value for c in choose_all([*rows, Candidate("", {"near": 0.5})], ASKED)] == ["a", "b"]
    assert choose_all([*rows, Candidate("", {"near": 3.0})], ASKED) == []


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_more_evidence_for_is_more_certain(less: float, more: float) -> None:
    low, high = sorted((less, more))
    first = certainty_of(Candidate("", {"near": low}), ASKED)
    assert first <= certainty_of(Candidate("", {"near": high}), ASKED)


def test_equally_sure_answers_keep_their_order() -> None:
    assert surest(["a", "b", "c"], [0.5, 0.9, 0.5]) == ["b", "a", "c"]


def test_a_weight_that_is_no_number_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text('[type]\nbase = 0.0\nthreshold = 0.5\n[type.weights]\nnear = "much"\n')
    with pytest.raises(ValueError, match=r"\[type\]: near is 'much'; write a number"):
        read_weights(path)


@pytest.mark.parametrize(
    "name", ["evidence", "party_evidence", "day_evidence", "answers", "reasons", "weights"]
)
def test_evidence_compares_no_score(name: str) -> None:
    """Candidates are weighed and cut in choose.py alone: elsewhere no number above 0 and below 1
    stands in a comparison, but for LOW, under which a candidate is not listed."""
    tree = ast.parse((ROOT / "loaders" / "linking" / f"{name}.py").read_text(encoding="utf-8"))
    numbers = [
        n.value
        for compared in ast.walk(tree)
        if isinstance(compared, ast.Compare)
        for n in ast.walk(compared)
        if isinstance(n, ast.Constant) and isinstance(n.value, float)
    ]
    assert numbers == []
