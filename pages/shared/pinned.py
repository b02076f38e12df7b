"""The notes that persons pinned, for the timelines of pages."""

from __future__ import annotations

import pandas as pd

from charts.timeline.pins import Pin, pins_of
from events.filters import Filters
from pages.shared import detail
from pages.shell import open_case
from pages.shell.store_access import query, reports


def on(loaded: pd.DataFrame, filters: Filters) -> tuple[Pin, ...]:
    """Those on what the filters show, in view or not: events, their stories and places, and days.
    `loaded`: the rows (EVENT_COLUMNS) that a large store gave for the days in view; notes on its
    other events and places have no place on a timeline (`charts.timeline.pins`)."""
    told = [n for n in reports().annotations().written(open_case.notes_of()) if n.pinned]
    if not told:
        return ()
    is_whole = not detail.is_large(filters)
    table = query().events(filters) if is_whole else loaded
    return pins_of(told, table, reports().annotated_stories(), is_whole=is_whole)
