"""The headline of an event against its sentence: tests/cases/headlines.toml."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from events.headline import MOST
from events.model import ActorMention, Article, Event, Mention, Published
from loaders.find.dates import read_dates
from loaders.headlines.headline import with_headlines
from loaders.headlines.word_lists import listed, opens_with
from loaders.text.document import Document
from loaders.text.models import model
from loaders.text.read import read_document
from tests.skips import skip

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "headlines.toml").read_text(encoding="utf-8")
)["case"]
PUBLISHED = Published.given(dt.date(2024, 12, 4))
PARSED = ("en", "fr")


def _document(case: dict[str, Any]) -> Document:
    is_title = case.get("part") == "title"
    title, text = (case["quote"], "") if is_title else ("", case["quote"])
    article = Article(1, title, text, case["lang"], published=PUBLISHED)
    return read_document(article)


def _event(case: dict[str, Any]) -> Event:
    quote, words, part = case["quote"], case["trigger"], case.get("part", "text")
    at = quote.index(words)
    return Event(
        id=1,
        article_id=1,
        type=case.get("type", "ASSAULT"),
        mode="",
        status=case.get("status", "reported"),
        date=None,
        sources=tuple(case.get("sources", ())),
        targets=tuple(case.get("targets", ())),
        place=None,
        attributed_to=None,
        quote=quote,
        part=part,
        start=0,
        end=len(quote),
        trigger=Mention(part, at, at + len(words), words),
    )


def _pronouns(case: dict[str, Any]) -> list[ActorMention]:
    told = case.get("pronoun")
    if told is None:
        return []
    at, words = case["quote"].index(told["words"]), told["words"]
    end = at + len(words)
    return [
        ActorMention(
            "text", at, end, words, told["code"], "", "state", told["person"], form="pronoun"
        )
    ]


def _headline(case: dict[str, Any]) -> Event:
    document, event = _document(case), _event(case)
    dates, _undated = read_dates(document, document.article.published)
    other = dataclasses.replace(event, id=2)  # another act told in the same sentence
    events = [event, other] if case.get("beside") else [event]
    return with_headlines(document, events, dates, _pronouns(case))[0]


TWICE = [
    (  # the weightier act has the sentence, the other one a line of its fields
        "en",
        "Kenya accused Uganda of backing out of the treaty, which Uganda denied.",
        ("ACCUSE", "accused", ("KEN",), ("UGA",), 2),
        ("REJECT", "denied", ("UGA",), (), 1),
        "Uganda issues a denial",
    ),
    (
        "fr",
        "Le Kenya a accusé l’Ouganda de renier le traité, ce que Kampala a démenti.",
        ("ACCUSE", "accusé", ("KEN",), ("UGA",), 1),
        ("REJECT", "démenti", ("UGA",), (), 0),
        "L'Ouganda oppose un démenti",
    ),
]


@pytest.mark.parametrize(("lang", "quote", "main", "other", "line"), TWICE)
@pytest.mark.parametrize("order", [1, -1])
def test_two_acts_of_a_sentence_have_two_lines(
    lang: str, quote: str, main: Any, other: Any, line: str, order: int
) -> None:
    if model(lang) is None:
        skip("language models")
    names = ("type", "trigger", "sources", "targets")
    told = [
        dataclasses.replace(
            _event({"quote": quote, **dict(zip(names, act, strict=False))}), id=n, weight=act[4]
        )
        for n, act in enumerate((main, other), 1)
    ][::order]
    document = _document({"quote": quote, "lang": lang})
    found = {event.id: event.headline for event in with_headlines(document, told, [], [])}
    assert found[2] == line
    assert found[1]
    assert found[2].casefold() not in found[1].casefold()


@pytest.mark.parametrize("case", CASES, ids=[f"{c['lang']}: {c['why']}" for c in CASES])
def test_the_headline_of_a_sentence(case: dict[str, Any]) -> None:
    if case["lang"] in PARSED and model(case["lang"]) is None:
        skip("language models")
    made = _headline(case)
    assert (made.headline, made.headline_lang) == (case["headline"], case["lang"])


@pytest.mark.parametrize("case", CASES, ids=[f"{c['lang']}: {c['why']}" for c in CASES])
@pytest.mark.usefixtures("no_models")
def test_without_a_parser_every_event_has_a_headline_too(case: dict[str, Any]) -> None:
    made = _headline(case)
    assert 0 < len(made.headline) <= MOST
    assert not opens_with(made.headline, listed(case["lang"], "openers"))
