"""What is asked of the store: the only expressions that read. DataFrames from here outward.

Every table has the columns, dtypes and units that `events.columns` documents. Results are kept by
store version: while nothing new is loaded, the same question costs nothing. All methods raise
`StoreMissing` before anything was loaded, and `StoreDamaged` (what, where, what to do).
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import ibis
import numpy as np
import pandas as pd
from ibis.expr import types as ir

from events import counts, questions
from events.columns import (
    ARTICLE_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    REJECTED_COLUMNS,
)
from events.columns_in_memory import Bools, Ints
from events.counts import FilterChoices, Unit
from events.filters import Filters
from events.questions import Account
from events.row_filters import Sieve
from events.snapshot import Snapshot, as_frame
from events.store import Store, store_location

_KEPT_RESULTS = 64
_KEPT_SIEVES = 12
T = TypeVar("T")


class Query:
    """Questions to one store. One object may serve many threads; they take turns."""

    def __init__(self, location: str | os.PathLike[str] | None = None) -> None:
        self._snapshot = Snapshot(Store(store_location(location)))
        self._lock = threading.RLock()
        self._results: OrderedDict[object, Any] = OrderedDict()
        self._sieves: OrderedDict[Filters, Sieve] = OrderedDict()

    def version(self) -> str:
        """Changes whenever anything that can be read has changed."""
        with self._lock:
            if self._snapshot.refresh():
                self._results.clear()
                self._sieves.clear()
            return ".".join(str(v) for v in self._snapshot.version)

    def count(self, filters: Filters) -> int:
        """Number of events that the filters show."""
        return self._once(("count", filters), lambda: int(self._sieve(filters).passing().sum()))

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
        named = tuple(columns or EVENT_COLUMNS)

        def ask() -> pd.DataFrame:
            shown = np.flatnonzero(self._sieve(filters).passing())
            end = None if limit is None else offset + limit
            return self._rows(shown[offset:end], named)

        return self._once(("events", filters, limit, offset, named), ask)

    def event(self, event_id: int) -> pd.DataFrame:
        """One event, whatever the filters: a row of EVENT_COLUMNS, or none."""

        def ask() -> pd.DataFrame:
            events = self._snapshot.events()
            found = events.filter(events["event_id"] == event_id).limit(1)
            return as_frame(self._snapshot.fetch(found), EVENT_COLUMNS)

        return self._once(("event", event_id), ask)

    def events_with(self, event_ids: Sequence[int]) -> pd.DataFrame:
        """Some events by id, whatever the filters, in the order asked: EVENT_COLUMNS."""
        wanted = list(dict.fromkeys(event_ids))
        with self._lock:
            self.version()
            held = self._snapshot.held().number("event_id")
            found = self._rows(np.flatnonzero(np.isin(held, wanted)), tuple(EVENT_COLUMNS))
        places = {event_id: place for place, event_id in enumerate(wanted)}
        order = found["event_id"].map(places).sort_values(kind="stable").index
        return found.loc[order].reset_index(drop=True)

    def story(self, story_id: int) -> pd.DataFrame:
        """All reports of one story, whatever the filters, by first day: EVENT_COLUMNS."""

        def ask() -> pd.DataFrame:
            events = self._snapshot.events()
            found = events.filter(events["story_id"] == story_id).order_by("first", "event_id")
            return as_frame(self._snapshot.fetch(found), EVENT_COLUMNS)

        return self._once(("story", story_id), ask)

    def edits(self) -> pd.DataFrame:
        """What persons decided, newest first: EDIT_COLUMNS, `standing` (it counts now) and
        `by_rule`, the story of the event before any decision.
        """

        def ask() -> pd.DataFrame:
            rows = self._snapshot.edits().order_by(ibis.desc("edit_id"))
            more = {"standing": ("bool", "it counts now"), "by_rule": ("int64", "story by rule")}
            return as_frame(self._snapshot.fetch(rows), {**EDIT_COLUMNS, **more})

        return self._once(("edits",), ask)

    def bins(self, filters: Filters, unit: Unit, by: str = "", most: int = 0) -> pd.DataFrame:
        """Number of dated events a bin of time and quad class: BIN_COLUMNS, by first day and key.

        An event whose interval lies in one bin counts there. A coarser one (a year, seen by day)
        is never spread: it counts in the smallest larger unit that holds it, where none does in
        the bins from its first to its last (NaT open), with `coarse` set. `by` names a
        scalar column of EVENT_COLUMNS (type, status, place_id ...), or "sources", "targets",
        "actor" (either side) or "dyad" ("RUS>UKR"): then an event counts once under each of
        them, at the filters' roll-up level. With `most`, keys beyond the commonest are counted as
        one, `counts.OTHER`, each event once. Raises ValueError for a column that is not held
        (`events.columns_in_memory`).
        """
        ask = ("bins", filters, unit, by, most)
        return self._once(ask, lambda: counts.bins(self._sieve(filters), unit, by, most))

    def dyads(self, filters: Filters) -> pd.DataFrame:
        """Who acts on whom, at the filters' roll-up level: DYAD_COLUMNS, most events first."""
        return self._once(("dyads", filters), lambda: counts.dyads(self._sieve(filters)))

    def places(self, filters: Filters, sure: bool = False) -> pd.DataFrame:
        """Places where shown events happen: PLACE_COLUMNS, most events first.

        sure: without the events whose place is doubtful (below `events.model.PLACE_SURE`).
        """
        ask = ("places", filters, sure)
        return self._once(ask, lambda: counts.places(self._sieve(filters), sure))

    def doubtful(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Shown events whose place is not sure (`events.model.PLACE_SURE`), in the order of
        `events`: EVENT_COLUMNS."""

        def ask() -> pd.DataFrame:
            sieve = self._sieve(filters)
            rows = np.flatnonzero(sieve.passing() & sieve.held.doubtful)
            return self._rows(rows[:limit], tuple(EVENT_COLUMNS))

        return self._once(("doubtful", filters, limit), ask)

    def options(self, filters: Filters) -> FilterChoices:
        """What a reader may choose from, with the number of events each choice would show."""
        return self._once(("options", filters), lambda: counts.options(self._sieve(filters)))

    def account(self, filters: Filters) -> Account:
        """Shown + hidden = loaded, reason by reason."""

        def ask() -> Account:
            known = self._once(("loaded",), lambda: questions.loaded(self._snapshot))
            return questions.account(self._sieve(filters), known)

        return self._once(("account", filters), ask)

    def hidden(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Events that the filters hide: EVENT_COLUMNS and `hidden_by`, the first reason."""

        def ask() -> pd.DataFrame:
            told = [(r, np.flatnonzero(rows)) for r, rows in self._sieve(filters).hidden()]
            told.sort(key=lambda pair: pair[0])
            rows = np.concatenate([np.empty(0, np.int64), *(rows for _, rows in told)])
            reasons = [reason for reason, rows in told for _ in rows]
            found = self._rows(rows[:limit], tuple(EVENT_COLUMNS))
            return found.assign(hidden_by=pd.Series(reasons[:limit], dtype="str"))

        return self._once(("hidden", filters, limit), ask)

    def articles(self, filters: Filters) -> pd.DataFrame:
        """Articles in the filters, newest first: ARTICLE_COLUMNS without `text`.

        Language, as-of date and search words (in title and text) are asked of the article; the
        other filters ask for at least one event that passes them.
        """

        def ask() -> pd.DataFrame:
            ordered = self._articles(filters).order_by(
                ibis.desc("published", nulls_first=False), "title", "article_id"
            )
            return as_frame(self._snapshot.fetch(ordered), ARTICLE_COLUMNS)

        return self._once(("articles", filters), ask)

    def article_days(self) -> pd.DataFrame:
        """The days on which loaded articles were published, once each, oldest first: `day`."""

        def ask() -> pd.DataFrame:
            articles = self._snapshot.articles()
            days = articles.filter(articles["published"].notnull()).select(day="published")
            told = {"day": ("datetime64[s]", "a day of publication")}
            return as_frame(self._snapshot.fetch(days.distinct().order_by("day")), told)

        return self._once(("article_days",), ask)

    def cut_off(self, filters: Filters) -> dt.date | None:
        """The last day the store can tell of, whatever else is filtered: the as-of day, else the
        newest day of publication; None where none is known.
        """
        days = self.article_days()["day"]
        return filters.as_of or (days.iloc[-1].date() if len(days) else None)

    def article(self, article_id: int) -> pd.DataFrame:
        """One article with its text: a row of ARTICLE_COLUMNS, or none."""

        def ask() -> pd.DataFrame:
            articles = self._snapshot.articles()
            found = articles.filter(articles["article_id"] == article_id)
            whole = found.join(self._snapshot.texts(), ["article_id", "load_id"])
            return as_frame(self._snapshot.fetch(whole), ARTICLE_COLUMNS)

        return self._once(("article", article_id), ask)

    def texts(self, article_ids: Sequence[int]) -> pd.DataFrame:
        """article_id and text of some articles, by publication (unknown last). Not kept."""
        with self._lock:
            self.version()
            texts = self._snapshot.texts()
            articles = self._snapshot.articles()
            found = articles.filter(articles["article_id"].isin(list(article_ids)))
            dated = found.select("article_id", "load_id", "published", "retrieved")
            whole = texts.join(dated, ["article_id", "load_id"]).order_by(
                ibis.asc("published", nulls_first=False), "retrieved", "article_id"
            )
            return as_frame(self._snapshot.fetch(whole), ARTICLE_COLUMNS)[["article_id", "text"]]

    def article_events(self, article_id: int) -> pd.DataFrame:
        """All events of one article in reading order, whatever the filters: EVENT_COLUMNS."""

        def ask() -> pd.DataFrame:
            events = self._snapshot.events()
            found = events.filter(events["article_id"] == article_id)
            ordered = found.order_by(ibis.desc("part"), "start", "event_id")
            return as_frame(self._snapshot.fetch(ordered), EVENT_COLUMNS)

        return self._once(("article_events", article_id), ask)

    def mentions(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """Dates, places and actors named in the articles of the filters: MENTION_COLUMNS.

        With `article_id`, those of that article, whatever the filters.
        """

        def ask() -> pd.DataFrame:
            rows = self._of_articles(filters, "mentions", article_id)
            ordered = rows.order_by("article_id", ibis.desc("part"), "start", "kind")
            return as_frame(self._snapshot.fetch(ordered), MENTION_COLUMNS)

        return self._once(("mentions", filters, article_id), ask)

    def unresolved(self, filters: Filters) -> pd.DataFrame:
        """Place names in the articles of the filters that no place was found for: `text` and
        `mentions` (how often), most first.
        """

        def ask() -> pd.DataFrame:
            rows = self._of_articles(filters, "mentions", None)
            nowhere = rows.filter(rows["kind"] == "place", rows["lat"].isnull())
            counted = nowhere.group_by("text").aggregate(mentions=nowhere.count())
            ordered = counted.order_by(ibis.desc("mentions"), "text")
            told = {"text": ("str", "as written"), "mentions": ("int64", "how often")}
            return as_frame(self._snapshot.fetch(ordered), told)

        return self._once(("unresolved", filters), ask)

    def left_out(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """What reading left out of the articles of the filters, and why: LEFT_OUT_COLUMNS,
        `title` and `source`. With `article_id`, of that article, whatever the filters.
        """

        def ask() -> pd.DataFrame:
            rows = self._of_articles(filters, "left_out", article_id)
            named = self._snapshot.articles().select("article_id", "title", "source")
            joined = rows.join(named, "article_id").order_by("reason", "article_id", "start")
            told = {name: ARTICLE_COLUMNS[name] for name in ("title", "source")}
            return as_frame(self._snapshot.fetch(joined), {**LEFT_OUT_COLUMNS, **told})

        return self._once(("left_out", filters, article_id), ask)

    def rejected(self) -> pd.DataFrame:
        """Files and lines that were set aside, newest first: REJECTED_COLUMNS."""

        def ask() -> pd.DataFrame:
            ordered = self._snapshot.rejected().order_by(ibis.desc("at"), "file")
            return as_frame(self._snapshot.fetch(ordered), REJECTED_COLUMNS)

        return self._once(("rejected",), ask)

    def _sieve(self, filters: Filters) -> Sieve:
        with self._lock:
            self.version()
            if filters not in self._sieves:
                matching = self._matching(filters.text) if filters.text else None
                self._sieves[filters] = Sieve(self._snapshot.held(), filters, matching)
                if len(self._sieves) > _KEPT_SIEVES:
                    self._sieves.popitem(last=False)
            return self._sieves[filters]

    def _matching(self, text: str) -> Bools:
        """Which events hold the words."""

        def ask() -> Bools:
            found = self._snapshot.fetch(questions.matching(self._snapshot, text))
            ids = found.column("event_id").to_numpy()
            return np.isin(self._snapshot.held().number("event_id"), ids)

        return self._once(("matching", text), ask)

    def _rows(self, rows: Ints, columns: tuple[str, ...]) -> pd.DataFrame:
        """The columns of some rows of the held events."""
        held = self._snapshot.held()
        found = held.rows(rows, columns)
        if found is None:
            ids = held.number("event_id")[rows]
            if columns == ("event_id",):
                return pd.DataFrame({"event_id": ids})
            found = self._snapshot.fetch(questions.rows(self._snapshot, ids, columns))
        return as_frame(found, EVENT_COLUMNS)[list(columns)]

    def _articles(self, filters: Filters) -> ir.Table:
        sieve = self._sieve(replace(filters, text=""))
        telling = np.unique(sieve.held.number("article_id")[sieve.passing()])
        return questions.articles(self._snapshot, filters, telling)

    def _of_articles(self, filters: Filters, name: str, article_id: int | None) -> ir.Table:
        """Rows of `mentions` or `left_out`: of one article, or of all articles in the filters."""
        rows = self._snapshot.of_articles(name)
        if article_id is not None:
            return rows.filter(rows["article_id"] == article_id)
        if filters == Filters():
            return rows
        return rows.semi_join(self._articles(filters), "article_id")

    def _once(self, key: object, ask: Callable[[], T]) -> T:
        """The kept answer, or a new one; nothing is kept from an older version."""
        with self._lock:
            self.version()
            if key not in self._results:
                self._results[key] = ask()
                if len(self._results) > _KEPT_RESULTS:
                    self._results.popitem(last=False)
            self._results.move_to_end(key)
            kept: T = self._results[key]
            # copy-on-write: a caller that changes its frame leaves the kept one alone
            return kept.copy(deep=False) if isinstance(kept, pd.DataFrame) else kept
