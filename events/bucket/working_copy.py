"""The copy of a store in a bucket on this machine: all code reads and writes it as a folder.

The bucket is the truth. Who reads looks there for news every few seconds; who writes holds the
lease of the bucket, brings the copy up to date, writes into it as into any store, and sends what
changed (`events.bucket.sending`). What was not sent is taken back: by the writer who was refused,
or, after a kill, by whoever opens the copy next.

    <cache>/frise/<name>/address.json   the address
                         store/         the folder
                         held.json      what the folder was when it was last the same as the bucket
                         writing        there while somebody writes
                         taken_back     touched when entries of a log were taken back
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from filelock import FileLock, Timeout

from events import settings
from events.bucket import contents as told
from events.bucket import lease, places
from events.bucket.contents import Contents, parsed
from events.bucket.erased import forget_erased
from events.bucket.fetching import MARKER, Moved, bring
from events.bucket.files import Held, on_disk
from events.bucket.objects import SCHEME, Objects, StoreUnreachable, endpoint, parts_of
from events.bucket.places import ADDRESS, FOLDER
from events.bucket.sending import publish, published, send, tell_again
from events.bucket.shown import know
from events.error_words import Words
from events.store_errors import (
    StoreBusy,
    StoreError,
    damaged,
    told_if_not_written,
    write_beside,
)

_HELD, _WRITING, _TAKEN_BACK = "held.json", "writing", "taken_back"
_AGAIN = 60.0  # seconds until a bucket that did not answer is asked again by who only reads
_TRIES = 50  # to catch up with others who write
_copies: dict[Path, WorkingCopy] = {}  # location -> its copy


def of_address(address: str) -> WorkingCopy:
    """The copy of ``s3://bucket/prefix``, made where there is none. Raises StoreError."""
    bucket, prefix = parts_of(address)
    plain = f"{SCHEME}{bucket}/{prefix}".rstrip("/")
    digest = hashlib.sha256(f"{plain} {endpoint()}".encode()).hexdigest()[:12]
    around = places.copies() / f"{bucket}-{digest}"
    if around / FOLDER not in _copies:
        with told_if_not_written(around):
            around.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (around / ADDRESS).is_file():
                write_beside(around / ADDRESS, json.dumps({"address": plain}))
        _copies[around / FOLDER] = WorkingCopy(around, plain)
    return _copies[around / FOLDER]


def of_folder(location: Path) -> WorkingCopy | None:
    """The copy whose folder that is, None for a store that is a folder of its own."""
    if location not in _copies:
        if not places.is_copy(location):
            return None
        note = location.with_name(ADDRESS).read_text(encoding="utf-8")
        address = json.loads(note)["address"]
        _copies[location] = WorkingCopy(location.parent, str(address))
    return _copies[location]


@contextmanager
def written(location: Path, seconds: float, even_lost: bool = False) -> Iterator[None]:
    """Write into a store: of a folder nothing more is to be done; the copy of a bucket is brought
    up to date before, and what changed in it is sent at the end. Within one thread the outermost
    does so. `even_lost`: also where the bucket lost its contents and this machine knows them.

    Raises StoreBusy after so many seconds of waiting for others who write; StoreOvertaken,
    StoreUnreachable: then nothing of what was written is stored.
    """
    copy = of_folder(location)
    if copy is None or copy.is_mine():
        yield
        return
    if even_lost:
        copy.tell_again()
    with copy.writing(seconds):
        yield


