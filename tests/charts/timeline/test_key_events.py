"""Which events come first: main ones, told by several outlets, surely; then the newest."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.timeline.key_events import are_key, ranked

WHOLE: dict[str, object] = {
    "weight": 1,
    "outlets": 1,
    "actors": 1,
    "confidence": 0.5,
    "first": "2025-03-03",
}
WHOLE |= {"also": "[]"}
# the better row, the worse one: where they differ
PAIRS = [
    ({"weight": 2}, {"confidence": 0.7}),
    ({"confidence": 0.8}, {"weight": 2}),
    ({"weight": None}, {"weight": 0}),
    ({"outlets": 2}, {"actors": 3, "confidence": 0.7}),
    ({"weight": 2, "confidence": 1.0}, {"outlets": 9, "weight": 0, "confidence": 0.4}),
    ({"also": '[["a", "text", 0, 1]]'}, {"confidence": 0.55}),
    ({"confidence": 0.8}, {"also": "[[], [], [], [], [], [], []]"}),
    ({"actors": 2}, {}),
    ({"confidence": 0.6}, {"first": "2025-03-04", "actors": 3}),
    ({}, {"confidence": float("nan")}),
    ({"first": "2025-03-04"}, {}),
    ({}, {"first": None}),
    ({}, {}),  # by id
]


def _table(*rows: dict[str, object]) -> pd.DataFrame:
    told = pd.DataFrame([{**WHOLE, **row} for row in rows])
    ids = range(1, len(rows) + 1)
    return told.assign(
        event_id=ids,
        story_id=ids,
        weight=told["weight"].astype("Int8"),
        first=pd.to_datetime(told["first"]).astype("datetime64[s]"),
        sources=pd.Series([["USA"] * int(n) for n in told["actors"]], dtype="object"),
        targets=pd.Series([[] for _ in ids], dtype="object"),
    )


@pytest.mark.parametrize(("better", "worse"), PAIRS)
def test_the_better_comes_first(better: dict[str, object], worse: dict[str, object]) -> None:
    assert ranked(_table(better, worse))["event_id"].tolist() == [1, 2]
    if better != worse:
        assert ranked(_table(worse, better))["event_id"].tolist() == [2, 1]


def test_a_story_stands_once_with_its_best_row_and_its_sources() -> None:
    table = _table({}, {"weight": 2}, {}).assign(story_id=[1, 1, 3], origin=["a", "b", "a"])
    found = ranked(table.drop(columns="outlets"))
    assert found["event_id"].tolist() == [2, 3]
    assert found["outlets"].tolist() == [2, 1]
    assert are_key(table, 1).tolist() == [True, True, False]


def test_a_table_without_events_or_weights() -> None:
    assert ranked(_table({}).head(0)).empty
    assert ranked(_table({}, {"outlets": 2}).drop(columns=["weight", "also"]))[
        "event_id"
    ].tolist() == [2, 1]
