"""The rows of one version of the store as views of DuckDB and tables of Ibis.

`events.current_rows` says which rows are current, `events.laid_edits` lays what persons say over
them; here the files of the version are registered for both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pyarrow as pa
from ibis.expr import types as ir

from events.conditions import literal
from events.current_rows import make_views, views_of_held
from events.held_tables import View
from events.laid_edits import AsRead, lay_edits
from events.opened_tables import ORDER, OpenedTables
from events.rows_in_files import ASKED
from events.search_in_files import TOKENS
from events.tables import SCHEMAS
from events.working_database import OTHER_COLUMNS, WorkingDatabase

# tables of which no file is looked at before somebody asks: one event is asked about at a time
_WHEN_ASKED = ("alternatives",)
# when a row was written; the rows of other tables count with those of their article
_WRITTEN = {"articles": "loaded_at", "edits": "at", "withdrawals": "at"}
_HELD_EDITS = "held_edits"  # in memory: each decision is a file, and all would be opened again


class StoreViews:
    """Views of the files of a version; not thread-safe."""

    def __init__(
        self, database: WorkingDatabase, opened: OpenedTables, known_at: dt.datetime | None
    ) -> None:
        self._database, self._opened, self._known_at = database, opened, known_at
        self._tables: dict[str, ir.Table] = {}
        self._made: dict[str, View] = {}  # how to make the views that nobody asked for
        self.files: dict[str, list[str]] = {}  # those that the views are of, by table
        self.as_read: AsRead = {}  # what edits are laid over

    def forget(self) -> None:
        """Give up what is in memory of the rows of a version."""
        self._tables.clear()
        self.as_read = {}

    def new_files(self) -> dict[str, list[str]]:
        """The files that `build` makes views of, by table."""
        return {name: self._opened.files(name) for name in ORDER if name not in _WHEN_ASKED}

    def build(self, files: dict[str, list[str]], reliability: Callable[[str], str]) -> None:
        """Make all views of these files. `reliability`: of an outlet."""
        self.files = files
        for name in (*ORDER, ASKED, TOKENS):  # those of files that are gone hide all others
            self._database.connection.raw_sql(f"DROP VIEW IF EXISTS {name}")
        for name, paths in files.items():
            self._register(name, paths)
        self._made = make_views(self._database.connection, reliability, self.as_read)

    def take_held(self) -> None:
        """Make views of the tables that a kept working file holds."""
        self._made = views_of_held(self._database.connection)

    def add_edits(self) -> pa.Table | None:
        """Take in the edits that came: their `event_id`, each once; None where none came. Lay them
        over the rows by `lay_edits`."""
        files = self._opened.files("edits")
        new = sorted(set(files) - set(self.files["edits"]))
        self.files["edits"] = files
        if not new:
            return None
        rows = self._opened.rows_in("edits", new)
        self._database.connection.raw_sql(f"INSERT INTO {_HELD_EDITS} BY NAME SELECT * FROM {rows}")
        return self._database.ask(f"SELECT DISTINCT event_id FROM {rows}")

    def lay_edits(self) -> None:
        """Make what depends on edits anew."""
        lay_edits(self._database.connection, self.as_read)

    def table(self, name: str) -> ir.Table:
        """A table of the store, or a view on them, by name."""
        if name not in self._tables:
            with self._database.unreadable_is_damage(*OTHER_COLUMNS):
                make = self._made.pop(name, None)
                self._tables[name] = make() if make else self._database.connection.table(name)
        return self._tables[name]

    def alternatives(self) -> ir.Table:
        """The other answers of all events, of older revisions too; looked at when first asked."""
        if "alternatives" not in self._tables:
            with self._database.unreadable_is_damage(*OTHER_COLUMNS):
                self._register("alternatives", self._opened.files("alternatives"))
        return self.table("alternatives")

    def _register(self, name: str, files: Sequence[str]) -> None:
        """Make a view of a table's files. In SQL: what Ibis makes of files, or of rows in memory,
        is seen by its own connection alone, and lists are read through others."""
        run = self._database.connection.raw_sql
        rows = self._opened.rows_in(name, files)
        if not files:
            rows = f"empty_{name}"
            self._database.give(rows, SCHEMAS[name].empty_table())
        if name == "edits":
            run(f"CREATE OR REPLACE TABLE {_HELD_EDITS} AS SELECT * FROM {rows}")
            rows = _HELD_EDITS
        known = ""
        if self._known_at and name in _WRITTEN:
            moment = literal(self._known_at.isoformat())
            known = f' WHERE "{_WRITTEN[name]}" <= TIMESTAMPTZ {moment}'
        run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {rows}{known}")
