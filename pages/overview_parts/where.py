"""The small map beside the headlines: where the events of the last days happened."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from charts.map.deck import MapChart, map_deck
from charts.map.doubtful import on_map
from charts.map.layers import marked
from charts.map.options import MapOptions
from charts.map.view import beyond_edge, drawn_points, map_view
from events.filters import Filters
from pages.map_parts import files, picks
from pages.shell import look, screen_width
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current
from pages.shell.store_access import query

PAGE = "overview"
HEIGHT = 300  # pixels


def draw(table: pd.DataFrame, filters: Filters) -> None:
    """The map, what it leaves out, and a link to the page of the map; nothing without a place."""
    if not bool(on_map(table).any()):
        return
    look.head(_("Where"))
    made, kept = _kept_chart(
        (query().version(), filters, current(), look.theme(), screen_width.panel_width()), table
    )
    kept.again()
    mark = f"-{st.session_state.get('overview_map_nonce', 0) % 2}"
    st.pydeck_chart(
        marked(made.figure, mark),
        key="overview_map",
        height=HEIGHT,
        on_select=lambda: _selected(made, table, filters),
        selection_mode="single-object",
        alt=made.alt or None,
    )
    notes = (*_beyond(beyond_edge(table, made.view)), *made.notes)
    st.html("".join(f'<p class="fr-small">{escaped(note)}</p>' for note in notes))
    if st.button(_("The whole map"), key="overview_to_map", type="tertiary"):
        st.switch_page("pages/map.py")


def _beyond(events: int) -> list[str]:
    """What the first view of the map does not reach, in words; nothing where it holds all."""
    words = count(
        "{n} event lies beyond the edge of this map: drag it, or open the whole map.",
        "{n} events lie beyond the edge of this map: drag it, or open the whole map.",
        events,
    )
    return [words] if events else []


@st.cache_resource(max_entries=12, show_spinner=False)
def _kept_chart(key: tuple[object, ...], _table: pd.DataFrame) -> tuple[MapChart, files.Kept]:
    """The map and its files, cached by `key` for all sessions; never modify the result."""
    kept, width = files.Kept(), screen_width.panel_width()
    asked = MapOptions(lang=current(), theme=look.theme(), width=width, height=HEIGHT)
    view = map_view(drawn_points(_table), width, HEIGHT)
    return map_deck(_table, replace(asked, view=view, keep=kept.keep)), kept


def _selected(made: MapChart, table: pd.DataFrame, filters: Filters) -> None:
    objects = st.session_state["overview_map"]["selection"]["objects"]
    for found in (found for group in objects.values() for found in group):
        picks.open_object(found, made, table, filters, PAGE)
        nonce = st.session_state.get("overview_map_nonce", 0)
        st.session_state["overview_map_nonce"] = nonce + 1
        return
