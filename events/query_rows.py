"""Which rows of events an answer is made of, in memory or in the files of a large store."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from events import conditions, story_rows
from events.columns import EVENT_COLUMNS, GRADED_COLUMNS, STORY_ROW_COLUMNS
from events.columns_in_memory import EventColumns, Ints
from events.conditions import ALWAYS
from events.events_in_files import EventsInFiles
from events.filters import Filters
from events.frames import as_frame
from events.large_store import Held, Listed
from events.row_filters import FilteredRows
from events.snapshot import Snapshot

_COLUMNS = {**EVENT_COLUMNS, **STORY_ROW_COLUMNS}
_KEPT_FILTERS = 12


class EventRows:
    """The rows of a snapshot, one a report or one a story. Not thread-safe."""

    def __init__(self, snapshot: Snapshot, one_a_story: bool) -> None:
        self.snapshot = snapshot
        self.one_a_story = one_a_story
        self.filtered = functools.lru_cache(maxsize=_KEPT_FILTERS)(self._filter)

    def forget(self) -> None:
        """The snapshot has other rows now."""
        self.filtered.cache_clear()

    def _filter(self, filters: Filters) -> FilteredRows[EventColumns]:
        made = story_rows.OneRowAStory if self.one_a_story else FilteredRows[EventColumns]
        return made(self.snapshot.whole().columns, filters)

    def asked(self, filters: Filters) -> EventsInFiles | None:
        """What the filters show of a large store; None where all events are in memory."""
        large = self.snapshot.large()
        return large.asked(filters, self.one_a_story) if large else None

    def listed(self, filters: Filters, limit: int | None, offset: int) -> Listed:
        """The rows that the filters show."""
        large = self.snapshot.large()
        if large is not None:
            return large.listed(large.asked(filters, self.one_a_story), ALWAYS, limit, offset)
        filtered = self.filtered(filters)
        rows = np.flatnonzero(filtered.shown())
        rows = rows[offset : None if limit is None else offset + limit]
        return Listed(self.snapshot.whole(), rows, filtered)

    def passing(self, filters: Filters, statuses: Sequence[str] | None = None) -> Listed:
        """The reports that pass the filters; with `statuses` those of these alone."""
        large = self.snapshot.large()
        if large is not None:
            which = ALWAYS if statuses is None else large.status(statuses)
            return large.listed(large.asked(filters, False), which, None)
        filtered = FilteredRows(self.snapshot.whole().columns, filters)
        rows = filtered.passing()
        if statuses is not None:
            rows = rows & filtered.columns.text("status").isin(statuses)
        return Listed(self.snapshot.whole(), np.flatnonzero(rows), filtered)

    def of_ids(self, event_ids: Sequence[int]) -> tuple[Held, Ints]:
        """Some events, whatever the filters, in the given order."""
        large = self.snapshot.large()
        if large is not None:
            return large.of_ids(event_ids)
        return self.snapshot.whole(), self.snapshot.whole().at(event_ids)

    def of_stories(self, story_ids: Collection[int]) -> tuple[Held, Ints]:
        """All reports of some stories, in the order of lists."""
        return self.of_numbers("story_id", story_ids)

    def of_numbers(self, name: str, wanted: Collection[int]) -> tuple[Held, Ints]:
        """The events with one of the numbers in a column, in the order of lists."""
        large = self.snapshot.large()
        if large is not None:
            return large.held_where(conditions.is_number(name, wanted))
        whole = self.snapshot.whole()
        known = whole.columns.number(name)
        return whole, np.flatnonzero(np.isin(known, np.asarray(list(wanted), np.int64)))


def frame_of(
    held: Held,
    rows: Ints,
    columns: tuple[str, ...] = tuple(EVENT_COLUMNS),
    made: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """The columns of some rows of the events in memory; `made`: STORY_ROW_COLUMNS of them."""
    if columns == ("event_id",):
        return pd.DataFrame({"event_id": held.columns.number("event_id")[rows]})
    graded = any(name in GRADED_COLUMNS for name in columns)
    told = {**(held.grades().columns_of(rows) if graded else {}), **(made or {})}
    stored = tuple(n for n in columns if n in EVENT_COLUMNS and n not in GRADED_COLUMNS)
    wanted = {name: _COLUMNS[name] for name in columns}
    return as_frame(held.columns.rows(rows, stored), wanted, told)
