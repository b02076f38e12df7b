"""Whether the events that are shown first are right, and are what their articles are about.

    python -m benchmarks.first_events [--part held|test]

Twenty annotated articles that the reader was not trained on stand for a store, its first TWELVE
events for the overview; DRAWS times over all articles of the part, in an order drawn by chance
(`test` is real news and needs FRISE_GOLD). Ranked and spread over subjects and articles as the
overview does (charts/timeline/key_events.py, main_events.py), ranked so alone, and by weight, then
parties, then confidence.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence

import pandas as pd

from benchmarks.accuracy_reader import judged, units
from charts.timeline import key_events
from charts.timeline.main_events import main_events

ARTICLES, TWELVE, DRAWS = 20, 12, 30
FIGURES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "of an annotated event, with its type": lambda row: row["right"] >= 0,
    "right in day and parties too": lambda row: row["right"] == 2,
    "main events of their article": lambda row: row["wanted"] == 2,
    "main events, right in all": lambda row: (row["wanted"] == 2) & (row["right"] == 2),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_events")
    parser.add_argument("--part", default="held", choices=("held", "test"))
    told = events(parser.parse_args(arguments).part)
    ways = {"as the overview": _as_overview, "ranked": _ranked, "by weight first": _by_weight}
    first = {way: _first(told, rank) for way, rank in ways.items()}
    print("| of the first twelve |", " | ".join(ways), "|\n|---|" + "--:|" * len(ways))
    for figure, holds in FIGURES.items():
        print(
            f"| {figure} |", " | ".join(f"{holds(rows).mean():.2f}" for rows in first.values()), "|"
        )
    return 0


def events(part: str) -> pd.DataFrame:
    """The events told of the articles of a part: columns of `main_events`, `unit`; `right`
    is -1 where no annotated event is met, else how much of day and parties is right (0 to 2);
    `wanted`: the weight of that event, -1 without one."""
    rows = [
        {
            "unit": unit["id"],
            "type": event.type,
            "headline": event.headline,
            "place_country": event.place.place.country if event.place and event.place.place else "",
            "first": event.date.first if event.date else None,
            "last": event.date.last if event.date else None,
            "weight": event.weight,
            "sources": list(event.sources),
            "targets": list(event.targets),
            "confidence": event.confidence,
            "also": json.dumps([m.text for m in event.also]),
            "right": right,
            "wanted": wanted,
        }
        for unit in units(part)
        for event, right, wanted in judged(unit)
    ]
    ids = range(1, len(rows) + 1)
    told = pd.DataFrame(rows).assign(event_id=ids, story_id=ids, outlets=1)
    days = {name: pd.to_datetime(told[name]) for name in ("first", "last")}
    return told.assign(article_id=told["unit"], **days)


def _first(told: pd.DataFrame, rank: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """The first events of all stores, one under the other."""
    named, stores = sorted(told["unit"].unique()), []
    for draw in range(DRAWS):
        random.Random(draw).shuffle(named)
        for start in range(0, len(named) - ARTICLES + 1, ARTICLES):
            inside = told["unit"].isin(named[start : start + ARTICLES])
            stores.append(rank(told[inside]))
    return pd.concat(stores)


def _as_overview(told: pd.DataFrame) -> pd.DataFrame:
    return main_events(key_events.ranked(told), TWELVE)


def _ranked(told: pd.DataFrame) -> pd.DataFrame:
    return key_events.ranked(told).head(TWELVE)


def _by_weight(told: pd.DataFrame) -> pd.DataFrame:
    parties = told["sources"].str.len() + told["targets"].str.len()
    by = ["weight", "parties", "confidence", "event_id"]
    order = told.assign(parties=parties).sort_values(by, ascending=[False, False, False, True])
    return order.head(TWELVE)


if __name__ == "__main__":
    sys.exit(main())
