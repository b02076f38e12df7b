"""Cases as rows of a table."""

from __future__ import annotations

import csv
from pathlib import Path


def case_rows(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file without empty lines and comments ("#")."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(
            (row for row in file if row[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return [row for row in rows if row]
