"""What is asked of the store: the only expressions that read. DataFrames from here outward.

Every table has the columns, dtypes and units that `events.columns` documents. Results are kept by
store version: while nothing new is loaded, the same question costs nothing. All methods raise
`StoreMissing` before anything was loaded, and `StoreDamaged` (what, where, what to do).
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import ibis
import pandas as pd

from events import questions
from events.columns import (
    ARTICLE_COLUMNS,
    BIN_COLUMNS,
    DYAD_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    PLACE_COLUMNS,
    REJECTED_COLUMNS,
)
from events.filters import Filters
from events.questions import Account, Options, Unit
from events.snapshot import Snapshot, as_frame
from events.store import Store, store_location

_KEPT_RESULTS = 64
T = TypeVar("T")


class Query:
    """Questions to one store. One object may serve many threads; they take turns."""

    def __init__(self, location: str | os.PathLike[str] | None = None) -> None:
        self._snapshot = Snapshot(Store(store_location(location)))
        self._lock = threading.RLock()
        self._results: OrderedDict[object, Any] = OrderedDict()

    def version(self) -> str:
        """Changes whenever anything that can be read has changed."""
        with self._lock:
            if self._snapshot.refresh():
                self._results.clear()
            return ".".join(str(v) for v in self._snapshot.version)

    def count(self, filters: Filters) -> int:
        """Number of events that the filters show."""

        def ask() -> int:
            counted = questions.shown(self._snapshot, filters).aggregate(n=ibis._.count())
            return int(self._snapshot.fetch(counted).column("n")[0].as_py())

        return self._once(("count", filters), ask)

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
            chosen = questions.page(self._snapshot, filters, limit, offset)
            return as_frame(self._snapshot.fetch(chosen.select(*named)), EVENT_COLUMNS)[list(named)]

        return self._once(("events", filters, limit, offset, named), ask)

    def event(self, event_id: int) -> pd.DataFrame:
        """One event, whatever the filters: a row of EVENT_COLUMNS, or none."""

        def ask() -> pd.DataFrame:
            events = self._snapshot.events()
            found = events.filter(events["event_id"] == event_id).limit(1)
            return as_frame(self._snapshot.fetch(found), EVENT_COLUMNS)

        return self._once(("event", event_id), ask)

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

    def bins(self, filters: Filters, unit: Unit, by: str = "") -> pd.DataFrame:
        """Number of dated events a bin of time and quad class: BIN_COLUMNS, by first day and key.

        An event whose interval lies in one bin counts there. A coarser one (a year, seen by day)
        is never spread: it counts in a row of its own interval, with `coarse` set. `by` names a
        scalar column of EVENT_COLUMNS (type, status, place_id ...), or "sources", "targets",
        "actor" (either side) or "dyad" ("RUS>UKR"): then an event counts once under each of
        them, at the filters' roll-up level.
        """

        def ask() -> pd.DataFrame:
            binned = questions.bins(self._snapshot, filters, unit, by)
            return as_frame(self._snapshot.fetch(binned), BIN_COLUMNS)

        return self._once(("bins", filters, unit, by), ask)

    def dyads(self, filters: Filters) -> pd.DataFrame:
        """Who acts on whom, at the filters' roll-up level: DYAD_COLUMNS, most events first."""

        def ask() -> pd.DataFrame:
            dyads = questions.dyads(self._snapshot, filters)
            return as_frame(self._snapshot.fetch(dyads), DYAD_COLUMNS)

        return self._once(("dyads", filters), ask)

    def places(self, filters: Filters) -> pd.DataFrame:
        """Places where shown events happen: PLACE_COLUMNS, most events first."""

        def ask() -> pd.DataFrame:
            places = questions.places(self._snapshot, filters)
            return as_frame(self._snapshot.fetch(places), PLACE_COLUMNS)

        return self._once(("places", filters), ask)

    def options(self, filters: Filters) -> Options:
        """What a reader may choose from, with the number of events each choice would show."""
        return self._once(("options", filters), lambda: questions.options(self._snapshot, filters))

    def account(self, filters: Filters) -> Account:
        """Shown + hidden = loaded, reason by reason."""
        return self._once(("account", filters), lambda: questions.account(self._snapshot, filters))

    def hidden(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Events that the filters hide: EVENT_COLUMNS and `hidden_by`, the first reason."""

        def ask() -> pd.DataFrame:
            told = questions.told(self._snapshot, filters)
            rows = told.filter(told["hidden_by"] != "").order_by("hidden_by", "event_id")
            columns = {**EVENT_COLUMNS, "hidden_by": ("str", "the first reason")}
            return as_frame(self._snapshot.fetch(rows.limit(limit)), columns)

        return self._once(("hidden", filters, limit), ask)

    def articles(self, filters: Filters) -> pd.DataFrame:
        """Articles in the filters, newest first: ARTICLE_COLUMNS without `text`.

        Language, as-of date and search words (in title and text) are asked of the article; the
        other filters ask for at least one event that passes them.
        """

        def ask() -> pd.DataFrame:
            ordered = questions.articles(self._snapshot, filters).order_by(
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
            rows = questions.of_articles(self._snapshot, filters, "mentions", article_id)
            ordered = rows.order_by("article_id", ibis.desc("part"), "start", "kind")
            return as_frame(self._snapshot.fetch(ordered), MENTION_COLUMNS)

        return self._once(("mentions", filters, article_id), ask)

    def left_out(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """What reading left out of the articles of the filters, and why: LEFT_OUT_COLUMNS,
        `title` and `source`. With `article_id`, of that article, whatever the filters.
        """

        def ask() -> pd.DataFrame:
            rows = questions.of_articles(self._snapshot, filters, "left_out", article_id)
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
