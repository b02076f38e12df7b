"""What a text told last: the day, the date and the year that later words count from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.model import DateBasis
from loaders.find.dates.expression import DateExpression, Resolved


@dataclass
class Running:
    """What was told last: a day, any date, and the year named in the sentence."""

    published: dt.date | None
    day: dt.date | None = None
    day_sentence: int = -9
    any: dt.date | None = None
    sentence: int = -9
    year: int | None = None

    def see(self, e: DateExpression, found: Resolved) -> None:
        """Take a resolved expression as the last one told."""
        if e.not_event or e.kind == "span" or (e.kind == "time" and not e.partner):
            return
        first = found.first or found.last
        self.any = first
        if found.precision == "day" or e.kind == "night":
            self.day, self.day_sentence = first, e.sentence
        if e.year is not None and not e.open_end:
            self.sentence, self.year = e.sentence, e.year


def one_day(
    day: dt.date, basis: DateBasis, implied: tuple[str, ...] = (), confidence: float = 1.0
) -> Resolved:
    """A single day as a resolution."""
    return Resolved(day, day, "day", day.isoformat(), basis, implied, confidence)
