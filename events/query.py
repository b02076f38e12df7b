"""What is asked of the store: the one door for reading. DataFrames from here outward.

Every table has the columns, dtypes and units that `events.columns` documents; other answers stand
in `events.answers`. Behind this door: `events.snapshot` (one version of the store and what of it is
held in memory), `events.current_rows` (which rows of it are current), `events.questions` (rows, as
expressions of the store's engine), `events.row_filters` and `events.counts` (filters and counts in
memory). No other module imports them, and none but those with `events.word_search` the engine.

Answers are kept by store version: while nothing new is loaded, the same question costs nothing.
All methods raise `StoreMissing` before anything was loaded, and `StoreDamaged` (what, where, what
to do).
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from events import counts, questions
from events.answers import Account, FilterChoices, Loaded, Unit
from events.columns import (
    ARTICLE_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    REJECTED_COLUMNS,
)
from events.columns_in_memory import EventColumns, Ints
from events.filters import Filters
from events.frames import as_frame
from events.row_filters import FilteredRows
from events.snapshot import Snapshot
from events.store import Store, store_location

_KEPT_ANSWERS = 64
_KEPT_FILTERS = 12
P = ParamSpec("P")
T = TypeVar("T")


def _kept(method: Callable[Concatenate[Query, P], T]) -> Callable[Concatenate[Query, P], T]:
    """A question whose answer is kept, by its arguments, until the store changes."""

    def ask(self: Query, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._lock:
            self.version()
            kept: Any = self._answers
            answer: T = kept(method, *args, **kwargs)
        if isinstance(answer, pd.DataFrame):
            # copy-on-write: a caller that changes its frame leaves the kept one alone
            return answer.copy(deep=False)
        return answer

    functools.update_wrapper(ask, method)
    return ask


class Query:
    """Questions to one store. One object may serve many threads; they take turns."""

    def __init__(self, location: str | os.PathLike[str] | None = None) -> None:
        self._snapshot = Snapshot(Store(store_location(location)))
        self._lock = threading.RLock()
        self._answers = functools.lru_cache(maxsize=_KEPT_ANSWERS)(self._answer)
        self._filtered = functools.lru_cache(maxsize=_KEPT_FILTERS)(self._filter)

    def version(self) -> str:
        """Changes whenever anything that can be read has changed."""
        with self._lock:
            if self._snapshot.refresh():
                self._answers.cache_clear()
                self._filtered.cache_clear()
            return ".".join(str(v) for v in self._snapshot.version)

    @_kept
    def count(self, filters: Filters) -> int:
        """Number of events that the filters show."""
        return int(self._filtered(filters).passing().sum())

    def events(
        self,
        filters: Filters,
        limit: int | None = None,
        offset: int = 0,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """The events that the filters show, by first day (undated last): EVENT_COLUMNS.

        `columns` narrows them down; at most `limit` rows after `offset`.
        """
        return self._shown_events(filters, limit, offset, tuple(columns or EVENT_COLUMNS))

    @_kept
    def _shown_events(
        self, filters: Filters, limit: int | None, offset: int, columns: tuple[str, ...]
    ) -> pd.DataFrame:
        shown = np.flatnonzero(self._filtered(filters).passing())
        return self._rows(shown[offset : None if limit is None else offset + limit], columns)

    @_kept
    def event(self, event_id: int) -> pd.DataFrame:
        """One event, whatever the filters: a row of EVENT_COLUMNS, or none."""
        return self._snapshot.frame(questions.event(self._snapshot, event_id), EVENT_COLUMNS)

    def events_with(self, event_ids: Sequence[int]) -> pd.DataFrame:
        """Some events by id, whatever the filters, in the order asked: EVENT_COLUMNS."""
        wanted = list(dict.fromkeys(event_ids))
        with self._lock:
            self.version()
            known = self._snapshot.event_columns().number("event_id")
            found = self._rows(np.flatnonzero(np.isin(known, wanted)), tuple(EVENT_COLUMNS))
        places = {event_id: place for place, event_id in enumerate(wanted)}
        order = found["event_id"].map(places).sort_values(kind="stable").index
        return found.loc[order].reset_index(drop=True)

    @_kept
    def story(self, story_id: int) -> pd.DataFrame:
        """All reports of one story, whatever the filters, by first day: EVENT_COLUMNS."""
        return self._snapshot.frame(questions.story(self._snapshot, story_id), EVENT_COLUMNS)

    @_kept
    def edits(self) -> pd.DataFrame:
        """What persons decided, newest first: EDIT_COLUMNS, `standing` (it counts now) and
        `by_rule`, the story of the event before any decision.
        """
        more = {"standing": ("bool", "it counts now"), "by_rule": ("int64", "story by rule")}
        return self._snapshot.frame(questions.edits(self._snapshot), {**EDIT_COLUMNS, **more})

    @_kept
    def bins(self, filters: Filters, unit: Unit, by: str = "", most: int = 0) -> pd.DataFrame:
        """Number of dated events a bin of time and quad class: BIN_COLUMNS, by first day and key.

        An event whose interval lies in one bin counts there. A coarser one (a year, seen by day)
        is never spread: it counts in the smallest larger unit that holds it, where none does in
        the bins from its first to its last (NaT open), with `coarse` set. `by` names a
        scalar column of EVENT_COLUMNS (type, status, place_id ...), or "sources", "targets",
        "actor" (either side) or "dyad" ("RUS>UKR"): then an event counts once under each of
        them, at the filters' roll-up level. With `most`, keys beyond the commonest are counted as
        one, `answers.OTHER`, each event once. Raises ValueError for a column that is not in
        memory (`events.columns_in_memory`).
        """
        return counts.bins(self._filtered(filters), unit, by, most)

    @_kept
    def dyads(self, filters: Filters) -> pd.DataFrame:
        """Who acts on whom, at the filters' roll-up level: DYAD_COLUMNS, most events first."""
        return counts.dyads(self._filtered(filters))

    @_kept
    def places(self, filters: Filters, sure: bool = False) -> pd.DataFrame:
        """Places where shown events happen: PLACE_COLUMNS, most events first.

        sure: without the events whose place is doubtful (below `events.model.PLACE_SURE`).
        """
        return counts.places(self._filtered(filters), sure)

    @_kept
    def doubtful(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Shown events whose place is not sure (`events.model.PLACE_SURE`), in the order of
        `events`: EVENT_COLUMNS."""
        filtered = self._filtered(filters)
        rows = np.flatnonzero(filtered.passing() & filtered.columns.doubtful)
        return self._rows(rows[:limit], tuple(EVENT_COLUMNS))

    @_kept
    def options(self, filters: Filters) -> FilterChoices:
        """What a reader may choose from, with the number of events each choice would show."""
        return counts.options(self._filtered(filters))

    @_kept
    def account(self, filters: Filters) -> Account:
        """Shown + hidden = loaded, reason by reason."""
        return counts.account(self._filtered(filters), self._answers(Query._loaded))

    @_kept
    def hidden(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Events that the filters hide: EVENT_COLUMNS and `hidden_by`, the first reason."""
        hidden = sorted(self._filtered(filters).hidden().items())
        told = [(reason, np.flatnonzero(rows)) for reason, rows in hidden]
        rows = np.concatenate([np.empty(0, np.int64), *(rows for _, rows in told)])
        reasons = [reason for reason, rows in told for _ in rows]
        found = self._rows(rows[:limit], tuple(EVENT_COLUMNS))
        return found.assign(hidden_by=pd.Series(reasons[:limit], dtype="str"))

    @_kept
    def articles(self, filters: Filters) -> pd.DataFrame:
        """Articles in the filters, newest first: ARTICLE_COLUMNS without `text`.

        Filters of articles (language, as-of date, search words in title and text) are asked of
        the article; the others ask for at least one event that passes them.
        """
        found = questions.articles(self._snapshot, self._article_ids(filters))
        return self._snapshot.frame(found, ARTICLE_COLUMNS)

    @_kept
    def article_days(self) -> pd.DataFrame:
        """The days on which loaded articles were published, once each, oldest first: `day`."""
        told = {"day": ("datetime64[s]", "a day of publication")}
        return self._snapshot.frame(questions.article_days(self._snapshot), told)

    def cut_off(self, filters: Filters) -> dt.date | None:
        """The last day the store can tell of, whatever else is filtered: the as-of day, else the
        newest day of publication; None where none is known.
        """
        days = self.article_days()["day"]
        return filters.as_of or (days.iloc[-1].date() if len(days) else None)

    @_kept
    def article(self, article_id: int) -> pd.DataFrame:
        """One article with its text: a row of ARTICLE_COLUMNS, or none."""
        return self._snapshot.frame(questions.article(self._snapshot, article_id), ARTICLE_COLUMNS)

    def texts(self, article_ids: Sequence[int]) -> pd.DataFrame:
        """article_id and text of some articles, by publication (unknown last). Not kept."""
        with self._lock:
            self.version()
            found = questions.texts(self._snapshot, article_ids)
            return self._snapshot.frame(found, ARTICLE_COLUMNS)

    @_kept
    def article_events(self, article_id: int) -> pd.DataFrame:
        """All events of one article in reading order, whatever the filters: EVENT_COLUMNS."""
        found = questions.article_events(self._snapshot, article_id)
        return self._snapshot.frame(found, EVENT_COLUMNS)

    @_kept
    def mentions(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """Dates, places and actors named in the articles of the filters: MENTION_COLUMNS.

        With `article_id`, those of that article, whatever the filters.
        """
        found = questions.mentions(self._snapshot, self._article_ids(filters, article_id))
        return self._snapshot.frame(found, MENTION_COLUMNS)

    @_kept
    def unresolved(self, filters: Filters) -> pd.DataFrame:
        """Place names in the articles of the filters that no place was found for: `text` and
        `mentions` (how often), most first.
        """
        told = {"text": ("str", "as written"), "mentions": ("int64", "how often")}
        found = questions.unresolved(self._snapshot, self._article_ids(filters))
        return self._snapshot.frame(found, told)

    @_kept
    def left_out(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """What reading left out of the articles of the filters, and why: LEFT_OUT_COLUMNS,
        `title` and `source`. With `article_id`, of that article, whatever the filters.
        """
        told = {name: ARTICLE_COLUMNS[name] for name in ("title", "source")}
        found = questions.left_out(self._snapshot, self._article_ids(filters, article_id))
        return self._snapshot.frame(found, {**LEFT_OUT_COLUMNS, **told})

    @_kept
    def rejected(self) -> pd.DataFrame:
        """Files and lines that were set aside, newest first: REJECTED_COLUMNS."""
        return self._snapshot.frame(questions.rejected(self._snapshot), REJECTED_COLUMNS)

    def _loaded(self) -> Loaded:
        return questions.loaded(self._snapshot)

    def _answer(self, method: Callable[..., T], *args: object, **kwargs: object) -> T:
        return method(self, *args, **kwargs)

    def _filter(self, filters: Filters) -> FilteredRows[EventColumns]:
        return FilteredRows(self._snapshot.event_columns(), filters)

    def _rows(self, rows: Ints, columns: tuple[str, ...]) -> pd.DataFrame:
        """The columns of some rows of the events in memory."""
        events = self._snapshot.event_columns()
        found = events.rows(rows, columns)
        if found is None:
            ids = events.number("event_id")[rows]
            if columns == ("event_id",):
                return pd.DataFrame({"event_id": ids})
            found = self._snapshot.fetch(questions.events_by_id(self._snapshot, ids, columns))
        return as_frame(found, EVENT_COLUMNS)[list(columns)]

    def _article_ids(self, filters: Filters, article_id: int | None = None) -> Ints | None:
        """The article named, else the articles in the filters; None for all."""
        if article_id is not None:
            return np.array([article_id], np.int64)
        if filters == Filters():
            return None
        columns = self._snapshot.article_columns()
        asked = filters.only(lambda kind: kind.of_articles)
        ids: Ints = columns.number("article_id")[FilteredRows(columns, asked).passing()]
        rest = filters.only(lambda kind: not kind.of_articles)
        if any(kind.tests for _, kind, _ in rest.on()):
            events = self._filtered(rest)
            telling = np.unique(events.columns.number("article_id")[events.passing()])
            ids = ids[np.isin(ids, telling)]
        return ids
