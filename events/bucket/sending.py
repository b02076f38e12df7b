"""What was written on this machine is sent to the bucket: it counts all at once, or not at all.

Objects are sent first, each under a name that nothing else has. Then ``contents.json`` is swapped,
if it is still the one that the writer began with: that is the commit. Only then are the entries of
the Delta logs copied to their own paths, where other programs look, and objects deleted that
nothing names any more; where that is cut short, the next writer does it.
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
from events.bucket.contents import KEY, PIECES, Contents, Kept, in_order, is_of_rows
from events.bucket.fetching import AT_ONCE, MARKER, TABLES
from events.bucket.files import Held, Stamp, on_disk
from events.bucket.objects import Objects, StoreUnreachable
from events.store_errors import StoreBusy, StoreError


class StoreOvertaken(StoreBusy):
    """Another machine wrote at the same moment: nothing of what this one wrote is stored."""


def send(objects: Objects, location: Path, held: Held, always: bool = False) -> Held:
    """Send what changed in the folder since `held`; what is held then. `always`: also where nothing
    did. Raises StoreOvertaken, StoreUnreachable: then nothing of it counts."""
    here = on_disk(location)
    changed = [path for path, now in here.items() if held.files.get(path, ("", None))[1] != now]
    gone = [path for path in held.files if path not in here]
    if not (changed or gone or always):
        return held
    files = {p: kept for p, kept in held.contents.files.items() if p not in gone}
    if MARKER in changed:  # another store: what the bucket lacked of the old one is gone, too
        files = {path: kept for path, kept in files.items() if path in here}
    with ThreadPoolExecutor(AT_ONCE) as several:
        files |= several.map(lambda path: (path, _sent(objects, location, path, held)), changed)
    after = _committed(objects, held.contents, held.contents.followed_by(files))
    return replace(held, contents=after, files=_held(after, held, here, changed))


def publish(objects: Objects, location: Path, held: Held, before: Held) -> Held:
    """Copy entries of logs to their own paths and delete what nothing names; never raises, since
    what was written is stored."""
    was, now = before.contents, held.contents
    unpublished = () if before.published == was.number else was.changed
    try:
        for path in in_order({*unpublished, *now.changed} & now.files.keys(), TABLES):
            objects.put(path, location / path)
        if told.read(objects, now) is now:  # else whoever wrote since may name them again
            objects.delete(now.leaving)
    except (StoreError, OSError) as error:
        logging.warning("the next writer ends what this one could not: %s", error)
        return held
    return replace(held, published=now.number)


def _sent(objects: Objects, location: Path, path: str, held: Held) -> Kept:
    """Send a file; how it is kept."""
    before, place = held.contents.files.get(path), location / path
    size, digest = place.stat().st_size, manifest.checksum(place)
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
    """Sum and stamp of each file that is here."""
    return {
        path: (after.files[path].sum if path in changed else held.files[path][0], now)
        for path, now in here.items()
    }
