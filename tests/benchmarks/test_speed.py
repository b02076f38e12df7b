"""The speed benchmark measures what it says it measures."""

from __future__ import annotations

from pathlib import Path

from benchmarks import sample_articles, speed
from benchmarks.synthetic import write_events
from events.filters import Filters
from events.query import Query
from loaders import pipeline

ALL = Filters()


def test_articles_have_the_words_that_are_said() -> None:
    made = sample_articles.articles(0, dated=True)
    assert {len(article.text.split()) for article in made} == {sample_articles.WORDS}
    assert len({article.id for article in made}) == len(made)
    assert {article.lang for article in made} == {"fr", "en"}
    assert {article.published.basis for article in made} == {"given"}


def test_every_stage_is_one_of_the_pipeline() -> None:
    for names in speed.STAGES.values():
        assert all(callable(getattr(pipeline, name)) for name in names)


def test_a_synthetic_store_is_skewed_and_the_same_again(tmp_path: Path) -> None:
    stores = [write_events(2_000, tmp_path / name).location for name in ("a", "b")]
    first, second = (Query(location).events(ALL) for location in stores)
    assert first.equals(second)
    account = Query(stores[0]).account(ALL)
    assert (account.loaded, account.articles) == (2_000, 400)
    assert 0.02 < account.undated / 2_000 < 0.09
    assert 0.25 < account.unlocated / 2_000 < 0.42
    dyads = Query(stores[0]).dyads(ALL)
    assert dyads["events"].head(20).sum() > 0.2 * dyads["events"].sum()
