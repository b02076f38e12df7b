"""The notes of a briefing: on what, what they say, who wrote them when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from events import wording
from events.annotations import Note
from events.geography import place_name
from events.headline import headline_of
from events.records import records
from exports.pack.table_part import TablePart


def notes_part(notes: tuple[Note, ...], events: pd.DataFrame, lang: str) -> TablePart:
    """The notes by day of what they are about, then those on places."""
    _ = wording.translator(lang)
    rows_of = {str(row["event_id"]): row for row in records(events)}
    told = sorted(notes, key=lambda note: (_day(note, rows_of), note.at))
    rows = tuple(_row(note, rows_of, lang) for note in told)
    columns = (_("About"), _("Text of the note"), _("By"))
    return TablePart(_("Notes"), columns, (0.3, 0.48, 0.22), rows)


def _row(note: Note, rows_of: dict[str, dict[str, Any]], lang: str) -> tuple[str, ...]:
    who = note.brought or note.who
    signed = f"{who}, {wording.format_day(note.at.date(), 'day', lang, short=True)}"
    return _about(note, rows_of, lang), " ".join(note.text.split()), signed


def _about(note: Note, rows_of: dict[str, dict[str, Any]], lang: str) -> str:
    subject = note.subject
    if subject.on == "day":
        return wording.format_day(dt.date.fromisoformat(subject.key), "day", lang)
    if subject.on == "place":
        return place_name(subject.key, subject.about or subject.key, "", lang)
    row = rows_of.get(subject.key)
    return headline_of(row, lang) if row else subject.about


def _day(note: Note, rows_of: dict[str, dict[str, Any]]) -> str:
    """An ISO day to sort by, of an event before the day's own; what has none comes last."""
    if note.subject.on == "day":
        return f"{note.subject.key} day"
    first = rows_of.get(note.subject.key, {}).get("first")
    return "~" if first is None or first is pd.NaT else f"{first}"[:10]
