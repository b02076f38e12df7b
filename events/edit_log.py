"""Edits as lines of the log: one for each event and person, named by what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from events import audit_log
from events.edited_events import ACCEPTED, EVENT, SECOND
from events.grading import CREDIBILITY
from events.store_tables import StoreTables
from events.tables import Row

# what edits are called, of which one is of this field
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
    fields = [row["field"] for row in edits]
    act = next((_ACTS[field] for field in _ACTS if field in fields), "edit")
    if any(row["value"] for row in edits):
        return act
    return "review taken back" if audit_log.ACTS[act] == "review" else "edit taken back"
