"""Facts and office holders: which words call them up, and which must not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from events.model import Article
from loaders.text.office_terms import term_clues
from loaders.text.read import read_document
from loaders.text.scoring import days_until, fading, shares
from loaders.text.world_facts import fact_clues, facts, folded
from tests.case_rows import case_rows

CASES = Path(__file__).parents[2] / "cases" / "world_facts.tsv"
DAYS = days_until(dt.date(2026, 11, 23))


@pytest.mark.parametrize(("lang", "expected", "text"), case_rows(CASES))
def test_case(lang: str, expected: str, text: str) -> None:
    document = read_document(Article(1, "", text, lang), named=False)
    known = {fact.text: fact.id for fact in facts()}
    seen = [
        name for clue in fact_clues(document, DAYS) for t, name in known.items() if t in clue.text
    ]
    for clue in term_clues(document, DAYS):
        if clue.kind == "term":
            seen.append("term:" + clue.text.split(" is named as ")[0].replace(" ", "_"))
    assert sorted(set(seen)) == sorted(expected.replace("-", "", expected == "-").split())


def test_a_state_of_the_world_rules_out_what_came_before() -> None:
    document = read_document(Article(1, "", "The 32 members of NATO met.", "en"), named=False)
    [clue] = fact_clues(document, DAYS)
    first = clue.scores[DAYS.ordinals == dt.date(2024, 3, 7).toordinal()]
    before = clue.scores[DAYS.ordinals == dt.date(2024, 3, 6).toordinal()]
    assert first[0] == 0
    assert before[0] <= -5


def test_folded_words() -> None:
    assert folded("L’Élysée, à 18h!") == " l elysee a 18h "


def test_days_and_shares() -> None:
    assert DAYS.day(0) == dt.date(1970, 1, 1)
    assert DAYS.day(-1) == DAYS.last
    assert all(DAYS.day(i).isoweekday() == DAYS.weekdays[i] for i in range(0, 20_000, 777))
    assert all(DAYS.day(i).year == DAYS.years[i] for i in range(0, 20_000, 777))
    spread = shares(fading(DAYS.age(dt.date(2020, 1, 1)), 30.0))
    assert spread.sum() == pytest.approx(1)
