"""An extraction as the JSON record that `extract` prints.

Offsets are code points into the title or text exactly as given, end exclusive. Days are ISO,
inclusive; `value` is the TIMEX3 value; `country` is ISO 3166 alpha-3.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.model import (
    PLACE_SURE,
    ActorMention,
    Bounds,
    DateSpan,
    Event,
    Extraction,
    LeftOut,
    Mention,
    Place,
    PlaceMention,
    Published,
)

Record = dict[str, Any]


def record_of(extraction: Extraction, key: object) -> Record:
    """The output line of an article; `key` is the id it was given under."""
    article = extraction.article
    return {
        "id": key,
        "title": article.title,
        "lang": article.lang,
        "published": _published(article.published),
        "dates": [_date(m) for m in extraction.dates],
        "places": [_place_mention(m) for m in extraction.places],
        "actors": [_actor(m) for m in extraction.actors],
        "events": [_event(e) for e in extraction.events],
        "left_out": [_left_out(item) for item in extraction.left_out],
        "notes": list(extraction.notes),
    }


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _published(published: Published) -> Record:
    return {
        "date": _day(published.date),
        "basis": published.basis,
        "precision": published.precision,
        "confidence": published.confidence,
        "evidence": list(published.evidence),
        "alternatives": [
            {"date": _day(other.date), "confidence": other.confidence}
            for other in published.alternatives
        ],
    }


def _words(mention: Mention) -> Record:
    return {
        "part": mention.part,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
    }


def _date(date: DateSpan) -> Record:
    return {
        **_words(date),
        "from": _day(date.first),
        "to": _day(date.last),
        "precision": date.precision,
        "value": date.value,
        "basis": date.basis,
        "time": date.time,
        "zone": date.zone,
        "not_event": date.not_event,
        "confidence": date.confidence,
    }


def _place(place: Place | None) -> Record | None:
    if place is None:
        return None
    return {"name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon}


def _place_mention(mention: PlaceMention) -> Record:
    """An unresolved place has no coordinates and no name but its own words."""
    place = mention.place
    unresolved = {"name": None, "country": None, "lat": None, "lon": None}
    return {
        **_words(mention),
        **(_place(place) or unresolved),
        "kind": place.kind if place else None,
        "role": mention.role,
        "confidence": mention.confidence,
    }


def _certainty(mention: PlaceMention | None) -> Record | None:
    """How sure it is that the event happened in the country of its place, and why."""
    if mention is None or mention.place is None:
        return None
    sure = mention.confidence >= PLACE_SURE
    return {"confidence": mention.confidence, "sure": sure, "reasons": list(mention.reasons)}


def _actor(mention: ActorMention) -> Record:
    return {
        **_words(mention),
        "code": mention.code,
        "name": mention.name,
        "kind": mention.kind,
        "person": mention.person,
        "office": mention.office,
    }


def _event(event: Event) -> Record:
    date = event.date
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "from": _day(date.first) if date else None,
        "to": _day(date.last) if date else None,
        "precision": date.precision if date else None,
        "date_basis": date.basis if date else None,
        "date_text": date.text if date else None,
        "sources": list(event.sources),
        "targets": list(event.targets),
        "place": _place(event.place.place) if event.place else None,
        "place_certainty": _certainty(event.place),
        "attributed_to": event.attributed_to,
        "quote": event.quote,
        "part": event.part,
        "start": event.start,
        "end": event.end,
        "confidence": event.confidence,
        "certainty": dict(event.certainty),
        "weight": event.weight,
        **({"coder": event.coder, "source_type": event.source_type} if event.coder else {}),
        "headline": event.headline,
        "headline_lang": event.headline_lang,
        "bounds": _bounds(event.bounds),
        "alternatives": [list(told) for told in event.alternatives],
        "reasons": list(event.reasons),
        "contexts": list(event.contexts),
        "attributes": [list(told) for told in event.attributes],
        "trigger": _trigger(event.trigger),
        "also": [
            {"quote": m.text, "part": m.part, "start": m.start, "end": m.end} for m in event.also
        ],
    }


def _bounds(bounds: Bounds | None) -> Record | None:
    """Between which days an event without a date lies; None on the side that nothing bounds."""
    if bounds is None:
        return None
    return {
        "from": _day(bounds.first),
        "to": _day(bounds.last),
        "text": bounds.text,
        "reasons": list(bounds.reasons),
    }


def _trigger(mention: Mention | None) -> Record | None:
    """Where the words of the act stand."""
    if mention is None:
        return None
    return {"part": mention.part, "start": mention.start, "end": mention.end}


def _left_out(item: LeftOut) -> Record:
    told = {
        "reason": item.reason,
        "text": item.text,
        "part": item.part,
        "start": item.start,
        "end": item.end,
    }
    return told if item.confidence is None else told | {"confidence": item.confidence}
