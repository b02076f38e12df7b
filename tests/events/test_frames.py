"""Tables as frames with the documented dtypes, and their rows as mappings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from events.columns import EVENT_COLUMNS
from events.frames import as_frame, lists
from events.records import records

DAY = dt.date(2025, 3, 3)
NOW = dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC)
# dtype -> (values as stored, their type, values in the frame)
VALUES: dict[str, tuple[list[Any], pa.DataType, list[Any]]] = {
    "int64": ([1, 2], pa.int64(), [1, 2]),
    "int32": ([1, 2], pa.int64(), [1, 2]),
    "int8": ([1, 2], pa.int8(), [1, 2]),
    "Int8": ([1, None], pa.int8(), [1, pd.NA]),
    "float64": ([0.5, None], pa.float64(), [0.5, float("nan")]),
    "bool": ([True, False], pa.bool_(), [True, False]),
    "str": (["é", None], pa.string(), ["é", ""]),
    "list": ([["a", "b"], []], pa.list_(pa.string()), [["a", "b"], []]),
    "datetime64[s]": ([DAY, None], pa.date32(), [pd.Timestamp(DAY), pd.NaT]),
    "datetime64[us, UTC]": ([NOW, None], pa.timestamp("us", "UTC"), [pd.Timestamp(NOW), pd.NaT]),
}


def test_every_documented_dtype_is_tried() -> None:
    assert {kind for kind, _ in EVENT_COLUMNS.values()} == {*VALUES}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("rows", [2, 0])
def test_a_column_has_its_dtype(kind: str, rows: int) -> None:
    stored, stored_as, told = VALUES[kind]
    table = pa.table({"other": pa.array(range(rows)), "x": pa.array(stored[:rows], stored_as)})
    frame = as_frame(table, {"x": (kind, "")})
    expected = pd.Series(told[:rows], dtype="object" if kind == "list" else kind)
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"x": expected}))
    frame.loc[frame.index[:1], "x"] = expected[:1]  # what pages get can be written to


def test_columns_that_were_made_stand_where_they_are_asked_for() -> None:
    columns = dict.fromkeys(("a", "b", "c", "missing"), ("int64", ""))
    frame = as_frame(pa.table({"c": [3], "a": [1]}), columns, {"b": lists([[2]])})
    assert frame.to_dict("list") == {"a": [1], "b": [[2]], "c": [3]}


def test_rows_are_what_pandas_tells() -> None:
    table = pa.table({kind: pa.array(stored, of) for kind, (stored, of, _) in VALUES.items()})
    frame = as_frame(table, {kind: (kind, "") for kind in VALUES})
    for row, expected in zip(records(frame), frame.to_dict("records"), strict=True):
        assert repr(row) == repr(expected)
    assert records(frame.head(0)) == []
