"""Which events count most: by weight, independent sources, actors, certainty; then the newest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

_USUAL = 1  # weight of an event whose weight is not known


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
        -_weights(table),
        -table["outlets"].to_numpy(),
        -actors,
        -table["confidence"].to_numpy(),
        np.where(np.isnat(first), np.iinfo(np.int64).max, -first.astype(np.int64)),
        table["event_id"].to_numpy(),
    ]


def _weights(table: pd.DataFrame) -> Any:
    if "weight" not in table:
        return np.full(len(table), _USUAL)
    return table["weight"].fillna(_USUAL).to_numpy(np.int64)


def key_rows(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """All rows of the `most` key events of `table`, in its order."""
    return table[are_key(table, most)]


def are_key(table: pd.DataFrame, most: int) -> pd.Series:
    """Which rows of `table` are of its `most` key events."""
    return table["story_id"].isin(ranked(table)["story_id"].head(most))
