"""Figures of the goals of scale: drivers, the quick look at an article, the first article."""

from __future__ import annotations

import functools
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from benchmarks.sample_articles import articles
from benchmarks.scale import measure
from benchmarks.world_day import UNRELATED, day
from loaders.text.relevance import FOLDER, is_relevant

ROOT = Path(__file__).resolve().parents[1]
FEW = 24  # articles: enough for a figure of two digits
_FIRST = """
import datetime as dt, time
from loaders.batch import articles_batch, extract_batch
from benchmarks.sample_articles import articles
given = articles_batch(articles(0, dated=True)[:1], dt.date(2026, 1, 1))
extract_batch(given)
print(time.process_time())
"""


@functools.cache
def _ways() -> dict[str, float]:
    return measure(FEW)


def pool_to_bare() -> float:
    """CPU seconds an article of the pool, to those of the bare function."""
    return _ways()["pool"] / _ways()["bare"]


def dask_to_bare() -> float:
    """CPU seconds an article of a Dask cluster, to those of the bare function."""
    return _ways()["dask"] / _ways()["bare"]


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
    """CPU seconds of a fresh process until its first article is read."""
    told = subprocess.run(
        [sys.executable, "-c", _FIRST], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(told.stdout)
