"""The tables of the store: their Arrow schemas, and what holds for the rows of each.

Columns follow `events.columns`; article columns that `query` joins are not repeated in the events.
Every row has a `load_id`: only rows whose article row has the same one are read, so that rows of
a load that was killed halfway stay invisible.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from events.certainty import FIELDS
from events.columns import (
    ALTERNATIVE_COLUMNS,
    ARTICLE_COLUMNS,
    COPY_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    GRADED_COLUMNS,
    JOINED_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    REJECTED_COLUMNS,
    STORY_COLUMNS,
    WITHDRAWAL_COLUMNS,
)

Row = dict[str, Any]
Columns = Mapping[str, tuple[str, str]]

_ARROW: dict[str, pa.DataType] = {
    "int8": pa.int8(),
    "Int8": pa.int8(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "str": pa.string(),
    "list": pa.list_(pa.string()),
    "datetime64[s]": pa.date32(),
    "datetime64[us, UTC]": pa.timestamp("us", "UTC"),
}
# columns that questions use and nobody is shown; `search` is empty: earlier versions looked there.
# `loaded_at` is when the row was written, `revision` that of its article: what changed between two
# days is read from them. `month` of the event day ("2024-11", "undated"), `loaded` that of
# the loading; `run` names the load that an article came with.
_INTERNAL = {
    "load_id": pa.field("load_id", pa.int64()),
    "reject_id": pa.field("reject_id", pa.int64()),
    "search": pa.field("search", pa.string()),
    "revision": pa.field("revision", pa.int64()),
    "loaded_at": pa.field("loaded_at", pa.timestamp("us", "UTC")),
    "reader_version": pa.field("reader_version", pa.string()),
    "month": pa.field("month", pa.string()),
    "loaded": pa.field("loaded", pa.string()),
    "run": pa.field("run", pa.string()),
}
UNDATED = "undated"
# the tables that an article fills, its own row last: that row is the commit
FACTS = ("events", "alternatives", "mentions", "left_out", "texts", "articles")
# columns that the one who commits fills in, and not the reading
COMMITTED = ("load_id", "revision", "loaded_at", "loaded", "run")
# made of the other tables alone: where it is missing or damaged, nothing is lost
DERIVED = ("tokens",)
# what a store of schema 2 has not, and columns of events that one of schema 3 has not
TABLES_ADDED = ("alternatives",)
ADDED_IN_4 = (
    *("headline", "headline_lang", "bounds_from", "bounds_to", "bounds_text", "bounds_reasons"),
    *("coder", "source_type"),
)
COLUMNS_ADDED = ("weight", *(f"certainty_{name}" for name in FIELDS), *ADDED_IN_4)
# table -> the column that it is laid out by, and the columns that its rows are sorted by
PARTITIONS: dict[str, str] = {"events": "month", "articles": "loaded", "texts": "loaded"}
SORTED_BY: dict[str, tuple[str, ...]] = {"events": ("first", "last", "event_id")}
# columns whose least and greatest value stand in the log of each file: never words of an article
STATISTICS = ("article_id", "event_id", "first", "last", "published", "loaded_at", "revision")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _schema(columns: Columns, leave: Iterable[str] = (), more: Iterable[str] = ()) -> pa.Schema:
    fields = [pa.field(n, _ARROW[kind]) for n, (kind, _) in columns.items() if n not in leave]
    return pa.schema([*fields, *(_INTERNAL[name] for name in more)])


SCHEMAS: dict[str, pa.Schema] = {
    "events": _schema(
        EVENT_COLUMNS,
        leave=(*JOINED_COLUMNS, *GRADED_COLUMNS, "story_id", "edited"),
        more=("load_id", "search", "revision", "loaded_at", "reader_version", "month"),
    ),
    "alternatives": _schema(ALTERNATIVE_COLUMNS, more=("load_id",)),
    "mentions": _schema(MENTION_COLUMNS, more=("load_id",)),
    "left_out": _schema(LEFT_OUT_COLUMNS, more=("load_id",)),
    "articles": _schema(
        ARTICLE_COLUMNS,
        leave=("text", "coder"),
        more=("load_id", "loaded_at", "reader_version", "loaded", "run"),
    ),
    "texts": pa.schema(
        [
            pa.field("article_id", pa.int64()),
            pa.field("text", pa.string()),
            *(_INTERNAL[name] for name in ("load_id", "search", "loaded")),
        ]
    ),
    "rejected": _schema(REJECTED_COLUMNS, more=("reject_id",)),
    "stories": _schema(STORY_COLUMNS),
    "edits": _schema(EDIT_COLUMNS),
    "copies": _schema(COPY_COLUMNS),
    "withdrawals": _schema(WITHDRAWAL_COLUMNS),
    "tokens": pa.schema(
        [
            *(pa.field(name, pa.string()) for name in ("token", "part")),
            pa.field("sounds", pa.list_(pa.string())),
            pa.field("rows", pa.list_(pa.int64())),
        ]
    ),
}


def arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table of that table's schema, in its order; lone surrogates become
    U+FFFD."""
    table = pa.Table.from_pylist([storable(row) for row in rows], schema=SCHEMAS[name])
    return in_order(name, table)


def empty_column(kind: pa.DataType, rows: int) -> pa.Array:
    """A column that nobody filled: empty texts and lists, no numbers and no days."""
    if pa.types.is_string(kind):
        return pa.array([""] * rows, kind)
    if pa.types.is_list(kind):
        return pa.array([[]] * rows, kind)
    return pa.nulls(rows, kind)


def in_order(name: str, table: pa.Table) -> pa.Table:
    """The rows as the files of that table hold them: events by day, undated last."""
    keys = SORTED_BY.get(name)
    return table.sort_by([(key, "ascending") for key in keys]) if keys else table


def storable(row: Row) -> Row:
    """The row with each lone surrogate as U+FFFD: it cannot be stored otherwise."""
    return {name: _whole(value) for name, value in row.items()}


def _whole(value: Any) -> Any:
    """A lone surrogate cannot be stored; it becomes U+FFFD, one code point, so offsets hold."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, (list, tuple)):
        return [_whole(item) for item in value]
    return value


def month_of(day: dt.date | None) -> str:
    """``2024-11``; UNDATED without a day."""
    return day.isoformat()[:7] if day else UNDATED  # %Y has no leading zeros
