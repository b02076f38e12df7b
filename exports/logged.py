"""What leaves the store is a line of its log; on a store that cannot be written it still leaves."""

from __future__ import annotations

import contextlib
from pathlib import Path

from events import audit_log
from events.store import Store, StoreError
from exports.receipt import table_hash
from exports.selection import Selection


def log_selection(location: Path, act: str, who: str, name: str, selection: Selection) -> None:
    """A file, or a pack, of all that filters show: its name, reports and the hash of its table."""
    told = f"file {name}: {len(selection.events)} reports"
    _log(location, act, who, told, table_hash(selection.events))


def log_file(location: Path, who: str, name: str) -> None:
    """A table or picture of a page."""
    _log(location, "export", who, f"file {name}", "")


def _log(location: Path, act: str, who: str, told: str, sha256: str) -> None:
    with contextlib.suppress(StoreError):
        rows = [{"sha256": sha256}] if sha256 else []
        audit_log.record(Store(location), act, who, told, rows)
