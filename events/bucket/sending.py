"""What was written on this machine is sent to the bucket: it counts all at once, or not at all.

Objects are sent first, each under a name that nothing else has. Then ``contents.json`` is swapped,
if it is still the one that the writer began with: that is the commit. Only then are the entries of
the Delta logs copied to their own paths, where other programs look, and objects deleted that
nothing names any more; where that is cut short, the next writer does it before he begins.

A file that is missing in the folder or has other bytes is taken for the writer's wish. So the copy
is compared with what it was before somebody writes (`events.bucket.working_copy`), and what no
writer does is refused: other bytes in a file of rows, the store itself deleted. A file of rows that
a log still lists stays named.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from events import manifest
from events.bucket import contents as told
from events.bucket.contents import KEY, LOG, PIECES, Contents, Kept, in_order, is_of_rows
from events.bucket.fetching import AT_ONCE, MARKER, TABLES
from events.bucket.files import Held, Stamp, on_disk
from events.bucket.objects import Objects, StoreUnreachable
from events.error_words import Words
from events.store_errors import StoreBusy, StoreError, damaged, told_if_damaged


class StoreOvertaken(StoreBusy):
    """Another machine wrote at the same moment: nothing of what this one wrote is stored."""


def send(objects: Objects, location: Path, held: Held, always: bool = False) -> Held:
    """Send what changed in the folder since `held`; what is held then. `always`: also where nothing
    did. Raises StoreOvertaken, StoreUnreachable, StoreDamaged where the folder lost what no writer
    takes away: then nothing of it counts."""
    here = on_disk(location)
    changed = [path for path, now in here.items() if held.files.get(path, ("", None))[1] != now]
    gone = _let_go(location, {path for path in held.files if path not in here})
    if not (changed or gone or always):
        return held
    files = {p: kept for p, kept in held.contents.files.items() if p not in gone}
    if MARKER in changed:  # another store: what the bucket lacked of the old one is gone, too
        files = {path: kept for path, kept in files.items() if path in here}
    with ThreadPoolExecutor(AT_ONCE) as several:
        files |= several.map(lambda path: (path, _sent(objects, location, path, held)), changed)
    after = _committed(objects, held.contents, held.contents.followed_by(files))
    return replace(held, contents=after, files=_held(after, held, here, changed))


def _let_go(location: Path, missing: set[str]) -> set[str]:
    """Those of the missing files that a writer took away: of files of rows those that no log lists.
    Raises StoreDamaged where the store itself is missing."""
    if MARKER in missing:
        raise damaged(location / MARKER, Words("the file is missing"))
    tables = {path.partition("/")[0] for path in missing if is_of_rows(path)}
    return missing - {path for table in tables for path in _listed(location, table)}


def _listed(location: Path, table: str) -> set[str]:
    """The files of rows that the log of a table lists. Raises StoreDamaged."""
    with told_if_damaged(location / table):
        if not (location / table / LOG).is_dir():
            return set()
        opened = manifest.open_delta(location / table)
        return {f"{table}/{path}" for path in manifest.files_of(opened)}


def publish(objects: Objects, location: Path, held: Held) -> Held:
    """Copy entries of logs to their own paths and delete what this number let go, where that was
    not done from here. Raises StoreUnreachable."""
    now = held.contents
    if now.tag is None or held.published == now.number:
        return held
    for path in in_order(set(now.changed) & now.files.keys(), TABLES):
        if held.files.get(path, ("",))[0] == now.files[path].sum:
            objects.put(path, location / path)
    if told.read(objects, now) is now:  # else whoever wrote since may name them again
        objects.delete(sorted(set(now.leaving) - now.keys()))
    return replace(held, published=now.number)


def published(objects: Objects, location: Path, held: Held) -> Held:
    """`publish` after a commit: never raises, since what was written is stored."""
    try:
        return publish(objects, location, held)
    except (StoreError, OSError) as error:
        logging.warning("the next writer ends what this one could not: %s", error)
        return held


def tell_again(objects: Objects, location: Path, held: Held, tag: str | None) -> Held:
    """Let a bucket whose contents are lost (`tag`: of the damaged object, None for none) say what
    was held here last; where nothing is known of that, what the folder holds. Raises
    StoreOvertaken, StoreUnreachable."""
    known = held.contents
    if known.tag is None:
        return send(objects, location, Held(Contents(tag=tag)), always=True)
    after = replace(known, number=known.number + 1, id=secrets.token_hex(8))
    return replace(held, contents=_committed(objects, replace(known, tag=tag), after))


def _sent(objects: Objects, location: Path, path: str, held: Held) -> Kept:
    """Send a file; how it is kept. Raises StoreDamaged for other bytes in a file of rows."""
    before, place = held.contents.files.get(path), location / path
    size, digest = place.stat().st_size, manifest.checksum(place)
    if before and is_of_rows(path) and before.sum != digest:
        raise damaged(place, Words("its bytes are not those that were written"))
    before = before if held.files.get(path, ("",))[0] else None  # else the bucket lost it
    if before and before.sum == digest:
        return before
    if is_of_rows(path):
        objects.put(path, place)
        return Kept(digest, size)
    pieces = _still_whole(place, before, size) if before and path.endswith(".jsonl") else ()
    start = sum(length for _, length in pieces)
    key = f"{PIECES}/{secrets.token_hex(16)}"
    objects.put(key, _end_of(place, start) if start else place)
    return Kept(digest, size, (*pieces, (key, size - start)))


def _still_whole(place: Path, before: Kept, size: int) -> tuple[tuple[str, int], ...]:
    """The pieces that a file which grew at its end still begins with. Pieces no larger than what
    follows are sent again with it, so that they stay few."""
    with place.open("rb") as file:
        if size < before.size or manifest.checksum_of(file, before.size) != before.sum:
            return ()
    pieces, start = list(before.pieces), before.size
    while pieces and pieces[-1][1] <= size - start:
        start -= pieces.pop()[1]
    return tuple(pieces)


def _end_of(place: Path, start: int) -> bytes:
    with place.open("rb") as file:
        file.seek(start)
        return file.read()


def _committed(objects: Objects, before: Contents, after: Contents) -> Contents:
    """Swap the contents. Raises StoreOvertaken where they are no longer those from before."""
    try:
        tag = objects.put_if(KEY, after.as_json(), before.tag)
        found = told.read(objects, Contents()) if tag is None else after
    except StoreUnreachable as error:
        raise StoreUnreachable(
            "{problem}. It is not known whether what was written now is stored: look before you do "
            "it again",
            problem=error.words,
        ) from None
    if tag is None:  # an answer that was lost on its way is no defeat
        if found.id != after.id:
            raise StoreOvertaken(
                "somebody else wrote to {address} at the same moment: nothing of this was stored; "
                "try again",
                address=objects.address,
            )
        tag = found.tag
    return replace(after, tag=tag)


def _held(
    after: Contents, held: Held, here: dict[str, Stamp], changed: Collection[str]
) -> dict[str, tuple[str, Stamp]]:
    """Sum and stamp of each file that is here, and of those that were lost here and are still
    named: who writes next brings them back."""
    lost = {p: known for p, known in held.files.items() if p not in here and p in after.files}
    return lost | {
        path: (after.files[path].sum if path in changed else held.files[path][0], now)
        for path, now in here.items()
    }
