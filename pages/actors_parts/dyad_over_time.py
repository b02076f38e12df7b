"""A pair of actors over time, beneath the chart: cooperation above the line, conflict below."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.chart import Chart
from charts.registry import CHARTS, figure_of
from charts.timeline.tempo_counts import DyadOptions, in_no_bar, of_pair
from events.filters import Filters
from pages.actors_parts import picks
from pages.shared import detail, listing, plotted
from pages.shell import counting, link, look, names
from pages.shell.escaping import escaped
from pages.shell.language import _, current, number

CHART = CHARTS["dyad"]
_NONCE = "dyad_nonce"


def draw(table: pd.DataFrame, filters: Filters, width: float) -> None:
    """Draw the chosen pair with clickable bars, and its table twin."""
    source, _bar, target = link.view("dyad").partition("|")
    if not (source and target):
        return
    missing = 0
    if detail.is_large(filters):  # the table passed in has the newest days only
        table, missing = picks.between(source, target, filters)
    table = table[of_pair(table, source, target)]
    options = DyadOptions(a=source, b=target, width=width, lang=current(), theme=look.theme())
    outside = table[in_no_bar(table, options)]
    _head(source, target, len(table), len(outside))
    if table.empty:
        look.note(_("No event between these two under the filters."))
        return
    made = _bars(table, options)
    if len(outside):
        _way_to(outside, source, target)
    with listing.unfolded(_(CHART.twin), "dyad") as is_open:
        if is_open:
            st.dataframe(made.twin, hide_index=True)
    if missing:
        told = _(
            "The bars leave out {n} later events of this pair: narrow the filters to see them."
        )
        look.note(told.format(n=number(missing)))


def _head(source: str, target: str, events: int, outside: int) -> None:
    """Title, number of events and how many are in a bar; a button to close the chart."""
    title = _(CHART.title()).format(a=names.actor(source), b=names.actor(target))
    told = [counting.counted(events)]
    if outside:
        told.append(
            _("{n} in a bar, {m} in none").format(n=number(events - outside), m=number(outside))
        )
    told.append(_("cooperation above the line, conflict below"))
    with st.container(key="frise_dyad_head", horizontal=True, vertical_alignment="top"):
        below = f'<p class="fr-sub">{escaped(" · ".join(told))}</p>'
        st.html(f'<h2 class="fr-title">{escaped(title)}</h2>{below}')
        st.button(
            _("Close"),
            key="dyad_close",
            width="content",
            icon=":material/close:",
            on_click=link.set_view,
            args=("dyad", None),
        )


def _bars(table: pd.DataFrame, options: DyadOptions) -> Chart[go.Figure]:
    made = figure_of(CHART.name)(table, options)
    key = f"actors_dyad_{st.session_state.get(_NONCE, 0)}"
    plotted.show(made, key, lambda: _selected(key, table))
    return made


def _way_to(outside: pd.DataFrame, source: str, target: str) -> None:
    """A button that lists the events that are in no bar."""
    st.button(
        _("List the events in no bar: {n}").format(n=number(len(outside))),
        key="dyad_outside",
        on_click=picks.outside,
        args=(outside, (source, target)),
    )


def _selected(key: str, table: pd.DataFrame) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        a, b, first, last, quad = point["customdata"][:5]
        picks.bar(table, (str(a), str(b)), (str(first), str(last)), int(quad))
        st.session_state[_NONCE] = st.session_state.get(_NONCE, 0) + 1
