"""Event rows as persons corrected them: edits laid over what was read, and events that they added.

An event that the reader missed is an edit without an event: field `added`, its value a JSON record
of the words in the article (`AddedEvent`). Its id is the one that a reader would give it, so that
it is the same event if a later reader finds it; what it says are edits of that id like any others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from events.corrections import FIELDS, NOT_AN_EVENT, Columns, EditRefused, columns
from events.identity import event_id
from events.model import Part
from events.ontology import EVENT_TYPES
from events.tables import UNDATED, month_of

ADDED, EVENT = "added", "event"
# verdicts of a review (events.reviews): what is told is right; what a second reader says of it
ACCEPTED, SECOND = "accepted", "second"
VERDICTS = ("accepted", "corrected", "rejected")
Row = Mapping[Any, Any]
Values = Mapping[str, str]  # field -> value that stands
_WRITTEN = ("event_id", "article_id", "load_id", "revision", "loaded_at", "reader_version")


@dataclass(frozen=True)
class AddedEvent:
    """Where a missed event is told: `start`:`end` of the sentence `quote` in the title or text of
    an article, and of the words of the act in it. Raises EditRefused where they do not fit."""

    article_id: int
    part: Part
    start: int
    end: int
    quote: str
    trigger_start: int
    trigger_end: int
    type: str

    def __post_init__(self) -> None:
        inside = 0 <= self.start <= self.trigger_start < self.trigger_end <= self.end
        if not (inside and self.end - self.start == len(self.quote) and self.quote.strip()):
            raise EditRefused("the words of an added event must lie in its sentence")
        if self.type not in EVENT_TYPES or self.part not in ("title", "text"):
            raise EditRefused("{value} is no event type", value=repr(self.type))

    @property
    def id(self) -> int:
        """The id that a reader would give to the event of these words."""
        return event_id(self.article_id, self.part, self.trigger_start)

    def value(self) -> str:
        """The value of the edit."""
        return json.dumps(asdict(self), ensure_ascii=False)


def added_event(value: str) -> AddedEvent:
    """The words that the value of an `added` edit names. Raises EditRefused."""
    try:
        return AddedEvent(**json.loads(value))
    except (ValueError, TypeError) as error:
        if isinstance(error, EditRefused):
            raise
        raise EditRefused("{value} does not name words of an article", value=repr(value)) from error


def check_words(words: AddedEvent, article: pd.DataFrame) -> None:
    """Raise EditRefused unless the article (a row of ARTICLE_COLUMNS, or none) says the words."""
    told = str(article[words.part].iloc[0])[words.start : words.end] if len(article) else ""
    if told != words.quote:
        raise EditRefused("the article does not say {quote} there", quote=repr(words.quote))


def check_decision(field: str, value: str) -> None:
    """Raise EditRefused unless it is a value of `event`, `added`, `accepted` or `second`."""
    forms = {EVENT: NOT_AN_EVENT, ACCEPTED: "a number", SECOND: ", ".join(VERDICTS)}
    if field == ADDED:
        added_event(value)
    elif not _is_decided(field, value):
        raise EditRefused(
            "{value} is no {field} of an event: write {form}",
            value=repr(value), field=field, form=forms[field],
        )  # fmt: skip


def _is_decided(field: str, value: str) -> bool:
    known = {EVENT: value == NOT_AN_EVENT, ACCEPTED: value.isdecimal(), SECOND: value in VERDICTS}
    return known[field]


def edited(row: Row, values: Values) -> Columns:
    """An event row with the values that stand laid over it. A value that it cannot have (a mode of
    another type, of which a later edit made it) is left out."""
    found = dict(row)
    for field in FIELDS:
        if field in values:
            try:
                found |= columns(field, values[field], found)
            except EditRefused:
                continue
    found["month"] = month_of(found["first"] or found["last"])
    return found


def is_rejected(values: Values) -> bool:
    """Whether a person said that it is no event."""
    return values.get(EVENT) == NOT_AN_EVENT


def row_of(added: AddedEvent, article: Row, empty: Columns) -> Columns:
    """The row of an added event before edits. `article`: keys of the events of its revision
    (article_id, load_id, revision ...); `empty`: a row in which nothing is told."""
    known = EVENT_TYPES[added.type]
    marked = [["trigger", added.part, added.trigger_start, added.trigger_end]]
    return {
        **empty,
        **{key: article[key] for key in _WRITTEN if key in article},
        "event_id": added.id,
        "type": added.type,
        "quad": known.quad,
        "score": known.score,
        "cameo": known.cameo,
        "status": "reported",
        "quote": added.quote,
        "part": added.part,
        "start": added.start,
        "end": added.end,
        "spans": json.dumps(marked),
        "also": "[]",
        "attributes": "[]",
        "confidence": 1.0,
        "open_start": False,
        "open_end": False,
        "month": UNDATED,
    }


def by_event(edits: Iterable[Row]) -> dict[int, dict[str, str]]:
    """Event id -> field -> value, of edits that stand."""
    found: dict[int, dict[str, str]] = {}
    for edit in edits:
        found.setdefault(edit["event_id"], {})[edit["field"]] = edit["value"]
    return found
