"""Storing what was read, one way for a load of this machine and for what a cluster read."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from events import token_table
from events.batches import rows_in
from events.certainty import sure_enough
from events.maintenance import maintain, most_files
from events.store import Store
from events.table_rows import rejected_row
from events.withdrawal import withdrawn
from loaders.grouping import Touched
from loaders.load_report import LoadReport
from loaders.reader_version import SKIPPED
from loaders.readers import SetAside

LARGE_LOAD = 32  # small files in one month after which they are worth joining


def store_read(
    read: pa.Table,
    store: Store,
    report: LoadReport,
    touched: Touched,
    revise: bool = False,
    part: int | None = None,
) -> list[int]:
    """Store articles (rows of EXTRACTED, each once, none that failed) and count in the report what
    they brought, but for the articles themselves. Their ids, without those that are there already,
    which the report lists. `revise`, `part`: see Store.append_read. Raises StoreError."""
    if not read.num_rows and part is None:
        return []
    touched.add(read)
    added = store.append_read(read, revise, report.run, part).added
    is_added = pc.is_in(read.column("article_id"), pa.array(added, pa.int64()))
    stored = read.filter(is_added)
    touched.rows += len(added)
    report.known += _titles(read.filter(pc.invert(is_added)))
    report.skipped += _titles(stored, SKIPPED)
    events = rows_in(stored, "events").num_rows
    report.events += events
    report.less_sure += events - sure_events(stored)
    return list(added)


def store_aside(items: Iterable[SetAside], store: Store) -> None:
    """Record what was set aside. Raises StoreError."""
    rows = [rejected_row(i.file, i.problem, i.where, i.value, i.remedy) for i in items]
    if rows:
        store.append_rejected(rows)


def sure_events(read: pa.Table) -> int:
    """How many events of rows of EXTRACTED are sure enough to be shown by default."""
    certainties = rows_in(read, "events").column("certainty_type").to_numpy(zero_copy_only=False)
    return int(sure_enough(certainties.astype(float)).sum())


def look_after(store: Store) -> None:
    """After a load: join small files where they are many; make the words that a search lacks."""
    if most_files(store) > LARGE_LOAD or token_table.lacks_words(store, withdrawn(store)):
        maintain(store)


def _titles(read: pa.Table, version: str = "") -> list[str]:
    """Titles of the articles; with `version`, of those that this version of the reader read."""
    articles = rows_in(read, "articles").select(["title", "reader_version"]).to_pylist()
    return [row["title"] for row in articles if version in ("", row["reader_version"])]
