"""JSON files and workbooks read back into the table that was exported: nothing may be lost."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import openpyxl
import pandas as pd

from events.columns import EXPORTED_COLUMNS
from exports.cells import LIST_JOINT

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_AS_TEXT = frozenset(name for name, (kind, _) in EXPORTED_COLUMNS.items() if kind == "int64")


def from_json(data: bytes) -> pd.DataFrame:
    """The events of `to_json` as a table again: EXPORTED_COLUMNS with their types."""
    rows = json.loads(data.decode("utf-8"))["events"]
    return typed({name: [row[name] for row in rows] for name in EXPORTED_COLUMNS})


def typed(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Plain values of every column of EXPORTED_COLUMNS as a table with the documented types."""
    table = pd.DataFrame(
        {name: pd.Series(columns[name], dtype=object) for name in EXPORTED_COLUMNS}
    )
    for name, (kind, _) in EXPORTED_COLUMNS.items():
        if kind.startswith("datetime64[us"):
            table[name] = pd.to_datetime(table[name], utc=True).astype("datetime64[us, UTC]")
        elif kind.startswith("datetime64"):
            table[name] = pd.Series([_day(v) for v in table[name]], dtype="datetime64[s]")
        elif kind != "list":
            table[name] = table[name].astype(kind)  # type: ignore[call-overload]
    return table


def _day(value: Any) -> np.datetime64:
    """A day given as ISO text or datetime; NaT for None and ""."""
    text = value.isoformat() if isinstance(value, dt.datetime) else str(value or "NaT")
    return np.datetime64(text[:10] if text != "NaT" else text, "s")


def from_xlsx(data: bytes) -> pd.DataFrame:
    """The events of `to_xlsx` as a table again: EXPORTED_COLUMNS with their types."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    head = [str(name) for name in next(rows, ())]
    columns = list(zip(*rows, strict=True)) or [() for _ in head]
    cells = {name: columns[head.index(name)] for name in EXPORTED_COLUMNS}
    return typed({name: _read(name, values) for name, values in cells.items()})


def _read(name: str, values: tuple[Any, ...]) -> list[Any]:
    """Cells of a column as plain values; an empty cell is "", no list member, or missing."""
    kind = EXPORTED_COLUMNS[name][0]
    if kind == "list":
        return [parted(unescaped(str(value or ""))) for value in values]
    if kind == "str":
        return ["" if value is None else unescaped(str(value)) for value in values]
    return [int(value) if name in _AS_TEXT else value for value in values]


def parted(cell: str) -> list[str]:
    """The list of a cell that `joined` wrote."""
    if cell.startswith("["):
        return [str(value) for value in json.loads(cell)]
    return cell.split(LIST_JOINT) if cell else []


def unescaped(value: str) -> str:
    """A spreadsheet's text with its _xHHHH_ escapes (ECMA-376 part 1, 22.9.2.19) undone."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
