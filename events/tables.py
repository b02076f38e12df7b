"""The tables of the store: their Arrow schemas, and the rows of an extraction.

Columns follow `events.columns`; article columns that `query` joins are not repeated in the events.
Every row has a `load_id`: only rows whose article row has the same one are read, so that rows of
a load that was killed halfway stay invisible.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
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
from events.identity import stable_id
from events.model import (
    ActorMention,
    Article,
    Bounds,
    DateSpan,
    Event,
    Extraction,
    LeftOut,
    Mention,
    PlaceMention,
)
from events.ontology import EVENT_TYPES

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


def facts_of(extraction: Extraction) -> dict[str, list[Row]]:
    """The rows of one article, by table, without the columns COMMITTED. `retrieved` is missing
    where nobody told it."""
    article = extraction.article
    keys = {"article_id": article.id}
    by_reader = keys | {"reader_version": extraction.reader_version}
    mentions = [
        *(_date_row(m) for m in extraction.dates),
        *(_place_row(m) for m in extraction.places),
        *(_actor_row(m) for m in extraction.actors),
    ]
    return {
        "events": [_event_row(event, extraction) | by_reader for event in extraction.events],
        "alternatives": [
            row | keys for event in extraction.events for row in _alternative_rows(event)
        ],
        "mentions": [row | keys for row in mentions],
        "left_out": [_left_out_row(item) | keys for item in extraction.left_out],
        "texts": [{"text": article.text, "search": ""} | keys],
        "articles": [_article_row(article, extraction) | by_reader],
    }


def rows_of(
    extraction: Extraction, load_id: int, revision: int, run: str = ""
) -> dict[str, list[Row]]:
    """The rows of one article as a commit stores them, by table."""
    now = dt.datetime.now(dt.UTC)
    told = (load_id, revision, now, month_of(now), run)
    facts = facts_of(extraction)
    facts["articles"][0]["retrieved"] = extraction.article.retrieved or now
    for name, rows in facts.items():
        columns = zip(COMMITTED, told, strict=True)
        stamp = {column: value for column, value in columns if column in SCHEMAS[name].names}
        facts[name] = [row | stamp for row in rows]
    return facts


def rejected_row(file: str, what: str, where: str, value: str, advice: str) -> Row:
    """A file, or a line of one, that was set aside; the same id however often it is tried."""
    key = stable_id("rejected", file, what, where, value)
    told = {"file": file, "what": what, "where": where, "value": value[:200], "advice": advice}
    return told | {"at": dt.datetime.now(dt.UTC), "reject_id": key}


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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def month_of(day: dt.date | None) -> str:
    """``2024-11``; UNDATED without a day."""
    return day.isoformat()[:7] if day else UNDATED  # %Y has no leading zeros


def _article_row(article: Article, extraction: Extraction) -> Row:
    published = article.published
    return {
        "title": article.title,
        "lang": article.lang,
        "source": article.source,
        "url": article.url,
        "published": published.date,
        "published_basis": published.basis,
        "published_precision": published.precision or "",
        "published_confidence": published.confidence,
        "published_evidence": list(published.evidence),
        "published_alternatives": _json(
            [[c.date.isoformat(), c.confidence] for c in published.alternatives]
        ),
        "retrieved": article.retrieved,
        "sha256": article.sha256,
        "reader": article.reader,
        "notes": list(extraction.notes),
        "events": len(extraction.events),
    }


def _event_row(event: Event, extraction: Extraction) -> Row:
    # what another coded may have a type that Frise has not
    event_type = EVENT_TYPES.get(event.type) if event.coder else EVENT_TYPES[event.type]
    return {
        "event_id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event_type.quad if event_type else event.quad,
        "score": event_type.score if event_type else 0.0,
        "cameo": event_type.cameo if event_type else "",
        "status": event.status,
        **_date_columns(event.date),
        "month": month_of(event.date.first or event.date.last if event.date else None),
        "sources": list(event.sources),
        "targets": list(event.targets),
        **_place_columns(event.place),
        **_place_certainty(event.place),
        "attributed_to": event.attributed_to or "",
        "quote": event.quote,
        "part": event.part,
        "start": event.start,
        "end": event.end,
        "spans": _json(_spans(event)),
        "also": _json([[m.text, m.part, m.start, m.end] for m in event.also]),
        "attributes": _json([list(a) for a in event.attributes]),
        "confidence": event.confidence,
        "reasons": list(event.reasons),
        **_certainty_columns(event),
        "headline": event.headline,
        "headline_lang": event.headline_lang,
        **_bounds_columns(event.bounds),
        "coder": event.coder,
        "source_type": event.source_type,
        "search": "",
    }


def _bounds_columns(bounds: Bounds | None) -> Row:
    told = bounds or Bounds(None, None)
    return {
        "bounds_from": told.first,
        "bounds_to": told.last,
        "bounds_text": told.text,
        "bounds_reasons": list(told.reasons),
    }


def _certainty_columns(event: Event) -> Row:
    """What the learned reader alone knows; missing where it did not read."""
    told = dict(event.certainty)
    sure = {f"certainty_{name}": told.get(name) for name in FIELDS}
    return {"weight": event.weight if told else None, **sure}


def _alternative_rows(event: Event) -> list[Row]:
    """The other answers of each field, ranked as the reader gives them."""
    ranks: Counter[str] = Counter()
    rows = []
    for field, value, certainty in event.alternatives:
        ranks[field] += 1
        told = {"field": field, "rank": ranks[field], "value": value, "certainty": certainty}
        rows.append({"event_id": event.id, **told})
    return rows


def _date_columns(date: DateSpan | None) -> Row:
    if date is None:
        empty = dict.fromkeys(
            ("precision", "date_basis", "date_text", "date_value", "time", "zone"), ""
        )
        return {"first": None, "last": None, "open_start": False, "open_end": False, **empty}
    return {
        "first": date.first,
        "last": date.last,
        "precision": date.precision,
        "open_start": date.open_start,
        "open_end": date.open_end,
        "date_basis": date.basis,
        "date_text": date.text,
        "date_value": date.value,
        "time": date.time,
        "zone": date.zone,
    }


def _place_columns(mention: PlaceMention | None) -> Row:
    place = mention.place if mention else None
    if place is None:
        told = mention.text if mention else ""
        empty = dict.fromkeys(("place_id", "place_country", "place_kind"), "")
        return {"place_name": told, "lat": None, "lon": None, **empty}
    return {
        "place_id": place.id,
        "place_name": place.name,
        "place_country": place.country,
        "place_kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
    }


def _place_certainty(mention: PlaceMention | None) -> Row:
    if mention is None or mention.place is None:
        return {"place_confidence": None, "place_reasons": []}
    return {"place_confidence": mention.confidence, "place_reasons": list(mention.reasons)}


def _spans(event: Event) -> list[list[Any]]:
    """[kind, part, start, end] of the words to mark, in reading order."""
    marked: list[tuple[str, Mention | None]] = [
        ("date", event.date),
        ("place", event.place),
        ("trigger", event.trigger),
        *(("actor", mention) for mention in event.actor_mentions),
    ]
    spans = [[kind, m.part, m.start, m.end] for kind, m in marked if m is not None]
    return sorted(spans, key=lambda span: (span[1] != "title", span[2], span[3]))


def _words(mention: Mention | LeftOut) -> Row:
    return {
        "part": mention.part,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
    }


_NO_MENTION: Row = {
    **dict.fromkeys(("code", "name", "subkind", "role", "country", "basis"), ""),
    **dict.fromkeys(("lat", "lon", "first", "last"), None),
}


def _date_row(date: DateSpan) -> Row:
    return {
        **_NO_MENTION,
        **_words(date),
        "kind": "date",
        "code": date.value,
        "name": date.value,
        "subkind": date.precision,
        "role": date.not_event,
        "first": date.first,
        "last": date.last,
        "basis": date.basis,
        "confidence": date.confidence,
    }


def _place_row(mention: PlaceMention) -> Row:
    row = {**_NO_MENTION, **_words(mention), "kind": "place", "role": mention.role}
    row["confidence"] = mention.confidence
    if mention.place is not None:
        place = _place_columns(mention)
        row |= {"code": place["place_id"], "name": place["place_name"]}
        row |= {"country": place["place_country"], "subkind": place["place_kind"]}
        row |= {"lat": place["lat"], "lon": place["lon"]}
    return row


def _actor_row(mention: ActorMention) -> Row:
    return {
        **_NO_MENTION,
        **_words(mention),
        "kind": "actor",
        "code": mention.code,
        "name": mention.person or mention.name,
        "subkind": mention.kind,
        "role": mention.office,
        "confidence": mention.confidence,
    }


def _left_out_row(item: LeftOut) -> Row:
    return {"reason": item.reason, **_words(item)}
