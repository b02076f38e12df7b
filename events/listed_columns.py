"""The columns of events that are listed and that nothing counts by.

Looked up in the files of the store while few are asked for, else read whole and held: a million
events take a second and some 200 MB. A server reads them beside its work once a list was asked for,
and looks up what it is asked for meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future

import pyarrow as pa

from events.rows_in_memory import Ints, RowsById

_FEW = 2_000  # rows: to look these up takes a third of the time of reading a million
_SMALL = 100_000  # events that are read as quickly as a few of them are looked up
_LOOKS = 2  # a list and the grades of its stories; who asked so often goes on asking
Held = tuple[RowsById, ...]


class ListedColumns:
    """Those of the current events of one version of the store. Not thread-safe."""

    def __init__(
        self,
        size: int,
        look_up: Callable[[Ints, Sequence[str]], pa.Table],
        read: Callable[[], Sequence[pa.Table]] | None,
        worker: Executor | None = None,
    ) -> None:
        """Of `size` events. `look_up` gives columns of some rows, in their order. `read` gives
        whole tables, by their first column (event_id, article_id), in any thread; None: they are
        never held. `worker` reads beside other work."""
        self._look_up, self._read, self._worker = look_up, read, worker
        self._is_small = size <= _SMALL
        self._looks = 0
        self._held: Held | None = None
        self._reading: Future[Held] | None = None

    def over(self, size: int, fresh: pa.Table) -> ListedColumns:
        """The same for `size` events, of which some changed: their rows (event_id, then the columns
        that `read` gives of events)."""
        made = ListedColumns(size, self._look_up, self._read, self._worker)
        if self._held is not None:
            made._held = tuple(p.over(fresh) if p.key == "event_id" else p for p in self._held)
        return made

    def stop(self) -> None:
        """They are of no use any more."""
        if self._reading is not None:
            self._reading.cancel()

    def take(self, rows: Ints, ids: Mapping[str, Ints], names: Sequence[str]) -> pa.Table:
        """Columns of some rows, in their order; `ids` are event_id and article_id of each. Raises
        StoreDamaged."""
        if self._held is None and self._is_worth_reading(len(rows)):
            reading, self._reading = self._reading, None
            self._held = reading.result() if reading else self._whole()
        if self._held is None:
            return self._looked_up(rows, names)
        told: dict[str, pa.ChunkedArray] = {}
        for part in self._held:
            mine = [name for name in names if name in part.names]
            told |= dict(zip(mine, part.take(ids[part.key], mine).columns, strict=True))
        return pa.table({name: told[name] for name in names})

    def _looked_up(self, rows: Ints, names: Sequence[str]) -> pa.Table:
        """Look them up; after the first times the worker reads."""
        self._looks += 1
        found = self._look_up(rows, names)
        if self._worker is not None and self._read is not None and self._looks == _LOOKS:
            self._reading = self._worker.submit(self._whole)
        return found

    def _is_worth_reading(self, rows: int) -> bool:
        if self._read is None:
            return False
        if self._reading is not None:
            return rows > _FEW or self._reading.done()
        return self._is_small or rows > _FEW or self._looks >= _LOOKS

    def _whole(self) -> Held:
        assert self._read is not None
        return tuple(RowsById(table) for table in self._read())
