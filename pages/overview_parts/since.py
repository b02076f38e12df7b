"""One line on what was loaded since the last visit; a click lists it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from pages.overview_parts import visits
from pages.shared import facts, side_panel
from pages.shell import counting, link
from pages.shell.language import _, count, day

PAGE = "overview"
# an article is told to be here since it was opened: reading and storing it takes a while
_STORING = pd.Timedelta(minutes=10)


def draw(table: pd.DataFrame) -> None:
    """The line; nothing if all or nothing is new."""
    since = new_since()
    fresh = fresh_of(table, since)
    if since is None or fresh.empty:
        return
    when = day(since.date(), short=True) if link.view("since") else facts.moment(since)
    title = _("New since {day}").format(day=when)  # the panel counts what it lists
    newest = fresh.sort_values(["published", "first"], ascending=False, na_position="last")
    st.button(
        _words(fresh, when),
        key="overview_since",
        type="tertiary",
        on_click=lambda: side_panel.pick(title, PAGE, newest["event_id"].tolist()),
    )


def fresh_of(table: pd.DataFrame, since: dt.datetime | None) -> pd.DataFrame:
    """The events of `table` loaded since then; none if that is all of them, or without a moment."""
    if since is None:
        return table.head(0)
    fresh = table[table["retrieved"] >= pd.Timestamp(since) - _STORING]
    return fresh if len(fresh) < len(table) else table.head(0)


def _words(fresh: pd.DataFrame, when: str) -> str:
    articles = count("{n} article", "{n} articles", fresh["article_id"].nunique())
    told = _("New since {day}: {events} from {articles}")
    events = counting.counted(len(fresh))
    return told.format(day=when, events=events, articles=articles)


def new_since() -> dt.datetime | None:
    """The beginning of the day of the link, else the moment of the last visit, None at the first:
    who comes twice a day is told what came between."""
    try:
        day_of_link = dt.date.fromisoformat(link.view("since"))
    except ValueError:
        return visits.last_visit()
    return dt.datetime.combine(day_of_link, dt.time(), dt.UTC)
