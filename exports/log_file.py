"""The log of who did what as a file: a table, or the lines as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from events import audit_log
from events.audit_log import Entry
from exports.delimited import table_to_csv

LOG_COLUMNS = ("n", "at", "who", "kind", "act", "of", "rows", "hash", "chain")


def log_table(entries: Sequence[Entry]) -> pd.DataFrame:
    """LOG_COLUMNS, a row a line of the log: `events.audit_log.Entry` and its kind."""
    rows = [{**asdict(entry), "kind": entry.kind} for entry in entries]
    return pd.DataFrame(rows, columns=list(LOG_COLUMNS))


def log_to_csv(entries: Sequence[Entry]) -> bytes:
    """Lines of the log as CSV."""
    return table_to_csv(log_table(entries))


def log_lines(location: Path) -> bytes:
    """The whole log as it stands, JSON Lines; b"" where nothing was written yet."""
    path = location / audit_log.FILE
    return path.read_bytes() if path.exists() else b""
