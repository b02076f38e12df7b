"""How far mentions stand from an act, in classes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.acts.act_features import DISTANCES, distance_class


def test_on_before_and_behind_an_act_are_told_apart() -> None:
    act = [10, 11]
    assert distance_class(10, 10, act) == 0
    assert distance_class(8, 9, act) == 1
    assert distance_class(12, 13, act) == 10
    assert distance_class(0, 1, act) != distance_class(19, 20, act)


@given(st.integers(0, 500), st.integers(0, 5), st.integers(0, 500))
def test_every_distance_has_a_class(first: int, length: int, act: int) -> None:
    assert 0 <= distance_class(first, first + length, [act]) < DISTANCES


@given(st.integers(1, 300))
def test_farther_is_never_a_nearer_class(away: int) -> None:
    assert distance_class(400 - away, 400 - away, [400]) <= distance_class(
        399 - away, 399 - away, [400]
    )
