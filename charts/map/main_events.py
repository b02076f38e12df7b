"""The main events of a place in one line each, for the popup of its mark."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from charts.sheet import names
from events.difference_words import day_words
from events.records import records

MOST = 3
# rank, day and headline: the main events of most certainty first
Told = tuple[float, str, str]
# a large store sends fewer columns: its popups give numbers
_NEEDED = {
    "mode",
    "headline",
    "headline_lang",
    "attributes",
    "status",
    "confidence",
    "first",
    "last",
}
_NEEDED |= {"precision", "open_start", "open_end", "weight"}


def main_events(located: pd.DataFrame, lang: str) -> dict[str, tuple[Told, ...]]:
    """By place id; {} for a table without headlines."""
    if located.empty or not _NEEDED.issubset(located.columns):
        return {}
    weight = located["weight"].fillna(1).astype("float64")
    ranked = located.assign(rank=weight * 2 + located["confidence"].fillna(0.0))
    ranked = ranked.sort_values(["rank", "event_id"], ascending=[False, True])
    ranked = ranked.drop_duplicates(["place_id", "story_id"])
    found: dict[str, list[Told]] = {}
    for row in records(ranked.groupby("place_id").head(MOST)):
        told = (float(row["rank"]), _day(row, lang), names.headline(row, lang))
        found.setdefault(str(row["place_id"]), []).append(told)
    return {place: tuple(rows) for place, rows in found.items()}


def _day(row: Mapping[Any, Any], lang: str) -> str:
    dated = pd.notna(row["first"]) or pd.notna(row["last"])
    return day_words(row, lang) if dated else ""


def foremost(told: Iterable[Told]) -> tuple[Told, ...]:
    """The main events of several places."""
    return tuple(heapq.nsmallest(MOST, told, key=lambda one: (-one[0], one[1:])))
