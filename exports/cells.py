"""Values of a table as other formats take them: plain Python, flat text, safe spreadsheet cells."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from events.plain_text import guarded
from exports.door import Door

LIST_JOINT = "; "
EXCEL_CELL = 32_767  # most characters of a spreadsheet cell


def plain(value: Any) -> Any:
    """A value of a table as a JSON type: ISO days and date-times, lists, None for missing."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d") if value.tzinfo is None else value.isoformat()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def plain_rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Each row as a dict of plain values, in the table's order."""
    names = [str(name) for name in table.columns]
    for values in zip(*(table[name].tolist() for name in table.columns), strict=True):
        yield {name: plain(value) for name, value in zip(names, values, strict=True)}


def flat(value: Any) -> Any:
    """A plain value for one cell: lists `joined`, booleans as true and false, "" for missing."""
    if isinstance(value, list):
        return joined(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def joined(values: list[Any]) -> str:
    """A list as one cell, separated by "; "; as JSON where that could not be split again."""
    texts = [str(flat(value)) for value in values]
    unclear = texts == [""] or any(LIST_JOINT.strip() in text for text in texts)
    if unclear or (texts and texts[0].startswith("[")):
        return json.dumps(texts, ensure_ascii=False)
    return LIST_JOINT.join(texts)


def flat_rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Each row as a list of flat cells."""
    for row in plain_rows(table):
        yield {name: flat(value) for name, value in row.items()}


def no_formula(value: Any) -> Any:
    """Text that a spreadsheet would run gets a leading apostrophe; numbers stay as they are."""
    return guarded(value) if isinstance(value, str) else value


def xml_text(value: str) -> str:
    """Text without the characters that files forbid, for texts that no selection brought."""
    return Door().text(value)


def excel_text(value: str) -> str:
    """Text that fits one spreadsheet cell, without characters that XML forbids."""
    kept = xml_text(value)
    return kept if len(kept) <= EXCEL_CELL else kept[: EXCEL_CELL - 1] + "…"
