"""Own gold of events (benchmarks/gold/events), and the pipeline's events of a text."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from events import registry
from events.model import Article, Event, Place, Published
from loaders.pipeline import extract

FOLDER = Path(__file__).resolve().parent / "gold" / "events"
SETS = (
    "fr",
    "en",
    "fresh_fr",
    "fresh_en",
    "sentences_fr",
    "sentences_en",
    "second_fr",
    "second_en",
)
SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
TODAY = dt.date(2026, 11, 23)  # only an upper bound for a publication date that is inferred


def events_of(text: str, title: str, lang: str, published: str) -> tuple[Event, ...]:
    """The pipeline's events of one text; `published`: an ISO day or ""."""
    came = Published.given(dt.date.fromisoformat(published)) if published else Published.unknown()
    return extract(Article(1, title, text, lang, published=came), TODAY).events


@functools.cache
def own_gold(name: str) -> tuple[dict[str, Any], ...]:
    """The articles of a set ("fr", "fresh_fr"); an empty list of events marks a text without
    any."""
    path = FOLDER / f"{name}.jsonl"
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


@functools.cache
def told(name: str) -> tuple[tuple[dict[str, Any], tuple[Event, ...]], ...]:
    """Each article of a set with the pipeline's events of it."""
    return tuple(
        (row, events_of(row["text"], row.get("title", ""), row["lang"], row.get("published") or ""))
        for row in own_gold(name)
    )


def fits(event: Event, want: dict[str, Any]) -> bool:
    """Whether the type is a wanted one, and first and last day equal those of the gold, if any."""
    if event.type not in want["type"]:
        return False
    if not want.get("from"):
        return True
    date = event.date
    days = (date.first, date.last) if date else (None, None)
    return [day.isoformat() if day else None for day in days] == [want["from"], want["to"]]


def actors_fit(event: Event, want: dict[str, Any]) -> bool:
    """Whether each wanted side has a matching code; the sides of a meeting may be swapped."""
    sources, targets = _codes(event.sources), _codes(event.targets)
    if event.type in SYMMETRIC:
        sources = targets = sources | targets
    wanted = (set(want.get("sources") or ()), set(want.get("targets") or ()))
    return all(not side or side & got for side, got in zip(wanted, (sources, targets), strict=True))


def _codes(codes: Iterable[str]) -> set[str]:
    return {c for code in codes for c in (code, registry.country(code)) if c}


def place_of(event: Event) -> Place | None:
    """The gazetteer's place of an event."""
    return event.place.place if event.place else None


def place_fits(event: Event, want: dict[str, Any]) -> bool:
    """Whether the place has the wanted name, or one name contains the other."""
    place = place_of(event)
    name, wanted = (place.name.lower() if place else ""), want["place"].lower()
    return bool(name) and (wanted in name or name in wanted)


def wrong_place(event: Event, want: dict[str, Any]) -> str:
    """The error in the place of a gold event: "none told", "other country" or "".

    A place over several countries (a sea, a continent) has no country in the gold: any is right.
    """
    place = place_of(event)
    if place is None:
        return ""
    if not want.get("place"):
        return "none told"
    return "other country" if want.get("country", place.country) != place.country else ""
