"""No report and no collection are two things: sources that bring nothing now, since when."""

from __future__ import annotations

import datetime as dt

from events import settings
from events.settings import SettingsError
from events.source_settings import Source
from events.store import Store, StoreError
from loaders.sources.state import Entry, State, now
from pages.shared import facts
from pages.shell import look
from pages.shell.language import _, count, listed, number

PATIENCE = 86_400.0  # seconds without a success after which a source that is due brings nothing
MOST_NAMED = 4
RECENT = dt.timedelta(days=7)


def note(last_day: dt.date | None) -> None:
    """Under a view of days that ends on `last_day` (None: open): the sources that may be missing in
    it; nothing where all bring what they have, or the view ends before they stopped."""
    try:
        found = missing(State(Store()), last_day)
    except (SettingsError, StoreError):  # said by the frame and by the page of sources
        return
    if not found:
        return
    told = [_since(source, entry) for source, entry in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        told.append(_("and {n} more").format(n=number(len(found) - MOST_NAMED)))
    words = count(
        "No report may mean no collection here: {names} brings nothing now.",
        "No report may mean no collection here: {names} bring nothing now.",
        len(found),
        names=listed(told),
    )
    look.note(words)


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
