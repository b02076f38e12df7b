"""Answers of `events.query` that list events: what is shown, hidden, not sure, on some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from events import conditions, story_rows
from events.answers import Hits
from events.certainty import ANY
from events.coders import CODED_BY_OTHERS
from events.columns import STORY_ROW_COLUMNS
from events.conditions import Condition
from events.events_in_files import EventsInFiles
from events.filters import Filters
from events.large_store import LargeStore
from events.query_rows import EventRows, frame_of
from events.spoken import NEEDED, foreign, spoken


def shown(
    rows: EventRows,
    filters: Filters,
    limit: int | None,
    offset: int,
    columns: tuple[str, ...],
    lang: str,
) -> pd.DataFrame:
    """The events that the filters show; with headlines in `lang`, if one is given."""
    told = rows.listed(filters, limit, offset)
    summed = any(name in STORY_ROW_COLUMNS for name in columns)
    made = story_rows.summaries(told.filtered, told.rows) if summed else {}
    found = frame_of(told.held, told.rows, columns, made)
    return with_headlines(rows, found, lang) if lang and {*NEEDED} <= {*columns} else found


def with_headlines(rows: EventRows, events: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The events with headlines in a language, of reports of their stories (`events.spoken`)."""
    held, reports = rows.of_stories(events.loc[foreign(events, lang), "story_id"])
    told = ~story_rows.coded(held.columns) & held.columns.text("lang").isin([lang])
    reports = reports[told[reports]]
    return spoken(events, frame_of(held, reports, NEEDED), lang) if len(reports) else events


def placed(
    rows: EventRows, first: dt.date, last: dt.date, columns: tuple[str, ...]
) -> pd.DataFrame:
    """The events whose interval, or whose article, touches the days."""
    large = rows.snapshot.large()
    if large is not None:
        return frame_of(*large.held_where(conditions.placed(first, last)), columns)
    held = rows.snapshot.whole()
    return frame_of(held, np.flatnonzero(story_rows.placed(held.columns, first, last)), columns)


def coded_days(rows: EventRows) -> set[int]:
    """The first days (ordinals) of the rows that others coded."""
    large = rows.snapshot.large()
    if large is None:
        return story_rows.coded_days(rows.snapshot.whole().columns)
    told = large.where(conditions.CODED).column("first").unique().drop_null()
    return {day.toordinal() for day in told.to_pylist()}


def reported_days(rows: EventRows, shorter_than: int) -> set[int]:
    """The days (ordinals) on which events that were read may stand."""
    large = rows.snapshot.large()
    if large is not None:
        return large.reported_days(shorter_than)
    return story_rows.reported_days(rows.snapshot.whole().columns, shorter_than)


def coded_on(rows: EventRows, days: Collection[int], columns: tuple[str, ...]) -> pd.DataFrame:
    """The rows that others coded that begin on these days (ordinals)."""
    large = rows.snapshot.large()
    if large is not None:
        return frame_of(*large.held_where(conditions.coded_on(days)), columns)
    held = rows.snapshot.whole()
    return frame_of(held, np.flatnonzero(story_rows.coded_on(held.columns, days)), columns)


def doubtful(rows: EventRows, filters: Filters, limit: int | None) -> pd.DataFrame:
    """Shown events whose place is not sure."""
    large = rows.snapshot.large()
    if large is not None:
        asked = large.asked(filters, rows.one_a_story)
        return _in_files(large, asked, asked.filtered.columns.doubtful, limit)
    filtered = rows.filtered(filters)
    found = np.flatnonzero(filtered.shown() & filtered.columns.doubtful)
    return frame_of(rows.snapshot.whole(), found[:limit])


def less_sure(rows: EventRows, filters: Filters, limit: int | None) -> pd.DataFrame:
    """Events that pass all other filters and are not sure enough."""
    large = rows.snapshot.large()
    if large is not None:
        asked = large.asked(replace(filters, sure=ANY), False)
        return _in_files(large, asked, asked.filtered.columns.less_sure, limit)
    filtered = rows.filtered(filters)
    found = np.flatnonzero(filtered.passing("sure") & filtered.columns.less_sure)
    return frame_of(rows.snapshot.whole(), found[:limit])


def _in_files(
    large: LargeStore, asked: EventsInFiles, which: Condition, limit: int | None
) -> pd.DataFrame:
    """Rows of a large store that are shown and hold a condition."""
    told = large.listed(asked, which, limit)
    return frame_of(told.held, told.rows)


def hidden(
    rows: EventRows, filters: Filters, limit: int | None, but: tuple[str, ...]
) -> pd.DataFrame:
    """Events that the filters hide, with `hidden_by`, without those of the reasons `but`."""
    large = rows.snapshot.large()
    if large is not None:
        return _hidden_in_files(large, filters, limit, but)
    by_reason = rows.filtered(filters).hidden().items()
    # rows of tables last: they may be a hundred times as many
    ordered = sorted(by_reason, key=lambda one: (one[0] == CODED_BY_OTHERS, one[0]))
    told = [(reason, np.flatnonzero(which)) for reason, which in ordered if reason not in but]
    found = np.concatenate([np.empty(0, np.int64), *(which for _, which in told)])
    reasons = [reason for reason, which in told for _ in which]
    listed = frame_of(rows.snapshot.whole(), found[:limit])
    return listed.assign(hidden_by=pd.Series(reasons[:limit], dtype="str"))


def _hidden_in_files(
    large: LargeStore, filters: Filters, limit: int | None, but: tuple[str, ...]
) -> pd.DataFrame:
    told = large.hidden(filters, CODED_BY_OTHERS, limit, but)
    found = frame_of(*large.of_ids(told.column("event_id").to_numpy()))
    return found.assign(hidden_by=pd.Series(told.column("reason").to_pylist(), dtype="str"))


def hits(rows: EventRows, text: str, event_ids: tuple[int, ...]) -> Hits:
    """Where some events hold a search text."""
    large = rows.snapshot.large()
    if large is not None:
        return Hits(large.search.plan(text), large.search.fields_of(text, event_ids))
    found = rows.snapshot.found_events(text)
    known = rows.snapshot.whole().columns.number("event_id")
    places = np.flatnonzero(np.isin(known, event_ids))
    return Hits(found.plan, {int(known[place]): found.fields(int(place)) for place in places})


def coders(rows: EventRows) -> frozenset[str]:
    """Who coded current events, by name."""
    large = rows.snapshot.large()
    columns = large.columns if large else rows.snapshot.whole().columns
    return frozenset(columns.text("coder").values) - {""}
