"""Which events count most: by weight, independent sources, actors, certainty; then the newest."""

from __future__ import annotations

import pandas as pd

_USUAL = 1  # weight of an event whose weight is not known


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """One row a story of `table` (events or stories), the key ones first."""
    if "outlets" not in table:
        outlets = table.groupby("story_id")["origin"].nunique().rename("outlets")
        table = table.join(outlets, on="story_id")
    none = pd.Series(_USUAL, index=table.index)
    order = table.assign(
        _weight=table.get("weight", none).fillna(_USUAL).astype("int64"),
        _actors=[len(s) + len(t) for s, t in zip(table["sources"], table["targets"], strict=True)],
    ).sort_values(
        ["_weight", "outlets", "_actors", "confidence", "first", "event_id"],
        ascending=[False, False, False, False, False, True],
        na_position="last",
    )
    return order.drop(columns=["_weight", "_actors"]).drop_duplicates("story_id")


def key_rows(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """All rows of the `most` key events of `table`, in its order."""
    return table[are_key(table, most)]


def are_key(table: pd.DataFrame, most: int) -> pd.Series:
    """Which rows of `table` are of its `most` key events."""
    return table["story_id"].isin(ranked(table)["story_id"].head(most))
