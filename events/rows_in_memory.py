"""Rows of tables in memory, looked up by their number or by an id."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
_SMALL = 1_000  # rows of a batch that is joined with what comes behind it


class RowBatches:
    """A table kept in the batches that it was read in: joining them would copy all the data."""

    def __init__(self, table: pa.Table, before: Sequence[pa.RecordBatch] = ()) -> None:
        """The rows of the batches `before`, which have the table's columns, then those of it."""
        self._schema = table.schema
        self.batches = [*before, *table.to_batches()]
        lengths = [batch.num_rows for batch in self.batches]
        self._starts: Ints = np.cumsum([0, *lengths], dtype=np.int64)

    def with_rows(self, table: pa.Table) -> RowBatches:
        """The same with more rows behind them. Small batches at the end become one: what is looked
        up takes longer with each batch."""
        small = len(self.batches)
        while small and self.batches[small - 1].num_rows <= _SMALL:
            small -= 1
        late = pa.Table.from_batches(self.batches[small:], self._schema)
        joined = pa.concat_tables([late, table.cast(self._schema)]).combine_chunks()
        return RowBatches(joined, self.batches[:small])

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._starts[-1])

    def take(self, rows: Ints, columns: Sequence[str]) -> pa.Table:
        """The columns of the rows, in the given order."""
        named = list(columns)
        batch = np.searchsorted(self._starts, rows, "right") - 1
        order = np.argsort(batch, kind="stable")
        parts = []
        for number in np.unique(batch).tolist():
            mine = rows[order[batch[order] == number]] - self._starts[number]
            parts.append(self.batches[number].select(named).take(pa.array(mine)))
        schema = pa.schema([self._schema.field(name) for name in named])
        found = pa.Table.from_batches(parts, schema).combine_chunks()
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return found.take(pa.array(back))


class RowsById:
    """A table whose rows are looked up by the ids in its first column, each there once."""

    def __init__(self, table: pa.Table) -> None:
        self.key, *names = table.column_names
        self.names = frozenset(names)
        ids = table.column(self.key).to_numpy()
        self._places: Ints = np.argsort(ids)
        self._ids: Ints = ids[self._places]
        self._rows = RowBatches(table.select(names))

    def over(self, fresh: pa.Table) -> RowsById:
        """The same with the rows of another table of these columns in the place of those of their
        ids, or beside them; no row is copied."""
        made, told = copy(self), fresh.column(self.key).to_numpy()
        stay = ~np.isin(self._ids, told)
        ids = np.concatenate([self._ids[stay], told])
        new: Ints = self._rows.size + np.arange(len(told))
        order = np.argsort(ids)
        made._ids = ids[order]
        made._places = np.concatenate([self._places[stay], new])[order]
        columns = [name for name in fresh.column_names if name in self.names]
        made._rows = self._rows.with_rows(fresh.select(columns))
        return made

    def take(self, ids: Ints, columns: Sequence[str]) -> pa.Table:
        """The columns of the rows of these ids, in the given order. Raises KeyError."""
        found = np.searchsorted(self._ids, ids)
        if len(ids) and (found.max() == len(self._ids) or (self._ids[found] != ids).any()):
            raise KeyError(f"rows of an unknown {self.key} are asked for")
        return self._rows.take(self._places[found], columns)
