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
import json
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from events.identity import event_id
from events.model import Extraction
from events.table_rows import facts_of
from events.tables import COMMITTED, FACTS, SCHEMAS, in_order, month_of, storable

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


def as_other(read: pa.Table, article: int, told: Mapping[str, object]) -> pa.RecordBatch:
    """The reading of one article (one row, no failure) as that of another one with the same words,
    which has this id. told: the columns of `articles` in which they differ."""
    tables = {name: rows_in(read, name) for name in FACTS}
    old = tables["events"].column("event_id").to_pylist()
    triggers = map(_trigger, tables["events"].column("spans").to_pylist())
    new = {event: event_id(article, *at) for event, at in zip(old, triggers, strict=True)}
    columns: list[pa.Array] = [pa.array([article], pa.int64())]
    columns += [read.column(name).combine_chunks() for name in FAILURE]
    for name, rows in tables.items():
        changed = dict(told) if name == "articles" else {}
        columns.append(_relabelled(rows, article, new, changed))
    return pa.RecordBatch.from_arrays(columns, schema=EXTRACTED)


def _trigger(spans: str) -> tuple[str, int]:
    """Part and offset of the words that tell an act, of its column `spans`."""
    return next((part, start) for kind, part, start, _ in json.loads(spans) if kind == "trigger")


def _relabelled(
    rows: pa.Table, article: int, events: Mapping[int, int], changed: Mapping[str, object]
) -> pa.Array:
    """Rows of one table as the one list of a row of EXTRACTED, with these ids and values."""
    count, columns = rows.num_rows, []
    for field in rows.schema:
        column = rows.column(field.name)
        if field.name == "article_id":
            column = pa.array([article] * count, field.type)
        elif field.name == "event_id":
            column = pa.array([events[event] for event in column.to_pylist()], field.type)
        elif field.name in changed:
            column = pa.array([changed[field.name]] * count, field.type)
        else:
            column = column.combine_chunks()
        columns.append(column)
    structs = pa.StructArray.from_arrays(columns, fields=list(rows.schema))
    return pa.ListArray.from_arrays(pa.array([0, count], pa.int32()), structs)


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
