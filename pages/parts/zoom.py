"""Which days the timeline shows: in the link as ``2024-11-01..2024-11-30``."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pages.parts import link
from pages.parts.language import _

Days = tuple[dt.date, dt.date]
STEPS = {"week": 7, "month": 31, "year": 366}


def days() -> Days | None:
    """The chosen days, None for all. Days that are none are forgotten."""
    first, _dots, last = link.view("view").partition("..")
    try:
        found = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError:
        return None
    return found if found[0] <= found[1] else None


def choose(first: dt.date | None, last: dt.date | None) -> None:
    """Show these days; None for all."""
    link.set_view("view", f"{first}..{last}" if first and last else None)


def choose_words(first: str, last: str) -> None:
    """Show the days of two ISO moments of a chart, in any order."""
    low, high = sorted((first[:10], last[:10]))
    try:
        choose(dt.date.fromisoformat(low), dt.date.fromisoformat(high))
    except ValueError:
        return


def shifted(shown: Days, share: float) -> Days:
    """The days moved by a share of their number, held inside the calendar."""
    step = round(((shown[1] - shown[0]).days + 1) * share) or (1 if share > 0 else -1)
    try:
        return shown[0] + dt.timedelta(days=step), shown[1] + dt.timedelta(days=step)
    except OverflowError:
        return shown


def around(shown: Days, length: int) -> Days:
    """`length` days around the middle of those shown."""
    middle = shown[0] + (shown[1] - shown[0]) / 2
    try:
        first = middle - dt.timedelta(days=length // 2)
        return first, first + dt.timedelta(days=length - 1)
    except OverflowError:
        return shown


def controls(shown: Days | None) -> None:
    """Buttons: earlier, later, week, month, year, all. Dragging over the chart zooms too."""
    if shown is None:
        return
    words = {"week": _("Week"), "month": _("Month"), "year": _("Year")}
    st.button("←", key="zoom_back", help=_("Earlier"), on_click=choose, args=shifted(shown, -0.5))
    for step, length in STEPS.items():
        st.button(words[step], key=f"zoom_{step}", on_click=choose, args=around(shown, length))
    st.button(_("All days"), key="zoom_all", on_click=choose, args=(None, None))
    st.button("→", key="zoom_on", help=_("Later"), on_click=choose, args=shifted(shown, 0.5))
