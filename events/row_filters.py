"""Which rows of the columns in memory pass the filters, and which filter hides the others."""

from __future__ import annotations

import functools
from collections.abc import Collection
from typing import Generic, TypeVar

import numpy as np

from events.columns_in_memory import Bools, Coded, Columns, Ints
from events.filters import Filters

C = TypeVar("C", bound=Columns)


class FilteredRows(Generic[C]):
    """All filters that are on, each tested once over all rows of events or of articles."""

    def __init__(self, columns: C, filters: Filters) -> None:
        self.columns = columns
        self.filters = filters
        self._tested = [
            (name, reason, test(columns, value, filters))
            for name, kind, value in sorted(filters.tested(), key=lambda one: one[1].order)
            for reason, test in kind.tests.items()
        ]
        self._fields = frozenset(name for name, _, _ in self._tested)

    def passing(self, *without: str) -> Bools:
        """The rows that pass every filter, ignoring the filters of the fields `without`."""
        return self._all if self._fields.isdisjoint(without) else self._passing(without)

    @functools.cached_property
    def _all(self) -> Bools:
        rows = self._passing(())
        rows.flags.writeable = False  # every question of these filters reads it
        return rows

    def _passing(self, without: Collection[str]) -> Bools:
        rows = np.ones(self.columns.size, bool)
        for name, _, passing in self._tested:
            if name not in without:
                rows &= passing
        return rows

    def shown(self) -> Bools:
        """The rows that are listed, drawn and counted: those that pass."""
        return self.passing()

    def count(self) -> int:
        """Number of rows shown."""
        return int(self.shown().sum())

    def number(self, which: Bools) -> int:
        """How many of what is counted are such rows, or have one, among those that pass."""
        return int((self.passing() & which).sum())

    def counted(self, name: str, column: Coded, rows: Bools, at: Ints | None = None) -> Ints:
        """How many of the rows hold each value of a column, over all rows or over the rows `at`.

        `name` is that of the column, for what is cached.
        """
        return column.count(rows if at is None else rows[at])

    def hidden(self) -> dict[str, Bools]:
        """Reason -> the rows that it hides; a hidden row counts for the first reason only."""
        found: dict[str, Bools] = {}
        left = np.ones(self.columns.size, bool)
        for _, reason, passing in self._tested:
            hides = left & ~passing
            found[reason] = found[reason] | hides if reason in found else hides
            left &= passing
        return found
