"""The tables of the store: their Arrow schemas, and the rows of an extraction.

Columns follow `events.columns`; article columns that `query` joins are not repeated in the events.
Every row has a `load_id`: only rows whose article row has the same one are read, so that rows of
a load that was killed halfway stay invisible.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from events.columns import (
    ARTICLE_COLUMNS,
    COPY_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    JOINED_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    REJECTED_COLUMNS,
    STORY_COLUMNS,
)
from events.identity import stable_id
from events.model import (
    ActorMention,
    Article,
    DateSpan,
    Event,
    Extraction,
    LeftOut,
    Mention,
    PlaceMention,
)
from events.ontology import EVENT_TYPES
from events.registry import fold, name
from events.wording import languages

Row = dict[str, Any]
Columns = Mapping[str, tuple[str, str]]

_ARROW: dict[str, pa.DataType] = {
    "int8": pa.int8(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "str": pa.string(),
    "list": pa.list_(pa.string()),
    "datetime64[s]": pa.date32(),
    "datetime64[us, UTC]": pa.timestamp("us", "UTC"),
}
# internal columns, for queries only; `search` is the folded text that word search looks in
_INTERNAL = {
    "load_id": pa.field("load_id", pa.int64()),
    "reject_id": pa.field("reject_id", pa.int64()),
    "search": pa.field("search", pa.string()),
}
# tables that older stores lack: read as empty, created when first written
LATER_TABLES = frozenset({"copies"})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _schema(columns: Columns, leave: Iterable[str] = (), more: Iterable[str] = ()) -> pa.Schema:
    fields = [pa.field(n, _ARROW[kind]) for n, (kind, _) in columns.items() if n not in leave]
    return pa.schema([*fields, *(_INTERNAL[name] for name in more)])


SCHEMAS: dict[str, pa.Schema] = {
    "events": _schema(
        EVENT_COLUMNS, leave=(*JOINED_COLUMNS, "story_id"), more=("load_id", "search")
    ),
    "mentions": _schema(MENTION_COLUMNS, more=("load_id",)),
    "left_out": _schema(LEFT_OUT_COLUMNS, more=("load_id",)),
    "articles": _schema(ARTICLE_COLUMNS, more=("load_id", "search")),
    "rejected": _schema(REJECTED_COLUMNS, more=("reject_id",)),
    "stories": _schema(STORY_COLUMNS),
    "edits": _schema(EDIT_COLUMNS),
    "copies": _schema(COPY_COLUMNS),
}


def arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table of that table's schema; lone surrogates become U+FFFD."""
    return pa.Table.from_pylist([_storable(row) for row in rows], schema=SCHEMAS[name])


def rows_of(extraction: Extraction, load_id: int, revision: int) -> dict[str, list[Row]]:
    """The rows of one article, by table."""
    article = extraction.article
    keys = {"article_id": article.id, "load_id": load_id}
    mentions = [
        *(_date_row(m) for m in extraction.dates),
        *(_place_row(m) for m in extraction.places),
        *(_actor_row(m) for m in extraction.actors),
    ]
    return {
        "events": [_event_row(event, extraction) | keys for event in extraction.events],
        "mentions": [row | keys for row in mentions],
        "left_out": [_left_out_row(item) | keys for item in extraction.left_out],
        "articles": [_article_row(article, extraction, revision) | keys],
    }


def rejected_row(file: str, what: str, where: str, value: str, advice: str) -> Row:
    """A file, or a line of one, that was set aside; the same id however often it is tried."""
    key = stable_id("rejected", file, what, where, value)
    told = {"file": file, "what": what, "where": where, "value": value[:200], "advice": advice}
    return told | {"at": dt.datetime.now(dt.UTC), "reject_id": key}


def _storable(row: Row) -> Row:
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


def _article_row(article: Article, extraction: Extraction, revision: int) -> Row:
    published = article.published
    return {
        "title": article.title,
        "text": article.text,
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
        "retrieved": article.retrieved or dt.datetime.now(dt.UTC),
        "sha256": article.sha256,
        "reader": article.reader,
        "notes": list(extraction.notes),
        "search": fold(f"{article.title}\n{article.text}\n{article.source}"),
        "events": len(extraction.events),
        "revision": revision,
    }


def _event_row(event: Event, extraction: Extraction) -> Row:
    event_type = EVENT_TYPES[event.type]
    return {
        "event_id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event_type.quad,
        "score": event_type.score,
        "cameo": event_type.cameo,
        "status": event.status,
        **_date_columns(event.date),
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
        "search": _search(event, extraction.article),
    }


def _search(event: Event, article: Article) -> str:
    """The text that event search looks in: quote, title, outlet, place, names of the parties."""
    codes = (*event.sources, *event.targets, event.attributed_to or "")
    shown = (*languages(), article.lang)
    names = {name(code, lang) for code in codes if code for lang in shown}
    place = _place_columns(event.place)["place_name"]
    told = (event.quote, article.title, article.source, str(place), *sorted(names))
    return fold("\n".join(told))


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
