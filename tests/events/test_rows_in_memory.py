"""Rows taken from batches are those of the table as one piece."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.rows_in_memory import RowBatches, RowsById


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any),
    st.lists(st.integers(0, 10_000), max_size=30),
)
def test_rows_of_batches_are_those_of_the_table(lengths: list[int], wanted: list[int]) -> None:
    total = sum(lengths)
    every = {"n": list(range(total)), "text": [f"row {i}" for i in range(total)]}
    table = pa.table({**every, "more": [0.5] * total})
    starts = np.cumsum([0, *lengths]).tolist()
    cut = [table.slice(a, n) for a, n in zip(starts, lengths, strict=False)]
    rows = np.array([w % total for w in wanted], dtype=np.int64)
    found = RowBatches(pa.concat_tables(cut)).take(rows, ("text", "n"))
    assert found.column_names == ["text", "n"]
    assert found.column("n").to_pylist() == rows.tolist()
    assert found.column("text").to_pylist() == [f"row {i}" for i in rows]


def test_rows_laid_over_others_are_told_in_their_place_and_joined() -> None:
    rows = RowsById(pa.table({"id": range(5000), "name": [f"a{n}" for n in range(5000)]}))
    for step in range(20):
        rows = rows.over(pa.table({"id": [step, 9000 + step], "name": [f"b{step}", f"c{step}"]}))
    asked = np.array([9019, 3, 4999, 19, 20])
    told = rows.take(asked, ["name"]).column("name").to_pylist()
    assert told == ["c19", "b3", "a4999", "b19", "a20"]
    assert len(rows._rows.batches) == 2
    with pytest.raises(KeyError):
        rows.take(np.array([9020]), ["name"])
