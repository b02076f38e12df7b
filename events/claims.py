"""Who reads which events now, so that two people do not read the same: a file beside the tables.

A claim lasts ten minutes from when it was last renewed. It keeps nobody from deciding: whoever
decides about an event that changed meanwhile is told so (`EditedMeanwhile`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from events.store_errors import StoreBusy, told_if_not_written, write_beside

LASTING = dt.timedelta(minutes=10)
FILE = "claims.json"
_WAIT = 2.0  # seconds for somebody else's claim to be written
_Claims = dict[str, tuple[dt.datetime, list[int]]]  # person -> until when, events


def claim(
    location: Path, who: str, wanted: Iterable[int], most: int, now: dt.datetime | None = None
) -> list[int]:
    """The first `most` of the wanted events that nobody else reads: `who` reads them from now on,
    and no longer those of the last call. Raises StoreBusy, StoreNotWritten."""
    moment = now or dt.datetime.now(dt.UTC)
    path = location / FILE
    with _locked(path):
        others = {p: c for p, c in _read(path).items() if p != who and c[0] > moment}
        mine = _free(wanted, {event for _, events in others.values() for event in events}, most)
        write_beside(path, _text({**others, who: (moment + LASTING, mine)}))
    return mine


def held(location: Path, now: dt.datetime | None = None) -> dict[int, str]:
    """Event -> who reads it now."""
    moment = now or dt.datetime.now(dt.UTC)
    claims = {who: events for who, (until, events) in _read(location / FILE).items()
              if until > moment}  # fmt: skip
    return {event: who for who, events in claims.items() for event in events}


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of the file. Raises StoreBusy, StoreNotWritten."""
    lock = FileLock(path.with_suffix(".lock"), timeout=_WAIT)
    with told_if_not_written(path):
        try:
            lock.acquire()
        except Timeout:
            raise StoreBusy(
                "another process has held {path} for {seconds} s; wait for it to end and try again",
                path=lock.lock_file,
                seconds=f"{_WAIT:.0f}",
            ) from None
        try:
            yield
        finally:
            lock.release()


def _free(wanted: Iterable[int], taken: Collection[int], most: int) -> list[int]:
    found: list[int] = []
    for event in wanted:
        if len(found) == most:
            break
        if event not in taken:
            found.append(event)
    return found


def _read(path: Path) -> _Claims:
    """The claims of the file; a file that cannot be read claims nothing."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(who): (dt.datetime.fromisoformat(until), [int(event) for event in events])
            for who, (until, events) in told.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _text(claims: _Claims) -> str:
    told = {who: (until.isoformat(), events) for who, (until, events) in claims.items()}
    return json.dumps(told, ensure_ascii=False)
