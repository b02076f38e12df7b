"""Which events in memory the annotations are about: for the filter by tag, tables and pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from events.annotations import Annotations, Note, Subject
from events.columns_in_memory import Bools, EventColumns


def tagged_rows(columns: EventColumns, told: Annotations, names: Collection[str]) -> Bools:
    """Which events have one of the tags, or are of a story that has one."""
    return _rows_of(columns, told.named(names))


def stories_of(columns: EventColumns, events: Collection[int]) -> dict[int, int]:
    """Event id -> story id, of those of the events that are in the store now."""
    ids = columns.number("event_id")
    rows = np.flatnonzero(np.isin(ids, np.fromiter(events, np.int64, len(events))))
    stories = columns.number("story_id")[rows].tolist()
    return dict(zip(ids[rows].tolist(), stories, strict=True))


def with_annotations(
    events: pd.DataFrame, told: Annotations, stories: dict[int, int], case: str = ""
) -> pd.DataFrame:
    """The events (EVENT_COLUMNS) with ANNOTATION_COLUMNS; the notes of a case, and of none.
    `stories`: `stories_of` of all events that the annotations name."""
    by_event, by_story = _names(told, stories)
    notes = _ByAbout(told.written(case), stories)
    # a story has what its reports have, where a row is one
    whole = _of_reports(by_event, stories) if "reports" in events else {}
    ids, story_ids = events["event_id"].tolist(), events["story_id"].tolist()
    tags = [
        sorted(by_event.get(e, set()) | by_story.get(s, set()) | whole.get(s, set()))
        for e, s in zip(ids, story_ids, strict=True)
    ]
    placed = zip(*(events[name].tolist() for name in _PLACED), strict=True)
    counted = [len(notes.of(*row)) for row in placed]
    found = events.assign(tags=pd.Series(tags, events.index, dtype=object), notes=counted)
    return found.astype({"notes": "int32"})


_PLACED = ["event_id", "story_id", "first", "last", "place_id"]


def about(notes: Iterable[Note], event: Mapping[str, Any], stories: dict[int, int]) -> list[Note]:
    """Those of the notes that are about an event, its story, its day or its place."""
    return _ByAbout(notes, stories).of(*(event[name] for name in _PLACED))


class _ByAbout:
    """Notes by what they are about."""

    def __init__(self, notes: Iterable[Note], stories: dict[int, int]) -> None:
        self._by: dict[tuple[str, str], list[Note]] = defaultdict(list)
        for note in notes:
            key = note.subject.key
            if note.subject.on == "story":
                key = str(stories.get(note.subject.event, ""))
            self._by[note.subject.on, key].append(note)

    def of(
        self, event: int, story: int, first: pd.Timestamp, last: pd.Timestamp, place: str
    ) -> list[Note]:
        """The notes about such an event."""
        if not self._by:
            return []
        keys = [("event", str(event)), ("story", str(story))]
        if not pd.isna(first) and first == last:
            keys.append(("day", first.isoformat()[:10]))
        keys += [("place", str(place))] * bool(place)
        return [note for key in keys for note in self._by.get(key, ())]


def _names(
    told: Annotations, stories: dict[int, int]
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Tags by event id, and by story id."""
    by_event: dict[int, set[str]] = defaultdict(set)
    by_story: dict[int, set[str]] = defaultdict(set)
    for each in told.tagged:
        if each.subject.on == "event":
            by_event[each.subject.event].add(each.name)
        elif each.subject.event in stories:
            by_story[stories[each.subject.event]].add(each.name)
    return by_event, by_story


def _of_reports(by_event: dict[int, set[str]], stories: dict[int, int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for event, names in by_event.items():
        if event in stories:
            found[stories[event]] |= names
    return found


def _rows_of(columns: EventColumns, subjects: Iterable[Subject]) -> Bools:
    ids, stories = columns.number("event_id"), columns.number("story_id")
    told: dict[str, list[int]] = {"event": [], "story": []}
    for subject in subjects:
        told[subject.on].append(subject.event)
    of_stories = stories[np.isin(ids, np.array(told["story"], np.int64))]
    events = np.array(told["event"], np.int64)
    found: Bools = np.isin(ids, events) | np.isin(stories, of_stories)
    return found
