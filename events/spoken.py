"""Which report of a story speaks for it in a reader's language: its headline, where one tells the
same type and status in that language, stands in the place of the main report's."""

from __future__ import annotations

import pandas as pd

SPOKEN = ("headline", "headline_lang")
SAME = ["story_id", "type", "status"]
NEEDED = (*SAME, *SPOKEN, "weight", "confidence", "event_id")


def foreign(events: pd.DataFrame, lang: str) -> pd.Series[bool]:
    """Which events (EVENT_COLUMNS) have no headline in a language."""
    return events["headline"].eq("") | events["headline_lang"].ne(lang)


def spoken(events: pd.DataFrame, reports: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The events; those without a headline in the language have, where there is one, that of the
    weightiest, then surest of the reports (NEEDED) that tells the same type and status of their
    story in it."""
    own = reports[~foreign(reports, lang)]
    best = own.sort_values(["weight", "confidence", "event_id"], ascending=[False, False, True])
    best = best.drop_duplicates(SAME)[[*SAME, *SPOKEN]]
    found = events[SAME].merge(best, on=SAME, how="left").set_index(events.index)
    taken = foreign(events, lang) & found["headline"].notna()
    told = events.copy()
    for name in SPOKEN:
        told.loc[taken, name] = found.loc[taken, name]
    return told
