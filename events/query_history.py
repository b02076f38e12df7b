"""Answers of `events.query` about what persons and readers decided: edits, rejections, withdrawals,
and events as they were read."""

from __future__ import annotations

import pandas as pd

from events import questions
from events.columns import (
    ALTERNATIVE_COLUMNS,
    ARTICLE_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    HISTORY_COLUMNS,
    REJECTED_COLUMNS,
    WITHDRAWAL_COLUMNS,
)
from events.frames import as_frame
from events.grading import UNGRADED
from events.history import with_old_and_new
from events.snapshot import Snapshot


def edits(snapshot: Snapshot) -> pd.DataFrame:
    """Edits made by persons, newest first, with `standing` and `by_rule`."""
    more = {"standing": ("bool", "it counts now"), "by_rule": ("int64", "story by rule")}
    return snapshot.frame(questions.edits(snapshot), {**EDIT_COLUMNS, **more})


def history(snapshot: Snapshot) -> pd.DataFrame:
    """All edits with what they changed, newest first."""
    told = snapshot.fetch(questions.edits(snapshot)).to_pylist()[::-1]
    read = snapshot.fetch(questions.revisions_of_edited(snapshot)).to_pylist()
    return pd.DataFrame(with_old_and_new(told, read)[::-1], columns=list(HISTORY_COLUMNS))


def rejected_events(snapshot: Snapshot) -> pd.DataFrame:
    """What persons said to be no event, by article."""
    told = as_frame(questions.rejected_events(snapshot), EVENT_COLUMNS)
    return told.assign(credibility=UNGRADED.credibility, graded_by="")[list(EVENT_COLUMNS)]


def lost_edits(snapshot: Snapshot) -> pd.DataFrame:
    """Standing edits about events that the present reader does not tell."""
    return as_frame(questions.lost_edits(snapshot), EDIT_COLUMNS)


def withdrawals(snapshot: Snapshot) -> pd.DataFrame:
    """Articles that are withdrawn or erased now, newest first."""
    told = {name: ARTICLE_COLUMNS[name] for name in ("title", "source")}
    return snapshot.frame(questions.withdrawals(snapshot), {**WITHDRAWAL_COLUMNS, **told})


def rejected_files(snapshot: Snapshot) -> pd.DataFrame:
    """Files and lines that were set aside, newest first."""
    return snapshot.frame(questions.rejected(snapshot), REJECTED_COLUMNS)


def events_as_read(snapshot: Snapshot, article_id: int) -> pd.DataFrame:
    """The events of one article as the reader told them."""
    return snapshot.frame(questions.events_as_read(snapshot, article_id), EVENT_COLUMNS)


def alternatives(snapshot: Snapshot, event_id: int) -> pd.DataFrame:
    """The next likeliest answers about one event."""
    return snapshot.frame(questions.alternatives(snapshot, event_id), ALTERNATIVE_COLUMNS)
