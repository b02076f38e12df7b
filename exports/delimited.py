"""CSV: UTF-8 with BOM (for accents in Excel), one row per event, cells safe from formulas."""

from __future__ import annotations

import csv
import io

import pandas as pd

from exports.cells import flat_rows, no_formula
from exports.door import Door
from exports.selection import Selection


def to_csv(selection: Selection) -> bytes:
    """The events: EXPORTED_COLUMNS; lists joined with "; ". The receipt is a file beside it."""
    return table_to_csv(selection.table)


def table_to_csv(table: pd.DataFrame) -> bytes:
    """Any table as CSV. Text that begins like a formula carries a leading apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [str(c) for c in table.columns], lineterminator="\r\n")
    writer.writeheader()
    for row in flat_rows(Door().table(table)):
        writer.writerow({name: no_formula(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig", "replace")
