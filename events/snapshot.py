"""One consistent view of the store: its Delta tables as Ibis tables on a DuckDB of its own.

The article table is opened first: its row commits an article, so all rows it refers to exist.
This module looks for versions and puts together what is of one: the tables and their files
(`events.opened_tables`), the DuckDB that reads them (`events.working_database`), views of their
rows (`events.store_views`), events in memory (`events.held_events`) and tokens
(`events.token_lookup`); `events.current_rows` selects the current rows.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pandas as pd
import pyarrow as pa
from ibis.expr import types as ir

from events import kept_file, outlet_grades
from events.annotations import Annotations, standing
from events.columns_in_memory import Columns
from events.frames import as_frame
from events.held_events import HeldEvents
from events.journal import ANNOTATIONS, NOTHING, Journal
from events.laid_edits import in_force
from events.large_store import Held, LargeStore
from events.opened_tables import ORDER, OpenedTables
from events.search_index import Found
from events.store import Store
from events.store_views import StoreViews
from events.token_lookup import TokenLookup
from events.working_database import OTHER_COLUMNS, WorkingDatabase


class Snapshot:
    """The store's tables as of the last `refresh`. Not thread-safe: `Query` holds a lock."""

    def __init__(
        self, store: Store, known_at: dt.datetime | None = None, ahead: bool = False
    ) -> None:
        """`known_at`: what was written after this moment does not count (but for stories and
        copies, which are as they are told now). `ahead`: columns that are listed are read in a
        thread, once events are looked at."""
        self.store = store
        self._known_at = known_at
        self.version: tuple[int, ...] = ()
        self.builds = 0  # how often the views were made: another number, other rows
        self.loads = 0  # how often for more than edits
        self._is_asked = False
        self._stamp: tuple[int, ...] | None = None
        self._store_id: object = None
        self._journal = Journal(store.location, ANNOTATIONS)
        self._noted = NOTHING  # the stamp of the journal that was read
        self.annotations = Annotations()
        self.annotated = 0  # the number of the last commit of annotations
        self._large: LargeStore | None = None
        self._opened = OpenedTables(store)
        by_month = bool(self._opened.by_month)
        self._database = WorkingDatabase(store.location, by_month, self._read_anew)
        self._views = StoreViews(self._database, self._opened, known_at)
        self._tokens = TokenLookup(store, self._database, self._opened, self._views)
        self._held = HeldEvents(
            self._database,
            self._opened,
            self._views,
            self._tokens,
            lambda: self.annotations,
            ThreadPoolExecutor(1, "lists") if ahead else None,
        )

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Look for a newer version, but not within an answer that is under way: it would be made of
        two versions."""
        if self._is_asked:
            yield
            return
        self.refresh()
        self._is_asked = True
        try:
            yield
        finally:
            self._is_asked = False

    def refresh(self) -> bool:
        """Load a newer version; True if there was one. Raises StoreMissing or StoreDamaged."""
        if not self.store.look() and self.version:
            return False
        noted = self._read_annotations()
        stamp = self._opened.log_times()
        if self.version and stamp is not None and stamp == self._stamp:
            return noted
        self._stamp = None  # what cannot be read now is looked at again, not passed over
        is_newer = self._load_newer_version()
        self._stamp = stamp
        return is_newer or noted

    def _read_annotations(self) -> bool:
        """Whether persons wrote something; the events in memory stay as they are."""
        stamp = self._journal.stamp()
        if stamp == self._noted and stamp != NOTHING:
            return False
        told = self._journal.read()
        if self._known_at:
            told = [commit for commit in told if commit.at <= self._known_at]
        changed, self._noted = stamp != self._noted, stamp
        if changed:  # rewritten, the last number may be the same
            self.annotations = standing(told)
            self.annotated = told[-1].number if told else 0
            self.builds += 1
        return changed

    def _load_newer_version(self) -> bool:
        is_begun = self._look_at_tables()
        stated = outlet_grades.stamp(self.store.location)
        version = (*self._opened.versions(), *stated)
        if version == self.version and not is_begun:
            return False
        with self._database.unreadable_is_damage(*OTHER_COLUMNS):
            are_edits = self._only_edits_came(version)  # or nothing
            if is_begun and are_edits:
                self._views.take_held()
            if not are_edits:
                self._build()
            elif version != self.version:
                self._take_edits()
        self.version = version
        self.builds += 1
        return True

    def _look_at_tables(self) -> bool:
        """Open the tables, or bring them up to date; whether what another process worked out of a
        large store was taken."""
        store_id = self.store.identity()
        if not self._opened.are_open or store_id != self._store_id:
            self._opened.open()
            self._store_id, self.version = store_id, ()
            self._database.leave()
            return self._begin_with_kept()
        if not self._opened.update():
            self.version = ()
            self._opened.open()
        return False

    def _only_edits_came(self, version: tuple[int, ...]) -> bool:
        others = [n for n in range(len(version)) if n != ORDER.index("edits")]
        if [self.version[n : n + 1] for n in others] != [version[n : n + 1] for n in others]:
            return False
        return set(self._views.files["edits"]) <= set(self._opened.files("edits"))

    def _take_edits(self) -> None:
        """Lay new edits over what is in memory; `version` stays empty meanwhile. To make all views
        and columns anew for each decision of a team took most of a busy server's time."""
        before, self.version = in_force(self._database.connection), ()
        edited = self._views.add_edits()
        if edited is not None:
            self._held.look_up_edited(edited)
        self._views.lay_edits()
        self._large = None
        self._held.lay_edits(before)

    def _build(self) -> None:
        """Create the views of the new version; `version` stays empty until they are complete."""
        self.version = ()
        self.loads += 1
        self._forget_rows()
        files = self._views.new_files()
        is_large = self._opened.are_large()
        erased = self._opened.number_erased() if is_large else None
        # what was begun between an erasure and the end of it may hold edits that went
        gone = set(self._views.files.get("edits", ())) - set(files["edits"])
        if erased != self._database.erased or (erased and gone):
            self._database.leave()
        self._database.erased = erased
        self._database.connect(is_large)
        self._views.build(files, outlet_grades.read(self.store.location).reliability)

    def _forget_rows(self) -> None:
        """Give up what is in memory of the rows of a version."""
        self._views.forget()
        self._held.forget()
        self._large = None

    def _read_anew(self) -> None:
        """What was worked out of a large store is gone: the next look makes all views."""
        self._large = None
        self.version = ()

    def large(self) -> LargeStore | None:
        """What is asked of the files of a store with more events than are held in memory (the
        setting store.events_in_memory); None where all are."""
        counted = self._database.counted
        if self._large is None and counted is not None:
            if self._database.counted_of != self.version:
                for name in ("current_events", "told_events"):
                    self._views.table(name)  # a view is made when it is first asked for
                kept = None if self._known_at else self._state
                self._database.count(counted, self.version, kept)
            self._large = LargeStore(
                self._database.ask,
                self._database.give_for_now,
                self._held.hold,
                self._tokens.give,
                lambda: self.annotations,
            )
        return self._large

    def _state(self) -> kept_file.State:
        """What the tables in the working file are of."""
        return kept_file.State(
            os.fspath(self.store.location),
            str(self._store_id),
            self.version,
            self._views.files,
            self._database.erased or 0,
            kept_file.program(),
        )

    def _begin_with_kept(self) -> bool:
        """Begin with what another process worked out of a large store and kept beside it, if there
        is any: then `version` is the one that it is of."""
        if self._known_at or not self._opened.are_large():
            return False
        self._database.connect(True, with_kept=True)
        counted, state = self._database.counted, kept_file.state_of(self._database.connection.con)
        mine = (
            os.fspath(self.store.location),
            str(self._store_id),
            self._opened.number_erased(),
        )
        told = (state.location, state.store, state.erased) if state else None
        if state is None or told != mine or self._is_of_other_files(state):
            self._database.leave()
            return False
        assert counted is not None
        self._forget_rows()
        self.version = self._database.counted_of = state.version
        self._views.files = {name: list(files) for name, files in state.files.items()}
        self._database.erased, counted.is_made = state.erased, True
        self.loads += 1
        return True

    def _is_of_other_files(self, state: kept_file.State) -> bool:
        """Whether a table has the version of what was kept and other files: a copy of the folder
        was put back, and something else was written since."""
        versions = dict(zip(ORDER, state.version, strict=False))
        now = dict(zip(ORDER, self._opened.versions(), strict=True))
        same = (name for name in state.files if versions[name] == now[name])
        return any(set(state.files[name]) != set(self._opened.files(name)) for name in same)

    def articles(self) -> ir.Table:
        """The current articles, without their text."""
        return self._views.table("newest_articles")

    def texts(self) -> ir.Table:
        """article_id, load_id and text of every article row; join it with `articles`."""
        return self._views.table("texts").select("article_id", "load_id", "text")

    def events(self) -> ir.Table:
        """The events of the current articles, joined with columns of the article."""
        return self._views.table("current_events")

    def events_as_read(self) -> ir.Table:
        """All rows of events, of older revisions too, before persons' edits."""
        return self._views.table("events")

    def of_articles(self, name: str) -> ir.Table:
        """The mentions or left-out rows of the current articles."""
        return self._views.table(f"current_{name}")

    def alternatives(self) -> ir.Table:
        """The other answers of all events, of older revisions too; looked at when first asked."""
        return self._views.alternatives()

    def edits(self) -> ir.Table:
        """All edits with `standing` and `by_rule`."""
        return self._views.table("told_edits")

    def rejected_events(self) -> ir.Table:
        """What persons said to be no event, with columns of the article."""
        return self._views.table("rejected_events")

    def withdrawals(self) -> ir.Table:
        """The standing withdrawals with `title` and `source`."""
        return self._views.table("standing_withdrawals")

    def rejected(self) -> ir.Table:
        """Files and lines that were set aside."""
        return self._views.table("rejected")

    def whole(self) -> Held:
        """All events of a store that is held in memory; read at the first use."""
        return self._held.whole()

    def article_columns(self) -> Columns:
        """The article columns that filters use, in memory; built once per version."""
        return self._held.articles()

    def found_events(self, text: str) -> Found:
        """The events in memory that a search text finds."""
        return self._held.found(text)

    def ask(self, sql: str) -> pa.Table:
        """What SQL over the views tells. Raises StoreDamaged as `fetch`."""
        return self._database.ask(sql)

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run it. Raises StoreDamaged where a file of the store cannot be read."""
        return self._database.fetch(expression)

    def frame(self, rows: ir.Table, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
        """Run it; those of the `columns` that it has, with their documented dtypes."""
        return as_frame(self.fetch(rows), columns)
