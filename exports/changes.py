"""What changed since a moment, as JSON: for programs, in no language, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from events.changes import POINTS, Change, Row
from events.link_version import versioned
from exports.cells import plain
from exports.selection import Selection

_TOLD = (
    "event_id", "story_id", "article_id", "type", "status", "first", "last", "precision", "sources",
    "targets", "place_name", "headline", "headline_lang", "quote", "title", "source", "url",
    "published", "published_precision",
)  # fmt: skip


def to_changes(selection: Selection) -> bytes:
    """One object: since (null where no moment was asked for), filters, changes. Days are ISO text;
    a change has its kind, the report that tells it, and what it said before."""
    since = selection.since
    document = {
        "since": since.moment.astimezone(dt.UTC).isoformat() if since else None,
        "filters": versioned(selection.filters.to_params()),
        "changes": [_plain(change) for change in since.changes] if since else [],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _plain(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": change.kind, "report": _columns(change.report, _TOLD)}
    if change.before is None:
        return told
    names = [name for point in change.points for name in POINTS[point]]
    return {**told, "points": list(change.points), "before": _columns(change.before, names)}


def _columns(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(row[name]) for name in names}
