"""Which days the timeline shows."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from events.filters import Filters
from pages.shared import zoom
from pages.shell.store_access import query


def test_all_days_are_those_of_every_dated_event(store: Path) -> None:
    events = query().events(Filters())
    whole = zoom.whole_of(events)
    assert whole is not None
    begins, ends = events["first"].fillna(events["last"]), events["last"].fillna(events["first"])
    assert pd.Timestamp(whole[0]) <= begins.min()
    assert pd.Timestamp(whole[1]) >= ends.max()


def test_without_dates_there_are_no_days(store: Path) -> None:
    events = query().events(Filters())
    undated = events[events["first"].isna() & events["last"].isna()]
    assert len(undated)
    assert zoom.whole_of(undated) is None
