"""Which events come first: main ones that are told again, by several outlets, and surely.

Weight alone put many doubtful events first. docs/accuracy.md tells what is gained, and lost, by it
(`python -m benchmarks.first_events`).
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

_USUAL = 1  # weight of an event whose weight is not known
# what counts as much as a confidence of 1: a step of weight, an other outlet, a telling again
_WEIGHT, _OUTLET, _AGAIN = 0.25, 0.25, 0.1
_OUTLETS, _TELLINGS = 3, 2  # other outlets, tellings: more count no more
_NEVER = "[]"  # `also` of most events: not read as JSON


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """One row a story of `table` (events or stories), the key ones first."""
    if "outlets" not in table:
        outlets = table.groupby("story_id")["origin"].transform("nunique")
        table = table.assign(outlets=outlets.astype("int64"))
    order = np.lexsort(_ranks(table)[::-1])
    _, firsts = np.unique(table["story_id"].to_numpy()[order], return_index=True)
    return table.iloc[order[np.sort(firsts)]]


def _ranks(table: pd.DataFrame) -> list[Any]:
    """What each row is ranked by, the most important first, smaller is before: sorting rows of
    eighty columns by pandas takes three times as long. What is not known comes last."""
    both = zip(table["sources"], table["targets"], strict=True)
    actors = np.fromiter((len(s) + len(t) for s, t in both), np.int64, len(table))
    first = table["first"].to_numpy()
    return [
        -_importance(table),
        -actors,
        np.where(np.isnat(first), np.iinfo(np.int64).max, -first.astype(np.int64)),
        table["event_id"].to_numpy(),
    ]


def _importance(table: pd.DataFrame) -> Any:
    """How much each row counts, from 0 on."""
    others = table["outlets"].to_numpy(np.int64).clip(1, 1 + _OUTLETS) - 1
    sure = table["confidence"].fillna(0.0).to_numpy(np.float64)
    told = _WEIGHT * _weights(table) + _OUTLET * others + _AGAIN * _told_again(table) + sure
    return np.round(told, 9)


def _told_again(table: pd.DataFrame) -> Any:
    """How often the article tells each event again (its column `also`), up to a few times."""
    if "also" not in table:
        return np.zeros(len(table))
    also = map(_tellings, table["also"].to_numpy(object))
    return np.fromiter(also, np.int64, len(table)).clip(0, _TELLINGS)


def _tellings(also: Any) -> int:
    return len(json.loads(also)) if isinstance(also, str) and also != _NEVER else 0


def _weights(table: pd.DataFrame) -> Any:
    if "weight" not in table:
        return np.full(len(table), _USUAL)
    return table["weight"].fillna(_USUAL).to_numpy(np.int64)


def are_key(table: pd.DataFrame, most: int) -> pd.Series:
    """Which rows of `table` are of its `most` key events."""
    return table["story_id"].isin(ranked(table)["story_id"].head(most))
