"""One file that holds a whole store, and a store made of it again.

`backup` may run while others read, load and edit: tables only grow, and it takes each at the
version that it finds, the article table first, as a reader does. The file is a ZIP with a list of
checksums; it is written beside its place, read back, and renamed. Secrets are never in it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from deltalake import DeltaTable

from events import audit_log, manifest, store_swap
from events.integrity import check
from events.journal import JOURNALS, Journal
from events.opened_tables import ORDER
from events.outlet_grades import FILE as OUTLETS
from events.regular_files import read_bytes, read_json, refuse_endless
from events.store import MARKER, SCHEMA_VERSION, Store, StoreError, StoreNotWritten, StoreOutdated
from events.store_errors import told_if_damaged, told_if_not_written, write_beside
from events.tables import DERIVED
from events.whole_file import place_of

CONTENTS = "backup.json"  # first member: schema, time, checksum of every other member
KNOWN = "backups.json"  # beside the tables: paths of the backups made of the store
# files beside the tables that are kept along
_BESIDE = ("views.json", OUTLETS, *audit_log.BESIDE)


Member = Path | bytes


class BackupError(StoreError):
    """What is wrong with a backup: which file, what, what to do."""


def backup(location: Path, target: Path, who: str = "") -> int:
    """Write the store into one file; the number of files in it. A store of an older schema is
    written as it is, so that there is a backup before it is migrated. Raises StoreError, OSError.
    """
    store = Store(location)
    with contextlib.suppress(StoreOutdated):
        store.check()
    if store.schema() == SCHEMA_VERSION:  # the log of it goes into the backup with this line
        with contextlib.suppress(StoreNotWritten):
            audit_log.record(store, "backup made", who, target.name)
    members = dict(_members(store))
    try:
        target = place_of(target)
    except OSError as error:
        raise _not_there(target, error) from error
    temporary = target.with_name(f"{target.name}.new")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            contents = _contents(store, members)
            packed.writestr(CONTENTS, json.dumps(contents))
            for name, path in members.items():
                packed.writestr(name, path) if isinstance(path, bytes) else packed.write(path, name)
        verify(temporary)
        temporary.replace(target)
    except OSError as error:
        raise _not_there(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)
    _note(location, target)
    return len(members)


def _not_there(target: Path, error: OSError) -> BackupError:
    return BackupError(f"{target} cannot be written: {error}. Choose another place")


def known_backups(location: Path) -> list[Path]:
    """Backups of this store that were made on this machine and are still where they were made."""
    try:
        told = read_json(location / KNOWN)
        return [Path(path) for path in told if Path(path).exists()]
    except (OSError, ValueError, TypeError):
        return []


def _note(location: Path, target: Path) -> None:
    """Remember where a backup lies, so that an erasure can say which still hold the words."""
    paths = dict.fromkeys([*map(str, known_backups(location)), str(target.absolute())])
    with contextlib.suppress(OSError):  # a store that is read-only can be backed up all the same
        write_beside(location / KNOWN, json.dumps(list(paths)))


def _contents(store: Store, members: dict[str, Member]) -> dict[str, object]:
    sums = {name: _sum(member) for name, member in members.items()}
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    told = store.marker()
    return {"schema": told["schema"], "at": now, "store": told["id"], "files": sums}


def _sum(member: Member) -> str:
    if isinstance(member, bytes):
        return manifest.checksum_of(io.BytesIO(member))
    return manifest.checksum(member)


def _members(store: Store) -> Iterator[tuple[str, Member]]:
    """Name in the file, and path, of the log and the files of each table at one version; the
    content itself of files that may grow meanwhile."""
    for name in (*ORDER, *DERIVED):  # the article table first: what it names was written before it
        table = _opened(store, name)
        if table is not None:
            yield from _of_table(store.location, name, table)
    for name in _BESIDE:
        if (store.location / name).is_file():
            with told_if_damaged(store.location / name):
                told = read_bytes(store.location / name)
            yield name, told
    for name in JOURNALS:
        journal = Journal(store.location, name)
        journal.read()  # one that is damaged is said now, not when it is restored
        yield from journal.members().items()


def _opened(store: Store, name: str) -> DeltaTable | None:
    """The table; None where a store of an older schema has none of that name, or one that is made
    of others."""
    if name in DERIVED and not (store.location / name).exists():
        return None
    try:
        return store.open_table(name)
    except StoreOutdated:
        path = store.location / name
        if not path.exists():
            return None
        with told_if_damaged(path):
            return manifest.open_delta(path)


def _of_table(location: Path, name: str, table: DeltaTable) -> Iterator[tuple[str, Path]]:
    root = location / name
    for file in manifest.files_of(table):
        yield f"{name}/{file}", root / file
    for entry in sorted((root / "_delta_log").iterdir()):
        number = entry.name[:20]
        if number.isdecimal() and int(number) <= table.version():
            yield f"{name}/_delta_log/{entry.name}", entry


def verify(path: Path) -> dict[str, object]:
    """Read a backup from end to end; its contents. Raises BackupError."""
    if not path.exists():
        raise BackupError(f"there is no file {path}")
    try:
        refuse_endless([path])
        with zipfile.ZipFile(path) as packed:
            contents: dict[str, object] = json.loads(packed.read(CONTENTS))
            files = contents["files"]
            assert isinstance(files, dict)
            for name, told in files.items():
                if _is_outside(name):
                    raise BackupError(f"{path}: {name!r} leads out of the store: not restored")
                if _checksum(packed, name) != told:
                    raise BackupError(f"{path}: {name} is damaged; use another backup")
    except (OSError, KeyError, ValueError, AssertionError, zipfile.BadZipFile, zlib.error) as error:
        raise BackupError(f"{path} is no whole backup of a store: {error}") from error
    return contents


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name


def _checksum(packed: zipfile.ZipFile, name: str) -> str:
    with packed.open(name) as member:
        return manifest.checksum_of(member)


def restore(path: Path, location: Path, who: str = "") -> Path | None:
    """Make the store of a backup at the location; where the one that stood there is kept.

    Others may read meanwhile: they see the old store until the new one is in its place. A backup of
    an older schema makes a store of that schema, to be migrated. Raises BackupError, StoreError.
    """
    contents = verify(path)
    if int(str(contents["schema"])) > SCHEMA_VERSION:
        raise BackupError(f"{path} was written by a newer Frise: use that one")
    with told_if_not_written(location):
        fresh = store_swap.prepare(location, "restoring")
        fresh.mkdir(parents=True)
        with zipfile.ZipFile(path) as packed:
            for name in dict(contents["files"]):  # type: ignore[call-overload]
                packed.extract(name, fresh)
    _state(fresh, int(str(contents["schema"])))
    if int(str(contents["schema"])) == SCHEMA_VERSION:
        told = f"{path.name} of {contents['at']}"
        audit_log.record(Store(fresh), "store restored", who, told, [{"files": contents["files"]}])
    with Store(location).lock_all(even_damaged=True):  # their folder is made where there is none
        return store_swap.put(fresh, location, "replaced")


def _state(fresh: Path, schema: int) -> None:
    """Manifests and the marker of a restored store, with an id of its own. Raises BackupError."""
    write_beside(fresh / MARKER, json.dumps({"schema": schema, "id": secrets.token_hex(8)}))
    if schema < SCHEMA_VERSION:  # its files are those that were packed: their checksums were read
        return
    for name in (*ORDER, *DERIVED):
        if (fresh / name).is_dir():
            manifest.write(fresh, name, DeltaTable(str(fresh / name)))
    wrong = check(fresh)
    if wrong:
        raise BackupError(f"the backup does not make a whole store: {wrong[0]}")
