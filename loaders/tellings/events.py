"""From document and mentions to events: who did what to whom, when, where, reported by whom.

The learned reader says what it sees in the words; without its model the event words alone do.
What is no event, or is not sure enough, is returned with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.model import ActorMention, DateSpan, Event, LeftOut, PlaceMention, Published
from loaders.acts.network import network
from loaders.acts.reader_input import ReaderInput, reader_input
from loaders.acts.words_alone import WordsAlone
from loaders.tellings.learned import (
    below,
    events_of,
    retold,
    split_by_certainty,
    uncertain,
    untold,
)
from loaders.text.document import Document, Standing


@dataclass(frozen=True)
class EventsBuilt:
    """Events of an article in reading order; its places with final roles; what was left out, with
    reasons and offsets. `sure`: the events that the fitted threshold lets through."""

    events: tuple[Event, ...]
    places: tuple[PlaceMention, ...]
    left_out: tuple[LeftOut, ...]
    sure: tuple[Event, ...]


def build_events(
    document: Document,
    dates: Sequence[DateSpan],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    published: Published,
    threshold: float | None = None,
) -> EventsBuilt:
    """The events of an article from the mentions found in it. Never raises on odd text.

    `threshold`: how sure an event must be to be told; None for the fitted one.
    """
    given = reader_input(document, dates, places, actors, published)
    learned = network()
    if learned is None:
        events = [uncertain(event) for event in events_of(document, given, WordsAlone())]
    else:
        events = events_of(document, given, learned)
    told, doubtful = split_by_certainty(events, threshold)
    sure, _less_sure = split_by_certainty(events)
    left_out = _left_out(given, actors, told, doubtful)
    return EventsBuilt(tuple(told), _with_roles(places, sure), tuple(left_out), tuple(sure))


def _left_out(
    given: ReaderInput,
    actors: Sequence[ActorMention],
    told: Sequence[Event],
    doubtful: Sequence[Event],
) -> list[LeftOut]:
    """So that no sentence with an event word or an actor vanishes: it tells an event or is here."""
    rows = [below(event) for event in doubtful]
    quoted: list[Standing] = [*rows, *told, *(also for event in told for also in event.also)]
    covered = {(each.part, each.start) for each in quoted}
    rows += retold(doubtful, covered)
    return rows + untold(given, actors, covered | {(row.part, row.start) for row in rows})


def _with_roles(
    places: Sequence[PlaceMention], events: Sequence[Event]
) -> tuple[PlaceMention, ...]:
    """The places, with role "event" for exactly those at which an event happens."""
    at = {(e.place.part, e.place.start) for e in events if e.place is not None}
    return tuple(
        replace(p, role="event")
        if (p.part, p.start) in at
        else (replace(p, role="mentioned") if p.role == "event" else p)
        for p in places
    )
