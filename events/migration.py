"""Bring an older store up to the present schema: `python -m loaders migrate`.

The new store is made beside the old one (``<store>.migrating``) and put in its place; the old one
stays as ``<store>.schema1`` until somebody deletes it. What a kill leaves behind is thrown away,
or, where only a rename was missing, finished by whoever opens the store (`events.store_swap`).
Persons' edits are carried over first. Each step of `STEPS` brings a store of one schema to the
present one.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from events import audit_log, manifest, store_swap
from events.error_words import Words
from events.identity import event_id
from events.integrity import ORDER
from events.store import (
    MARKER,
    SCHEMA_VERSION,
    Store,
    StoreDamaged,
    StoreError,
)
from events.store_errors import damaged, in_one_line
from events.tables import SCHEMAS, TABLES_ADDED, UNDATED, empty_column, month_of

ROWS_AT_ONCE = 200_000
_LATER_IN_1 = ("stories", "copies")  # tables that came while the schema was 1
Progress = Callable[[str], None]


@dataclass
class Migrated:
    """What a migration did: rows carried over by table, where the old store is kept, and which
    files it passed over: a kill leaves such, but so does a newest log entry that is lost, which a
    store of schema 1 cannot notice."""

    rows: dict[str, int] = field(default_factory=dict)
    kept: Path | None = None
    unnamed: list[str] = field(default_factory=list)  # files of rows that no log names


def migrate(location: Path, progress: Progress = lambda _table: None, who: str = "") -> Migrated:
    """Bring the store up to `SCHEMA_VERSION`; nothing is done to one that is there already.

    Raises StoreDamaged for a store that is newer than the program or cannot be read.
    """
    store = Store(location)
    done = Migrated()
    while (version := store.schema()) != SCHEMA_VERSION:
        if version > SCHEMA_VERSION:
            store.check()  # says that it is newer
        if version != store.schema_of_tables():
            told = Words("it says schema {old}, but the tables are of another one", old=version)
            raise damaged(location / MARKER, told)
        done = _one_step(store, version, progress, who)
    return done


def _one_step(store: Store, version: int, progress: Progress, who: str) -> Migrated:
    location = store.location
    with store.lock_all():
        if store.schema() != version:  # another process was faster
            return Migrated()
        fresh = Store(store_swap.prepare(location, "migrating"))
        fresh.create()
        rows = STEPS[version](store, fresh, progress)
        unnamed = _unnamed(location) if version == 1 else []
        _copy_other_files(location, fresh.location)
        audit_log.carry(location, fresh)
        told = f"schema {version} to {SCHEMA_VERSION}"
        audit_log.record(fresh, "store migrated", who, told)
        kept = store_swap.put(fresh.location, location, f"schema{version}")
    return Migrated(rows, kept, unnamed)


def _copy_other_files(old: Path, new: Path) -> None:
    """Saved views and whatever else lies beside the tables."""
    for path in old.iterdir():
        if path.is_file() and path.name != MARKER and path.suffix != ".lock":
            shutil.copy2(path, new / path.name)


def _from_1(old: Store, new: Store, progress: Progress) -> dict[str, int]:
    """Schema 1: ids of events from their trigger, texts apart, times and revisions of rows."""
    revisions = _revisions(old)
    ids = _new_ids(old)
    rows = {"edits": 0}
    carried: tuple[tuple[str, str, Callable[[pa.Table, dt.datetime], pa.Table]], ...] = (
        ("edits", "edits", lambda table, _at: _edits_of(table, ids)),
        ("stories", "stories", lambda table, _at: _stories_of(table, ids)),
        ("copies", "copies", _as_they_are("copies")),
        ("rejected", "rejected", _as_they_are("rejected")),
        ("mentions", "mentions", _as_they_are("mentions")),
        ("left_out", "left_out", _as_they_are("left_out")),
        ("events", "events", lambda table, at: _events_of(table, at, ids, revisions)),
        ("articles", "texts", _texts_of),
        ("articles", "articles", _articles_of),
    )
    for source, target, change in carried:
        progress(target)
        rows[target] = 0
        for table, at in _files(old, source):
            with _unreadable_is_damage(old.location / source):
                changed = change(table, at)
            new.append_table(target, changed)
            rows[target] += table.num_rows
    return rows


def _unnamed(location: Path) -> list[str]:
    """Files of rows, as table/file, that no entry of the log of their table names."""
    found = []
    for name in ORDER:
        logs = [entry.read_bytes() for entry in (location / name).glob("_delta_log/*.json")]
        files = list((location / name).glob("*.parquet")) if logs else []
        known = manifest.files_of(manifest.open_delta(location / name)) if files else []
        unknown = (file.name for file in files if file.name not in known)
        found += [f"{name}/{f}" for f in unknown if not any(f.encode() in log for log in logs)]
    return found


def _files(store: Store, name: str) -> Iterator[tuple[pa.Table, dt.datetime]]:
    """Each file of a table of schema 1 with the time of its writing."""
    path = store.location / name
    if name in _LATER_IN_1 and not os.path.lexists(path):
        return
    with _unreadable_is_damage(path):
        table = manifest.open_delta(path)
        actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
        for action in sorted(actions, key=lambda row: (row["modification_time"], row["path"])):
            rows = pq.read_table(path / action["path"])
            others = set(rows.column_names) - {field.name for field in table.schema().fields}
            if others:
                raise ValueError(f"{action['path']} is of another table: it has {min(others)}")
            yield rows, _moment(action["modification_time"])


@contextmanager
def _unreadable_is_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # delta-rs raises many kinds, wrong rows as many
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> StoreDamaged:
    return StoreDamaged(
        "the older store cannot be read at {path}: {problem}. Nothing was changed: put that part "
        "back from a copy of the store, and run migrate again",
        path=path,
        problem=in_one_line(error),
    )


def _moment(told: object) -> dt.datetime:
    if isinstance(told, dt.datetime):
        return told if told.tzinfo else told.replace(tzinfo=dt.UTC)
    return dt.datetime.fromtimestamp(int(str(told)) / 1000, dt.UTC)


def _revisions(old: Store) -> dict[tuple[int, int], int]:
    """(article_id, load_id) -> revision."""
    with _unreadable_is_damage(old.location / "articles"):
        return {
            (row["article_id"], row["load_id"]): row["revision"]
            for table, _at in _files(old, "articles")
            for row in table.select(["article_id", "load_id", "revision"]).to_pylist()
        }


def _new_ids(old: Store) -> dict[int, int]:
    """Old id -> new id of every event; where two would be one, the later keeps its old id."""
    ids: dict[int, int] = {}
    taken: dict[int, tuple[int, int]] = {}
    columns = ["event_id", "article_id", "load_id", "part", "start", "spans"]
    with _unreadable_is_damage(old.location / "events"):
        rows = (table.select(columns).to_pylist() for table, _at in _files(old, "events"))
        for row in itertools.chain.from_iterable(rows):
            part, start = _trigger_of(row)
            found = event_id(row["article_id"], part, start)
            who = (row["event_id"], row["article_id"])
            ids[row["event_id"]] = found if taken.setdefault(found, who) == who else who[0]
    return ids


def _trigger_of(row: dict[str, object]) -> tuple[str, int]:
    """Part and offset of the words of the act; of the quote where they were not stored."""
    for kind, part, start, _end in json.loads(str(row["spans"]) or "[]"):
        if kind == "trigger":
            return str(part), int(start)
    return str(row["part"]), int(str(row["start"]))


def _edits_of(table: pa.Table, ids: dict[int, int]) -> pa.Table:
    rows = table.to_pylist()
    for row in rows:
        row["event_id"] = ids.get(row["event_id"], row["event_id"])
        if row["field"] in ("joined", "story_id") and row["value"]:
            row["value"] = str(ids.get(int(row["value"]), int(row["value"])))
        row["who"] = row.get("who") or ""
    return pa.Table.from_pylist(rows, SCHEMAS["edits"])


def _stories_of(table: pa.Table, ids: dict[int, int]) -> pa.Table:
    """Rows of an event; a row of event 0 or -1 counts article rows, not a story."""
    rows = table.to_pylist()
    for row in rows:
        if row["event_id"] > 0:
            row["event_id"] = ids.get(row["event_id"], row["event_id"])
            row["story_id"] = ids.get(row["story_id"], row["story_id"])
    return pa.Table.from_pylist(rows, SCHEMAS["stories"])


def _events_of(
    table: pa.Table, at: dt.datetime, ids: dict[int, int], revisions: dict[tuple[int, int], int]
) -> pa.Table:
    keys = table.select(["article_id", "load_id"]).to_pylist()
    days = pc.coalesce(table.column("first"), table.column("last")).to_pylist()
    more = {
        "event_id": pa.array([ids[old] for old in table.column("event_id").to_pylist()]),
        "revision": pa.array([revisions.get((k["article_id"], k["load_id"]), 0) for k in keys]),
        "loaded_at": pa.array([at] * table.num_rows, pa.timestamp("us", "UTC")),
        "month": pa.array([month_of(day) if day else UNDATED for day in days], pa.string()),
    }
    if "place_confidence" not in table.column_names:  # not weighed then, and so sure
        located = table.column("lat").combine_chunks().is_valid()
        more["place_confidence"] = pc.if_else(located, 1.0, pa.scalar(None, pa.float64()))
    return _shaped("events", table, more)


def _texts_of(table: pa.Table, at: dt.datetime) -> pa.Table:
    return _shaped("texts", table, {"loaded": _repeated(month_of(at), table)})


def _articles_of(table: pa.Table, at: dt.datetime) -> pa.Table:
    moment = pa.array([at] * table.num_rows, pa.timestamp("us", "UTC"))
    return _shaped(
        "articles", table, {"loaded": _repeated(month_of(at), table), "loaded_at": moment}
    )


def _repeated(word: str, table: pa.Table) -> pa.Array:
    return pa.array([word] * table.num_rows, pa.string())


def _as_they_are(name: str) -> Callable[[pa.Table, dt.datetime], pa.Table]:
    return lambda table, _at: _shaped(name, table, {})


def _shaped(name: str, table: pa.Table, more: dict[str, pa.Array]) -> pa.Table:
    """The rows with the columns of the present schema; what was not stored then is empty."""
    columns = []
    for wanted in SCHEMAS[name]:
        if wanted.name in more:
            columns.append(more[wanted.name].cast(wanted.type))
        elif wanted.name in table.column_names:
            columns.append(table.column(wanted.name).cast(wanted.type))
        else:
            columns.append(empty_column(wanted.type, table.num_rows))
    return pa.table(columns, schema=SCHEMAS[name])


def _rows_as_they_are(
    old: Store, new: Store, progress: Progress, without: Sequence[str] = ()
) -> dict[str, int]:
    """Schema 2, 3: every row as it is; what came later (the tables `without`, columns) is empty."""
    rows = {}
    for name in ORDER:
        progress(name)
        rows[name] = 0
        if name in without:
            continue
        for table in _pieces(old, name):
            new.append_table(name, _shaped(name, table, {}))
            rows[name] += table.num_rows
    return rows


def _pieces(store: Store, name: str) -> Iterator[pa.Table]:
    """The rows of such a table, some at a time. Raises StoreDamaged where it lacks any."""
    path = store.location / name
    stated = store.stated(name)
    with _unreadable_is_damage(path):
        opened = manifest.open_delta(path)
        store.verify(name, opened, stated)
        files = SubTreeFileSystem(str(path), LocalFileSystem())
        batches = opened.to_pyarrow_dataset(filesystem=files).to_batches(batch_size=ROWS_AT_ONCE)
        for several in _gathered(batches):
            yield pa.Table.from_batches(several)


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Batches together until they have ROWS_AT_ONCE rows: a commit each would be slow."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting += [batch] if batch.num_rows else []
        if sum(each.num_rows for each in waiting) >= ROWS_AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


# schema -> what makes a store of the present one of it: (old, new, progress) -> rows by table
STEPS: dict[int, Callable[[Store, Store, Progress], dict[str, int]]] = {
    1: _from_1,
    2: functools.partial(_rows_as_they_are, without=TABLES_ADDED),
    3: _rows_as_they_are,
}
