"""The tokens of one version of the store: those that are stored, and those that are missing there.

The rows of articles that the table of tokens lacks, and of events that persons edited, are made
when somebody searches.
"""

from __future__ import annotations

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from events import manifest, token_table
from events.conditions import literal
from events.opened_tables import OpenedTables
from events.search_in_files import TOKENS
from events.search_index import TokenLists
from events.store import Store, StoreDamaged
from events.store_views import StoreViews
from events.tables import SCHEMAS
from events.tokens import ARTICLES, COVERED, EVENT, EVENTS, TEXT, TEXTS, TITLE, of_rows
from events.working_database import OTHER_COLUMNS, WorkingDatabase

_COLUMNS = ", ".join(SCHEMAS[token_table.NAME].names)


class TokenLookup:
    """Looks tokens up for searches; a damaged table of tokens has none, as `check` says."""

    def __init__(
        self, store: Store, database: WorkingDatabase, opened: OpenedTables, views: StoreViews
    ) -> None:
        self._store, self._database, self._opened = store, database, opened
        self._views = views

    def lists(self, *parts: str) -> TokenLists:
        """The tokens of these parts, in memory."""
        found = self._read(self._files(), (COVERED, *parts))
        stored = SCHEMAS[token_table.NAME].empty_table() if found is None else found
        fresh = token_table.lacking(self._articles(), stored)
        return TokenLists(pa.concat_tables([stored, self._made(fresh, *parts)]))

    def give(self) -> None:
        """Make the view of all tokens that a search in files asks; a damaged table is not in it."""
        files = self._files(with_their_bytes=True)
        told = self._read(files, (COVERED,))
        stored = SCHEMAS[token_table.NAME].empty_table() if told is None else told
        made = self._made(token_table.lacking(self._articles(), stored), EVENT, TITLE)
        self._database.give("tokens_made", made.cast(SCHEMAS[token_table.NAME]))
        rows = f"SELECT {_COLUMNS} FROM tokens_made"
        if told is not None:
            listed = ", ".join(map(literal, files))
            rows += (
                f" UNION ALL SELECT {_COLUMNS} "
                f"FROM read_parquet([{listed}], hive_partitioning = false)"
            )
        self._database.connection.raw_sql(
            f"CREATE OR REPLACE VIEW {TOKENS} AS SELECT * FROM ({rows}) "
            f"WHERE part IN ('{EVENT}', '{TITLE}')"
        )

    def _articles(self) -> pa.Table:
        """ARTICLES of the current articles."""
        return self._database.fetch(self._views.table("newest_articles").select(*ARTICLES))

    def _made(self, fresh: pa.Table, *parts: str) -> pa.Table:
        """The tokens of some articles, and of the events that persons edited."""
        made = [SCHEMAS[token_table.NAME].empty_table()]
        if fresh.num_rows:
            rows = self._rows_of(fresh, self._views.table("events"), EVENTS, EVENT in parts)
            texts = self._rows_of(fresh, self._views.table("texts"), TEXTS, TEXT in parts)
            made.append(of_rows(fresh, rows, texts))
        if EVENT in parts:
            events = self._views.table("current_events")
            by_hand = events.filter(events["event_key"] < 0)
            told = self._database.fetch(by_hand.select("event_key", "quote", "headline"))
            made.append(token_table.of_edited(told))
        return pa.concat_tables(made)

    def _rows_of(
        self, articles: pa.Table, table: ir.Table, columns: tuple[str, ...], wanted: bool
    ) -> pa.Table:
        """The rows of some articles; none where they are not wanted."""
        mine = table.semi_join(ibis.memtable(articles), ["article_id", "load_id"])
        return self._database.fetch(mine.select(*columns).limit(None if wanted else 0))

    def _read(self, files: list[str], parts: tuple[str, ...]) -> pa.Table | None:
        """Rows of these files; None where there are none or one is damaged."""
        if not files:
            return None
        try:
            with self._database.unreadable_is_damage(*OTHER_COLUMNS):
                rows = self._database.connection.read_parquet(files, hive_partitioning=False)
                found = self._database.fetch(rows.filter(rows["part"].isin(parts)))
        except StoreDamaged:
            return None
        return found.cast(SCHEMAS[token_table.NAME])

    def _files(self, with_their_bytes: bool = False) -> list[str]:
        """The files of the table of tokens; none where it is damaged, by its log or also by the
        bytes of its files."""
        name = token_table.NAME
        try:
            table = self._store.open_table(name)
        except StoreDamaged:
            return []
        if with_their_bytes and manifest.changed(
            self._store.location, name, manifest.files_of(table)
        ):
            return []
        return self._opened.files_of(name, table)
