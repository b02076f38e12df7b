"""Notes that persons pinned, and where a timeline has them: on days, or beside places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events.annotations import Note

_Row = tuple[int, pd.Timestamp]  # id and first day of an event


@dataclass(frozen=True)
class Pin:
    """A pinned note: what it says, who wrote it, its day (None: of a place, or of an event that has
    none), the event of the table that it is about (0: none), the place (gazetteer id, "") and its
    name when the note was written."""

    text: str
    who: str
    day: dt.date | None = None
    event: int = 0
    place: str = ""
    name: str = ""


@dataclass
class Flag:
    """What shows pins on a timeline: at `x` pixels over its lanes, or beside the name of a lane
    (its number from the top). `number` stands in it and before the words of its notes."""

    x: float
    pins: tuple[Pin, ...]
    lane: int | None = None
    number: int = 0


def pins_of(
    notes: Iterable[Note], table: pd.DataFrame, stories: Mapping[int, int]
) -> tuple[Pin, ...]:
    """A pin for each pinned note on an event of the table (EVENT_COLUMNS, or rows that are stories)
    or its story, on one of its places, or on a day. `stories`: the story of each event that has
    notes."""
    pinned = [note for note in notes if note.pinned]
    if not pinned:
        return ()
    rows = _Rows(table, stories)
    found = (rows.pin(note) for note in pinned)
    return tuple(pin for pin in found if pin is not None)


class _Rows:
    """Rows of a table by what notes name."""

    def __init__(self, table: pd.DataFrame, stories: Mapping[int, int]) -> None:
        rows = list(zip(table["event_id"].tolist(), table["first"].tolist(), strict=True))
        self.events: dict[int, _Row] = {row[0]: row for row in rows}
        told = zip(table["story_id"].tolist(), rows, strict=True)
        # of each story one with a date, before one without
        self.tellings = dict(sorted(told, key=lambda each: pd.notna(each[1][1])))
        self.places = set(table["place_id"].tolist())
        self.stories, self.are_stories = stories, "reports" in table

    def pin(self, note: Note) -> Pin | None:
        """None where the table has not what the note is about."""
        subject, who = note.subject, note.brought or note.who
        if subject.on == "day":
            return Pin(note.text, who, dt.date.fromisoformat(subject.key))
        if subject.on == "place":
            known = subject.key in self.places
            return Pin(note.text, who, place=subject.key, name=subject.about) if known else None
        row = self._row(note)
        return Pin(note.text, who, _day(row[1]), row[0]) if row else None

    def _row(self, note: Note) -> _Row | None:
        event = note.subject.event
        telling = self.tellings.get(self.stories.get(event, 0))
        if note.subject.on == "story":
            return telling
        return self.events.get(event) or (telling if self.are_stories else None)


def _day(first: Any) -> dt.date | None:
    return None if pd.isna(first) else first.date()
