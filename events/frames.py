"""Arrow tables as DataFrames with the documented dtypes (`events.columns`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa


def as_frame(table: pa.Table, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """A DataFrame with the documented dtypes, of those `columns` that the table has."""
    wanted = [name for name in columns if name in table.column_names]
    told = {n: _series(table.column(n), columns[n][0]).array for n in wanted}
    return pd.DataFrame(told)  # arrays: pandas would compare the rows of each series


def _series(column: pa.ChunkedArray, kind: str) -> Any:
    if kind == "list":
        return pd.Series(column.to_pylist(), dtype="object")
    if kind == "datetime64[s]":
        column = column.cast(pa.date32()).cast(pa.timestamp("s"))
    series = column.to_pandas()
    if str(series.dtype) != kind:  # asking pandas for what it is already takes longer than to look
        series = series.astype(kind)
    return series.fillna("") if kind == "str" and column.null_count else series
