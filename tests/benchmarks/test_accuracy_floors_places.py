"""Floors under the accuracy of places on the project's own gold."""

from __future__ import annotations

import pytest

from benchmarks.accuracy_places import FRESH, baseline, measure, read_gold


@pytest.mark.parametrize(("lang", "articles"), [("fr", 40), ("en", 30)])
def test_gold_is_large_enough_and_exact(lang: str, articles: int) -> None:
    rows = read_gold(lang)
    assert len(rows) >= articles
    for row in rows:
        for mention in [*row["places"], *row["not_places"]]:
            assert row["text"][mention["start"] : mention["end"]] == mention["text"]


def test_enough_traps() -> None:
    rows = [row for lang in ("fr", "en") for row in read_gold(lang)]
    homonyms = sum("trap" in mention for row in rows for mention in row["places"])
    assert sum(len(row["not_places"]) for row in rows) + homonyms >= 60


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_floors(lang: str) -> None:
    score = measure(lang)
    assert score.end_to_end >= 92
    assert score.role_accuracy >= 94
    assert score.caught >= 0.85 * score.traps
    assert score.end_to_end > measure(lang, baseline).end_to_end


@pytest.mark.parametrize("name", FRESH)
def test_floors_of_the_later_sets(name: str) -> None:
    score = measure(name)
    assert score.end_to_end >= 90
    assert score.precision >= 96
    assert score.caught >= 0.85 * score.traps
