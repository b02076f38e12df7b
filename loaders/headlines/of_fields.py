"""The line of an event that no part of its sentence tells: one of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from events.headline import Fields, from_fields
from events.model import Event
from loaders.headlines.doubt import doubts
from loaders.headlines.parties import place_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_fields(event: Event, act: Sequence[Token], lang: str) -> str:
    """The line of the event's fields in the article's language. `act`: the first word of the act in
    the parse of its sentence, () where there is none."""
    place = event.place.place if event.place is not None else None
    fields = Fields(
        event.type,
        event.mode,
        event.status,
        (event.sources, event.targets),
        place_of(event, lang),
        event.attributes,
        event.quote,
        place.kind if place is not None else "",
        place.country if place is not None else "",
        event.attributed_to or "",
        event.trigger.text if event.trigger is not None else "",
        lang,
        dict(event.certainty),
        any(doubts(word, lang, event.status, strict=False) for word in act),
    )
    return from_fields(fields, lang)
