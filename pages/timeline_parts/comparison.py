"""Two timelines one above the other: another actor, the days before, the same days a year ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from charts.timeline.bins import MARKS_LIMIT
from charts.timeline.pins import Pin
from charts.timeline.scene_model import CompareOptions, TimelineOptions
from events.filters import Filters
from pages.shared import detail, pinned, zoom
from pages.shared.detail import Detail
from pages.shared.zoom import Days
from pages.shell import language, link, names, popovers, store_access
from pages.shell.language import _, number
from pages.shell.store_access import query

BEFORE, YEAR, ACTOR = "before", "year", "actor:"


@dataclass(frozen=True)
class Compared:
    """Arguments of charts.timeline.figure.compare: (label, events) twice, and the days and pinned
    notes of each."""

    parts: list[tuple[str, pd.DataFrame]]
    views: list[Days]
    pins: list[tuple[Pin, ...]]


def control(filters: Filters) -> None:
    """A button that opens the choice of the comparison."""
    popovers.popover(_("Compare"), "compare", lambda: _choices(filters))


def _choices(filters: Filters) -> None:
    found = store_access.query().options(filters).actors
    codes = [str(code) for code in found["value"].head(200) if code not in filters.actors]
    events = dict(zip(found["value"], found["events"], strict=True))
    words = {BEFORE: _("The days before"), YEAR: _("The same days a year before")}
    words |= {ACTOR + c: f"{names.actor(c)}  ({number(int(events[c]))})" for c in codes}
    chosen = link.view("compare")
    st.session_state["compare_with"] = chosen if chosen in words else None
    st.selectbox(
        _("Compare with another period or actor"),
        list(words),
        key="compare_with",
        index=None,
        format_func=lambda value: words.get(value, value),
        placeholder=_("Nothing"),
        on_change=lambda: link.set_view("compare", st.session_state["compare_with"]),
    )
    st.button(
        _("Stop comparing"), key="compare_off", on_click=link.set_view, args=("compare", None)
    )


def find(filters: Filters, found: Detail) -> Compared | None:
    """The two panels, None without a comparison."""
    wanted, shown = link.view("compare"), found.shown
    if not wanted or shown is None:
        return None
    if wanted.startswith(ACTOR):
        code = wanted.removeprefix(ACTOR)
        first = ", ".join(names.actor(c) for c in filters.actors) or _("All events")
        theirs = replace(filters, actors=(code,))
        return _compared([(first, filters, shown), (names.actor(code), theirs, shown)])
    earlier = zoom.shifted(shown, -1.0) if wanted == BEFORE else _year_before(shown)
    if wanted not in (BEFORE, YEAR) or earlier is None:
        return None
    return _compared([(_words(days), filters, days) for days in (shown, earlier)])


def _compared(panels: list[tuple[str, Filters, Days]]) -> Compared:
    tables = [_rows(filters, days) for _label, filters, days in panels]
    return Compared(
        [(label, table) for (label, _f, _d), table in zip(panels, tables, strict=True)],
        [days for _label, _filters, days in panels],
        [pinned.on(table, panel[1]) for panel, table in zip(panels, tables, strict=True)],
    )


def _rows(filters: Filters, shown: Days) -> pd.DataFrame:
    """Events of the days; for a large store as many as stay distinct."""
    narrow = detail.narrowed(filters, shown)
    return query().events(narrow, limit=MARKS_LIMIT if detail.is_large(narrow) else None)


def _year_before(shown: Days) -> Days | None:
    try:
        return shown[0] - dt.timedelta(days=365), shown[1] - dt.timedelta(days=365)
    except OverflowError:
        return None


def _words(shown: Days) -> str:
    from events.wording import format_interval

    return format_interval(shown[0], shown[1], "span", language.current())


def options_for(alone: TimelineOptions, pair: Compared) -> CompareOptions:
    """Options of the two panels from those of one timeline, without its days and counts."""
    return CompareOptions(
        views=pair.views,
        lanes=alone.lanes,
        width=alone.width,
        today=alone.today,
        cutoff=alone.cutoff,
        article_days=alone.article_days,
        missed_days=alone.missed_days,
        picked=alone.picked,
        key_events=alone.key_events,
        lang=alone.lang,
        theme=alone.theme,
        caption=alone.caption,
        panel_pins=pair.pins,
    )
