"""Maintenance of the store: small files are joined, those that no reader needs deleted."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter

from deltalake import DeltaTable, write_deltalake

from events import manifest, settings, token_table
from events.bucket.checking import sweep
from events.bucket.working_copy import of_folder
from events.error_words import Words
from events.forgotten import forget_deleted
from events.store import Store
from events.store_errors import damaged, refuse_without_room, told_if_damaged
from events.store_tables import writer_properties
from events.tables import PARTITIONS, SCHEMAS, in_order
from events.withdrawal import withdrawn


def most_files(store: Store) -> int:
    """Files of the partition that has most of them: what joining small files would help."""
    names = (name for name in PARTITIONS if name != "texts")  # as many as articles
    files = [manifest.files_of(store.open_table(name)) for name in names]
    folders = [Counter(file.partition("/")[0] for file in found) for found in files]
    return max((max(counted.values(), default=0) for counted in folders), default=0)


def maintain(store: Store) -> dict[str, int]:
    """Join small files, delete those that no reader needs (store.keep_days), and what persons
    deleted 30 days ago; files left. Of a bucket, also objects that killed writers left.

    Before anything is changed: raises StoreDamaged where a table lacks something, StoreNotWritten
    where there is no room for the joined files.
    """
    hours, left = 24 * int(settings.number("store.keep_days")), {}
    store.check()
    with store.lock_all():
        opened = store.open_all()
        for name, table in opened.items():
            _refuse_damaged_files(store, name, table)
        refuse_without_room(store.location, sum(_to_join(store, *one) for one in opened.items()))
        forget_deleted(store, dt.datetime.now(dt.UTC))
        for name, table in opened.items():
            with told_if_damaged(store.location / name):
                _join_files(store, name, table)
                table = store.open_table(name)
                table.create_checkpoint()
                table.vacuum(hours, dry_run=False, enforce_retention_duration=False)
                manifest.write(store.location, name, table)
            left[name] = len(table.file_uris())
    copy = of_folder(store.location)
    if copy:
        sweep(copy, int(settings.number("store.keep_days")))
    return left


def _refuse_damaged_files(store: Store, name: str, table: DeltaTable) -> None:
    """Raise StoreDamaged for bytes that nobody wrote: joined, they would have a sound checksum."""
    files = manifest.files_of(table)
    for file in files:
        path = store.location / name / file
        if not os.path.isfile(path):
            raise damaged(path, Words("the file is missing"))
    for file in manifest.changed(store.location, name, files):
        told = Words("its bytes are not those that were written")
        raise damaged(store.location / name / file, told)


def _to_join(store: Store, name: str, table: DeltaTable) -> int:
    """Bytes of the files that share a partition; of all where there are none."""
    files = manifest.files_of(table)
    folders = Counter(_folder(file) for file in files)
    shared = (file for file in files if folders[_folder(file)] > 1)
    return sum((store.location / name / file).stat().st_size for file in shared)


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _join_files(store: Store, name: str, table: DeltaTable) -> None:
    """One file a partition, its rows in order; of a table without partitions, few files."""
    if name == token_table.NAME:
        token_table.renew(store, withdrawn(store))
        return
    if name not in PARTITIONS:
        table.optimize.compact(writer_properties=writer_properties(name))
        return
    column = PARTITIONS[name]
    folders = Counter(_folder(file) for file in manifest.files_of(table))
    for folder in (folder for folder, files in folders.items() if files > 1):
        value = folder.removeprefix(f"{column}=")
        rows = store.read(name, SCHEMAS[name].names, [(column, "=", value)], table)
        write_deltalake(
            table,
            in_order(name, rows.cast(SCHEMAS[name])),
            mode="overwrite",
            predicate=f"{column} = '{value}'",
            writer_properties=writer_properties(name),
        )
        table.update_incremental()
