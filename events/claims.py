"""Who reads which events now, so that two people do not read the same: a file beside the tables.

A claim lasts ten minutes from when it was last renewed, and leaves a share of a short list to
others. It keeps nobody from deciding: whoever decides about an event that changed meanwhile is told
so (`EditedMeanwhile`).
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from events.bucket.working_copy import written
from events.store_errors import StoreBusy, told_if_not_written, write_beside

LASTING = dt.timedelta(minutes=10)
FEWEST = 5  # events that a person who reads alone may claim, however few are left
FILE = "claims.json"
_WAIT = 2.0  # seconds for somebody else's claim to be written
_Claims = dict[str, tuple[dt.datetime, list[int]]]  # person -> until when, events


def claim(
    location: Path, who: str, wanted: Iterable[int], most: int, now: dt.datetime | None = None
) -> list[int]:
    """The first of the wanted events that nobody else reads, at most `most` and a fair share:
    `who` reads them from now on, and no longer those of the last call. Written where that changes
    what stands there, or half of its time is over. Raises StoreBusy, StoreNotWritten,
    StoreUnreachable."""
    moment, path, wanted = now or dt.datetime.now(dt.UTC), location / FILE, list(wanted)
    claims = _read(path)
    until, mine = claims.get(who, (moment, []))
    if until - moment > LASTING / 2 and mine == _mine(_others(claims, who, moment), wanted, most):
        return mine
    with written(location, _WAIT), _locked(path):
        others = _others(_read(path), who, moment)
        mine = _mine(others, wanted, most)
        write_beside(path, _text({**others, who: (moment + LASTING, mine)}))
    return mine


def _others(claims: _Claims, who: str, moment: dt.datetime) -> _Claims:
    return {p: c for p, c in claims.items() if p != who and c[0] > moment}


def _mine(others: _Claims, wanted: list[int], most: int) -> list[int]:
    """The first that nobody else reads, and no more than a share."""
    taken = {event for _, events in others.values() for event in events}
    free = [event for event in wanted if event not in taken]
    return free[: min(most, _share(len(free), len(others)))]


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
            raise StoreBusy.after(_WAIT, lock.lock_file) from None
        try:
            yield
        finally:
            lock.release()


def _share(free: int, others: int) -> int:
    """How many of so many free events a person claims beside so many others who read: one part is
    for each of them; who reads alone leaves half to the next who comes."""
    part = math.ceil(free / (max(others, 1) + 1))
    return part if others else max(part, FEWEST)


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
