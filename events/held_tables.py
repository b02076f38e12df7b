"""Tables of what a store's files say, held in DuckDB's memory, and views on them.

What Ibis makes of an expression depends on the columns of the tables alone: it is compiled once a
process (`Maker`), since that takes twenty times as long as running it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr import operations as ops
from ibis.expr import types as ir
from ibis.expr.schema import Schema

from events.tables import SCHEMAS, Row

View = Callable[[], ir.Table]  # makes a view, and gives it
_GIVEN = "rows_given"  # the name of rows while a table is made of them
_COLUMNS_OF_ALL = """SELECT table_name, column_name, data_type FROM duckdb_columns()
WHERE NOT internal AND table_name IN (SELECT unnest(?)) ORDER BY table_name, column_index"""
# SQL and columns of a view, by the columns of the store's tables, and name
_COMPILED: dict[tuple[object, str], str] = {}
_SCHEMAS: dict[tuple[object, str], Schema] = {}


@dataclass(frozen=True)
class Maker:
    """Makes tables and views of expressions, compiled once for stores of the same columns."""

    connection: Backend
    columns: tuple[Any, ...]
    views: dict[str, View] = field(default_factory=dict)

    def sql(self, name: str, expression: Callable[[], ir.Table]) -> str:
        """The expression of that name as SQL."""
        key = (self.columns, name)
        if key not in _COMPILED:
            _COMPILED[key] = str(self.connection.compile(expression()))
        return _COMPILED[key]

    def keep(self, name: str, expression: Callable[[], ir.Table]) -> None:
        """Store what it gives now as a table in memory."""
        self.connection.raw_sql(f"CREATE OR REPLACE TABLE {name} AS {self.sql(name, expression)}")

    def view(self, name: str, expression: Callable[[], ir.Table]) -> None:
        """A view that is asked each time, made when it is first needed."""

        def make() -> ir.Table:
            made = self.sql(name, expression)
            self.connection.raw_sql(f"CREATE OR REPLACE VIEW {name} AS {made}")
            return self._made(name)

        self.views[name] = make

    def _made(self, name: str) -> ir.Table:
        """The view of that name. DuckDB takes 10 ms to tell its columns, so it is asked once."""
        key = (self.columns, name)
        if key not in _SCHEMAS:
            _SCHEMAS[key] = self.connection.get_schema(name)
        return ops.DatabaseTable(name, schema=_SCHEMAS[key], source=self.connection).to_expr()

    def rows(self, name: str, expression: Callable[[], ir.Table]) -> list[Row]:
        """What it gives now."""
        told: pa.Table = self.connection.con.sql(self.sql(name, expression)).to_arrow_table()
        rows: list[Row] = told.to_pylist()
        return rows

    def store(self, name: str, table: pa.Table) -> None:
        """Store rows as a table in memory."""
        give_table(self.connection, name, table)


def give_table(connection: Backend, name: str, table: pa.Table, kind: str = "TABLE") -> None:
    """Store rows as a table of DuckDB, of a kind of its SQL."""
    connection.con.register(_GIVEN, table)
    connection.raw_sql(f"CREATE OR REPLACE {kind} {name} AS SELECT * FROM {_GIVEN}")
    connection.con.unregister(_GIVEN)


def maker(connection: Backend) -> Maker:
    """Of the tables of the store that are registered under their names."""
    found = connection.con.execute(_COLUMNS_OF_ALL, [list(SCHEMAS)]).fetchall()
    return Maker(connection, tuple(found))
