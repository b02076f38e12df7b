"""Floors under the merging of reports into stories: on all pairs, and on the harder ones alone."""

from __future__ import annotations

import json

import pytest

from benchmarks.accuracy_stories import GOLD, SETS, measure


def test_precision_and_recall_over_all_pairs() -> None:
    found = [measure(name) for name in SETS]
    said, right, same = (sum(each[key] for each in found) for key in ("said", "right", "same"))
    assert sum(each["pairs"] for each in found) >= 94
    assert right / said >= 0.95
    assert right / same >= 0.75


@pytest.mark.parametrize("name", SETS)
def test_the_gold_is_whole(name: str) -> None:
    pairs = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    assert {pair["same"] for pair in pairs} == {True, False}
    sides = [pair[side] for pair in pairs for side in ("a", "b")]
    assert all(side["text"] and side["published"] and side["lang"] for side in sides)
