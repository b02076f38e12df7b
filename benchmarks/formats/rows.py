"""A row of an event table -> the values that are counted, as the expectations write them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from events.model import DateSpan, Extraction
from loaders.readers.coded.layout import Layout, read_layout

ROW_FIELDS = ("coded", "type", "days", "parties", "place", "deaths")  # of each row


def row_values(row: Extraction) -> dict[str, str]:
    """coded "ACLED: Armed clash"; type and mode; days "2025-02-01 to 2025-02-28, month"; parties
    "RUS:MIL > UKR:CVL"; place "Gao, MLI"; figures of the dead. "" what the row has not."""
    (event,) = row.events
    place = event.place.place if event.place else None
    return {
        "coded": f"{event.coder}: {event.source_type}",
        "type": f"{event.type} {event.mode}".strip(),
        "days": _days(event.date) if event.date else "",
        "parties": f"{' '.join(event.sources)} > {' '.join(event.targets)}".strip(),
        "place": f"{place.name}, {place.country}" if place else "",
        "deaths": " ".join(value for _, value, _ in event.attributes),
    }


def _days(date: DateSpan) -> str:
    days = dict.fromkeys(day.isoformat() for day in (date.first, date.last) if day)
    return f"{' to '.join(days)}, {date.precision}"


def layout_of(mapping: str) -> Layout | None:
    """The layout of a mapping that an expectation holds as text; None where it has none."""
    if not mapping:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.toml"
        path.write_text(mapping, encoding="utf-8")
        return read_layout(path)
