"""One line on what was loaded since the last visit; a click lists it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from pages.overview_parts import visits
from pages.shared import side_panel
from pages.shell import counting, link
from pages.shell.language import _, count, day

PAGE = "overview"


def draw(table: pd.DataFrame) -> None:
    """The line; nothing if all or nothing is new."""
    since = new_since()
    fresh = fresh_of(table, since)
    if since is None or fresh.empty:
        return
    told = _words(fresh, since)
    newest = fresh.sort_values(["published", "first"], ascending=False, na_position="last")
    st.button(
        told,
        key="overview_since",
        type="tertiary",
        on_click=lambda: side_panel.pick(told, PAGE, newest["event_id"].tolist()),
    )


def fresh_of(table: pd.DataFrame, since: dt.date | None) -> pd.DataFrame:
    """The events of `table` loaded since then; none if that is all of them, or without a day."""
    if since is None:
        return table.head(0)
    fresh = table[table["retrieved"] >= pd.Timestamp(since, tz="UTC")]
    return fresh if len(fresh) < len(table) else table.head(0)


def _words(fresh: pd.DataFrame, since: dt.date) -> str:
    articles = count("{n} article", "{n} articles", fresh["article_id"].nunique())
    told = _("New since {day}: {events} from {articles}")
    events = counting.counted(len(fresh))
    return told.format(day=day(since, short=True), events=events, articles=articles)


def new_since() -> dt.date | None:
    """The day of the link, else that of the last visit, None at the first."""
    try:
        return dt.date.fromisoformat(link.view("since"))
    except ValueError:
        before = visits.last_visit()
        return before.date() if before else None
