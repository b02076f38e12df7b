"""An event with the parse of the words that a headline is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.headline import MOST, under
from events.headline_fields import status_mark
from events.model import ActorMention, Event
from loaders.headlines.clause import Span
from loaders.headlines.persons import PERSON
from loaders.headlines.word_lists import holds

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Told:
    """An event with the parse of its passage, which begins at `start` of the part. `dates`,
    `names`: offsets in the passage; `alone`: no other event is told in it."""

    event: Event
    doc: Doc | None
    lang: str
    start: int
    dates: tuple[Span, ...]
    names: tuple[Span, ...]
    actors: Sequence[ActorMention]
    alone: bool


def trigger(told: Told, doc: Doc) -> list[Token]:
    """The tokens of the words that tell the act."""
    words = told.event.trigger or told.event
    start, end = words.start - told.start, words.end - told.start
    return [t for t in doc if t.idx < end and t.idx + len(t) > start] or list(doc)


def rooms(told: Told) -> list[int]:
    """Characters of a headline without and with the mark of the status."""
    mark = status_mark(told.event.status, told.lang)
    return list(dict.fromkeys((MOST, MOST - len(mark))))


def room_under(name: str, told: Told, room: int = MOST) -> int:
    """Characters of a line of `room` under the name of a party, where there is one."""
    return room - len(under(name, "", told.lang)) if name else room


def has_a_name(part: str, told: Told) -> bool:
    """Whether a part of the sentence names a party or a person."""
    assert told.doc is not None
    names = [told.doc.text[start:end] for start, end in told.names]
    names += [span.text for span in told.doc.ents if span.label_ in PERSON]
    return any(holds(part, name) for name in names)
