"""The overview: the main events of the last days as timeline and map, all over time, numbers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.chart import Caption, Chart
from charts.registry import CHARTS, figure_of
from charts.sheet.caption import footer
from charts.timeline.tempo_counts import TempoOptions
from events.coders import ANYBODY, READ
from events.filters import Filters
from pages.overview_parts import coming, contested, facts, headlines, since, where
from pages.shared import detail, downloads, evidence, listing, plotted, side_panel, zoom
from pages.shell import counting, frame, look, screen_width
from pages.shell.language import _, current
from pages.shell.store_access import query, reports

PAGE = "overview"
CHART = CHARTS["tempo"]
SIDE_HEIGHT = 560
CODED_COLUMNS = ("first", "last", "precision", "open_start", "open_end", "coder")


def draw(filters: Filters) -> None:
    """The page."""
    table = detail.recent(filters)
    whole = _("The pictures and “How sure” are of the newest {events}; the other numbers of all.")
    side_panel.say_newest(filters, table, whole)
    last = headlines.of_last_days(table, query().cut_off(filters))
    main, panel = look.split(2.3)
    with main:
        since.draw(table)
        if last is not None:
            headlines.picture(last, filters)
        told, ahead = st.columns(2, gap="medium")
        if last is not None:
            with told:
                headlines.listed(last)
        with ahead:
            if last is not None:
                contested.draw(contested.of_days(table, last.events, last.days))
            coming.draw(filters)
        _tempo(table, filters)
    with panel:
        if filters.text or evidence.chosen() is not None or side_panel.picked(PAGE) is not None:
            side_panel.draw(table, PAGE, "", SIDE_HEIGHT)
        else:
            where.draw(table if last is None else last.events, filters)
            facts.draw(table, query().account(filters), filters)
    stills = [downloads.Still(CHART.name, _bars(table, filters), _options(table, filters))]
    if last is not None:
        stills.insert(0, downloads.Still("timeline", last.main, headlines.options(last, filters)))
    tables = {_("Events on the page"): lambda: listing.readable(table)}
    downloads.draw(filters, PAGE, tables, stills)


def _tempo(table: pd.DataFrame, filters: Filters) -> None:
    """Events over time; a bar leads to its days on the timeline."""
    options = replace(_options(table, filters), width=screen_width.chart_width())
    made: Chart[go.Figure] = figure_of("tempo")(_bars(table, filters), options)
    key = f"overview_tempo_{st.session_state.get('overview_nonce', 0)}"
    plotted.show(made, key, lambda: _picked(key))
    if st.session_state.pop("overview_to_timeline", False):
        st.switch_page("pages/timeline.py")
    with listing.unfolded(_(CHART.twin), PAGE) as is_open:
        if is_open:
            st.dataframe(made.twin, hide_index=True)


def _options(table: pd.DataFrame, filters: Filters) -> TempoOptions:
    """Options for both the page and its picture."""
    words, view = counting.in_words(filters), zoom.until_newest(table)
    return TempoOptions(
        view=view,
        coded=_coded(filters if view is None else detail.narrowed(filters, view)),
        lang=current(),
        theme=look.theme(),
        caption=Caption(_(CHART.title()), words, footer(table, filters.as_of, current())),
    )


def _beside(filters: Filters) -> tuple[str, ...]:
    """The coders that the filters show beside what was read; nobody where they show one alone."""
    if ANYBODY in filters.coders:
        return tuple(sorted(reports().coders()))
    others = tuple(name for name in filters.coders if name != READ)
    return others if READ in filters.coders else ()


def _bars(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The events of the bars: those that were read, where coders stand beside them as lines."""
    return table[table["coder"] == ""] if _beside(filters) else table


def _coded(filters: Filters) -> pd.DataFrame | None:
    """The rows that others coded, each for itself, also where it is in the story of a report."""
    coders = _beside(filters)
    if not coders:
        return None
    return reports().events(replace(filters, coders=coders), columns=CODED_COLUMNS)


def _picked(key: str) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        custom = [str(value) for value in point.get("customdata") or []]
        if len(custom) >= 2:
            zoom.choose_words(custom[0], custom[1])
            st.session_state["overview_to_timeline"] = True
            st.session_state["overview_nonce"] = st.session_state.get("overview_nonce", 0) + 1


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
