"""What is disputed or not confirmed among the events of the last days, disputed ones first: those
dated in them, and those without a day whose bounds or article lie in them (what one only denies has
seldom a day)."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from charts.timeline import key_events
from events.story_rows import DENIED_TOO
from pages.shared import listing
from pages.shared.zoom import Days
from pages.shell import link
from pages.shell.escaping import escaped
from pages.shell.language import _
from pages.shell.store_access import query

A_PAGE = 3
MOST = 200  # weightiest stories whose reports are compared
_UNSURE = ("claimed", "denied", DENIED_TOO)


def draw(events: pd.DataFrame) -> None:
    """Their headlines with a link to their evidence; nothing where all is told alike. `events`:
    EVENT_COLUMNS, rows of reports or of stories."""
    ranked = key_events.ranked(events).head(MOST)
    stories = [int(story) for story in ranked["story_id"]]
    doubted = of_ranked(ranked, query().disputed(stories, link.filters().sure))
    if doubted.empty:
        return
    st.html(f'<p class="fr-head">{escaped(_("Disputed or not confirmed"))}</p>')
    listing.headlines(doubted, "contested", a_page=A_PAGE)


def of_days(table: pd.DataFrame, dated: pd.DataFrame, days: Days) -> pd.DataFrame:
    """The events of the last days (`dated`, rows of `table`) and those without a day that may lie
    in them."""
    begin, end = (pd.Timestamp(day) for day in days)
    near = table["bounds_to"].fillna(table["published"])
    undated = table["first"].isna() & table["last"].isna()
    return table[table.index.isin(dated.index) | (undated & near.between(begin, end))]


def of_ranked(ranked: pd.DataFrame, disputes: Collection[int]) -> pd.DataFrame:
    """The rows of disputed stories, then those only claimed or denied, each by rank."""
    status = ranked["story_status" if "story_status" in ranked else "status"]
    is_disputed = ranked["story_id"].isin(disputes)
    unsure = ~is_disputed & status.isin(_UNSURE)
    return pd.concat([ranked[is_disputed], ranked[unsure]])
