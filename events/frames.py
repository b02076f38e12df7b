"""Arrow tables as DataFrames with the documented dtypes (`events.columns`).

Tables here have few rows and eighty columns: what is done once a column is what takes time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
_NUMBERS = ("int8", "int32", "int64", "float64", "bool")


def as_frame(
    table: pa.Table,
    columns: Mapping[str, tuple[str, str]],
    made: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """A DataFrame with the documented dtypes, of those `columns` that the table has or that were
    `made` beside it (arrays, by name)."""
    known = dict(zip(table.column_names, table.columns, strict=True))
    told = {n: _array(known[n], kind) for n, (kind, _) in columns.items() if n in known}
    told |= made or {}
    return pd.DataFrame({name: told[name] for name in columns if name in told})


def lists(values: list[Any]) -> Any:
    """A column of lists as an array."""
    return pd.Series(values, dtype="object").array


def _array(column: pa.ChunkedArray, kind: str) -> Any:
    """The values of a column in its documented dtype; arrays, since pandas would compare the rows
    of each series."""
    if kind == "list":
        return lists(column.to_pylist())
    if kind == "str":
        told = pc.fill_null(column, "") if column.null_count else column
        return _TEXT.__from_arrow__(told)  # type: ignore[attr-defined]  # the stubs lack it
    if kind == "datetime64[s]":
        return column.cast(pa.date32()).cast(pa.timestamp("s")).to_numpy()
    if kind in _NUMBERS and not column.null_count:
        return column.to_numpy().astype(kind, copy=False)
    return column.to_pandas().astype(kind).array
