"""`commit`: what a cluster read, Parquet files of rows of EXTRACTED, into the store by one process.

Many writers to one Delta table lose commits of each other, so the workers write files and this
process alone commits them, a file a commit, in the order of their names. The run is named after the
folder and what lies in it, and each file is a numbered part of it: a commit that was killed goes on
where it was, and one that is repeated changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from events import audit_log
from events.batches import EXTRACTED
from events.regular_files import refuse_endless
from events.store import Store
from loaders.batch import failures, sound
from loaders.grouping import Touched, group_stories
from loaders.load_report import LoadReport
from loaders.readers import SetAside
from loaders.storing import look_after, store_aside, store_read


def commit(folder: Path, store: Store, who: str = "") -> LoadReport:
    """Commit the files of a folder; `who` does, for the log. Raises ValueError where one is no such
    file, StoreError."""
    # Spark gives a folder of files that ending, too
    files = sorted(file for file in folder.rglob("*.parquet") if not file.is_dir())
    if not files:
        raise ValueError(f"{folder}: there are no Parquet files in it; name the folder of a run")
    report = LoadReport(run=_run_of(folder, files))
    store.create()
    touched = Touched(store)
    audit_log.record(store, "load begun", who, f"run {report.run}")
    for part, file in enumerate(files, start=1):
        _take(_read(file), str(file), part, store, touched, report)
    if report.kept:
        group_stories(store, touched)
        look_after(store)
    told = f"{len(report.kept)} articles, {report.events} events"
    audit_log.record(store, "load done", who, f"run {report.run}: {told}")
    return report


def _run_of(folder: Path, files: list[Path]) -> str:
    """A name that another content of the folder would not have."""
    told = [f"{file.relative_to(folder)} {file.stat().st_size}" for file in files]
    digest = hashlib.blake2b("\n".join(told).encode(), digest_size=6).hexdigest()
    return f"{folder.resolve().name}-{digest}"


def _read(file: Path) -> pa.Table:
    try:
        refuse_endless([file])
        return pq.read_table(file, schema=EXTRACTED)
    except (pa.ArrowException, OSError) as error:
        told = f"it is no file of a run ({' '.join(str(error).split())[:200]}); leave it out"
        raise ValueError(f"{file}: {told}") from error


def _take(
    read: pa.Table, name: str, part: int, store: Store, touched: Touched, report: LoadReport
) -> None:
    aside = list(_set_aside(read, name))
    store_aside(aside, store)
    told = sound(read)
    fresh = told.take(_firsts(told.column("article_id").to_pylist()))
    report.kept += store_read(fresh, store, report, touched, part=part)
    report.read += read.num_rows
    report.repeated += [name] * (told.num_rows - fresh.num_rows)
    report.set_aside += aside


def _set_aside(read: pa.Table, name: str) -> Iterator[SetAside]:
    ids = read.column("article_id").to_pylist()
    for article, error in zip(ids, failures(read), strict=True):
        if error is not None:
            yield SetAside(name, "", str(article or ""), str(error), error.remedy)


def _firsts(ids: list[int]) -> pa.Array:
    """The rows in which each id stands first."""
    return pa.array(sorted({article: n for n, article in reversed(list(enumerate(ids)))}.values()))
