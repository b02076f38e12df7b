"""What persons changed, with what stood there before: the history of edits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from events.corrections import FIELDS, value_of
from events.edited_events import ADDED, added_event

Row = Mapping[Any, Any]


def with_old_and_new(edits: Iterable[Row], read: Iterable[Row]) -> list[dict[Any, Any]]:
    """Edits, oldest first, with `old` and `new`, the values of the field before and after.

    `read`: the rows of their events as readers told them, of all revisions. What nobody had edited
    is what the newest revision before the edit said; "" where no reader told the event.
    """
    told = _by_event(read)
    standing: dict[tuple[int, str], str] = {}
    found = []
    for edit in edits:
        key = (edit["event_id"], edit["field"])
        before = _as_read(key[1], told.get(key[0], ()), edit["at"], standing.get((key[0], ADDED)))
        old, standing[key] = standing.get(key) or before, edit["value"]
        found.append({**edit, "old": old, "new": edit["value"] or before})
    return found


def _by_event(read: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in sorted(read, key=lambda row: int(row["revision"])):
        found.setdefault(row["event_id"], []).append(row)
    return found


def _as_read(field: str, revisions: Sequence[Row], at: dt.datetime, added: str | None) -> str:
    if field not in FIELDS:
        return ""
    if not revisions:
        return added_event(added).type if added and field == "type" else ""
    known = [row for row in revisions if row["loaded_at"] is None or row["loaded_at"] <= at]
    return value_of(field, (known or revisions)[-1])
