"""Notes that persons pinned, and where a timeline has them: on days, or beside places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from events.annotations import Note

_Row = tuple[int, pd.Timestamp]  # id and first day of an event


@dataclass(frozen=True)
class Pin:
    """A pinned note: its id, what it says, who wrote it, its day (None: of a place, of an event
    that has none, or of what the table has not), the event of the table that it is about (0: none),
    the place (gazetteer id, "") and its name when the note was written.

    Pins of one note at one day are equal, whichever report of its story they lead to.
    """

    note: str
    text: str
    who: str
    day: dt.date | None = None
    event: int = field(default=0, compare=False)
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
    notes: Iterable[Note],
    table: pd.DataFrame,
    stories: Mapping[int, int],
    *,
    is_whole: bool = True,
) -> tuple[Pin, ...]:
    """A pin for each pinned note on an event of the table (EVENT_COLUMNS, or rows that are stories)
    or its story, on one of its places, or on a day. `stories`: the story of each event that has
    notes. `is_whole`: the table has all that passes the filters; of one that has a part, notes on
    what it lacks have pins without day or place, so that they are counted."""
    pinned = [note for note in notes if note.pinned]
    if not pinned:
        return ()
    rows = _Rows(table, stories)
    found = (rows.pin(note) or (None if is_whole else rows.unplaced(note)) for note in pinned)
    return tuple(pin for pin in found if pin is not None)


class _Rows:
    """Rows of a table by what notes name."""

    def __init__(self, table: pd.DataFrame, stories: Mapping[int, int]) -> None:
        # the last of a story counts: the one with its first day, before one without a date
        table = table.sort_values("first", ascending=False, na_position="first", kind="stable")
        rows = list(zip(table["event_id"].tolist(), table["first"].tolist(), strict=True))
        self.events: dict[int, _Row] = {row[0]: row for row in rows}
        self.tellings = dict(zip(table["story_id"].tolist(), rows, strict=True))
        self.places = set(table["place_id"].tolist())
        self.stories, self.are_stories = stories, "reports" in table

    def pin(self, note: Note) -> Pin | None:
        """None where the table has not what the note is about."""
        subject = note.subject
        if subject.on == "day":
            return replace(_pin(note), day=dt.date.fromisoformat(subject.key))
        if subject.on == "place":
            known = subject.key in self.places
            return replace(_pin(note), place=subject.key, name=subject.about) if known else None
        row = self._row(note)
        return replace(_pin(note), day=_day(row[1]), event=row[0]) if row else None

    def unplaced(self, note: Note) -> Pin | None:
        """A pin that is counted; None where the store has not the event."""
        event = note.subject.event
        return None if event and event not in self.stories else _pin(note)

    def _row(self, note: Note) -> _Row | None:
        event = note.subject.event
        telling = self.tellings.get(self.stories.get(event, 0))
        if note.subject.on == "story":
            return telling
        return self.events.get(event) or (telling if self.are_stories else None)


def _pin(note: Note) -> Pin:
    return Pin(note.id, note.text, note.brought or note.who)


def _day(first: Any) -> dt.date | None:
    return None if pd.isna(first) else first.date()
