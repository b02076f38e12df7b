"""The events of one version of the store in memory: all of a small store, or those of a question to
a large one; the columns of articles that filters read; and what searches find in both.

An edit changes its own rows in memory (`lay_edits`): to read all anew for each decision of a team
took most of a busy server's time.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from events.annotated import tagged_rows
from events.annotations import Annotations
from events.columns import JOINED_COLUMNS
from events.columns_in_memory import Bools, Columns, EventColumns, Ints, as_stored
from events.conditions import column_names
from events.counts import counted_columns
from events.filters import Filters
from events.laid_edits import OF_STORIES, AsRead, Standing, in_force, keep_before, look_up
from events.large_store import Held
from events.listed_columns import ListedColumns
from events.opened_tables import OpenedTables
from events.rows_in_files import ASKED, IDS, OF_IDS, columns_of_lists, rows_of
from events.search_index import Found, SearchIndex
from events.store_views import StoreViews
from events.stored_reports import StoredReports
from events.story_grades import StoryGrades
from events.tables import month_of
from events.token_lookup import TokenLookup
from events.tokens import EVENT, TEXT, TITLE
from events.working_database import WorkingDatabase

_KEPT = 100_000  # events whose rows are kept as told, so that an edit changes its own alone
_FEW_MONTHS = 3  # of rows that are looked up: only their files are opened


class HeldEvents:
    """Reads what is held at its first use; not thread-safe."""

    def __init__(
        self,
        database: WorkingDatabase,
        opened: OpenedTables,
        views: StoreViews,
        tokens: TokenLookup,
        annotations: Callable[[], Annotations],
        worker: Executor | None,
    ) -> None:
        """`worker` reads columns that are listed, once events are looked at."""
        self._database, self._opened, self._views = database, opened, views
        self._tokens, self._annotations, self._worker = tokens, annotations, worker
        self._whole: Held | None = None
        self._told: pa.Table | None = None  # what it was made of
        self._reports: StoredReports | None = None
        self._articles: Columns | None = None
        self._event_index: SearchIndex | None = None
        self._article_index: SearchIndex | None = None

    def forget(self) -> None:
        """Give up what is in memory of the rows of a version."""
        if self._whole is not None:
            self._whole.columns.listed.stop()
        self._whole = self._told = None
        self._reports = None
        self._articles = None
        self._event_index = None
        self._article_index = None

    def whole(self) -> Held:
        """All events of a store that is held in memory; read at the first use."""
        if self._whole is None:
            self._whole = self._hold_all()
        return self._whole

    def _hold_all(self) -> Held:
        """Hold all events: the columns that counts and filters read; the others, which are listed,
        are looked up or held when rows are asked for."""
        events = self._views.table("current_events")
        told = self._database.fetch(events.select(*counted_columns()))
        self._told = told if told.num_rows <= _KEPT else None
        return self._held(told, self._listed(told))

    def hold(self, wanted: pa.Table) -> Held:
        """Hold whole rows of some events (event_id, first, last). What is counted is at hand; the
        rest is taken from the files of their months before it is joined with anything."""
        database = self._database
        database.give_for_now(IDS, wanted.select(["event_id"]))
        files = self._opened.of_months(self._views.files["events"], _months_of(wanted))
        stored = (
            self._opened.rows_in("events", files) if files else "(SELECT * FROM events LIMIT 0)"
        )
        with database.unreadable_is_damage():
            rows = f"SELECT * FROM {stored} WHERE {OF_IDS}"
            database.connection.raw_sql(f"CREATE OR REPLACE VIEW {ASKED} AS {rows}")
        counted, parts = rows_of(database.ask, database.give_for_now, wanted)
        return self._held(counted, ListedColumns(0, self._look_up, lambda: parts))

    def _held(self, told: pa.Table, listed: ListedColumns) -> Held:
        columns = EventColumns(
            told,
            counted_columns(),
            lambda text: self.found(text).rows,
            lambda: held.grades().column(),
            lambda tags: tagged_rows(columns, self._annotations(), tags),
            listed,
        )
        held = Held(columns, functools.cache(lambda: self._graded(columns)))
        return held

    def _graded(self, columns: EventColumns) -> StoryGrades:
        if self._reports is None:
            self._reports = StoredReports(self._database.ask, self._database.give_for_now)
        return StoryGrades(columns, self._reports)

    def look_up_edited(self, edited: pa.Table) -> None:
        """Read the rows that edits are laid over from the files of their months alone, where they
        are events in memory."""
        if self._whole is None:
            return
        columns = self._whole.columns
        events = set(edited.column("event_id").to_pylist()) - self._views.as_read.keys()
        rows = np.flatnonzero(np.isin(columns.number("event_id"), list(events)))
        every = self._views.files["events"]
        files = self._opened.of_months(every, set(columns.months(rows))) if rows.size else []
        if files and self._opened.by_month:
            known = set(columns.number("event_id")[rows].tolist())
            found: AsRead = {}
            stored = self._opened.rows_in("events", files)
            look_up(self._database.connection, known, found, stored)
            self._views.as_read |= {event: row for event, row in found.items() if row}

    def lay_edits(self, before: Standing) -> None:
        """Lay the edits over what is in memory that are in force now and not `before`, or not any
        more."""
        self._event_index = None
        self._reports = self._reports.after_edits() if self._reports else None
        known, self._whole = self._whole, None
        if known is not None:
            known.columns.listed.stop()
            changed = before ^ in_force(self._database.connection)
            self._whole = self._laid_over(known, changed)

    def _laid_over(self, known: Held, changed: Standing) -> Held | None:
        """What is in memory with the rows of edited events as they are now; None where they are to
        be read again: an edit of stories changes the rows of other events."""
        if self._told is None or any(each.field in OF_STORIES for each in changed):
            return None
        events = {each.event_id for each in changed}
        counted, own = self._told.column_names, _own_columns(self._told)
        named = column_names(dict.fromkeys((*counted, "event_id", *own)))
        keep_before(self._database.connection, events, self._views.as_read)
        self._views.table("laid_events")  # the view is made when it is first asked for
        mine = f"event_id IN ({', '.join(map(str, events)) or 'NULL'})"
        fresh = self._database.ask(f"SELECT {named} FROM laid_events WHERE {mine}")
        stay = pc.invert(
            pc.is_in(self._told.column("event_id"), pa.array(list(events), pa.int64()))
        )
        told = pa.concat_tables([self._told.filter(stay), fresh.select(counted)]).combine_chunks()
        listed = known.columns.listed.over(told.num_rows, fresh.select(["event_id", *own]))
        self._told = told
        return self._held(told, listed)

    def _listed(self, told: pa.Table) -> ListedColumns:
        """The columns of lists that the arrays of `told` do not tell."""
        own = _own_columns(told)
        joined = [name for name in columns_of_lists(as_stored(told)) if name in JOINED_COLUMNS]

        def whole() -> tuple[pa.Table, ...]:
            events = self._database.read("current_events", ["event_id", *own])
            return events, self._database.read("newest_articles", ["article_id", *joined])

        return ListedColumns(told.num_rows, self._look_up, whole, self._worker)

    def _look_up(self, rows: Ints, names: Sequence[str]) -> pa.Table:
        """Columns of some rows of the events in memory, in their order."""
        columns, events = self.whole().columns, self._views.table("current_events")
        months = columns.months(rows)
        # with many, DuckDB joins the other way, at great cost
        if self._opened.by_month and 0 < len(months) <= _FEW_MONTHS:
            events = events.filter(events["month"].isin(months))
        told = {"event_id": columns.number("event_id")[rows], "place": range(len(rows))}
        order = ibis.memtable(told, schema={"event_id": "int64", "place": "int64"})
        found = events.select("event_id", *names).join(order, "event_id")
        return self._database.fetch(found.order_by("place").select(*names))

    def articles(self) -> Columns:
        """The article columns that filters use; built once per version."""
        if self._articles is None:
            kinds = [kind for kind in Filters.kinds().values() if kind.of_articles]
            filtered = (column for kind in kinds for column in kind.columns)
            names = tuple(dict.fromkeys(("article_id", "load_id", "source", *filtered)))
            articles = self._views.table("newest_articles")
            told = articles.select(*names, article_key=articles["article_id"] ^ articles["load_id"])
            named = (*names, "article_key")
            self._articles = Columns(self._database.fetch(told), named, self._articles_with)
        return self._articles

    def found(self, text: str) -> Found:
        """The events in memory that a search text finds."""
        if self._event_index is None:
            columns = self.whole().columns
            self._event_index = SearchIndex(columns, self._tokens.lists(EVENT, TITLE))
        return self._event_index.search(text)

    def _articles_with(self, text: str) -> Bools:
        if self._article_index is None:
            self._article_index = SearchIndex(self.articles(), self._tokens.lists(TITLE, TEXT))
        return self._article_index.search(text).rows


def _own_columns(told: pa.Table) -> list[str]:
    """The columns of lists that `told` does not tell and events have, not their articles."""
    return [name for name in columns_of_lists(as_stored(told)) if name not in JOINED_COLUMNS]


def _months_of(wanted: pa.Table) -> set[str]:
    """The months under which events with these days (first, last) are stored."""
    days = pc.coalesce(wanted.column("first"), wanted.column("last")).unique()
    return {month_of(day) for day in days.to_pylist()}
