"""Kinds of short texts, each with a floor: tests/cases/readings.tsv, whose head tells the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from events.model import Article, Event, Published
from events.ontology import EVENT_TYPES
from loaders.pipeline import extract
from tests.case_rows import case_rows

CASES = Path(__file__).resolve().parents[2] / "cases" / "readings.tsv"
# kind -> how many of its rows must hold
FLOORS = {
    "verb first": 7,
    "host": 7,
    "received": 9,
    "troops leave": 7,
    "day that opens": 7,
    "hours of two days": 9,
    "separated verb": 9,
    "entry's stamp": 5,
}


def _side(wanted: str, told: Sequence[str]) -> bool:
    return wanted == "*" or wanted in {code.partition(":")[0] for code in told}


def _parties(event: Event, doer: str, target: str) -> bool:
    if EVENT_TYPES[event.type].symmetric:
        both = [*event.sources, *event.targets]
        return _side(doer, both) and _side(target, both)
    return _side(doer, event.sources) and _side(target, event.targets)


def _meets(event: Event, pattern: str) -> bool:
    """Whether an event is what a pattern says."""
    types, parties, *more = pattern.split()
    doer, _, target = parties.partition(">")
    if not (types == "*" or event.type in types.split("|")) or not _parties(event, doer, target):
        return False
    told: set[str] = {event.status}
    if event.date is not None:
        first, last = event.date.first, event.date.last
        told.add(f"{first}" if first == last else f"{first}/{last}")
    return told.issuperset(more)


def _holds(row: Sequence[str]) -> bool:
    _, lang, day, text, wanted, unwanted = row
    published = dt.date.fromisoformat(day)
    article = Article(1, "", text, lang, published=Published.given(published))
    events = extract(article, published).events
    told = wanted == "-" or any(_meets(event, wanted) for event in events)
    return told and not (unwanted != "-" and any(_meets(event, unwanted) for event in events))


@pytest.mark.parametrize("kind", FLOORS)
def test_most_of_a_kind_is_read(kind: str) -> None:
    rows = [row for row in case_rows(CASES) if row[0] == kind]
    assert len(rows) == 10
    missed = [row[3] for row in rows if not _holds(row)]
    assert len(rows) - len(missed) >= FLOORS[kind], missed


@pytest.mark.parametrize("row", [row for row in case_rows(CASES) if row[0] == "not told"])
def test_what_may_not_be_told(row: list[str]) -> None:
    assert _holds(row)
