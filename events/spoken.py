"""Which report of a story speaks for it in a reader's language: its headline, where one tells the
same type and status in that language, stands in the place of the main report's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from events.records import records

SPOKEN = ("headline", "headline_lang")
SAME = ("story_id", "type", "status")
NEEDED = (*SAME, *SPOKEN, "weight", "confidence", "event_id")


def foreign(events: pd.DataFrame, lang: str) -> pd.Series[bool]:
    """Which events (EVENT_COLUMNS) have no headline in a language."""
    return events["headline"].eq("") | events["headline_lang"].ne(lang)


def spoken(events: pd.DataFrame, reports: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The events; those without a headline in the language have, where there is one, that of the
    weightiest, then surest of the reports (NEEDED) that tells the same type and status of their
    story in it. Row by row: tables have few, and pandas takes longer to join them."""
    own = records(reports.loc[~foreign(reports, lang), list(NEEDED)])
    best = {_same(row): row for row in sorted(own, key=_rank, reverse=True)}
    told = records(events[[*SAME, *SPOKEN]])
    for row, is_foreign in zip(told, foreign(events, lang).tolist(), strict=True):
        if is_foreign and _same(row) in best:
            row |= {name: best[_same(row)][name] for name in SPOKEN}
    return events.assign(**{n: pd.array([row[n] for row in told], dtype="str") for n in SPOKEN})


def _same(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAME)


def _rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The best is the smallest: what is not known comes last."""
    told = [(True, 0) if pd.isna(row[n]) else (False, -row[n]) for n in ("weight", "confidence")]
    return *told, row["event_id"]
