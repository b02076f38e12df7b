"""All reading from the store goes through `Query`, which returns DataFrames.

Every table has the columns, dtypes and units that `events.columns` documents; other results are
defined in `events.answers`. Internal modules: `events.snapshot` (one version of the store and its
in-memory columns), `events.current_rows` (which rows are current), `events.questions` (queries as
Ibis expressions), `events.row_filters` and `events.counts` (filters and counts in memory). No
other module imports these, and only they import Ibis.

Results are cached per store version: while nothing new is loaded, a repeated query costs nothing.
All methods raise `StoreMissing` before anything was loaded, and `StoreDamaged` (what, where, what
to do).
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from events import (
    annotated,
    bins_in_files,
    conditions,
    counts,
    counts_in_files,
    history,
    parties_in_files,
    questions,
    story_rows,
)
from events.annotations import Annotations, Note
from events.announced import (
    LATER_COLUMNS,
    REFUSAL_COLUMNS,
    UNDATED,
    announced,
    open_undated,
    without_refused,
)
from events.answers import Account, FilterChoices, Hits, Loaded, Unit
from events.certainty import ANY, Sure
from events.coders import CODED_BY_OTHERS
from events.columns import (
    ALTERNATIVE_COLUMNS,
    ARTICLE_COLUMNS,
    EDIT_COLUMNS,
    EVENT_COLUMNS,
    GRADED_COLUMNS,
    HISTORY_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    REJECTED_COLUMNS,
    STORY_ROW_COLUMNS,
    WITHDRAWAL_COLUMNS,
)
from events.columns_in_memory import EventColumns, Ints
from events.conditions import ALWAYS, Condition
from events.disagreement import COLUMNS_READ, Disagreement
from events.events_in_files import EventsInFiles
from events.filters import Filters
from events.frames import as_frame
from events.grading import UNGRADED, Grade
from events.known_disputes import KnownDisputes
from events.large_store import Held, LargeStore, Listed
from events.row_filters import FilteredRows
from events.snapshot import Snapshot
from events.spoken import NEEDED, foreign, spoken
from events.store import Store, store_location

_COLUMNS = {**EVENT_COLUMNS, **STORY_ROW_COLUMNS}
_KEPT_ANSWERS = 64
_KEPT_LASTING = 12
_TEXT = ("str", "as written")
_KEPT_FILTERS = 12
P = ParamSpec("P")
T = TypeVar("T")


def _cached(method: Callable[Concatenate[Query, P], T]) -> Callable[Concatenate[Query, P], T]:
    """Decorator: cache the result of a query method, by its arguments, until the store changes."""
    return _kept(method, lambda query: query._answers)


def _cached_until_load(
    method: Callable[Concatenate[Query, P], T],
) -> Callable[Concatenate[Query, P], T]:
    """The same for what no edit changes: until more than edits comes."""
    return _kept(method, lambda query: query._lasting)


def _kept(
    method: Callable[Concatenate[Query, P], T], cache: Callable[[Query], Any]
) -> Callable[Concatenate[Query, P], T]:
    def ask(self: Query, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._answering():
            answer: T = cache(self)(method, *args, **kwargs)
        if isinstance(answer, pd.DataFrame):
            # copy-on-write: a caller that changes its frame does not change the cached one
            return answer.copy(deep=False)
        return answer

    functools.update_wrapper(ask, method)
    return ask


class Query:
    """Queries to one store. Thread-safe: threads share one object and wait for its lock."""

    def __init__(
        self,
        location: str | os.PathLike[str] | None = None,
        known_at: dt.datetime | None = None,
        ahead: bool = False,
        _shared: tuple[Snapshot, threading.RLock, KnownDisputes] | None = None,
        _lang: str = "",
    ) -> None:
        """`known_at` asks the store as it was then: later articles, revisions, edits and
        withdrawals do not count. `ahead` reads what lists need beside other work, in a thread of
        its own: for a server."""
        made = _shared or (
            Snapshot(Store(store_location(location)), known_at, ahead),
            threading.RLock(),
            KnownDisputes(),
        )
        self._snapshot, self._lock, self._disputes = self._made = made
        self._one_a_story = _shared is not None
        self._lang = _lang
        self._by_lang: dict[str, Query] = {}
        self._seen = 0  # the build of the snapshot that cached answers are of
        self._loads = 0  # the load of the snapshot that lasting answers are of
        self._answers = functools.lru_cache(maxsize=_KEPT_ANSWERS)(self._answer)
        self._lasting = functools.lru_cache(maxsize=_KEPT_LASTING)(self._answer)
        self._filtered = functools.lru_cache(maxsize=_KEPT_FILTERS)(self._filter)

    @property
    def location(self) -> Path:
        """The folder of the store."""
        return self._snapshot.store.location

    def version(self) -> str:
        """The store version as text; it changes whenever anything readable has changed."""
        with self._answering():
            told: list[object] = [*self._snapshot.version]
            told += [f"n{self._snapshot.annotated}"] if self._snapshot.annotated else []
            told += ["stories", self._lang] if self._one_a_story else []
            return ".".join(str(v) for v in told)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Alone, with one version of the store from the beginning of an answer to its end; what is
        kept of a version that is over is forgotten."""
        with self._lock, self._snapshot.answering():
            if self._seen != self._snapshot.builds:
                self._answers.cache_clear()
                self._filtered.cache_clear()
                self._seen = self._snapshot.builds
            if self._loads != self._snapshot.loads:
                self._lasting.cache_clear()
                self._loads = self._snapshot.loads
            yield

    @property
    def loads(self) -> int:
        """How often more than edits came since the store was opened."""
        return self._snapshot.loads

    @functools.cached_property
    def by_story(self) -> Query:
        """The same store with one row a story instead of one a report: the main one of the reports
        that the filters show, with STORY_ROW_COLUMNS in `events`. `count`, `bins`, `dyads`,
        `places` and `doubtful` are of these rows, the choices count stories with such a report."""
        return self if self._one_a_story else Query(_shared=self._made)

    def by_story_in(self, lang: str) -> Query:
        """`by_story` with headlines in a language: where the main report's is in another one, that
        of the surest report of the story in it that tells the same (`events.spoken`)."""
        found = self._by_lang.get(lang)  # without the lock: others may hold it for a second
        if found is None:
            made = Query(_shared=self._made, _lang=lang)
            found = self._by_lang.setdefault(lang, made)
        return found

    @_cached
    def count(self, filters: Filters) -> int:
        """Number of events that the filters show."""
        asked = self._asked(filters)
        return counts_in_files.count(asked) if asked else self._filtered(filters).count()

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
        every = (*EVENT_COLUMNS, *STORY_ROW_COLUMNS) if self._one_a_story else EVENT_COLUMNS
        return self._shown_events(filters, limit, offset, tuple(columns or every))

    @_cached
    def _shown_events(
        self, filters: Filters, limit: int | None, offset: int, columns: tuple[str, ...]
    ) -> pd.DataFrame:
        told = self._listed(filters, limit, offset)
        summed = any(name in STORY_ROW_COLUMNS for name in columns)
        made = story_rows.summaries(told.filtered, told.rows) if summed else {}
        found = self._rows(told.held, told.rows, columns, made)
        return self.spoken(found) if self._lang and {*NEEDED} <= {*columns} else found

    def spoken(self, events: pd.DataFrame) -> pd.DataFrame:
        """The events with the headlines that `by_story_in` gives them (EVENT_COLUMNS)."""
        held, rows = self._of_stories(events.loc[foreign(events, self._lang), "story_id"])
        told = ~story_rows.coded(held.columns) & held.columns.text("lang").isin([self._lang])
        rows = rows[told[rows]]
        return spoken(events, self._rows(held, rows, NEEDED), self._lang) if len(rows) else events

    @_cached
    def placed_events(
        self, first: dt.date, last: dt.date, columns: tuple[str, ...]
    ) -> pd.DataFrame:
        """Every event whose interval touches the days, and every undated one of an article that was
        published in them: the given columns of EVENT_COLUMNS."""
        large = self._snapshot.large()
        if large is not None:
            return self._rows(*large.held_where(conditions.placed(first, last)), columns)
        held = self._snapshot.whole()
        rows = np.flatnonzero(story_rows.placed(held.columns, first, last))
        return self._rows(held, rows, columns)

    def coded_days(self) -> set[int]:
        """The first days (ordinals) of the rows that others coded."""
        with self._answering():
            large = self._snapshot.large()
            if large is None:
                return story_rows.coded_days(self._snapshot.whole().columns)
            told = large.where(conditions.CODED).column("first").unique().drop_null()
            return {day.toordinal() for day in told.to_pylist()}

    def reported_days(self, shorter_than: int) -> set[int]:
        """The days (ordinals) on which events that were read may stand, without those that take so
        many days or more."""
        with self._answering():
            large = self._snapshot.large()
            if large is not None:
                return large.reported_days(shorter_than)
            return story_rows.reported_days(self._snapshot.whole().columns, shorter_than)

    def coded_on(self, days: Collection[int], columns: tuple[str, ...]) -> pd.DataFrame:
        """The rows that others coded that begin on these days (ordinals), in the order of `events`:
        the given columns of EVENT_COLUMNS."""
        with self._answering():
            large = self._snapshot.large()
            if large is not None:
                return self._rows(*large.held_where(conditions.coded_on(days)), columns)
            held = self._snapshot.whole()
            return self._rows(
                held, np.flatnonzero(story_rows.coded_on(held.columns, days)), columns
            )

    @_cached
    def event(self, event_id: int) -> pd.DataFrame:
        """One event, whatever the filters: a row of EVENT_COLUMNS, or none."""
        return self._rows(*self._of_ids([event_id]), tuple(EVENT_COLUMNS))

    def events_with(self, event_ids: Sequence[int]) -> pd.DataFrame:
        """Some events by id, whatever the filters, in the given order: EVENT_COLUMNS."""
        with self._answering():
            found = self._of_ids(list(dict.fromkeys(event_ids)))
            return self._rows(*found, tuple(EVENT_COLUMNS))

    def events_by(
        self, name: str, numbers: Collection[int], columns: tuple[str, ...]
    ) -> pd.DataFrame:
        """The events with one of the numbers in event_id, story_id or article_id, whatever the
        filters, in the order of `events`: the given columns of EVENT_COLUMNS."""
        with self._answering():
            return self._rows(*self._of_numbers(name, numbers), columns)

    @_cached
    def story(self, story_id: int) -> pd.DataFrame:
        """All reports of one story and the rows that others coded of it, whatever the filters, by
        first day: EVENT_COLUMNS."""
        found = self._rows(*self._of_stories([story_id]), tuple(EVENT_COLUMNS))
        return found.sort_values(["first", "event_id"], kind="stable").reset_index(drop=True)

    def disputed(self, stories: Iterable[int], sure: Sure) -> dict[int, Disagreement]:
        """story_id -> its disagreement, of those of some stories whose reports disagree, whatever
        the filters but `sure`; rows that others coded are no reports."""
        return self._disputed(tuple(sorted({*stories})), sure)

    @_cached
    def _disputed(self, stories: tuple[int, ...], sure: Sure) -> dict[int, Disagreement]:
        held, rows = self._of_stories(stories)
        is_report = ~story_rows.coded(held.columns)
        if sure != ANY:
            is_report &= ~held.columns.less_sure
        read = functools.partial(self._rows, held, columns=COLUMNS_READ)
        return self._disputes.among(held.columns, rows[is_report[rows]], read)

    def stories(self, filters: Filters, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
        """The stories of the events that the filters show, one row an act: EVENT_COLUMNS of the
        main report and STORY_ROW_COLUMNS, in the order of `events`."""
        return self.by_story.events(filters, limit, offset)

    def count_stories(self, filters: Filters) -> int:
        """Number of stories of the events that the filters show."""
        return self.by_story.count(filters)

    @_cached
    def coders(self) -> frozenset[str]:
        """Who coded current events, by name; nobody where all were read."""
        large = self._snapshot.large()
        columns = large.columns if large else self._snapshot.whole().columns
        return frozenset(columns.text("coder").values) - {""}

    @_cached
    def hits(self, text: str, event_ids: tuple[int, ...]) -> Hits:
        """Where some events hold a search text, whatever the filters."""
        large = self._snapshot.large()
        if large is not None:
            return Hits(large.search.plan(text), large.search.fields_of(text, event_ids))
        found = self._snapshot.found_events(text)
        known = self._snapshot.whole().columns.number("event_id")
        rows = np.flatnonzero(np.isin(known, event_ids))
        return Hits(found.plan, {int(known[row]): found.fields(int(row)) for row in rows})

    @_cached
    def announced(self, filters: Filters, lang: str = "") -> pd.DataFrame:
        """What became of the planned acts that the filters show, whatever their days, as of the
        cut-off: EVENT_COLUMNS and `events.announced.PLAN_COLUMNS`; see there of `lang`."""
        asked = not filters.statuses or "planned" in filters.statuses
        told = self._planned(filters, ["planned"] * asked)
        passing = told.filtered.passing()
        stories = told.held.columns.number("story_id")
        reports = np.flatnonzero(passing & np.isin(stories, stories[told.rows]))
        found = self._rows(told.held, reports, tuple(EVENT_COLUMNS))
        cut_off = self.cut_off(filters)
        plans = announced(found, cut_off, lang)
        undated = open_undated(plans).dropna(subset="published")
        if len(undated):
            plans = announced(found, cut_off, lang, self._later(filters, undated))
        articles = set(plans.loc[plans["plan_state"] == "open", "article_id"].tolist())
        beside = self._rows(*self._of_numbers("article_id", articles), REFUSAL_COLUMNS)
        return without_refused(plans, beside)

    def _later(self, filters: Filters, undated: pd.DataFrame) -> pd.DataFrame:
        """Reports that may tell that plans without a day came true: LATER_COLUMNS."""
        days = undated["published"].dt.date
        told = replace(
            filters,
            date_from=days.min(),
            date_to=days.max() + UNDATED,
            types=tuple(undated["type"].unique()),
            statuses=("reported",),
        )
        found = self._passing(told)
        return self._rows(found.held, found.rows, LATER_COLUMNS)

    def _planned(self, filters: Filters, statuses: Sequence[str]) -> Listed:
        """The reports of these statuses that the filters show, whatever their days."""
        told = replace(filters, date_from=None, date_to=None, statuses=())
        return self._passing(told, statuses)

    def _passing(self, filters: Filters, statuses: Sequence[str] | None = None) -> Listed:
        """The reports that pass the filters; with `statuses` those of these alone."""
        large = self._snapshot.large()
        if large is not None:
            which = ALWAYS if statuses is None else large.status(statuses)
            return large.listed(large.asked(filters, False), which, None)
        filtered = FilteredRows(self._snapshot.whole().columns, filters)
        rows = filtered.passing()
        if statuses is not None:
            rows = rows & filtered.columns.text("status").isin(statuses)
        return Listed(self._snapshot.whole(), np.flatnonzero(rows), filtered)

    @_cached
    def edits(self) -> pd.DataFrame:
        """Edits made by persons, newest first: EDIT_COLUMNS, `standing` (still in force) and
        `by_rule`, the story id of the event before any edit.
        """
        more = {"standing": ("bool", "it counts now"), "by_rule": ("int64", "story by rule")}
        return self._snapshot.frame(questions.edits(self._snapshot), {**EDIT_COLUMNS, **more})

    @_cached
    def history(self) -> pd.DataFrame:
        """All edits with what they changed, newest first: HISTORY_COLUMNS."""
        told = self._snapshot.fetch(questions.edits(self._snapshot)).to_pylist()[::-1]
        read = self._snapshot.fetch(questions.revisions_of_edited(self._snapshot)).to_pylist()
        found = history.with_old_and_new(told, read)[::-1]
        return pd.DataFrame(found, columns=list(HISTORY_COLUMNS))

    @_cached
    def rejected_events(self) -> pd.DataFrame:
        """What persons said to be no event, by article: EVENT_COLUMNS."""
        told = as_frame(questions.rejected_events(self._snapshot), EVENT_COLUMNS)
        return told.assign(credibility=UNGRADED.credibility, graded_by="")[list(EVENT_COLUMNS)]

    def event_or_rejected(self, event_id: int) -> pd.DataFrame:
        """One event, even if a person said that it is none: a row of EVENT_COLUMNS, or none."""
        found = self.event(event_id)
        if found.empty:
            rejected = self.rejected_events()
            found = rejected[rejected["event_id"] == event_id]
        return found

    @_cached
    def lost_edits(self) -> pd.DataFrame:
        """Standing edits about events that the present reader does not tell: EDIT_COLUMNS."""
        return as_frame(questions.lost_edits(self._snapshot), EDIT_COLUMNS)

    @_cached_until_load
    def withdrawals(self) -> pd.DataFrame:
        """Articles that are withdrawn or erased now, newest first: WITHDRAWAL_COLUMNS, `title` and
        `source` ("" where erased)."""
        told = {name: ARTICLE_COLUMNS[name] for name in ("title", "source")}
        found = questions.withdrawals(self._snapshot)
        return self._snapshot.frame(found, {**WITHDRAWAL_COLUMNS, **told})

    @_cached_until_load
    def reader_versions(self) -> pd.DataFrame:
        """article_id and reader_version ("" before versions were noted) of the current articles."""
        told = {"article_id": ("int64", "id"), "reader_version": ("str", "of the program")}
        return self._snapshot.frame(questions.reader_versions(self._snapshot), told)

    @_cached
    def events_as_read(self, article_id: int) -> pd.DataFrame:
        """The events of one article as the reader told them, before persons' edits, in reading
        order: event_id, type, status, part, start, end, quote, spans, also of EVENT_COLUMNS."""
        found = questions.events_as_read(self._snapshot, article_id)
        return self._snapshot.frame(found, EVENT_COLUMNS)

    @_cached
    def grade(self, story_id: int) -> Grade:
        """How far the reports of a story confirm each other, and why."""
        held, _rows = self._of_stories([story_id])
        return held.grades().explained(story_id)

    @_cached
    def outlets(self) -> pd.DataFrame:
        """The outlets of the articles, most articles first: `outlet`, `articles`, `reliability`."""
        told = {
            "outlet": ("str", "as the articles name it"),
            "articles": ("int64", "how many"),
            "reliability": ("str", "A to F"),
        }
        return self._snapshot.frame(questions.outlets(self._snapshot), told)

    @_cached
    def alternatives(self, event_id: int) -> pd.DataFrame:
        """The next likeliest answers about one event, field by field: ALTERNATIVE_COLUMNS."""
        found = questions.alternatives(self._snapshot, event_id)
        return self._snapshot.frame(found, ALTERNATIVE_COLUMNS)

    def annotations(self) -> Annotations:
        """The notes, tags and bookmarks that stand, whatever they are about."""
        with self._answering():
            return self._snapshot.annotations

    @_cached
    def annotated_stories(self) -> dict[int, int]:
        """Event id -> story id, of events that annotations name and the store has now."""
        told = self._snapshot.annotations.events()
        held, _rows = self._of_ids(list(told))
        return annotated.stories_of(held.columns, told)

    def lost_annotations(self) -> Annotations:
        """Those of events that the present reader does not tell, or of articles that are not in the
        store; not those of articles that are withdrawn."""
        known = {*self.annotated_stories(), *self.rejected_events()["event_id"]}
        away = set(self.withdrawals()["article_id"])
        return self.annotations().only(
            lambda s: bool(s.event) and s.event not in known and s.article not in away
        )

    def with_annotations(self, events: pd.DataFrame, case: str = "") -> pd.DataFrame:
        """The events (EVENT_COLUMNS) with ANNOTATION_COLUMNS; the notes of a case, and of none."""
        told, stories = self.annotations(), self.annotated_stories()
        return annotated.with_annotations(events, told, stories, case)

    def notes_about(self, event: Mapping[str, Any], case: str = "") -> list[Note]:
        """The notes of a case, and of none, on an event (a row of EVENT_COLUMNS), its story, its
        day and its place."""
        notes = self.annotations().written(case)
        return annotated.about(notes, event, self.annotated_stories())

    @_cached
    def bins(self, filters: Filters, unit: Unit, by: str = "", most: int = 0) -> pd.DataFrame:
        """Number of dated events per time bin and quad class: BIN_COLUMNS, by first day and key.

        An event whose interval lies in one bin counts there. A coarser one (a year, in daily bins)
        is never spread: it counts in the smallest larger unit that contains it, or if there is
        none, in the interval from its first bin to its last (NaT open), with `coarse` set. `by` is
        a scalar column of EVENT_COLUMNS (type, status, place_id ...), "doer" (the first source,
        else the first target), or "sources", "targets", "actor" (source or target) or "dyad"
        ("RUS>UKR"): then an event counts once for each of them, at the filters' roll-up level.
        With `most`, keys beyond the commonest are grouped as `answers.OTHER`, each event once.
        Raises ValueError for a column that is not in memory (`events.columns_in_memory`).
        """
        asked = self._asked(filters)
        if asked:
            return bins_in_files.bins(asked, unit, by, most)
        return counts.bins(self._filtered(filters), unit, by, most)

    @_cached
    def dyads(self, filters: Filters) -> pd.DataFrame:
        """Who acts on whom, at the filters' roll-up level: DYAD_COLUMNS, most events first."""
        asked = self._asked(filters)
        if asked:
            return parties_in_files.dyads(asked)
        return counts.dyads(self._filtered(filters))

    @_cached
    def places(self, filters: Filters, sure: bool = False) -> pd.DataFrame:
        """Places where shown events happen: PLACE_COLUMNS, most events first.

        sure: without the events whose place is doubtful (below `events.model.PLACE_SURE`).
        """
        asked = self._asked(filters)
        if asked:
            return counts_in_files.places(asked, sure)
        return counts.places(self._filtered(filters), sure)

    @_cached
    def doubtful(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Shown events whose place is not sure (`events.model.PLACE_SURE`), in the order of
        `events`: EVENT_COLUMNS."""
        asked = self._asked(filters)
        if asked:
            return self._in_files(asked, asked.filtered.columns.doubtful, limit)
        filtered = self._filtered(filters)
        rows = np.flatnonzero(filtered.shown() & filtered.columns.doubtful)
        return self._rows(self._snapshot.whole(), rows[:limit], tuple(EVENT_COLUMNS))

    @_cached
    def less_sure(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Events that pass all other filters and are not sure enough, shown or hidden, in the order
        of `events`: EVENT_COLUMNS."""
        large = self._snapshot.large()
        if large is not None:
            told = large.asked(replace(filters, sure=ANY), False)
            return self._in_files(told, told.filtered.columns.less_sure, limit)
        filtered = self._filtered(filters)
        rows = np.flatnonzero(filtered.passing("sure") & filtered.columns.less_sure)
        return self._rows(self._snapshot.whole(), rows[:limit], tuple(EVENT_COLUMNS))

    @_cached
    def options(self, filters: Filters) -> FilterChoices:
        """What a reader may choose from, with the number of events each choice would show."""
        asked = self._asked(filters)
        if asked:
            return counts_in_files.options(asked)
        return counts.options(self._filtered(filters))

    @_cached
    def account(self, filters: Filters) -> Account:
        """How many loaded events are shown, and how many are hidden for which reason."""
        asked, known = self._asked(filters), self._loaded()
        if asked:
            return counts_in_files.account(asked, known)
        return counts.account(self._filtered(filters), known)

    @_cached
    def hidden(
        self, filters: Filters, limit: int | None = None, but: tuple[str, ...] = ()
    ) -> pd.DataFrame:
        """Events that the filters hide: EVENT_COLUMNS and `hidden_by`, the first reason; without
        those of the reasons `but`."""
        large = self._snapshot.large()
        if large is not None:
            return self._hidden_in_files(large, filters, limit, but)
        by_reason = self._filtered(filters).hidden().items()
        # rows of tables last: they may be a hundred times as many
        hidden = sorted(by_reason, key=lambda one: (one[0] == CODED_BY_OTHERS, one[0]))
        told = [(reason, np.flatnonzero(rows)) for reason, rows in hidden if reason not in but]
        rows = np.concatenate([np.empty(0, np.int64), *(rows for _, rows in told)])
        reasons = [reason for reason, rows in told for _ in rows]
        found = self._rows(self._snapshot.whole(), rows[:limit], tuple(EVENT_COLUMNS))
        return found.assign(hidden_by=pd.Series(reasons[:limit], dtype="str"))

    def _hidden_in_files(
        self, large: LargeStore, filters: Filters, limit: int | None, but: tuple[str, ...]
    ) -> pd.DataFrame:
        told = large.hidden(filters, CODED_BY_OTHERS, limit, but)
        found = self._rows(*large.of_ids(told.column("event_id").to_numpy()), tuple(EVENT_COLUMNS))
        reasons = told.column("reason").to_pylist()
        return found.assign(hidden_by=pd.Series(reasons, dtype="str"))

    @_cached
    def articles(self, filters: Filters) -> pd.DataFrame:
        """Articles in the filters, newest first: ARTICLE_COLUMNS without `text`.

        Article filters (language, as-of date, search words in title and text) are applied to the
        article; for the others, the article needs at least one event that passes them.
        """
        found = questions.articles(self._snapshot, self._article_ids(filters))
        return self._snapshot.frame(found, ARTICLE_COLUMNS)

    @_cached
    def events_by_article(self, filters: Filters) -> dict[int, int]:
        """Article id -> number of its events that the filters show, of articles that have any."""
        large = self._snapshot.large()
        if large is not None:
            return large.by_article(filters)
        filtered = self._filtered(filters)
        ids = filtered.columns.number("article_id")[filtered.passing()]
        articles, events = np.unique(ids, return_counts=True)
        return dict(zip(articles.tolist(), events.tolist(), strict=True))

    @_cached_until_load
    def article_days(self) -> pd.DataFrame:
        """The days on which loaded articles were published, once each, oldest first: `day`."""
        told = {"day": ("datetime64[s]", "a day of publication")}
        return self._snapshot.frame(questions.article_days(self._snapshot), told)

    def cut_off(self, filters: Filters) -> dt.date | None:
        """The last day covered by the data: the as-of day of the filters, else the newest day of
        publication; None where none is known.
        """
        days = self.article_days()["day"]
        return filters.as_of or (days.iloc[-1].date() if len(days) else None)

    @_cached
    def article(self, article_id: int) -> pd.DataFrame:
        """One article with its text: a row of ARTICLE_COLUMNS, or none."""
        return self._snapshot.frame(questions.article(self._snapshot, article_id), ARTICLE_COLUMNS)

    @_cached
    def versions(self, article_id: int) -> pd.DataFrame:
        """The versions of an article, oldest first: rows of ARTICLE_COLUMNS without `text` of the
        same address and outlet, itself among them; none where it has no address."""
        found = questions.versions(self._snapshot, article_id)
        return self._snapshot.frame(found, ARTICLE_COLUMNS)

    def texts(self, article_ids: Sequence[int]) -> pd.DataFrame:
        """article_id and text of some articles, by publication (unknown last). Not cached."""
        with self._answering():
            found = questions.texts(self._snapshot, article_ids)
            return self._snapshot.frame(found, ARTICLE_COLUMNS)

    @_cached
    def article_events(self, article_id: int) -> pd.DataFrame:
        """All events of one article in reading order, whatever the filters: EVENT_COLUMNS."""
        found = self._rows(*self._of_article(article_id), tuple(EVENT_COLUMNS))
        order = ["part", "start", "event_id"]
        found = found.sort_values(order, ascending=[False, True, True], kind="stable")
        return found.reset_index(drop=True)

    @_cached
    def mentions(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """Dates, places and actors named in the articles of the filters: MENTION_COLUMNS.

        With `article_id`, those of that article, whatever the filters.
        """
        found = questions.mentions(self._snapshot, self._article_ids(filters, article_id))
        return self._snapshot.frame(found, MENTION_COLUMNS)

    @_cached
    def unresolved(self, filters: Filters) -> pd.DataFrame:
        """Place names in the filtered articles that could not be resolved: `text` and `mentions`
        (how often), most first.
        """
        told, ids = {"text": _TEXT, "mentions": ("int64", "how often")}, self._article_ids(filters)
        if self._snapshot.large() is not None:
            return self._snapshot.frame(questions.unresolved(self._snapshot, ids), told)
        names = self._unresolved_names()
        mine = names if ids is None else names[np.isin(names["article_id"], ids)]
        counted = sorted(Counter(mine["text"]).items(), key=lambda one: (-one[1], one[0]))
        texts, numbers = pa.array([t for t, _ in counted], pa.string()), [n for _, n in counted]
        return as_frame(pa.table({"text": texts, "mentions": pa.array(numbers, pa.int64())}), told)

    @_cached_until_load
    def _unresolved_names(self) -> pd.DataFrame:
        """Those of all articles: `article_id` and `text`, a row a mention."""
        told = {"article_id": ARTICLE_COLUMNS["article_id"], "text": _TEXT}
        return self._snapshot.frame(questions.unresolved_names(self._snapshot), told)

    @_cached
    def left_out(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """Stretches of the filtered articles that were left out, and why: LEFT_OUT_COLUMNS,
        `title` and `source`. With `article_id`, of that article, whatever the filters.
        """
        told = {name: ARTICLE_COLUMNS[name] for name in ("title", "source")}
        found = questions.left_out(self._snapshot, self._article_ids(filters, article_id))
        return self._snapshot.frame(found, {**LEFT_OUT_COLUMNS, **told})

    @_cached_until_load
    def rejected(self) -> pd.DataFrame:
        """Files and lines that were set aside, newest first: REJECTED_COLUMNS."""
        return self._snapshot.frame(questions.rejected(self._snapshot), REJECTED_COLUMNS)

    @_cached_until_load
    def _loaded(self) -> Loaded:
        """Counts of articles, left-out rows and files that were set aside."""
        return questions.loaded(self._snapshot)

    def _answer(self, method: Callable[..., T], *args: object, **kwargs: object) -> T:
        return method(self, *args, **kwargs)

    def _filter(self, filters: Filters) -> FilteredRows[EventColumns]:
        made = story_rows.OneRowAStory if self._one_a_story else FilteredRows[EventColumns]
        return made(self._snapshot.whole().columns, filters)

    def _asked(self, filters: Filters) -> EventsInFiles | None:
        """What the filters show of a large store; None where all events are in memory."""
        large = self._snapshot.large()
        return large.asked(filters, self._one_a_story) if large else None

    def _listed(self, filters: Filters, limit: int | None, offset: int) -> Listed:
        """The rows that the filters show."""
        large = self._snapshot.large()
        if large is not None:
            return large.listed(large.asked(filters, self._one_a_story), ALWAYS, limit, offset)
        filtered = self._filtered(filters)
        rows = np.flatnonzero(filtered.shown())
        rows = rows[offset : None if limit is None else offset + limit]
        return Listed(self._snapshot.whole(), rows, filtered)

    def _in_files(self, asked: EventsInFiles, which: Condition, limit: int | None) -> pd.DataFrame:
        """Rows of a large store that are shown and hold a condition: EVENT_COLUMNS."""
        large = self._snapshot.large()
        assert large is not None
        told = large.listed(asked, which, limit)
        return self._rows(told.held, told.rows, tuple(EVENT_COLUMNS))

    def _of_ids(self, event_ids: Sequence[int]) -> tuple[Held, Ints]:
        """Some events, whatever the filters, in the given order."""
        large = self._snapshot.large()
        if large is not None:
            return large.of_ids(event_ids)
        return self._snapshot.whole(), self._snapshot.whole().at(event_ids)

    def _of_stories(self, story_ids: Collection[int]) -> tuple[Held, Ints]:
        """All reports of some stories, in the order of `events`."""
        return self._of_numbers("story_id", story_ids)

    def _of_article(self, article_id: int) -> tuple[Held, Ints]:
        return self._of_numbers("article_id", [article_id])

    def _of_numbers(self, name: str, wanted: Collection[int]) -> tuple[Held, Ints]:
        """The events with one of the numbers in a column, in the order of `events`."""
        large = self._snapshot.large()
        if large is not None:
            return large.held_where(conditions.is_number(name, wanted))
        whole = self._snapshot.whole()
        known = whole.columns.number(name)
        return whole, np.flatnonzero(np.isin(known, np.asarray(list(wanted), np.int64)))

    def _rows(
        self,
        held: Held,
        rows: Ints,
        columns: tuple[str, ...],
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

    def _article_ids(self, filters: Filters, article_id: int | None = None) -> Ints | None:
        """The given article id, else the ids of the filtered articles; None for all articles."""
        if article_id is not None:
            return np.array([article_id], np.int64)
        if filters == Filters():
            return None
        columns = self._snapshot.article_columns()
        asked = filters.only(lambda kind: kind.of_articles)
        ids: Ints = columns.number("article_id")[FilteredRows(columns, asked).passing()]
        rest = filters.only(lambda kind: not kind.of_articles)
        # how sure events must be does not ask for articles that have one
        if any(kind.tests and value != kind.off for _, kind, value in rest.on()):
            ids = ids[np.isin(ids, self._telling(rest))]
        return ids

    def _telling(self, filters: Filters) -> Ints:
        """Ids of the articles with an event that passes the filters."""
        large = self._snapshot.large()
        if large is not None:
            return np.fromiter(large.by_article(filters), np.int64)
        events = self._filtered(filters)
        found: Ints = np.unique(events.columns.number("article_id")[events.passing()])
        return found
