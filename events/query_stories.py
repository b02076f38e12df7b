"""Answers of `events.query` about stories: their reports, what is disputed, what was announced."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from events import story_rows
from events.announced import (
    LATER_COLUMNS,
    REFUSAL_COLUMNS,
    UNDATED,
    open_undated,
    without_refused,
)
from events.announced import announced as plans_of
from events.certainty import ANY, Sure
from events.disagreement import COLUMNS_READ, Disagreement
from events.filters import Filters
from events.known_disputes import KnownDisputes
from events.large_store import Listed
from events.query_rows import EventRows, frame_of


def story(rows: EventRows, story_id: int) -> pd.DataFrame:
    """All reports of one story, by first day."""
    found = frame_of(*rows.of_stories([story_id]))
    return found.sort_values(["first", "event_id"], kind="stable").reset_index(drop=True)


def disputed(
    rows: EventRows, known: KnownDisputes, stories: tuple[int, ...], sure: Sure
) -> dict[int, Disagreement]:
    """story_id -> its disagreement, of those of some stories whose reports disagree."""
    held, found = rows.of_stories(stories)
    is_report = ~story_rows.coded(held.columns)
    if sure != ANY:
        is_report &= ~held.columns.less_sure
    read = functools.partial(frame_of, held, columns=COLUMNS_READ)
    return known.among(held.columns, found[is_report[found]], read)


def announced(
    rows: EventRows, filters: Filters, cut_off: dt.date | None, lang: str
) -> pd.DataFrame:
    """What became of the planned acts that the filters show, whatever their days."""
    asked = not filters.statuses or "planned" in filters.statuses
    told = _planned(rows, filters, ["planned"] * asked)
    passing = told.filtered.passing()
    stories = told.held.columns.number("story_id")
    reports = np.flatnonzero(passing & np.isin(stories, stories[told.rows]))
    found = frame_of(told.held, reports)
    plans = plans_of(found, cut_off, lang)
    undated = open_undated(plans).dropna(subset="published")
    if len(undated):
        plans = plans_of(found, cut_off, lang, _later(rows, filters, undated))
    articles = set(plans.loc[plans["plan_state"] == "open", "article_id"].tolist())
    beside = frame_of(*rows.of_numbers("article_id", articles), REFUSAL_COLUMNS)
    return without_refused(plans, beside)


def _planned(rows: EventRows, filters: Filters, statuses: Sequence[str]) -> Listed:
    """The reports of these statuses that the filters show, whatever their days."""
    told = replace(filters, date_from=None, date_to=None, statuses=())
    return rows.passing(told, statuses)


def _later(rows: EventRows, filters: Filters, undated: pd.DataFrame) -> pd.DataFrame:
    """Reports that may tell that plans without a day came true: LATER_COLUMNS."""
    days = undated["published"].dt.date
    told = replace(
        filters,
        date_from=days.min(),
        date_to=days.max() + UNDATED,
        types=tuple(undated["type"].unique()),
        statuses=("reported",),
    )
    found = rows.passing(told)
    return frame_of(found.held, found.rows, LATER_COLUMNS)
