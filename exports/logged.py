"""What the filters show leaves the store as a file: a line of its log."""

from __future__ import annotations

from pathlib import Path

from events import audit_log
from exports.receipt import table_hash
from exports.selection import Selection


def log_selection(location: Path, act: str, who: str, name: str, selection: Selection) -> None:
    """A file, or a pack, of all that filters show: its name, reports and the hash of its table."""
    told = f"{name}: {len(selection.events)} reports"
    rows = [{"sha256": table_hash(selection.events)}]
    audit_log.record_leaving(location, who, told, act, rows)
