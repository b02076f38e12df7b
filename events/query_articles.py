"""Answers of `events.query` about articles: which ones the filters show, and what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from events import questions
from events.columns import ARTICLE_COLUMNS, LEFT_OUT_COLUMNS, MENTION_COLUMNS
from events.columns_in_memory import Ints
from events.filters import Filters
from events.frames import as_frame
from events.query_rows import EventRows, frame_of
from events.row_filters import FilteredRows
from events.snapshot import Snapshot

_TEXT = ("str", "as written")
_NAMED = {name: ARTICLE_COLUMNS[name] for name in ("title", "source")}


def articles(rows: EventRows, filters: Filters) -> pd.DataFrame:
    """The articles in the filters, newest first."""
    found = questions.articles(rows.snapshot, ids_of(rows, filters))
    return rows.snapshot.frame(found, ARTICLE_COLUMNS)


def days(snapshot: Snapshot) -> pd.DataFrame:
    """The days of publication, once each, oldest first: `day`."""
    told = {"day": ("datetime64[s]", "a day of publication")}
    return snapshot.frame(questions.article_days(snapshot), told)


def article(snapshot: Snapshot, article_id: int) -> pd.DataFrame:
    """One article with its text, or none."""
    return snapshot.frame(questions.article(snapshot, article_id), ARTICLE_COLUMNS)


def versions(snapshot: Snapshot, article_id: int) -> pd.DataFrame:
    """The versions of an article, oldest first."""
    return snapshot.frame(questions.versions(snapshot, article_id), ARTICLE_COLUMNS)


def texts(snapshot: Snapshot, article_ids: Sequence[int]) -> pd.DataFrame:
    """article_id and text of some articles."""
    return snapshot.frame(questions.texts(snapshot, article_ids), ARTICLE_COLUMNS)


def events(rows: EventRows, article_id: int) -> pd.DataFrame:
    """All events of one article in reading order."""
    found = frame_of(*rows.of_numbers("article_id", [article_id]))
    order = ["part", "start", "event_id"]
    found = found.sort_values(order, ascending=[False, True, True], kind="stable")
    return found.reset_index(drop=True)


def mentions(rows: EventRows, filters: Filters, article_id: int | None) -> pd.DataFrame:
    """What is named in the articles of the filters, or in one."""
    found = questions.mentions(rows.snapshot, ids_of(rows, filters, article_id))
    return rows.snapshot.frame(found, MENTION_COLUMNS)


def unresolved(
    rows: EventRows, filters: Filters, names: Callable[[], pd.DataFrame]
) -> pd.DataFrame:
    """`text` and `mentions` of places that could not be resolved; `names`: `unresolved_names`."""
    told, ids = {"text": _TEXT, "mentions": ("int64", "how often")}, ids_of(rows, filters)
    if rows.snapshot.large() is not None:
        return rows.snapshot.frame(questions.unresolved(rows.snapshot, ids), told)
    every = names()
    mine = every if ids is None else every[np.isin(every["article_id"], ids)]
    counted = sorted(Counter(mine["text"]).items(), key=lambda one: (-one[1], one[0]))
    words, numbers = pa.array([t for t, _ in counted], pa.string()), [n for _, n in counted]
    return as_frame(pa.table({"text": words, "mentions": pa.array(numbers, pa.int64())}), told)


def unresolved_names(snapshot: Snapshot) -> pd.DataFrame:
    """Those of all articles: `article_id` and `text`, a row a mention."""
    told = {"article_id": ARTICLE_COLUMNS["article_id"], "text": _TEXT}
    return snapshot.frame(questions.unresolved_names(snapshot), told)


def left_out(rows: EventRows, filters: Filters, article_id: int | None) -> pd.DataFrame:
    """What was left out of the articles of the filters, or of one."""
    found = questions.left_out(rows.snapshot, ids_of(rows, filters, article_id))
    return rows.snapshot.frame(found, {**LEFT_OUT_COLUMNS, **_NAMED})


def outlets(snapshot: Snapshot) -> pd.DataFrame:
    """The outlets of the articles, most articles first."""
    told = {
        "outlet": ("str", "as the articles name it"),
        "articles": ("int64", "how many"),
        "reliability": ("str", "A to F"),
    }
    return snapshot.frame(questions.outlets(snapshot), told)


def reader_versions(snapshot: Snapshot) -> pd.DataFrame:
    """article_id and reader_version of the current articles."""
    told = {"article_id": ("int64", "id"), "reader_version": ("str", "of the program")}
    return snapshot.frame(questions.reader_versions(snapshot), told)


def ids_of(rows: EventRows, filters: Filters, article_id: int | None = None) -> Ints | None:
    """The given article id, else the ids of the filtered articles; None for all articles."""
    if article_id is not None:
        return np.array([article_id], np.int64)
    if filters == Filters():
        return None
    columns = rows.snapshot.article_columns()
    asked = filters.only(lambda kind: kind.of_articles)
    ids: Ints = columns.number("article_id")[FilteredRows(columns, asked).passing()]
    rest = filters.only(lambda kind: not kind.of_articles)
    # how sure events must be does not ask for articles that have one
    if any(kind.tests and value != kind.off for _, kind, value in rest.on()):
        ids = ids[np.isin(ids, _telling(rows, rest))]
    return ids


def _telling(rows: EventRows, filters: Filters) -> Ints:
    """Ids of the articles with an event that passes the filters."""
    large = rows.snapshot.large()
    if large is not None:
        return np.fromiter(large.by_article(filters), np.int64)
    events = rows.filtered(filters)
    found: Ints = np.unique(events.columns.number("article_id")[events.passing()])
    return found
