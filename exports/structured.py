"""JSON and Parquet: the events with every column, for programs."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

from events.columns import ARTICLE_COLUMNS
from exports.cells import plain_rows
from exports.receipt import receipt
from exports.selection import Selection


def to_json(selection: Selection) -> bytes:
    """One object: receipt, events (EXPORTED_COLUMNS), articles. Days are ISO text, ids numbers."""
    articles = [name for name in ARTICLE_COLUMNS if name in selection.articles.columns]
    document = {
        "receipt": receipt(selection).to_json(),
        "events": list(plain_rows(selection.table)),
        "articles": list(plain_rows(selection.articles[articles])),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def to_parquet(selection: Selection) -> bytes:
    """The events as Parquet; the receipt is in the file's metadata under "frise"."""
    table = pa.Table.from_pandas(selection.table, preserve_index=False)
    told = json.dumps(receipt(selection).to_json(), ensure_ascii=False)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"frise": told.encode()}
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()
