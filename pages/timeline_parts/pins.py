"""The pinned notes of the events that a timeline shows, and of days."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from charts.timeline.pins import Pin
from events.annotations import Note
from pages.shared import facts
from pages.shell import open_case
from pages.shell.store_access import reports

MOST = 200


def pins_of(table: pd.DataFrame) -> tuple[Pin, ...]:
    """A pin for each pinned note on an event of the table or its story, or on a day; the newest
    notes where there are more than MOST."""
    told = reports().annotations().written(open_case.notes_of())
    pinned = [note for note in told if note.pinned and note.subject.on != "place"][-MOST:]
    if not pinned:
        return ()
    days = _days(table, pinned)
    found = ((note, _day(note, days)) for note in pinned)
    return tuple(
        Pin(day, note.text, note.brought or note.who, note.subject.event)
        for note, day in found
        if day
    )


def _day(note: Note, days: dict[str, dt.date]) -> dt.date | None:
    if note.subject.on == "day":
        return dt.date.fromisoformat(note.subject.key)
    if note.subject.on == "event":
        return days.get(note.subject.key)
    story = reports().annotated_stories().get(note.subject.event)
    return days.get(f"story {story}")


def _days(table: pd.DataFrame, pinned: list[Note]) -> dict[str, dt.date]:
    """The first day of the events that notes name, by id and by story."""
    stories = reports().annotated_stories()
    wanted = {note.subject.event: stories.get(note.subject.event) for note in pinned}
    rows = table[table["story_id"].isin([story for story in wanted.values() if story])]
    found: dict[str, dt.date] = {}
    columns = ("event_id", "story_id", "first")
    for event, story, first in zip(*(rows[name].tolist() for name in columns), strict=True):
        day = facts.date_of(first)
        if day:
            found[str(event)] = day
            found.setdefault(f"story {story}", day)
    for event, story in wanted.items():  # a row that is a story stands for its reports
        if event and str(event) not in found and "reports" in table and f"story {story}" in found:
            found[str(event)] = found[f"story {story}"]
    return found
