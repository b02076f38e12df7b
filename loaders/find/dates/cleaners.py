"""Final step: resolved expressions become DateSpans, all others LeftOuts with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from events.model import DateSpan, LeftOut, Published
from loaders.find.dates.expression import DateExpression, Resolved
from loaders.find.dates.figures import UNSURE
from loaders.find.dates.resolver import intervals
from loaders.text.document import Document

NEEDS_PUBLISHED = "date counts from the publication date, which is unknown"
NO_SUCH_DAY = "no such day in the calendar"


def resolve(
    expressions: Sequence[DateExpression], document: Document, published: Published
) -> list[DateSpan]:
    """A DateSpan for each expression that resolves, in reading order."""
    found = intervals(expressions, _day(published))
    return [_span(e, r) for e, r in zip(expressions, found, strict=True) if r is not None]


def unresolved(
    expressions: Sequence[DateExpression], document: Document, published: Published
) -> list[LeftOut]:
    """Expressions that give no date, with reason and offsets: ages, durations, recurring dates,
    relative dates in an article whose publication date is unknown.
    """
    day = _day(published)
    found = intervals(expressions, day)
    return [
        LeftOut(_reason(e, day), e.text, e.part, e.start, e.end)
        for e, r in zip(expressions, found, strict=True)
        if r is None
    ]


def zone_notes(spans: Sequence[DateSpan]) -> list[str]:
    """A note for each zoned time so near midnight that it is another day in other time zones.

    The day stays as written: it is not shifted, only noted.
    """
    return [
        f'"{span.text} {span.zone}": kept as {span.value[:10]}, the day as written; '
        f"in other zones it may be the day {side}"
        for span in spans
        if span.zone and (side := _other_day(span.time))
    ]


def figure_notes(spans: Sequence[DateSpan]) -> list[str]:
    """A note for each date in figures of which month and day cannot be told apart."""
    return [
        f'"{span.text}": {span.first} or {span.last}, month and day cannot be told apart; kept as '
        "a span"
        for span in spans
        if span.value.endswith(UNSURE)
    ]


def _other_day(time: str) -> str:
    if not time[:2].isdigit():
        return ""
    hour = int(time[:2])
    return "after" if hour >= 21 else "before" if hour < 4 else ""


def _day(published: Published) -> dt.date | None:
    """The publication day, from which relative dates count; None if only month or year is known."""
    return published.date if published.precision in ("day", None) else None


def _reason(e: DateExpression, day: dt.date | None) -> str:
    if e.kind == "set_aside":
        return e.not_event or "no date"
    if e.kind == "span" and day is not None:
        return "duration"
    return NEEDS_PUBLISHED if day is None else NO_SUCH_DAY


def _span(e: DateExpression, r: Resolved) -> DateSpan:
    return DateSpan(
        part=e.part,
        start=e.start,
        end=e.end,
        text=e.text,
        first=r.first,
        last=r.last,
        precision=r.precision,
        basis=r.basis,
        value=r.value,
        open_start=r.first is None,
        open_end=r.last is None,
        time=e.time or e.daypart,
        zone=e.zone,
        known=e.known,
        implied=r.implied,
        not_event=e.not_event,
        confidence=r.confidence,
    )
