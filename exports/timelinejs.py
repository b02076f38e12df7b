"""TimelineJS JSON: the events as slides for the widely used web timeline."""

from __future__ import annotations

import datetime as dt
import html
import json
from typing import Any

from events.headline import headline_of
from events.wording import format_interval
from exports.cells import plain_rows
from exports.receipt import receipt
from exports.selection import Selection


def to_timelinejs(selection: Selection) -> bytes:
    """Title slide with the filters, one slide per dated event; a year keeps year precision."""
    table = selection.events
    rows = [row for row in plain_rows(table) if row["first"]]
    document = {
        "title": {"text": {"headline": _safe(selection.title), "text": _safe(selection.in_words)}},
        "events": [_slide(row, selection.lang) for row in rows],
        "receipt": receipt(selection).to_json(),
        "without_first_day": len(table) - len(rows),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _slide(row: dict[str, Any], lang: str) -> dict[str, Any]:
    slide: dict[str, Any] = {
        "unique_id": str(row["event_id"]),
        "start_date": _date(row["first"], row["precision"]),
        "text": {"headline": _safe(headline_of(row, lang)), "text": _safe(row["quote"])},
        "group": row["type"],
        "display_date": _shown(row, lang),
    }
    if row["last"] and row["last"] != row["first"] and row["precision"] not in ("month", "year"):
        slide["end_date"] = _date(row["last"], "day")
    return slide


def _date(day: str, precision: str) -> dict[str, int]:
    year, month, number = (int(part) for part in day.split("-"))
    if precision == "year":
        return {"year": year}
    if precision == "month":
        return {"year": year, "month": month}
    return {"year": year, "month": month, "day": number}


def _shown(row: dict[str, Any], lang: str) -> str:
    first, last = (dt.date.fromisoformat(row[k]) if row[k] else None for k in ("first", "last"))
    return format_interval(first, last, row["precision"], lang, open_end=row["open_end"])


def _safe(text: str) -> str:
    """TimelineJS reads HTML: article text is escaped."""
    return html.escape(text)
