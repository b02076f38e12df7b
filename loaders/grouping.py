"""After a load: group reports into stories, join to them the rows that others coded, and detect
near-duplicate texts, in the store."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd
import pyarrow as pa

from events.batches import rows_in
from events.filters import Filters
from events.query import Query
from events.records import records
from events.rule_stories import RuleStories
from events.store import Store
from loaders.stories.coded import coded_stories, report_days
from loaders.stories.copies import copies
from loaders.stories.keys import LONGEST
from loaders.stories.regroup import Fetch, regroup_reports
from loaders.stories.reports import PLACING, days_of, ordered_reports
from loaders.stories.stories import group_reports

NEEDED = (
    "event_id", "article_id", "type", "quad", "status", "first", "last", "precision",
    "date_basis", "date_text", "bounds_from", "bounds_to", "sources", "targets", "place_id",
    "place_country", "place_kind", "lat", "lon",
    "quote", "part", "start", "spans", "certainty_type", "published",
)  # fmt: skip
ALL_EVENTS = Filters(sure="any")
CODED_BLOCK = 128  # days whose coded rows are in memory at a time
MOST_DAYS = 400  # with more touched days than this, grouping everything is quicker


class Touched:
    """What a load changes: appended article rows, the days on which the reports that were added or
    removed are placed, and the first days of the rows of tables that it stored."""

    def __init__(self, store: Store) -> None:
        self.before = store.article_rows()
        self.rows = 0
        self.days: set[int] = set()
        self.coded_days: set[int] = set()
        self.articles: set[int] = set()
        self._store = store

    def add(self, read: pa.Table) -> None:
        """Record articles about to be stored (rows of EXTRACTED), with the days of their older
        revisions."""
        ids = read.column("article_id").to_pylist()
        self.articles |= set(ids)
        self.days |= set(_placed(read))
        known = self._store.stored(ids)
        if known:
            old = Query(self._store.location).events_by("article_id", known, PLACING)
            self.days |= {span[1] for span in map(days_of, records(old)) if span}


def _placed(read: pa.Table) -> Iterator[int]:
    """The days on which the reports of articles are placed among the others."""
    articles, events = rows_in(read, "articles"), rows_in(read, "events")
    published = dict(zip(*_columns(articles, "article_id", "published"), strict=True))
    asked = ("article_id", *(name for name in PLACING if name != "published"))
    for row in events.select(asked).to_pylist():
        span = days_of({**row, "published": published[row["article_id"]]})
        if span:
            yield span[1]


def _columns(table: pa.Table, *names: str) -> list[list[Any]]:
    return [table.column(name).to_pylist() for name in names]


def group_stories(store: Store, touched: Touched | None = None) -> None:
    """Group reports of one event across articles into stories (see loaders.stories.stories).

    With `touched`, only its days are regrouped, if all other articles are grouped already; after
    a load that was killed before grouping, the next one groups everything.
    """
    query, rows = Query(store.location), store.article_rows()
    covered, known = store.grouping()
    if touched and covered and covered + touched.rows == rows and len(touched.days) <= MOST_DAYS:
        stories = _regrouped(query, known, touched.days, touched.coded_days)
        store.append_regrouped(stories, rows)
        _store_copies(store, query, _beside(query, known, stories, touched.articles))
    else:
        stories = group_reports(query.events(ALL_EVENTS, columns=NEEDED))
        stories |= _coded_in_stories(query, stories, query.coded_days())
        store.append_stories(stories, rows)
        told = query.events(ALL_EVENTS, columns=["event_id", "article_id"])
        _store_copies(store, query, told.assign(story=_in_story(told, stories)))


def join_coded(store: Store, touched: Touched) -> None:
    """After a load that brought rows of tables alone: join them to the stories there are."""
    rows = store.article_rows()
    covered, known = store.grouping()
    if covered + touched.rows == rows:
        query = Query(store.location)
        store.append_regrouped(_coded_in_stories(query, known, touched.coded_days), rows)


def _regrouped(
    query: Query, known: Mapping[int, int], days: Collection[int], coded_days: Collection[int]
) -> dict[int, int]:
    """Story of each report around the days, and of the coded rows near what changed."""
    stories = regroup_reports(_fetching(query), known, days)
    changed = {event for event, story in stories.items() if known.get(event, event) != story}
    asked = {day - back for day in days for back in range(LONGEST + 1)} | set(coded_days)
    asked |= _days_of(query, changed, whole=True)
    return stories | _coded_in_stories(query, _laid_over(known, stories), asked)


def _coded_in_stories(
    query: Query, story_of: Mapping[int, int], asked: Collection[int]
) -> dict[int, int]:
    """Story of the coded rows that begin on these days: of those that a report may hold, and of
    those that were in a story before."""
    wanted = sorted(query.coded_days().intersection(asked))
    if not wanted:
        return {}
    before = query.coded_on(wanted, ("event_id",))["event_id"]
    found = {int(event): int(event) for event in before if event in story_of}
    near = sorted(query.reported_days(LONGEST).intersection(wanted))
    for _, block in itertools.groupby(near, lambda day: day // CODED_BLOCK):
        days = list(block)
        first, last = (dt.date.fromordinal(day) for day in (days[0], days[-1]))
        reports = ordered_reports(query.placed_events(first, last, NEEDED))
        held = report_days(reports).intersection(days)
        found |= coded_stories(query.coded_on(sorted(held), NEEDED), reports, story_of)
    return found


@contextmanager
def stories_follow(
    store: Store, event_ids: Collection[int], wait: float | None = None
) -> Iterator[None]:
    """Around edits of these events: the days on which they lay and then lie are grouped again.

    A store that was never grouped is left to its first load. Raises StoreBusy where one goes on for
    `wait` seconds: the edits are stored then, and the next load of those days groups them.
    """
    query = Query(store.location)
    days = _days_of(query, event_ids)
    yield
    covered, known = store.grouping()
    days |= _days_of(query, event_ids)
    if covered and days:
        store.append_regrouped(_regrouped(query, known, days, days), covered, wait)


def _days_of(query: Query, event_ids: Collection[int], whole: bool = False) -> set[int]:
    """The days on which events are placed among the others; `whole`: all that they span."""
    rows = query.events_by("event_id", event_ids, PLACING)
    spans = [span for span in map(days_of, records(rows)) if span]
    if not whole:
        return {last for _, last in spans}
    return {day for first, last in spans for day in range(max(first, last - LONGEST), last + 1)}


def _fetching(query: Query) -> Fetch:
    def fetch(first: dt.date, last: dt.date) -> pd.DataFrame:
        return query.placed_events(first, last, NEEDED)

    return fetch


def _beside(
    query: Query, known: RuleStories, changed: Mapping[int, int], articles: Collection[int]
) -> pd.DataFrame:
    """event_id, article_id and `story` of all reports of the stories of some articles. known: the
    stories as they were, changed: those that were grouped again."""
    story_of = _laid_over(known, changed)
    mine = query.events_by("article_id", articles, ("event_id",))
    wanted = set(_in_story(mine, story_of))
    reports = known.of_stories(wanted) | {e for e, s in changed.items() if s in wanted} | wanted
    told = query.events_by("event_id", reports, ("event_id", "article_id", "coder"))
    told = told[told["coder"] == ""]  # a row of a table has no text to compare
    told = told.assign(story=_in_story(told, story_of))
    return told[told["story"].isin(wanted)]


def _laid_over(known: Mapping[int, int], changed: Mapping[int, int]) -> Mapping[int, int]:
    """The stories as they are after a change, without a copy of those as they were."""
    return ChainMap({}, changed, known)  # type: ignore[arg-type]  # it writes into the first


def _in_story(told: pd.DataFrame, story_of: Mapping[int, int]) -> list[int]:
    return [story_of.get(event, event) for event in told["event_id"].tolist()]


def _store_copies(store: Store, query: Query, told: pd.DataFrame) -> None:
    """Find near-duplicates among articles that share a story (event_id, article_id, story).

    Independence of reports matters only within stories. The earliest article is the original.
    """
    shared = told.groupby("story")["article_id"].transform("nunique") > 1
    wanted = set(told.loc[shared, "article_id"])
    if wanted:
        texts = query.texts(sorted(wanted))
        ids = texts["article_id"].tolist()
        origins = copies(texts["text"].tolist())
        store.append_copies({a: ids[o] for a, o in zip(ids, origins, strict=True)})
