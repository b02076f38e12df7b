"""Whole event rows in memory, looked up by row number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]


class RowBatches:
    """A table kept in the batches that it was read in: joining them would copy all the data."""

    def __init__(self, table: pa.Table) -> None:
        self._schema = table.schema
        self._batches = table.to_batches()
        lengths = [batch.num_rows for batch in self._batches]
        self._starts: Ints = np.cumsum([0, *lengths], dtype=np.int64)

    def take(self, rows: Ints, columns: Sequence[str]) -> pa.Table:
        """The columns of the rows, in the given order."""
        named = list(columns)
        batch = np.searchsorted(self._starts, rows, "right") - 1
        order = np.argsort(batch, kind="stable")
        parts = []
        for number in np.unique(batch).tolist():
            mine = rows[order[batch[order] == number]] - self._starts[number]
            parts.append(self._batches[number].select(named).take(pa.array(mine)))
        schema = pa.schema([self._schema.field(name) for name in named])
        found = pa.Table.from_batches(parts, schema).combine_chunks()
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return found.take(pa.array(back))
