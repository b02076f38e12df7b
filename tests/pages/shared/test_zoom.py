"""Which days the timeline shows."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

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


@pytest.mark.parametrize(("newest", "reached"), [("1963-05-04", True), ("2025-01-01", False)])
def test_bars_reach_the_newest_news_where_it_is_not_decades_later(
    newest: str, reached: bool
) -> None:
    days = [*pd.date_range("1962-03-01", periods=28), pd.Timestamp(newest)]
    table = pd.DataFrame({"first": days, "last": days, "precision": "day"})
    shown = zoom.until_newest(table)
    assert shown is not None
    assert (shown[1] >= pd.Timestamp(newest).date()) == reached
    assert zoom.until_newest(table.assign(published=None)) == shown
