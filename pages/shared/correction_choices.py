"""What a person may choose from in the form of corrections: the value of the event, the reader's
other answers with their certainty, what the article names, then all that is known."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from events import registry, wording
from events.certainty import ANY
from events.corrections import NONE, PLACE_KEYS, date_value, place_value, value_of
from events.filters import Filters
from events.ontology import EVENT_TYPES
from events.records import records
from pages.shared import edit_words, facts
from pages.shared.facts import Row
from pages.shell.language import current, label
from pages.shell.store_access import query


@dataclass(frozen=True)
class Choices:
    """`values`: field -> what it may be, as edits write it (single codes for parties). `certainty`:
    (field, value) -> how sure the reader is of that answer."""

    values: dict[str, list[str]]
    certainty: dict[tuple[str, str], float]

    def words(self, field: str, value: str) -> str:
        """A choice in words, with its certainty where the reader gave one."""
        told = choice_words(field, value)
        share = self.certainty.get((field, value))
        return told if share is None else f"{told} · {wording.format_share(share, current())}"


def choices(row: Row) -> Choices:
    """The choices of each field of an event that one chooses from a list."""
    found, known = near(row), known_values()
    named = {field: [*values, *known.get(field, ())] for field, values in found.values.items()}
    return Choices({f: list(dict.fromkeys(values)) for f, values in named.items()}, found.certainty)


def near(row: Row) -> Choices:
    """The likeliest choices: what the event says, the reader's other answers, what the article
    names."""
    article = int(row["article_id"])
    mentions = records(query().mentions(Filters(), article))
    others = records(query().alternatives(int(row["event_id"])))
    places = {**_places(mentions), **_places(_known_places())}
    told = {
        field: list(_answers(others, field, places, row))
        for field in ("type", "sources", "targets", "date", "place")
    }
    parties = [str(m["code"]) for m in mentions if m["kind"] == "actor"]
    named: dict[str, Iterable[str]] = {
        "type": (),
        "sources": parties,
        "targets": parties,
        "attributed_to": (NONE, *parties),
        "date": (NONE, *_dates(mentions)),
        "place": (NONE, *_places(mentions).values()),
    }
    values = {}
    for field, rest in named.items():
        likely = [value for value, _share in told.get(field, ())]
        values[field] = list(dict.fromkeys([*_mine(row, field), *likely, *rest]))
    # what the event says is as sure as the evidence tells: another answer may have its name
    sure = {
        (f, value): share
        for f, answers in told.items()
        for value, share in answers
        if value not in _mine(row, f)
    }
    return Choices(values, sure)


def known_values() -> dict[str, list[str]]:
    """What may be chosen of any event: field -> values, as edits write them."""
    parties, places = list(_actors()), list(_places(_known_places()).values())
    sides = dict.fromkeys(("sources", "targets", "attributed_to"), parties)
    return {"type": list(EVENT_TYPES), **sides, "place": places}


def _mine(row: Row, field: str) -> list[str]:
    """What the event says now."""
    if field in ("sources", "targets"):
        return [str(code) for code in row[field]]
    return [value_of(field, row)]


def _answers(
    others: Iterable[Row], field: str, places: dict[str, str], row: Row
) -> Iterator[tuple[str, float]]:
    """(value, certainty) of the reader's other answers that can be chosen."""
    for other in others:
        if other["field"] != field:
            continue
        value = str(other["value"])
        if field == "place":
            value = places.get(value, "") if value else NONE
        elif field == "date":
            value = _date(value, facts.date_of(row["published"]))
        if value:  # nobody is chosen by taking everybody out
            yield value, float(other["certainty"])


def _date(value: str, published: dt.date | None) -> str:
    """A date among the other answers: "first/last", "" none, "story" the day of the news."""
    if value == "story":
        return date_value(published - dt.timedelta(days=1), published) if published else ""
    try:
        days = [dt.date.fromisoformat(day) if day else None for day in value.split("/")]
    except ValueError:  # of a later reader, say: not to be chosen
        return ""
    return date_value(days[0], days[-1])


def _dates(mentions: Iterable[Row]) -> Iterator[str]:
    """The days and intervals that the article names."""
    for told in mentions:
        if told["kind"] == "date":
            value = date_value(facts.date_of(told["first"]), facts.date_of(told["last"]))
            if value != NONE:
                yield value


def _places(rows: Iterable[Row]) -> dict[str, str]:
    """Name -> value of each place with a position, the first of a name."""
    found: dict[str, str] = {}
    for row in rows:
        if row.get("kind", "place") == "place" and row["lat"] == row["lat"] and row["name"]:
            found.setdefault(str(row["name"]), place_value(*(row[key] for key in _KEYS)))
    return found


# of mentions; the places of the store are renamed to them
_KEYS = ("code", "name", "country", "subkind", "lat", "lon")


def _known_places() -> list[dict[str, Any]]:
    """The places of all events of the store."""
    table = query().places(Filters(sure=ANY))
    names = [f"place_{key}" for key in PLACE_KEYS[:4]] + ["lat", "lon"]
    return records(table.rename(columns=dict(zip(names, _KEYS, strict=True))))


@functools.cache
def _actors() -> tuple[str, ...]:
    """Codes of every actor of the registry, states first."""
    known = sorted(registry.actors(), key=lambda actor: actor.kind != "state")
    return tuple(actor.code for actor in known)


def choice_words(field: str, value: str) -> str:
    """A choice of a field in words."""
    if field in ("sources", "targets", "attributed_to") and value != NONE:
        return edit_words.actor_choice(value)
    return label(value) if field == "type" else edit_words.value_in_words(field, value)
