"""The picture that the overview opens with: the main events of the last days, by headline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.chart import Caption, Chart
from charts.registry import figure_of
from charts.sheet.caption import footer
from charts.timeline import key_events
from charts.timeline.main_events import main_events
from charts.timeline.scene_model import TimelineOptions
from charts.timeline.spans import intervals, to_date, to_number
from events import wording
from events.filters import Filters
from pages.shared import listing, pinned, plotted, side_panel
from pages.shared.zoom import Days
from pages.shell import counting, link, look, screen_width
from pages.shell.escaping import escaped
from pages.shell.language import _, current, number
from pages.shell.store_access import query

PAGE = "overview"
MOST = 12  # headlines
_LENGTHS = (14, 31, 92, 366)  # days before the cut-off, the first with enough events
_LONGEST = 32  # days of an event that is said to happen in these days
A_LIST = 6  # events of a page of the list


@dataclass(frozen=True)
class LastDays:
    """The days before the cut-off, the events dated in them, and the main ones to draw."""

    days: Days
    events: pd.DataFrame
    main: pd.DataFrame


def of_last_days(table: pd.DataFrame, cutoff: dt.date | None) -> LastDays | None:
    """The last two weeks, or as many more days as hold MOST events; None without a dated event."""
    spans = intervals(table)
    short = spans["dated"] & (spans["last"] - spans["first"] < _LONGEST)
    begins = spans["first"]
    if not short.any():
        return None
    end = to_number(cutoff) if cutoff else int(begins[short].max())
    past = short & (begins <= end)
    if not past.any():  # nothing but announcements
        past, end = short, int(begins[short].max())
    for length in (*_LENGTHS, end - int(begins[past].min()) + 1):
        inside = past & (begins > end - length)
        if table.loc[inside, "story_id"].nunique() >= MOST:
            break
    events = table[inside]
    main = _main(events)
    first = int(spans.loc[events.index, "first"].min())
    return LastDays((to_date(first), to_date(max(end, first))), events, main)


def _main(events: pd.DataFrame) -> pd.DataFrame:
    """The rows of the main ones of these events."""
    chosen = main_events(key_events.ranked(events), MOST)["story_id"]
    return events[events["story_id"].isin(chosen)]


def options(found: LastDays, filters: Filters) -> TimelineOptions:
    """Options for both the page and its picture."""
    cutoff = query().cut_off(filters)
    days = wording.format_interval(*found.days, "span", current(), short=True)
    title = _("Main events, {days}").format(days=days)
    return TimelineOptions(
        headlines=True,
        view=_view(found, cutoff),
        cutoff=cutoff,
        lang=current(),
        theme=look.theme(),
        caption=Caption(
            title, _measure(found, filters), footer(found.main, filters.as_of, current())
        ),
        pins=pinned.on(found.events, filters),
    )


def _measure(found: LastDays, filters: Filters) -> str:
    """How many of the events of these days are drawn, and the filters in words."""
    drawn, every = len(found.main), len(found.events)
    told = _("{n} main ones of {all} in these days").format(n=number(drawn), all=number(every))
    words = counting.in_words(filters)
    return " · ".join(part for part in (told if drawn < every else "", words) if part)


def _view(found: LastDays, cutoff: dt.date | None) -> Days:
    """The days of the events drawn, with the cut-off and a day on either side."""
    last = max(found.days[1], cutoff or found.days[1])
    return found.days[0] - dt.timedelta(days=1), last + dt.timedelta(days=1)


def picture(found: LastDays, filters: Filters) -> None:
    """The main events on a timeline."""
    asked = replace(
        options(found, filters), width=screen_width.chart_width(), picked=link.view_id("event")
    )
    made: Chart[go.Figure] = figure_of("timeline")(found.main, asked)
    key = f"overview_headlines_{st.session_state.get('overview_nonce', 0)}"
    plotted.show(made, key, lambda: _opened(key))


def listed(found: LastDays) -> None:
    """The same events as a list: for the keyboard, and whole where the picture cuts them."""
    hint = escaped(_("click one for its evidence"))
    st.html(f'<p class="fr-head">{escaped(_("Main events"))} <i>· {hint}</i></p>')
    newest = found.main.sort_values(["first", "last"], ascending=False, na_position="last")
    listing.headlines(newest, "stories", a_page=A_LIST)


def _opened(key: str) -> None:
    """Show the evidence of a clicked mark."""
    for point in st.session_state[key]["selection"]["points"][:1]:
        custom = [str(value) for value in point.get("customdata") or []]
        if len(custom) >= 6 and custom[0] == "event":
            side_panel.pick(_("Events under this mark"), PAGE, picked_events(custom))
            st.session_state["overview_nonce"] = st.session_state.get("overview_nonce", 0) + 1


def picked_events(custom: list[str]) -> list[int]:
    """The event of a mark, whose panel lists its other reports; of a flag each that has a note.
    `custom`: see `charts.timeline.figure`."""
    best, listed_ids, lane = custom[1:4]
    ids = listed_ids if lane == "-1" and listed_ids else best
    return [int(each) for each in ids.split(",")]
