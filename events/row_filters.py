"""Which of the held events pass the filters, reason by reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from events.columns_in_memory import NO_DAY, Bools, Held
from events.filters import Filters

# the field of the filters -> the reasons that it gives
_REASONS_OF = {
    "actors": ("actor",),
    "types": ("type",),
    "places": ("unlocated", "place"),
    "statuses": ("status",),
    "langs": ("language",),
    "dates": ("undated", "outside the dates"),
}


class Sieve:
    """The filters over held events: `conditions` has, reason by reason, which events fulfil it."""

    def __init__(self, held: Held, filters: Filters, text: Bools | None = None) -> None:
        """`text` says which events hold the words searched for; None where none are."""
        self.held = held
        self.filters = filters
        self.conditions = dict(_conditions(held, filters, text))

    def passing(self, *without: str) -> Bools:
        """The events that pass every filter but those on the fields named."""
        free = {reason for field in without for reason in _REASONS_OF[field]}
        rows = np.ones(self.held.size, bool)
        for reason, holds in self.conditions.items():
            if reason not in free:
                rows &= holds
        return rows

    def hidden(self) -> Iterator[tuple[str, Bools]]:
        """Each reason with the events that it is the first to hide."""
        left = np.ones(self.held.size, bool)
        for reason, holds in self.conditions.items():
            yield reason, left & ~holds
            left = left & holds


def _conditions(held: Held, filters: Filters, text: Bools | None) -> Iterator[tuple[str, Bools]]:
    """In the order in which an event is hidden: the first reason that holds is told."""
    if filters.as_of:
        day = _number(filters.as_of)
        # NO_DAY, an unknown publication day, lies before every day
        yield (
            "after the as-of date",
            ((held.days("published") <= day) & (held.days("retrieved") <= day)),
        )
    if filters.langs:
        yield "language", held.text("lang").isin(filters.langs)
    if filters.date_from or filters.date_to:
        yield "undated", ~held.undated
        yield "outside the dates", _touching(held, filters)
    if filters.actors:
        yield "actor", held.acting(frozenset(filters.actors), filters.level)
    if filters.types:
        yield "type", held.text("type").isin(filters.types)
    if filters.places:
        yield "unlocated", ~held.unlocated
        yield "place", _somewhere(held, filters.places)
    if filters.statuses:
        yield "status", held.text("status").isin(filters.statuses)
    if filters.min_confidence:
        yield "confidence", held.number("confidence") >= filters.min_confidence
    if text is not None:
        yield "text", text


def _number(day: dt.date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def _touching(held: Held, filters: Filters) -> Bools:
    """The interval shares a day with the wanted one; an open side reaches everywhere."""
    rows = np.ones(held.size, bool)
    if filters.date_from:
        last = held.days("last")
        rows &= (last == NO_DAY) | (last >= _number(filters.date_from))
    if filters.date_to:
        rows &= held.days("first") <= _number(filters.date_to)
    return rows


def _somewhere(held: Held, places: Sequence[str]) -> Bools:
    found: Bools = np.zeros(held.size, bool)
    for name in ("place_id", "place_name", "place_country"):
        found |= held.text(name).isin(places)
    return found
