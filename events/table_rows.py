"""The rows of the store's tables that an extraction fills, and that of a file set aside.

What the columns are is told by `events.columns`, the tables by `events.tables`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import Any

from events.certainty import FIELDS
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
from events.tables import COMMITTED, SCHEMAS, Row, month_of


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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
