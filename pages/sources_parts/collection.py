"""No report and no collection are two things: sources that bring nothing now, since when, and the
days on which one that should have been looked at was not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from events import settings
from events.settings import SettingsError
from events.source_settings import Source
from events.store import Store, StoreError
from loaders.sources.missed import missed_days
from loaders.sources.state import Entry, State, now
from pages.shared import facts
from pages.shell import look
from pages.shell.language import _, count, listed, number

PATIENCE = 86_400.0  # seconds without a success after which a source that is due brings nothing
MOST_NAMED = 4
RECENT = dt.timedelta(days=7)


Days = tuple[dt.date, dt.date]


def days_missed(view: Days | None) -> dict[str, list[dt.date]]:
    """Name of a source -> days in view on which it should have been looked at with success and was
    not; only sources that missed one."""
    try:
        state, today = State(Store()), dt.date.today()
        found = {s.name: missed_days(s, state.days(s.name), today) for s in settings.sources()}
    except (SettingsError, StoreError):  # said by the frame and by the page of sources
        return {}
    first, last = view or (dt.date.min, dt.date.max)
    in_view = {name: [d for d in days if first <= d <= last] for name, days in found.items()}
    return {name: days for name, days in in_view.items() if days}


def note(view: Days | None) -> None:
    """Under a view of days (None: open): the days on which a source was not looked at, and the
    sources that may be missing now; nothing where all bring what they have, or the view ends
    before they stopped."""
    if missed := days_missed(view):
        look.note(_not_looked_at(missed))
    try:
        found = missing(State(Store()), view[1] if view else None)
    except (SettingsError, StoreError):
        return
    if found:
        look.note(_bring_nothing(found))


def _not_looked_at(missed: Mapping[str, Sequence[dt.date]]) -> str:
    told = [
        count("{name} on {n} day", "{name} on {n} days", len(days), name=name)
        for name, days in list(missed.items())[:MOST_NAMED]
    ]
    if len(missed) > MOST_NAMED:
        told.append(_("and {n} more").format(n=number(len(missed) - MOST_NAMED)))
    return _("Not looked at with success, which the foot of the lanes marks: {names}.").format(
        names=listed(told)
    )


def _bring_nothing(found: Sequence[tuple[Source, Entry]]) -> str:
    told = [_since(source, entry) for source, entry in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        told.append(_("and {n} more").format(n=number(len(found) - MOST_NAMED)))
    return count(
        "No report may mean no collection here: {names} brings nothing now.",
        "No report may mean no collection here: {names} bring nothing now.",
        len(found),
        names=listed(told),
    )


def missing(state: State, last_day: dt.date | None) -> list[tuple[Source, Entry]]:
    """The sources that are paused, failing or overdue, where the view holds days since then."""
    entries = [(source, state.entry(source.name)) for source in settings.sources()]
    return [
        (source, entry)
        for source, entry in entries
        if _brings_nothing(source, entry) and _reaches(entry.last_success, last_day)
    ]


def _brings_nothing(source: Source, entry: Entry) -> bool:
    overdue = max(PATIENCE, 120 * source.minutes)
    return entry.paused or entry.failures > 0 or now() - entry.last_success > overdue


def _reaches(success: float, day: dt.date | None) -> bool:
    """Whether a view that ends on the day holds days after the last success; of a source that never
    brought anything, whether it holds about today."""
    if day is None:
        return True
    last = dt.datetime.fromtimestamp(success).date() if success else dt.date.today() - RECENT
    return day >= last


def _since(source: Source, entry: Entry) -> str:
    if not entry.last_success:
        return _("{name} (never)").format(name=source.name)
    when = facts.moment(dt.datetime.fromtimestamp(entry.last_success).astimezone())
    return _("{name} (since {when})").format(name=source.name, when=when)
