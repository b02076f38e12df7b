"""Whether a store is whole, and what can be saved of one that is not.

`check` looks at every file and changes nothing. `repair` builds each damaged table anew from the
files that can be read, persons' edits first, and keeps what was there in ``<store>.damaged``.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable

from events import audit_log, manifest, outlet_grades, store_swap, token_table
from events.bucket import checking as bucket_check
from events.bucket import contents as bucket_contents
from events.bucket.shown import shown
from events.bucket.working_copy import of_folder
from events.journal import ANNOTATIONS, CASES, JOURNALS, Journal
from events.regular_files import read_json, refuse_endless
from events.store import LOCKS, MARKER, Store, StoreDamaged
from events.store_errors import StoreNewer, StoreOutdated, free_path, in_one_line, write_beside
from events.tables import (
    ADDED_IN_4,
    COLUMNS_ADDED,
    DERIVED,
    PARTITIONS,
    SCHEMAS,
    empty_column,
)
from events.withdrawal import withdrawn

# what persons wrote is checked and saved first
ORDER = ("edits", "withdrawals", "articles", "texts", "events", "alternatives", "mentions",
         "left_out", "stories", "copies", "rejected")  # fmt: skip

_READ_FROM_TEXTS = ("events", "alternatives", "mentions", "left_out")
VIEWS = "views.json"  # saved views of the pages
_LOST = {
    ANNOTATIONS: "Some notes, tags and bookmarks are lost",
    CASES: "Some cases and views are lost",
}


@dataclass(frozen=True)
class Damage:
    """One thing that is wrong: in which file, what, what is lost by it, and what to do."""

    where: Path
    what: str
    lost: str
    remedy: str = "run 'python -m loaders repair'"

    def __str__(self) -> str:
        return f"{shown(self.where)}: {self.what}. {self.lost}; {self.remedy}"


def check(location: Path) -> list[Damage]:
    """Everything that is wrong with the store, edits first; [] for a sound one.

    Raises StoreMissing where there is none, StoreOutdated for one of an older schema.
    """
    store, found = Store(location), [*_check_bucket(location)]
    try:
        store.check()
    except StoreNewer:
        raise
    except StoreOutdated:
        if store.schema() == store.schema_of_tables():
            raise
        told = "it says another schema than the tables have"
        found.append(Damage(location / MARKER, told, "The store cannot be opened"))
    except StoreDamaged as error:
        what = str(error).partition(": ")[2].partition(". Run")[0]
        found.append(Damage(location / MARKER, what, "The store cannot be opened"))
        if _is_of_schema_1(location):
            return found
    for name in (*ORDER, *(name for name in DERIVED if os.path.lexists(location / name))):
        found += _check_table(location, name)
    found += [*_check_journals(location), *_check_locks(location), *_check_views(location)]
    return [*found, *_check_outlets(location), *_check_log_of_acts(location)]


def _check_bucket(location: Path) -> Iterator[Damage]:
    """What a bucket lost that the copy on this machine still has; what both lack is found as in any
    folder."""
    copy, whole = of_folder(location), "Nothing yet: the copy on this machine is whole"
    if copy is None:
        return
    try:
        found = bucket_check.lost(copy)
    except StoreDamaged as error:
        what = str(error.words.values["problem"])
        yield Damage(location / bucket_contents.KEY, what, whole)
        return
    for each in found:
        if each.is_whole_here:
            yield Damage(location / each.path, str(each.what), whole)


def _check_journals(location: Path) -> Iterator[Damage]:
    for name in JOURNALS:
        for path, what in Journal(location, name).damage():
            yield Damage(path, what, _LOST[name])


def _check_locks(location: Path) -> Iterator[Damage]:
    for kind in LOCKS:
        path = location / f"{kind}.lock"
        if os.path.lexists(path) and not os.path.isfile(path):
            yield Damage(path, "it is no file", "Nothing, but nothing can be written")


def _check_table(location: Path, name: str) -> Iterator[Damage]:
    path = location / name
    lost = f"Rows of {name} are lost or hidden"
    stated = None
    try:
        stated = manifest.read(location, name)
        if stated is None:
            yield Damage(
                location / manifest.FOLDER / f"{name}.json", "there is no manifest",
                "Nothing, but later damage could not be noticed",
            )  # fmt: skip
    except manifest.ManifestError as error:
        yield Damage(location / manifest.FOLDER / f"{name}.json", str(error), "Nothing of the rows")
    try:
        table = manifest.open_delta(path)
    except Exception as error:  # delta-rs raises many kinds
        yield Damage(path, in_one_line(error), f"All of {name} is hidden")
        return
    told = manifest.problem(stated, name, table) if stated else None
    if told:
        yield Damage(path / "_delta_log", str(told), lost)
    if name == "events" and not _columns_of(table).issuperset(ADDED_IN_4):
        yield Damage(path, "it lacks columns of this version", f"All of {name} is hidden")
    yield from _check_log(path, table.version())
    files = set(manifest.files_of(table)) | set(stated.files if told and stated else ())
    yield from _check_files(location, name, sorted(files))


def _columns_of(table: DeltaTable) -> set[str]:
    return {field.name for field in table.schema().fields}


def _check_log(path: Path, version: int) -> Iterator[Damage]:
    """Gaps and entries that are no JSON, from the last checkpoint on."""
    log = path / "_delta_log"
    for number in range(_checkpoint(log) + 1, version + 1):
        entry = log / f"{number:020d}.json"
        try:
            refuse_endless([entry])
            lines = entry.read_text(encoding="utf-8").splitlines()
            if not lines or not all(isinstance(json.loads(line), dict) for line in lines):
                raise ValueError("it is empty or holds no actions")
        except (OSError, ValueError, RecursionError) as error:
            yield Damage(entry, in_one_line(error), f"What version {number} wrote may be hidden")


def _checkpoint(log: Path) -> int:
    """The version of the newest checkpoint, -1 where there is none."""
    found = [int(file.name[:20]) for file in log.glob("*.checkpoint*.parquet")]
    return max(found, default=-1)


def _check_files(location: Path, name: str, files: list[str]) -> Iterator[Damage]:
    changed = set(manifest.changed(location, name, files))
    for file in files:
        path = location / name / file
        if not os.path.isfile(path):
            yield Damage(path, "the file is missing", f"Its rows of {name} are lost")
            continue
        try:
            rows = pq.read_table(path, partitioning=None).num_rows
        except (OSError, ValueError, pa.ArrowException) as error:
            yield Damage(path, in_one_line(error), f"Its rows of {name} cannot be read, or not all")
            continue
        if file in changed:
            yield Damage(
                path, "its bytes are not those that were written",
                f"Its {rows} rows of {name} can be read, but some values may be wrong",
            )  # fmt: skip


def _check_views(location: Path) -> Iterator[Damage]:
    path = location / VIEWS
    try:
        if os.path.lexists(path) and not isinstance(read_json(path), dict):
            raise ValueError("it holds no views")
    except (OSError, ValueError) as error:
        yield Damage(path, in_one_line(error), "Saved views are hidden")


def _check_outlets(location: Path) -> Iterator[Damage]:
    try:
        outlet_grades.read(location)
    except StoreDamaged as error:
        yield Damage(
            location / outlet_grades.FILE, in_one_line(error), "Grades of outlets are hidden"
        )


def _check_log_of_acts(location: Path) -> list[Damage]:
    path, lost = location / audit_log.FILE, "It does not prove who did what there"
    remedy = "'python -m loaders repair' notes that, and changes nothing of it"
    found = audit_log.breaks(location)
    return [Damage(path, f"line {each.line}: {each.words}", lost, remedy) for each in found]


@dataclass(frozen=True)
class Repaired:
    """What a repair did: a line a table, and where the damaged store is kept ("": not needed)."""

    lines: tuple[str, ...]
    kept: str = ""


def repair(location: Path, who: str = "") -> Repaired:
    """Build the damaged tables anew from all files that can be read; sound ones stay as they are.

    Raises StoreMissing, StoreOutdated, StoreBusy.
    """
    copy = of_folder(location)
    again = tuple(bucket_check.send_again(copy)) if copy else ()
    found = check(location)
    if not found:
        return Repaired(again or ("the store is sound: nothing was done",))
    store, views = Store(location), list(_check_views(location))
    if _is_of_schema_1(location):
        return _mark_as_schema_1(store)
    noted = tuple(f"log: {each}" for each in _check_log_of_acts(location))
    if len(noted) == len(found):
        audit_log.note_breaks(store, who)
        return Repaired(("the tables are sound; it was noted in the log:", *noted))
    if views == found:
        with store.lock("edits"):
            return _set_aside_views(location / VIEWS)
    outlets = list(_check_outlets(location))
    if outlets == found:
        return _save_outlets(store, who)
    with store.lock_all(even_damaged=True):
        fresh = Store(store_swap.prepare(location, "repairing"))
        fresh.create()
        lines = [_save_table(store, fresh, name) for name in ORDER]
        with fresh.lock():
            token_table.renew(fresh, withdrawn(fresh))
        lines.append(f"{token_table.NAME}: made anew of the others")
        for name in JOURNALS:
            kept_lines = Journal(location, name).save(fresh.location)
            lines += [f"{name}: {kept_lines} lines kept"] if kept_lines else []
        if not views and os.path.isfile(location / VIEWS):
            shutil.copy2(location / VIEWS, fresh.location / VIEWS)
        if outlets:
            grades = outlet_grades.as_csv(outlet_grades.readable(location))
            write_beside(fresh.location / outlet_grades.FILE, grades)
        elif os.path.isfile(location / outlet_grades.FILE):
            shutil.copy2(location / outlet_grades.FILE, fresh.location / outlet_grades.FILE)
        audit_log.carry(location, fresh)
        audit_log.note_breaks(fresh, who)
        audit_log.record(fresh, "store repaired", who)
        kept = store_swap.put(fresh.location, location, "damaged")
    return Repaired((*lines, *noted), str(kept))


def _is_of_schema_1(location: Path) -> bool:
    """Whether tables without partitions were written: what a lost store.json would have said."""
    found = (next(os.walk(location / name), ("", [], [])) for name in PARTITIONS)
    return any(name.endswith(".parquet") for _, _, files in found for name in files)


def _mark_as_schema_1(store: Store) -> Repaired:
    """Its tables are not those of this version: they are left as they are, to be migrated."""
    marker = store.location / MARKER
    with store.lock_all(even_damaged=True):
        if os.path.lexists(marker):
            marker.rename(free_path(marker.with_name(f"{MARKER}.damaged")))
        write_beside(marker, json.dumps({"schema": 1, "id": secrets.token_hex(8)}))
    told = f"{MARKER} was written anew: the store is of schema 1; run 'python -m loaders migrate'"
    return Repaired((told,))


def _set_aside_views(views: Path) -> Repaired:
    """Only they are damaged: the tables stay as they are."""
    kept = free_path(views.with_name(f"{VIEWS}.damaged"))
    views.rename(kept)
    return Repaired((f"the tables are sound; saved views are lost, {kept} could not be read",))


def _save_outlets(store: Store, who: str) -> Repaired:
    """Only they are damaged: the tables stay as they are, and the grades that can be read."""
    path = store.location / outlet_grades.FILE
    with store.lock("edits"):
        grades = outlet_grades.readable(store.location)
        kept = free_path(path.with_name(f"{path.name}.damaged"))
        told = f"{outlet_grades.FILE}: {len(grades)} rows kept"
        audit_log.record(store, "store repaired", who, told)
        path.rename(kept)
        if grades:
            write_beside(path, outlet_grades.as_csv(grades))
    return Repaired((f"the tables are sound; {told}, what stood there is {kept}",))


def _save_table(store: Store, fresh: Store, name: str) -> str:
    """Carry over what can be read of a table; what was kept and lost, in words."""
    files, are_known = _files_to_save(store.location, name)
    read = [(file, *_read_what_can_be(store.location / name / file, name)) for file in files]
    tables = [found for _file, found, _problem in read if found is not None]
    # files that were joined lie beside those that they were joined from: each row once
    rows = pa.concat_tables(tables) if tables else SCHEMAS[name].empty_table()
    rows = rows if are_known else _distinct(rows)
    if rows.num_rows:
        fresh.append_table(name, rows)
    changed = set(manifest.changed(store.location, name, files))
    problems = [f"{file} ({problem})" for file, _rows, problem in read if problem]
    told_of = {file for file, _rows, problem in read if problem}
    problems += [f"{file} (some values may be wrong)" for file in sorted(changed - told_of)]
    told = f"{name}: {rows.num_rows} rows kept"
    if problems and name in _READ_FROM_TEXTS:
        problems[-1] += "; 'python -m loaders reread --all' reads the stored texts again"
    return f"{told}; lost or doubtful: {', '.join(problems)}" if problems else told


def _files_to_save(location: Path, name: str) -> tuple[list[str], bool]:
    """(files of the log, else of the manifest, else all in the folder; whether they are known)."""
    root = location / name
    stated: set[str] = set()
    logged: set[str] = set()
    try:
        told = manifest.read(location, name)
        stated = set(told.files) if told else set()
        table = manifest.open_delta(root)
        logged = set(manifest.files_of(table))
        if told is None or not manifest.problem(told, name, table):
            return sorted(logged), True
    except Exception:  # whatever it is: the manifest or the folder tells the files
        logging.info("the log of %s cannot be used", name)
    if stated and all(os.path.isfile(root / file) for file in stated):
        return sorted(stated), True
    if stated | logged:  # a manifest that names what is not there may be that of another table
        return sorted(stated | logged), not logged
    walks = ((Path(folder), names) for folder, _, names in os.walk(root))
    found = (folder / n for folder, names in walks for n in names if n.endswith(".parquet"))
    return sorted(str(p.relative_to(root)) for p in found if "_delta_log" not in p.parts), False


def _read_what_can_be(path: Path, name: str) -> tuple[pa.Table | None, str]:
    """(rows, what is wrong): group by group, so that one damaged group takes no other along."""
    if not os.path.isfile(path):
        return None, "missing"
    groups, problem = [], ""
    try:
        source = pq.ParquetFile(path)
        for number in range(source.num_row_groups):
            groups.append(source.read_row_group(number))
    except (OSError, ValueError, pa.ArrowException) as error:
        problem = "not all of it can be read" if groups else in_one_line(error)
    try:
        return (_shaped(pa.concat_tables(groups), name, path) if groups else None), problem
    except (ValueError, KeyError, pa.ArrowException) as error:
        return None, in_one_line(error)


def _shaped(rows: pa.Table, name: str, path: Path) -> pa.Table:
    """The rows with the column of their partition, which stands in the path alone."""
    column = PARTITIONS.get(name)
    if column and column not in rows.column_names:
        value = path.parent.name.removeprefix(f"{column}=")
        rows = rows.append_column(column, pa.array([value] * rows.num_rows, pa.string()))
    for field in SCHEMAS[name]:  # of an older store that lost its marker
        if field.name in COLUMNS_ADDED and field.name not in rows.column_names:
            rows = rows.append_column(field, empty_column(field.type, rows.num_rows))
    return rows.select(SCHEMAS[name].names).cast(SCHEMAS[name])


def _distinct(rows: pa.Table) -> pa.Table:
    """Each row once. Two files that hold the same row were joined from one another."""
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        return connection.sql("SELECT DISTINCT * FROM rows").to_arrow_table().cast(rows.schema)
