"""Edits as lines of the log: one for each event and person, named by what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from events import audit_log
from events.edited_events import ACCEPTED, EVENT, SECOND
from events.grading import CREDIBILITY
from events.store_tables import StoreTables
from events.tables import Row

# what an edit of the field alone is called
_ACTS = {
    ACCEPTED: "accepted",
    EVENT: "rejected",
    SECOND: "second reading",
    CREDIBILITY: "story graded",
}


def log_edits(store: StoreTables, rows: Sequence[Row]) -> None:
    """Log rows of the table of edits that are about to be written. Raises StoreError."""
    told: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        told.setdefault((row["event_id"], row["who"]), []).append(row)
    for (event, who), edits in told.items():
        fields = ", ".join(row["field"] for row in edits)
        audit_log.record(store, _act(edits), who, f"event {event}: {fields}", edits)


def _act(edits: Sequence[Row]) -> str:
    """What edits of one event by one person are called."""
    if not any(row["value"] for row in edits):
        return "edit taken back"
    return _ACTS.get(edits[0]["field"], "edit") if len(edits) == 1 else "edit"
