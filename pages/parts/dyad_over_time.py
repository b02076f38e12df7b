"""A pair of actors over time, beneath the chart: cooperation above the line, conflict below."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.chart import Caption
from charts.tempo import dyad
from events.filters import Filters
from pages.parts import actors_picks, detail, link, listing, look, names, plotted
from pages.parts.language import _, current, number

_NONCE = "dyad_nonce"


def draw(table: pd.DataFrame, filters: Filters, width: float) -> None:
    """The chosen pair, its bars leading to their events, and the same as a table."""
    source, _bar, target = link.view("dyad").partition("|")
    if not (source and target):
        return
    missing = 0
    if detail.is_large(filters):  # the table at hand holds the newest days only
        table, missing = actors_picks.between(source, target, filters)
    title = _("{a} and {b} over time").format(a=names.actor(source), b=names.actor(target))
    made = dyad(
        table,
        source,
        target,
        width=width,
        lang=current(),
        theme=look.theme(),
        caption=Caption(title, _("Events a day, week or month; cooperation above, conflict below")),
    )
    key = f"actors_dyad_{st.session_state.get(_NONCE, 0)}"
    plotted.show(made, key, lambda: _selected(key, table))
    if missing:
        told = _(
            "The bars leave out {n} later events of this pair: narrow the filters to see them."
        )
        look.note(told.format(n=number(missing)))
    st.button(
        _("Close"), key="dyad_close", type="tertiary", on_click=link.set_view, args=("dyad", None)
    )
    with listing.unfolded(_("The same bars as a table"), "dyad") as is_open:
        if is_open:
            st.dataframe(made.twin, hide_index=True)


def _selected(key: str, table: pd.DataFrame) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        a, b, first, last, quad = point["customdata"][:5]
        actors_picks.bar(table, (str(a), str(b)), (str(first), str(last)), int(quad))
        st.session_state[_NONCE] = st.session_state.get(_NONCE, 0) + 1
