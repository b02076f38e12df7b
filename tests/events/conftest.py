"""Extractions to store, with every kind of event that questions tell apart."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from events.model import (
    ActorMention,
    Article,
    DateSpan,
    Event,
    Extraction,
    LeftOut,
    Place,
    PlaceMention,
    Precision,
    Published,
)
from events.store import Store

LOADED = dt.datetime(2024, 12, 1, 9, tzinfo=dt.UTC)
TEXT = "Jeudi, la Russie a tiré un missile sur Dnipro. L’Ukraine a dénoncé l’attaque."
DNIPRO = Place("709930", "Dnipro", "UKR", 48.45, 34.98, "city")


def span(first: str | None, last: str | None, precision: Precision) -> DateSpan:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    value = first or last or ""
    return DateSpan("text", 0, 5, "Jeudi", days[0], days[1], precision, "explicit", value)


def make_extraction(number: int, lang: str = "fr", text: str = TEXT) -> Extraction:
    """One article with four events: by day, by year, undated and denied, open-ended."""
    published = Published.given(dt.date(2024, 11, 1) + dt.timedelta(days=number))
    article = Article(
        id=number,
        title=f"Article {number}",
        text=text,
        lang=lang,
        source="Élysée Matin",
        published=published,
        retrieved=LOADED + dt.timedelta(days=number),
    )
    place = PlaceMention("text", 39, 45, "Dnipro", DNIPRO, "event")
    day = span("2024-11-21", "2024-11-21", "day")
    year = span("2023-01-01", "2023-12-31", "year")
    since = span("2024-02-10", None, "span")

    def event(
        key: int,
        kind: str,
        status: str,
        date: DateSpan | None,
        sources: tuple[str, ...],
        targets: tuple[str, ...],
        where: PlaceMention | None,
        confidence: float,
    ) -> Event:
        return Event(
            number * 10 + key, number, kind, "", status, date, sources, targets, where, None,  # type: ignore[arg-type]
            TEXT[:46], "text", 0, 46, confidence=confidence,
        )  # fmt: skip

    events = (
        event(1, "ASSAULT", "reported", day, ("RUS",), ("UKR",), place, 0.9),
        event(2, "AID", "reported", year, ("USA",), ("UKR",), None, 0.6),
        event(3, "ACCUSE", "denied", None, ("UKR", "POL"), (), None, 0.3),
        event(4, "MOBILIZE", "planned", since, ("RUS.GOV",), ("UKR",), place, 0.7),
    )
    actor = ActorMention("text", 10, 16, "Russie", "RUS", "Russia", "state")
    left = (LeftOut("negated", "n’a pas réagi", "text", 3, 16),)
    return Extraction(article, (day, year), (place,), (actor,), events, left)


def by_reader(event: Event, sure: float, weight: int = 2) -> Event:
    """The event as the learned reader tells it: all fields equally sure, with other answers."""
    fields = ("event", "type", "sources", "targets", "date", "place")
    others = (("type", "COERCE", 0.2), ("type", "THREATEN", 0.1), ("place", "", 0.3))
    certainty = tuple((name, sure) for name in fields)
    return replace(event, certainty=certainty, alternatives=others, weight=weight)


@pytest.fixture
def extraction() -> Callable[..., Extraction]:
    return make_extraction


@pytest.fixture(scope="session")
def made_store_of_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three articles, two French, one English: to be read or copied, never written."""
    made = Store(tmp_path_factory.mktemp("three") / "store")
    made.append([make_extraction(1), make_extraction(2, "en"), make_extraction(3)])
    return made.location


@pytest.fixture
def store(made_store_of_three: Path, tmp_path: Path) -> Store:
    """The same, to be written to."""
    shutil.copytree(made_store_of_three.parent, tmp_path, dirs_exist_ok=True)
    return Store(tmp_path / "store")
