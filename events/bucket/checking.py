"""Whether a bucket holds what its store says: every object is read. What is lost there and whole in
the copy of this machine is sent again; what nothing names is deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b

from events import manifest, settings
from events.bucket import contents as told
from events.bucket.contents import KEY, PIECES, Contents, Kept, is_of_log
from events.bucket.fetching import AT_ONCE, TABLES
from events.bucket.objects import ObjectMissing
from events.bucket.working_copy import WorkingCopy
from events.error_words import Words

_LEAST = dt.timedelta(hours=1)  # younger ones somebody may be sending now


@dataclass(frozen=True)
class Lost:
    """A file that the bucket lacks or has with other bytes; whether the copy here is whole."""

    path: str
    what: Words
    is_whole_here: bool


def lost(copy: WorkingCopy) -> list[Lost]:
    """Files of the store whose objects are missing or changed; the copy's own are mended before.
    Raises StoreDamaged where the bucket no longer says what it holds, StoreUnreachable."""
    sound: dict[str, Kept] = {}
    while True:
        copy.renew()
        contents = copy.held().contents
        new = [item for item in contents.files.items() if sound.get(item[0]) != item[1]]
        with ThreadPoolExecutor(AT_ONCE) as several:
            found = [each for each in several.map(lambda item: _lost(copy, *item), new) if each]
        found += _without_copy(copy, contents, {each.path for each in found})
        if not found or told.read(copy.objects, contents) is contents:
            return found
        missing = {each.path for each in found}  # perhaps somebody wrote: those are looked at again
        sound |= {path: kept for path, kept in new if path not in missing}


def _lost(copy: WorkingCopy, path: str, kept: Kept) -> Lost | None:
    digest, what = blake2b(digest_size=16), Words("its bytes are not those that were written")
    try:
        for key in kept.keys(path):
            for part in copy.objects.pieces(key):
                digest.update(part)
    except ObjectMissing:
        what = Words("the file is missing")
    if digest.hexdigest() == kept.sum:
        return None
    return Lost(path, what, _is_whole(copy, path, kept))


def _without_copy(copy: WorkingCopy, contents: Contents, but: set[str]) -> list[Lost]:
    """Entries of logs that do not lie where other programs look; those of the newest number its
    writer, or the next one, puts there."""
    present = {each.key for each in copy.objects.found()} | but | set(contents.changed)
    what = Words("its copy for other programs is missing")
    return [
        Lost(path, what, _is_whole(copy, path, kept))
        for path, kept in contents.files.items()
        if is_of_log(path) and path not in present
    ]


def _is_whole(copy: WorkingCopy, path: str, kept: Kept) -> bool:
    place = copy.location / path
    return place.is_file() and manifest.checksum(place) == kept.sum


def send_again(copy: WorkingCopy) -> list[str]:
    """Send what the bucket lost and the copy here still has; a line each. Raises StoreError."""
    lines = _contents_again(copy)
    missing = [each.path for each in lost(copy) if each.is_whole_here]
    with copy.writing(settings.number("store.lock_seconds")) as held:
        for path in set(missing) & held.contents.files.keys():
            _put_pieces(copy, path, held.contents.files[path])
    sent = [f"{copy.address}/{path}: sent again from the copy on this machine" for path in missing]
    return lines + sent


def _contents_again(copy: WorkingCopy) -> list[str]:
    """Where the bucket says no longer what it holds, as this machine knew it: a line."""
    told_again = copy.tell_again()
    if told_again is None:
        return []
    held, since = told_again
    moment = dt.datetime.fromtimestamp(since, dt.UTC)
    return [
        f"{copy.address}/{KEY}: sent again, with all that this machine knew of the store on "
        f"{moment:%Y-%m-%d at %H:%M:%S} UTC, as number {held.contents.number}. What other machines "
        "wrote since is not in it"
    ]


def _put_pieces(copy: WorkingCopy, path: str, kept: Kept) -> None:
    """The objects of a file, from the file."""
    with (copy.location / path).open("rb") as file:
        for key, size in kept.pieces or ((path, kept.size),):
            copy.objects.put(key, file.read(size))
    if is_of_log(path):
        copy.objects.put(path, copy.location / path)


def sweep(copy: WorkingCopy, keep_days: int) -> int:
    """Delete the objects of the store that nothing names and that are older than `keep_days`: a
    killed writer leaves such. How many. Raises StoreError."""
    with copy.writing(settings.number("store.lock_seconds")):
        # whoever began to write before now cannot commit any more: what he sent is not waited for
        now = copy.send(always=True).contents
        before = dt.datetime.now(dt.UTC) - max(dt.timedelta(days=keep_days), _LEAST)
        found = [each.key for each in copy.objects.found() if each.modified < before]
        named = now.keys()
        gone = [key for key in _ours(found) if key not in named]
        if told.read(copy.objects, now) is not now:  # the lease was lost: the next one does it
            return 0
        copy.objects.delete(gone)
    return len(gone)


def _ours(keys: list[str]) -> Iterator[str]:
    """Those that a writer of a store sends: others may keep things in the bucket too."""
    folders = (PIECES, *TABLES)
    return (key for key in keys if key.partition("/")[0] in folders)
