"""When a source is looked at next: an interval or times of day; later after failures in a row."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from events.source_settings import Source

LONGEST_BACKOFF = 86_400.0  # seconds
FIRST_BACKOFF = 60.0  # of a source with a very short interval
MOST_DOUBLINGS = 12


def next_time(source: Source, now: float, failures: int = 0, retry_after: float = 0.0) -> float:
    """Seconds since 1970 (UTC). `failures` in a row double the wait up to a day; a server that asks
    for a longer wait gets it."""
    if not failures:
        return _planned(source, now)
    base = max(FIRST_BACKOFF, 60 * source.minutes)
    wait = min(LONGEST_BACKOFF, base * 2.0 ** min(failures - 1, MOST_DOUBLINGS))
    return now + max(wait, retry_after)


def due(source: Source, planned: float, now: float) -> float:
    """The planned time, unless the clock was set back: never later than any plan made now."""
    return min(planned, max(_planned(source, now), now + LONGEST_BACKOFF))


def _planned(source: Source, now: float) -> float:
    if not source.at:
        return now + 60 * source.minutes
    zone = ZoneInfo(source.zone) if source.zone else None
    today = dt.datetime.fromtimestamp(now, zone).date()
    days = (today + dt.timedelta(days=n) for n in range(3))
    # an hour that the change to summer time skips comes as much later, one that comes twice is
    # taken once: `timestamp` says so of a time of day in its zone
    moments = (_moment(day, time, zone) for day in days for time in source.at)
    return min(moment for moment in moments if moment > now)


def _moment(day: dt.date, time: str, zone: ZoneInfo | None) -> float:
    return dt.datetime.combine(day, dt.time.fromisoformat(time), zone).timestamp()
