"""Publication dates inferred from the text alone, and contradictions with a date that is given."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.accuracy_publication import answers
from events.model import Article, Published
from loaders.find.dates import find_dates
from loaders.text.document import Document
from loaders.text.publication import ENOUGH, contradictions, infer_publication
from loaders.text.read import read_document
from loaders.text.world_facts import facts

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "publication.toml"
ARTICLES: list[dict[str, Any]] = tomllib.loads(CASES.read_text(encoding="utf-8"))["article"]
TODAY = dt.date(2026, 11, 23)
CUT = {"day": 10, "month": 7, "year": 4}


def document(text: str, lang: str = "en", title: str = "") -> Document:
    return read_document(Article(1, title, text, lang), named=False)


def is_right(published: Published, day: dt.date) -> bool:
    cut = CUT[published.precision or "day"]
    return str(published.date)[:cut] == day.isoformat()[:cut]


@pytest.mark.parametrize("case", ARTICLES, ids=[case["name"] for case in ARTICLES])
@pytest.mark.parametrize("today", [TODAY, dt.date(2028, 2, 29)])
def test_case(case: dict[str, Any], today: dt.date) -> None:
    found = infer_publication(document(case["text"], case["lang"]), today)
    if not case["precision"]:
        assert (found.basis, found.date, found.precision) == ("unknown", None, None)
        return
    assert found.basis == "inferred"
    assert is_right(found, case["published"]), found
    assert CUT[found.precision or "year"] >= CUT[case["precision"]]
    assert ENOUGH <= found.confidence <= 1
    for words in case["evidence"]:
        assert any(words in line for line in found.evidence), found.evidence


def test_own_dated_articles_hold_the_floor() -> None:
    """Of the answers on own articles, with the date hidden, at least 85 % are right."""
    found = [answer for answer in answers() if answer.found.date]
    assert len(found) >= 15
    assert sum(answer.right for answer in found) >= 0.85 * len(found)
    assert all(answer.found.confidence >= ENOUGH for answer in found)


def test_never_later_than_today() -> None:
    text = "Updated: September 2, 2021\nThe council voted on Thursday."
    found = infer_publication(document(text), dt.date(2020, 1, 1))
    assert found.date is None or found.date <= dt.date(2020, 1, 1)


def test_the_name_and_the_address_are_no_evidence() -> None:
    text = "Le conseil a voté mardi la rénovation du gymnase."
    plain = read_document(Article(1, "", text, "fr"), named=False)
    named = read_document(
        Article(20240101, "", text, "fr", "2024-01-01.txt", "https://e.org/2024/01/01/a"),
        named=False,
    )
    assert infer_publication(plain, TODAY) == infer_publication(named, TODAY)


def test_one_more_clue_moves_the_answer() -> None:
    base = "President Joe Biden spoke in Geneva on Tuesday, June 15."
    without = infer_publication(document(base), TODAY)
    later = infer_publication(document(base + " In 2022 he had been in Rome."), TODAY)
    assert without.date is not None
    assert without.date.year == 2021
    assert later.date is None or later.date.year > 2021


def test_facts_are_many_and_whole() -> None:
    rows = facts()
    assert len(rows) >= 150
    assert len({fact.id for fact in rows}) == len(rows)
    for fact in rows:
        assert fact.source
        assert all(last is None or first <= last for first, last in fact.spans), fact.id
        assert fact.known is None or fact.known < fact.first, fact.id
        words = [
            alt for p in fact.patterns.values() for parts in p for alts in parts for alt in alts
        ]
        assert words
        assert all(word.strip() for word in words), fact.id


def noted(text: str, day: str, lang: str = "en") -> list[str]:
    article = document(text, lang)
    published = Published.given(dt.date.fromisoformat(day))
    return contradictions(article, published, find_dates(article, published))


def test_contradiction_of_a_year_told_as_past() -> None:
    text = "The bridge collapsed in March 2024 and was rebuilt."
    assert noted(text, "2023-05-02") == ['published 2023-05-02, but "March 2024" is told as past']
    assert noted(text, "2025-05-02") == []


def test_contradiction_of_a_fact() -> None:
    [note] = noted("The 32 members of NATO met on Tuesday.", "2019-05-02")
    assert "NATO has 32 members" in note
    assert noted("The 32 members of NATO met on Tuesday.", "2024-05-02") == []


def test_no_contradiction_of_a_plan_or_an_unknown_date() -> None:
    article = document("The plant will open in 2030.")
    assert noted("The plant will open in 2030.", "2023-05-02") == []
    assert contradictions(article, Published.unknown(), []) == []


_WORDS = [
    *(
        "mardi",
        "Tuesday",
        "aujourd'hui",
        "today",
        "le 21 novembre",
        "Nov. 31",
        "29 février",
        "2024",
    ),
    *("en 9999", "0000", "la semaine dernière", "last year", "President Trump", "32 membres OTAN"),
    *("a dit", "will", "était", ".", ",", "\n", "Updated:", "le 30 février 2023", "12/13/2020"),
]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(_WORDS), max_size=14),
    st.sampled_from(["fr", "en", "und"]),
    st.dates(dt.date(1960, 1, 1), dt.date(2100, 1, 1)),
)
def test_any_text_gives_a_coherent_answer(words: list[str], lang: str, today: dt.date) -> None:
    article = document(" ".join(words), lang)
    found = infer_publication(article, today)
    assert (found.date is None) == (found.basis == "unknown") == (found.precision is None)
    assert 0 <= found.confidence <= 1.0001
    assert found.confidence + sum(c.confidence for c in found.alternatives) <= 1.01
    assert found.date is None or found.date <= max(today, dt.date(1970, 1, 1))
    given_day = Published.given(today)
    assert all(contradictions(article, given_day, find_dates(article, given_day)))