class WorkingCopy:
    """One such copy."""

    def __init__(self, around: Path, address: str) -> None:
        self.around, self.address = around, address
        self.location = around / FOLDER
        self.objects = Objects(address)
        self.unreachable: tuple[float, StoreUnreachable] | None = None  # since when (Unix), why
        self._looked = 0.0
        self._base = Held()
        self._mine = threading.local()
        know(self.location, address)

    def is_mine(self) -> bool:
        """Whether this thread writes now."""
        return bool(getattr(self._mine, "is_writing", False))

    def is_settled(self) -> bool:
        """Whether all that the folder holds is in the bucket, as far as is known here."""
        return not (self.around / _WRITING).exists()

    def taken_back(self) -> int:
        """Another number once what was written here was taken back: who read it must read anew."""
        try:
            return (self.around / _TAKEN_BACK).stat().st_mtime_ns
        except OSError:
            return 0

    def look(self) -> None:
        """Bring the copy up to date where nobody did for store.look_seconds. Raises StoreError; one
        that was read before goes on being read while the bucket does not answer."""
        is_first, since = not self._looked, time.monotonic() - self._looked
        every = _AGAIN if self.unreachable else settings.number("store.look_seconds")
        if self.is_mine() or (not is_first and since < every):
            return
        try:
            if is_first:
                with self._alone(settings.number("store.lock_seconds")):
                    self._bring()
            else:
                with suppress(StoreBusy), self._alone(0):  # else who writes has done so
                    self._bring(is_compared=False)
            self.unreachable = None
        except StoreUnreachable as error:
            if is_first:
                raise
            self.unreachable = self.unreachable or (time.time(), error)
        self._looked = time.monotonic()

    @contextmanager
    def writing(self, seconds: float) -> Iterator[Held]:
        """See `written`; what was held before."""
        with self._alone(seconds), lease.held(self.objects, seconds):
            held = self._bring()
            self._base = publish(self.objects, self.location, held)
            if self._base is not held:
                self._hold(self._base)
            self._mine.is_writing = True
            try:
                (self.around / _WRITING).touch()
                yield self._base
                self.send()
            except BaseException:
                self._throw_back()
                raise
            finally:
                self._mine.is_writing = False

    def send(self, always: bool = False) -> Held:
        """Send what changed since it was last the same as the bucket; call it while writing."""
        before = self._base
        if before.contents.tag is None:
            self._refuse_unconditional()
        self._base = send(self.objects, self.location, before, always)
        self._hold(self._base)
        if self._base is not before:
            self._base = published(self.objects, self.location, self._base)
            self._hold(self._base)
        return self._base

    def renew(self) -> None:
        """Read every file of the copy, and fetch those anew that are not what the bucket holds.
        Raises StoreError."""
        with self._alone(settings.number("store.lock_seconds")):
            self._bring(anew=True)

    def tell_again(self) -> tuple[Held, float] | None:
        """Where the bucket lost its contents, let it say what this machine knew of them: what that
        is, and until when (Unix) it was so; None where they can be read. Raises StoreDamaged where
        this machine knows nothing either, StoreError."""
        seconds = settings.number("store.lock_seconds")
        with self._alone(seconds), lease.held(self.objects, seconds):
            is_sound, tag = told.state(self.objects)
            known = self.held()
            if is_sound or (tag is None and not self._held_one(known)):
                return None
            since = self.around / _HELD if known.contents.tag else self.location / MARKER
            if not since.is_file():
                raise damaged(f"{self.address}/{told.KEY}", Words("it cannot be read"))
            moment = since.stat().st_mtime
            self._hold(tell_again(self.objects, self.location, known, tag))
            return self.held(), moment

    def held(self) -> Held:
        """What the copy was when it was last the same as the bucket; nothing where nobody knows."""
        try:
            found = json.loads((self.around / _HELD).read_text(encoding="utf-8"))
            contents = parsed(found["contents"].encode(), found["tag"])
            files = {path: (digest, tuple(now)) for path, (digest, now) in found["files"].items()}
            return Held(contents, files, int(found["published"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Held()

    def _hold(self, held: Held) -> None:
        """Note that the copy is the same as the bucket now."""
        contents = held.contents
        found = asdict(replace(held, contents=Contents()))
        found |= {"contents": contents.as_json().decode(), "tag": contents.tag}
        with told_if_not_written(self.around):
            write_beside(self.around / _HELD, json.dumps(found))
            (self.around / _WRITING).unlink(missing_ok=True)

    def _bring(self, anew: bool = False, is_compared: bool = True) -> Held:
        """Bring the copy up to date, and take back what a killed writer left in it. `is_compared`:
        also what else happened to the folder, even where the bucket holds nothing new; that it is
        there is always looked at."""
        held = replace(self.held(), files={}) if anew else self.held()
        is_whole = self.is_settled() and not anew
        is_whole = is_whole and (self._lies_as(held) if is_compared else self._stands_as(held))
        for _try in range(_TRIES):
            contents = told.read(self.objects, held.contents)
            if contents is held.contents and is_whole:
                return held
            if contents.tag is None and self._held_one(held):
                raise damaged(f"{self.address}/{told.KEY}", Words("the file is missing"))
            with suppress(Moved):
                found, is_taken_back = bring(self.objects, contents, self.location, held)
                if is_taken_back:
                    (self.around / _TAKEN_BACK).touch()
                forget_erased(self.location, held.contents, found.contents)
                self._hold(found)
                return found
        raise StoreBusy(
            "others write to {address} faster than it can be read here: try again",
            address=self.address,
        )

    def _lies_as(self, held: Held) -> bool:
        """Whether the folder is as it was left: files may be lost there, or changed by others."""
        return on_disk(self.location) == {path: now for path, (_sum, now) in held.files.items()}

    def _stands_as(self, held: Held) -> bool:
        return MARKER not in held.files or (self.location / MARKER).is_file()

    def _held_one(self, held: Held) -> bool:
        """Whether the bucket held a store, by what is here; not what a first writer's kill left."""
        return bool(held.contents.tag) or (self.is_settled() and (self.location / MARKER).exists())

    def _throw_back(self) -> None:
        """Take back what was written here and not sent; where that fails, who looks next does."""
        with suppress(StoreError):
            self._bring()

    @contextmanager
    def _alone(self, seconds: float) -> Iterator[None]:
        """Be the only process and thread of this machine that changes the copy."""
        lock = FileLock(self.around / f"{_WRITING}.lock", timeout=seconds)
        with told_if_not_written(self.around):
            try:
                lock.acquire()
            except Timeout:
                raise StoreBusy.after(seconds, self.address) from None
        try:
            yield
        finally:
            lock.release()

    def _refuse_unconditional(self) -> None:
        """Raise StoreError where the object store takes no notice of conditions: two writers would
        overwrite each other."""
        key = f"{told.PIECES}/probe"
        self.objects.put(key, b"")
        wrong = '"0123456789abcdef0123456789abcdef"'
        taken = [self.objects.put_if(key, b"", tag) for tag in (None, wrong)]
        self.objects.delete([key])
        if any(taken):
            raise StoreError(
                "the object store of {address} takes no notice of conditions (If-Match, "
                "If-None-Match): two writers would overwrite each other. Use another one",
                address=self.address,
            )
