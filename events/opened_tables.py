"""The Delta tables of a store as they were last looked at: their versions, files and logs."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Sequence, Set

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from events import manifest, outlet_grades, settings
from events.conditions import literal
from events.store import MARKER, Store

# articles first: a row of theirs commits an article, so all rows that it refers to exist
ORDER = (
    "articles", "texts", "events", "mentions", "left_out", "stories", "rejected", "edits", "copies",
    "withdrawals", "alternatives",
)  # fmt: skip
# tables whose growth changes an answer: rows of an article count once its own row is there
_TELLING = ("articles", "stories", "rejected", "edits", "copies", "withdrawals")
_SETTLED = 100_000_000  # ns after which the time of a log says that it did not grow since


class OpenedTables:
    """The tables in ORDER, opened and brought up to date together."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._delta: dict[str, DeltaTable] = {}
        logs = [os.fspath(store.location / name / "_delta_log") for name in _TELLING]
        # the marker too: a store that was restored or repaired is another one in the same place
        self._logs = [*logs, os.fspath(store.location / MARKER)]
        # tables whose files tell their month; DuckDB takes "a=b" above the store for a month, too
        self.by_month = () if "=" in os.fspath(store.location) else ("events",)

    @property
    def are_open(self) -> bool:
        return bool(self._delta)

    def open(self) -> None:
        """Open all anew. Raises StoreMissing or StoreDamaged; then those from before stay."""
        self._delta = {name: self._store.open_table(name) for name in ORDER}

    def update(self) -> bool:
        """Read the newest log entries; False where that failed and all are to be opened anew. A
        table that lacks something is damage, said as such."""
        stated = {name: self._store.stated(name) for name in ORDER}
        try:
            for delta in self._delta.values():
                delta.update_incremental()
        except (DeltaError, OSError, ValueError):
            self._delta = {}
            return False
        for name, delta in self._delta.items():
            self._store.verify(name, delta, stated[name])
        return True

    def log_times(self) -> tuple[int, ...] | None:
        """Modification times of the tables' logs; None while they are too recent to rely on.

        Asking Delta for versions costs 3 ms per query, this 0.05. File times have steps of some
        milliseconds: a log written just now may be written again with the same time.
        """
        try:
            times = tuple(os.stat(path).st_mtime_ns for path in self._logs)
            times = (*times, outlet_grades.written(self._store.location))
        except OSError:
            return None
        return times if time.time_ns() - max(times) > _SETTLED else None

    def versions(self) -> tuple[int, ...]:
        """Of each table, in ORDER."""
        return tuple(self._delta[name].version() for name in ORDER)

    def files(self, name: str) -> list[str]:
        """Paths of a table's files as DuckDB reads them."""
        return self.files_of(name, self._delta[name])

    def files_of(self, name: str, table: DeltaTable) -> list[str]:
        """The same of a table that is not among these. Delta's own are quoted like addresses."""
        folder = self._store.location / name
        return [glob.escape(os.fspath(folder / file)) for file in manifest.files_of(table)]

    def rows_in(self, name: str, files: Sequence[str]) -> str:
        """SQL of the rows in some files of a table."""
        told = ", ".join(map(literal, sorted(files)))  # by month, as their rows are
        by_month = name in self.by_month
        return (
            f"read_parquet([{told}], hive_types_autocast = false, hive_partitioning = {by_month})"
        )

    def of_months(self, files: list[str], months: Set[str]) -> list[str]:
        """Those of some files of events that are of these months: to pass over the others in a view
        takes longer than to read these. All where files do not tell their month."""
        if not self.by_month:
            return files
        return [f for f in files if os.path.dirname(f).rpartition("=")[2] in months]

    def number_erased(self) -> int:
        """How many articles are erased."""
        told = self._store.read("withdrawals", ["action"], opened=self._delta["withdrawals"])
        return int(pc.sum(pc.equal(told.column("action"), "erased")).as_py() or 0)

    def are_large(self) -> bool:
        """Whether the files of events have more rows, by the log of the table, than are held."""
        told = pa.table(self._delta["events"].get_add_actions(flatten=True))
        stored = int(pc.sum(told.column("num_records")).as_py() or 0)
        return stored > settings.number("store.events_in_memory")
