"""The last day, date and year mentioned, from which later relative dates count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from events.model import DateBasis
from loaders.find.dates.expression import DateExpression, Resolved


@dataclass
class LastDates:
    """The last mentioned day and date, and the year named in the current sentence."""

    published: dt.date | None
    day: dt.date | None = None
    day_sentence: int = -9
    any: dt.date | None = None
    sentence: int = -9
    year: int | None = None
    night: bool = False
    past: dict[dt.date, int] = field(default_factory=dict)

    def see(self, e: DateExpression, found: Resolved) -> None:
        """Record a resolved expression as the last one mentioned."""
        if e.not_event or e.kind == "span" or (e.kind == "time" and not e.partner):
            return
        first = found.first or found.last
        self.any = first
        if found.precision == "day" or e.kind == "night":
            self.day, self.day_sentence, self.night = first, e.sentence, e.kind == "night"
            if first and self.published and first <= self.published:
                self.past[first] = self.past.get(first, 0) + 1
        if e.year is not None and not e.open_end and not e.bound:
            self.sentence, self.year = e.sentence, e.year

    def begin_entry(self, day: dt.date) -> None:
        """Count from the day of an entry on, as if it had been published then."""
        self.published = day
        self.day = self.any = self.year = None
        self.past.clear()

    def told(self, e: DateExpression) -> dt.date | None:
        """The day that "two days earlier" counts from: the last one mentioned; if that is in the
        future and the verb is past, the past day mentioned most often.
        """
        last = self.day if e.unit in ("D", "") else self.any
        if last is None or self.published is None or last <= self.published:
            return last
        if e.tense != "past" or not self.past:
            return last
        return max(self.past, key=lambda day: (self.past[day], day))


def one_day(
    day: dt.date, basis: DateBasis, implied: tuple[str, ...] = (), confidence: float = 1.0
) -> Resolved:
    """A single day as a resolution."""
    return Resolved(day, day, "day", day.isoformat(), basis, implied, confidence)
