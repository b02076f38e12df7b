"""What the reading of a batch of articles gives: one row an article, its rows for each table.

    article_id  int64, null where what was given is no article
    stage       string, the stage that failed on the article, "" where it was read
    error       string, what went wrong there; the lists are empty then
    remedy      string, what to do about it
    events, alternatives, mentions, left_out, texts, articles
                list of structs: rows of that table of the store (events.tables.SCHEMAS) without
                `COMMITTED`, which the one who commits fills in

It is plain Arrow, so that it crosses processes and machines and lies in Parquet files as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from events.model import Extraction
from events.tables import COMMITTED, FACTS, SCHEMAS, facts_of, in_order, month_of, storable

FAILURE = ("stage", "error", "remedy")


def _rows_type(name: str) -> pa.DataType:
    return pa.list_(pa.struct([f for f in SCHEMAS[name] if f.name not in COMMITTED]))


EXTRACTED = pa.schema(
    [
        pa.field("article_id", pa.int64()),
        *(pa.field(name, pa.string()) for name in FAILURE),
        *(pa.field(name, _rows_type(name)) for name in FACTS),
    ]
)


def read_rows(extractions: Iterable[Extraction]) -> pa.RecordBatch:
    """Articles that were read, as rows of EXTRACTED."""
    return pa.RecordBatch.from_pylist([_row(each) for each in extractions], schema=EXTRACTED)


def _row(extraction: Extraction) -> dict[str, object]:
    facts = {name: [storable(row) for row in rows] for name, rows in facts_of(extraction).items()}
    return {"article_id": extraction.article.id, **dict.fromkeys(FAILURE, ""), **facts}


def failed_row(article_id: int | None, stage: str, error: str, remedy: str) -> pa.RecordBatch:
    """An article that could not be read, as the one row of EXTRACTED; without an id where it
    is no article."""
    row = {"article_id": article_id, "stage": stage, "error": error, "remedy": remedy}
    return pa.RecordBatch.from_pylist([row | {name: [] for name in FACTS}], schema=EXTRACTED)


def rows_in(read: pa.Table, name: str) -> pa.Table:
    """All rows of one table of the store that stand in rows of EXTRACTED, without `COMMITTED`."""
    structs = pc.list_flatten(read.column(name).combine_chunks())
    names = [f.name for f in SCHEMAS[name] if f.name not in COMMITTED]
    return pa.Table.from_arrays(structs.flatten(), names)


def committed(
    read: pa.Table, load_id: int, revisions: Mapping[int, int], run: str
) -> dict[str, pa.Table]:
    """The rows of each table as one commit stores them; `revisions`: of each article."""
    now = dt.datetime.now(dt.UTC)
    stamp = {"load_id": load_id, "loaded_at": now, "loaded": month_of(now), "run": run}
    return {name: _stamped(name, rows_in(read, name), stamp, revisions) for name in FACTS}


def _stamped(
    name: str, rows: pa.Table, stamp: Mapping[str, object], revisions: Mapping[int, int]
) -> pa.Table:
    columns = []
    for field in SCHEMAS[name]:
        if field.name == "revision":
            told = [revisions[article] for article in rows.column("article_id").to_pylist()]
            columns.append(pa.array(told, field.type))
        elif field.name in stamp:
            value = pa.scalar(stamp[field.name], field.type)
            columns.append(pa.repeat(value, rows.num_rows))
        elif field.name == "retrieved":
            now = pa.scalar(stamp["loaded_at"], field.type)
            columns.append(pc.fill_null(rows.column(field.name), now))
        else:
            columns.append(rows.column(field.name))
    return in_order(name, pa.Table.from_arrays(columns, schema=SCHEMAS[name]))
