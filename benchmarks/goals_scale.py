"""Figures of the goals of scale: drivers, the quick look at an article, the first article."""

from __future__ import annotations

import functools
import time
import tomllib

from benchmarks.sample_articles import articles
from benchmarks.scale import TODAY, measure
from benchmarks.world_day import UNRELATED, day
from loaders.batch import articles_batch, extract_batch, failures
from loaders.text.relevance import FOLDER, is_relevant
from loaders.worker import Worker

FEW = 24  # articles: enough for a figure of two digits


@functools.cache
def _ways() -> dict[str, float]:
    return measure(FEW)


def pool_to_bare() -> float:
    """CPU seconds an article of the pool, to those of the bare function."""
    return _ways()["pool"] / _ways()["bare"]


def dask_to_bare() -> float:
    """CPU seconds an article of a Dask cluster, to those of the bare function."""
    return _ways()["dask"] / _ways()["bare"]


def spark_to_bare() -> float:
    """CPU seconds an article of Spark, to those of the bare function. Raises ModuleNotFoundError
    where it is not installed."""
    if "spark" not in _ways():
        raise ModuleNotFoundError("Spark is not installed (requirements-spark.txt and Java 17)")
    return _ways()["spark"] / _ways()["bare"]


def _card(what: str) -> float:
    told = tomllib.loads((FOLDER / "model.toml").read_text("utf-8"))["measured"]
    (share,) = (float(value) for name, value in told.items() if what in name)
    return share


def events_lost() -> float:
    """Share of the events of weight 1 and 2 in articles that would not be read."""
    return _card("events lost")


def other_news_unread() -> float:
    """Share of other news, in our own words, that is not read."""
    return _card("other news")


def look_milliseconds() -> float:
    """CPU milliseconds of the quick look at an article, the first of a process apart."""
    given = [*articles(0, dated=True), *articles(24, dated=True)]
    is_relevant(given[0])
    began = time.process_time()
    for article in given:
        is_relevant(article)
    return (time.process_time() - began) * 1000 / len(given)


def mixed_articles_a_second() -> float:
    """Articles of a mixed feed a CPU second."""
    return day(60, UNRELATED).rate


def first_article_seconds() -> float:
    """CPU seconds of a fresh process that reads articles until it has read its first, in French."""
    given = articles_batch(articles(0, dated=True)[:1], TODAY)
    worker = Worker()
    try:
        (error,) = failures(worker.ask((["fr"], extract_batch, (given,)), 60))
        if error is not None:
            raise error
        return float(worker.ask(((), time.process_time, ()), 60))
    finally:
        worker.end()
