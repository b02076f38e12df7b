"""JSON and Parquet: the events with every column, for programs."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from events.columns import ARTICLE_COLUMNS, EVENT_COLUMNS
from exports.cells import plain_rows
from exports.receipt import receipt
from exports.selection import Selection


def to_json(selection: Selection) -> bytes:
    """One object: receipt, events (EVENT_COLUMNS), articles. Days are ISO text, ids numbers."""
    articles = [name for name in ARTICLE_COLUMNS if name in selection.articles.columns]
    document = {
        "receipt": receipt(selection).to_json(),
        "events": list(plain_rows(selection.events[list(EVENT_COLUMNS)])),
        "articles": list(plain_rows(selection.articles[articles])),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def from_json(data: bytes) -> pd.DataFrame:
    """The events of `to_json` as a table again: EVENT_COLUMNS with their types."""
    rows = json.loads(data.decode("utf-8"))["events"]
    return typed({name: [row[name] for row in rows] for name in EVENT_COLUMNS})


def typed(columns: Mapping[str, list[Any]]) -> pd.DataFrame:
    """Plain values of every column of EVENT_COLUMNS as a table with the documented types."""
    table = pd.DataFrame({name: pd.Series(columns[name], dtype=object) for name in EVENT_COLUMNS})
    for name, (kind, _) in EVENT_COLUMNS.items():
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


def to_parquet(selection: Selection) -> bytes:
    """The events as Parquet; the receipt stands in the file's metadata under "frise"."""
    table = pa.Table.from_pandas(selection.events[list(EVENT_COLUMNS)], preserve_index=False)
    told = json.dumps(receipt(selection).to_json(), ensure_ascii=False)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"frise": told.encode()}
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()
