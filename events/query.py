"""All reading from the store goes through `Query`, which returns DataFrames.

Every table has the columns, dtypes and units that `events.columns` documents; other results are
defined in `events.answers`. What `Query` answers is worked out in `events.query_counts`,
`query_lists`, `query_stories`, `query_articles` and `query_history`, of the rows that
`events.query_rows` finds. Behind them: `events.snapshot` (one version of the store),
`events.current_rows` (which rows are current), `events.questions` (queries as Ibis expressions),
`events.row_filters` and `events.counts` (filters and counts in memory). Pages, charts and exports
import none of these.

Results are cached per store version (`events.kept_answers`): while nothing new is loaded, a
repeated query costs nothing. All methods raise `StoreMissing` before anything was loaded, and
`StoreDamaged` (what, where, what to do).
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from events import (
    annotated,
    query_articles,
    query_counts,
    query_history,
    query_lists,
    query_stories,
    questions,
)
from events.annotations import Annotations, Note
from events.answers import Account, FilterChoices, Hits, Loaded, Unit
from events.certainty import Sure
from events.columns import EVENT_COLUMNS, STORY_ROW_COLUMNS
from events.disagreement import Disagreement
from events.filters import Filters
from events.grading import Grade
from events.kept_answers import KeptAnswers, cached, cached_until_load
from events.known_disputes import KnownDisputes
from events.query_rows import EventRows, frame_of
from events.snapshot import Snapshot
from events.store import Store, store_location


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
        self._snapshot, lock, self._disputes = self._made = made
        self._one_a_story = _shared is not None
        self._lang = _lang
        self._by_lang: dict[str, Query] = {}
        self._rows = EventRows(self._snapshot, self._one_a_story)
        self._kept = KeptAnswers(self._snapshot, lock, self._rows.forget)

    @property
    def location(self) -> Path:
        """The folder of the store."""
        return self._snapshot.store.location

    def version(self) -> str:
        """The store version as text; it changes whenever anything readable has changed."""
        with self._kept.answering():
            told: list[object] = [*self._snapshot.version]
            told += [f"n{self._snapshot.annotated}"] if self._snapshot.annotated else []
            told += ["stories", self._lang] if self._one_a_story else []
            return ".".join(str(v) for v in told)

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

    @cached
    def count(self, filters: Filters) -> int:
        """Number of events that the filters show."""
        return query_counts.count(self._rows, filters)

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

    @cached
    def _shown_events(
        self, filters: Filters, limit: int | None, offset: int, columns: tuple[str, ...]
    ) -> pd.DataFrame:
        return query_lists.shown(self._rows, filters, limit, offset, columns, self._lang)

    @cached
    def placed_events(
        self, first: dt.date, last: dt.date, columns: tuple[str, ...]
    ) -> pd.DataFrame:
        """Every event whose interval touches the days, and every undated one of an article that was
        published in them: the given columns of EVENT_COLUMNS."""
        return query_lists.placed(self._rows, first, last, columns)

    def coded_days(self) -> set[int]:
        """The first days (ordinals) of the rows that others coded."""
        with self._kept.answering():
            return query_lists.coded_days(self._rows)

    def reported_days(self, shorter_than: int) -> set[int]:
        """The days (ordinals) on which events that were read may stand, without those that take so
        many days or more."""
        with self._kept.answering():
            return query_lists.reported_days(self._rows, shorter_than)

    def coded_on(self, days: Collection[int], columns: tuple[str, ...]) -> pd.DataFrame:
        """The rows that others coded that begin on these days (ordinals), in the order of `events`:
        the given columns of EVENT_COLUMNS."""
        with self._kept.answering():
            return query_lists.coded_on(self._rows, days, columns)

    @cached
    def event(self, event_id: int) -> pd.DataFrame:
        """One event, whatever the filters: a row of EVENT_COLUMNS, or none."""
        return frame_of(*self._rows.of_ids([event_id]))

    def events_with(self, event_ids: Sequence[int]) -> pd.DataFrame:
        """Some events by id, whatever the filters, in the given order: EVENT_COLUMNS."""
        with self._kept.answering():
            return frame_of(*self._rows.of_ids(list(dict.fromkeys(event_ids))))

    def events_by(
        self, name: str, numbers: Collection[int], columns: tuple[str, ...]
    ) -> pd.DataFrame:
        """The events with one of the numbers in event_id, story_id or article_id, whatever the
        filters, in the order of `events`: the given columns of EVENT_COLUMNS."""
        with self._kept.answering():
            return frame_of(*self._rows.of_numbers(name, numbers), columns)

    @cached
    def story(self, story_id: int) -> pd.DataFrame:
        """All reports of one story and the rows that others coded of it, whatever the filters, by
        first day: EVENT_COLUMNS."""
        return query_stories.story(self._rows, story_id)

    def disputed(self, stories: Iterable[int], sure: Sure) -> dict[int, Disagreement]:
        """story_id -> its disagreement, of those of some stories whose reports disagree, whatever
        the filters but `sure`; rows that others coded are no reports."""
        return self._disputed(tuple(sorted({*stories})), sure)

    @cached
    def _disputed(self, stories: tuple[int, ...], sure: Sure) -> dict[int, Disagreement]:
        return query_stories.disputed(self._rows, self._disputes, stories, sure)

    def stories(self, filters: Filters, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
        """The stories of the events that the filters show, one row an act: EVENT_COLUMNS of the
        main report and STORY_ROW_COLUMNS, in the order of `events`."""
        return self.by_story.events(filters, limit, offset)

    def count_stories(self, filters: Filters) -> int:
        """Number of stories of the events that the filters show."""
        return self.by_story.count(filters)

    @cached
    def coders(self) -> frozenset[str]:
        """Who coded current events, by name; nobody where all were read."""
        return query_lists.coders(self._rows)

    @cached
    def hits(self, text: str, event_ids: tuple[int, ...]) -> Hits:
        """Where some events hold a search text, whatever the filters."""
        return query_lists.hits(self._rows, text, event_ids)

    @cached
    def announced(self, filters: Filters, lang: str = "") -> pd.DataFrame:
        """What became of the planned acts that the filters show, whatever their days, as of the
        cut-off: EVENT_COLUMNS and `events.announced.PLAN_COLUMNS`; see there of `lang`."""
        return query_stories.announced(self._rows, filters, self.cut_off(filters), lang)

    @cached
    def edits(self) -> pd.DataFrame:
        """Edits made by persons, newest first: EDIT_COLUMNS, `standing` (still in force) and
        `by_rule`, the story id of the event before any edit.
        """
        return query_history.edits(self._snapshot)

    @cached
    def history(self) -> pd.DataFrame:
        """All edits with what they changed, newest first: HISTORY_COLUMNS."""
        return query_history.history(self._snapshot)

    @cached
    def rejected_events(self) -> pd.DataFrame:
        """What persons said to be no event, by article: EVENT_COLUMNS."""
        return query_history.rejected_events(self._snapshot)

    def event_or_rejected(self, event_id: int) -> pd.DataFrame:
        """One event, even if a person said that it is none: a row of EVENT_COLUMNS, or none."""
        found = self.event(event_id)
        if found.empty:
            rejected = self.rejected_events()
            found = rejected[rejected["event_id"] == event_id]
        return found

    @cached
    def lost_edits(self) -> pd.DataFrame:
        """Standing edits about events that the present reader does not tell: EDIT_COLUMNS."""
        return query_history.lost_edits(self._snapshot)

    @cached_until_load
    def withdrawals(self) -> pd.DataFrame:
        """Articles that are withdrawn or erased now, newest first: WITHDRAWAL_COLUMNS, `title` and
        `source` ("" where erased)."""
        return query_history.withdrawals(self._snapshot)

    @cached_until_load
    def reader_versions(self) -> pd.DataFrame:
        """article_id and reader_version ("" before versions were noted) of the current articles."""
        return query_articles.reader_versions(self._snapshot)

    @cached
    def events_as_read(self, article_id: int) -> pd.DataFrame:
        """The events of one article as the reader told them, before persons' edits, in reading
        order: event_id, type, status, part, start, end, quote, spans, also of EVENT_COLUMNS."""
        return query_history.events_as_read(self._snapshot, article_id)

    @cached
    def grade(self, story_id: int) -> Grade:
        """How far the reports of a story confirm each other, and why."""
        held, _rows = self._rows.of_stories([story_id])
        return held.grades().explained(story_id)

    @cached
    def outlets(self) -> pd.DataFrame:
        """The outlets of the articles, most articles first: `outlet`, `articles`, `reliability`."""
        return query_articles.outlets(self._snapshot)

    @cached
    def alternatives(self, event_id: int) -> pd.DataFrame:
        """The next likeliest answers about one event, field by field: ALTERNATIVE_COLUMNS."""
        return query_history.alternatives(self._snapshot, event_id)

    def annotations(self) -> Annotations:
        """The notes, tags and bookmarks that stand, whatever they are about."""
        with self._kept.answering():
            return self._snapshot.annotations

    @cached
    def annotated_stories(self) -> dict[int, int]:
        """Event id -> story id, of events that annotations name and the store has now."""
        told = self._snapshot.annotations.events()
        held, _rows = self._rows.of_ids(list(told))
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

    @cached
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
        return query_counts.bins(self._rows, filters, unit, by, most)

    @cached
    def dyads(self, filters: Filters) -> pd.DataFrame:
        """Who acts on whom, at the filters' roll-up level: DYAD_COLUMNS, most events first."""
        return query_counts.dyads(self._rows, filters)

    @cached
    def places(self, filters: Filters, sure: bool = False) -> pd.DataFrame:
        """Places where shown events happen: PLACE_COLUMNS, most events first.

        sure: without the events whose place is doubtful (below `events.model.PLACE_SURE`).
        """
        return query_counts.places(self._rows, filters, sure)

    @cached
    def doubtful(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Shown events whose place is not sure (`events.model.PLACE_SURE`), in the order of
        `events`: EVENT_COLUMNS."""
        return query_lists.doubtful(self._rows, filters, limit)

    @cached
    def less_sure(self, filters: Filters, limit: int | None = None) -> pd.DataFrame:
        """Events that pass all other filters and are not sure enough, shown or hidden, in the order
        of `events`: EVENT_COLUMNS."""
        return query_lists.less_sure(self._rows, filters, limit)

    @cached
    def options(self, filters: Filters) -> FilterChoices:
        """What a reader may choose from, with the number of events each choice would show."""
        return query_counts.options(self._rows, filters)

    @cached
    def account(self, filters: Filters) -> Account:
        """How many loaded events are shown, and how many are hidden for which reason."""
        return query_counts.account(self._rows, filters, self._loaded)

    @cached
    def hidden(
        self, filters: Filters, limit: int | None = None, but: tuple[str, ...] = ()
    ) -> pd.DataFrame:
        """Events that the filters hide: EVENT_COLUMNS and `hidden_by`, the first reason; without
        those of the reasons `but`."""
        return query_lists.hidden(self._rows, filters, limit, but)

    @cached
    def articles(self, filters: Filters) -> pd.DataFrame:
        """Articles in the filters, newest first: ARTICLE_COLUMNS without `text`.

        Article filters (language, as-of date, search words in title and text) are applied to the
        article; for the others, the article needs at least one event that passes them.
        """
        return query_articles.articles(self._rows, filters)

    @cached
    def events_by_article(self, filters: Filters) -> dict[int, int]:
        """Article id -> number of its events that the filters show, of articles that have any."""
        return query_counts.by_article(self._rows, filters)

    @cached_until_load
    def article_days(self) -> pd.DataFrame:
        """The days on which loaded articles were published, once each, oldest first: `day`."""
        return query_articles.days(self._snapshot)

    def cut_off(self, filters: Filters) -> dt.date | None:
        """The last day covered by the data: the as-of day of the filters, else the newest day of
        publication; None where none is known.
        """
        days = self.article_days()["day"]
        return filters.as_of or (days.iloc[-1].date() if len(days) else None)

    @cached
    def article(self, article_id: int) -> pd.DataFrame:
        """One article with its text: a row of ARTICLE_COLUMNS, or none."""
        return query_articles.article(self._snapshot, article_id)

    @cached
    def versions(self, article_id: int) -> pd.DataFrame:
        """The versions of an article, oldest first: rows of ARTICLE_COLUMNS without `text` of the
        same address and outlet, itself among them; none where it has no address."""
        return query_articles.versions(self._snapshot, article_id)

    def texts(self, article_ids: Sequence[int]) -> pd.DataFrame:
        """article_id and text of some articles, by publication (unknown last). Not cached."""
        with self._kept.answering():
            return query_articles.texts(self._snapshot, article_ids)

    @cached
    def article_events(self, article_id: int) -> pd.DataFrame:
        """All events of one article in reading order, whatever the filters: EVENT_COLUMNS."""
        return query_articles.events(self._rows, article_id)

    @cached
    def mentions(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """Dates, places and actors named in the articles of the filters: MENTION_COLUMNS.

        With `article_id`, those of that article, whatever the filters.
        """
        return query_articles.mentions(self._rows, filters, article_id)

    @cached
    def unresolved(self, filters: Filters) -> pd.DataFrame:
        """Place names in the filtered articles that could not be resolved: `text` and `mentions`
        (how often), most first.
        """
        return query_articles.unresolved(self._rows, filters, self._unresolved_names)

    @cached_until_load
    def _unresolved_names(self) -> pd.DataFrame:
        """Those of all articles: `article_id` and `text`, a row a mention."""
        return query_articles.unresolved_names(self._snapshot)

    @cached
    def left_out(self, filters: Filters, article_id: int | None = None) -> pd.DataFrame:
        """Stretches of the filtered articles that were left out, and why: LEFT_OUT_COLUMNS,
        `title` and `source`. With `article_id`, of that article, whatever the filters.
        """
        return query_articles.left_out(self._rows, filters, article_id)

    @cached_until_load
    def rejected(self) -> pd.DataFrame:
        """Files and lines that were set aside, newest first: REJECTED_COLUMNS."""
        return query_history.rejected_files(self._snapshot)

    @cached_until_load
    def _loaded(self) -> Loaded:
        """Counts of articles, left-out rows and files that were set aside."""
        return questions.loaded(self._snapshot)
