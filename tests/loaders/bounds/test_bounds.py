"""What bounds an event without a date, case by case; the dates stay as they were."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from events.model import Article, DateSpan, Event, Mention, Published
from loaders.bounds.bounds import with_bounds
from loaders.text.document import Document
from loaders.text.read import read_document

CASES = Path(__file__).parents[2] / "cases" / "bounds.toml"


def cases() -> list[dict[str, Any]]:
    with CASES.open("rb") as file:
        return list(tomllib.load(file)["case"])


def document_of(case: dict[str, Any]) -> Document:
    published = Published.unknown()
    if case["published"]:
        published = Published.given(dt.date.fromisoformat(case["published"]))
    return read_document(Article(1, "", case["text"], case["lang"], published=published))


def events_of(case: dict[str, Any], document: Document) -> list[Event]:
    """The acts of a case as events of its text."""
    return [
        _event(n, words, told, document) for n, (words, told) in enumerate(case["acts"].items())
    ]


def dates_of(case: dict[str, Any]) -> list[DateSpan]:
    """The dates of a case that no act has: words -> day."""
    found = []
    for words, day in case.get("dates", {}).items():
        at, when = case["text"].index(words), dt.date.fromisoformat(day)
        end = at + len(words)
        found.append(DateSpan("text", at, end, words, first=when, last=when, precision="day",
                              basis="relative", value=day))  # fmt: skip
    return found


def _event(number: int, words: str, told: list[str], document: Document) -> Event:
    type_, status, first, last, *basis = told
    start = document.article.text.index(words)
    at = Mention("text", start, start + len(words), words)
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    day = dt.date.fromisoformat
    date = DateSpan(
        "text", start, start, "", first=day(first), last=day(last), precision="span",
        basis=basis[0] if basis else "explicit", value=first,  # type: ignore[arg-type]
    ) if first else None  # fmt: skip
    return Event(
        number, 1, type_, "", status, date, (), (), None, None, sentence.text,  # type: ignore[arg-type]
        "text", sentence.start, sentence.end, trigger=at,
    )  # fmt: skip


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["what"]))
def test_bounds_of_an_act(case: dict[str, Any]) -> None:
    document = document_of(case)
    events = events_of(case, document)
    told = with_bounds(document, events, events, dates_of(case), document.article.published)
    bounds = next(e for e in told if e.trigger and e.trigger.text == case["of"]).bounds
    assert bounds is not None
    found = [day.isoformat() if day else "" for day in (bounds.first, bounds.last)]
    assert [*found, bounds.text] == [case["first"], case["last"], case["words"]]
    assert len(bounds.reasons) == bool(case["published"]) + bool(case["words"])


def test_nothing_but_bounds_changes_and_a_dated_event_has_none() -> None:
    for case in cases():
        document = document_of(case)
        events = events_of(case, document)
        told = with_bounds(document, events, events, (), document.article.published)
        assert [replace(event, bounds=None) for event in told] == events
        assert all(event.bounds is None for event in told if event.date)


def test_nothing_bounds_an_act_of_an_article_that_tells_no_day() -> None:
    case = {"lang": "en", "published": "", "text": "Rebels took the town.", "acts": {}}
    case["acts"] = {"took": ["ASSAULT", "reported", "", ""]}
    document = document_of(case)
    (event,) = with_bounds(document, events_of(case, document), (), (), Published.unknown())
    assert event.bounds is None


def test_words_that_refute_the_story_s_own_day_take_its_place() -> None:
    case = next(case for case in cases() if "dates" in case)
    own = ["ASSAULT", "reported", "2024-11-26", "2024-11-27", "story"]
    document = document_of(case)
    events = events_of(case | {"acts": {"struck": own}}, document)
    (told,) = with_bounds(document, events, (), dates_of(case), document.article.published)
    assert told.date is None
    assert told.bounds is not None
    assert told.bounds.first == dt.date(2024, 11, 20)
    (kept,) = with_bounds(document, events, (), (), document.article.published)
    assert kept == events[0]
