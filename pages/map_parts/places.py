"""The list of places beside the map, the choice of a country, and unresolved place names."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.map.doubtful import is_doubtful
from events import geography
from events.filters import Filters
from pages.shared import detail, listing, side_panel
from pages.shell import link, look, names
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, number
from pages.shell.store_access import query

MOST_COUNTRIES = 60
FIRST_PLACES = 100  # places listed at first; a button lists all
_ALL = "map_all_places"
_KEYS = ["place_id", "place_name", "place_country"]


def regions(rows: pd.DataFrame) -> None:
    """Select the country that the map zooms to; countries with most events first."""
    weights = rows["events"] if "events" in rows else pd.Series(1, index=rows.index)
    known = weights[rows["place_country"] != ""].groupby(rows["place_country"]).sum()
    codes = known.sort_values(ascending=False, kind="stable").index[:MOST_COUNTRIES].tolist()
    chosen = link.view("country")
    if chosen and chosen not in codes:
        codes.append(chosen)
    st.session_state["map_country"] = chosen
    st.selectbox(
        _("Show on the map"),
        ["", *codes],
        key="map_country",
        format_func=lambda code: _country(code, known),
        label_visibility="collapsed",
        width=210,
        on_change=lambda: link.set_view("country", st.session_state["map_country"]),
    )


def _country(code: str, known: pd.Series) -> str:
    if not code:
        return _("All places")
    return f"{geography.country_name(code, current())} ({number(int(known.get(code, 0)))})"


def narrowed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in the chosen country; all where none is chosen."""
    chosen = link.view("country")
    return rows[rows["place_country"] == chosen] if chosen else rows


def doubtful_button(rows: pd.DataFrame, filters: Filters, page: str) -> None:
    """A button with the number of events with a doubtful place; a click lists them."""
    if "events" in rows:
        ids: list[int] = []
        whole = query().account(filters).doubtful
    else:
        ids = [int(i) for i in rows.loc[is_doubtful(rows), "event_id"]]
        whole = len(ids)
    if not whole:
        return
    words = count("Place doubtful: {n} event", "Place doubtful: {n} events", whole)

    def chosen() -> None:
        found = ids or query().doubtful(filters, detail.LARGE)["event_id"].tolist()
        side_panel.pick(_("Place doubtful"), page, found, whole)

    st.button(
        words,
        key="map_doubtful_list",
        type="tertiary",
        help=_("Not drawn: the name may mean another place, or it happened elsewhere."),
        on_click=chosen,
    )


def place_list(rows: pd.DataFrame, filters: Filters, page: str, height: int) -> None:
    """The places on the map with their number of events, most first; a click shows the events."""
    every = _counted(rows)
    words = count("{n} place with events", "{n} places with events", len(every))
    places = every if st.session_state.get(_ALL) else every.head(FIRST_PLACES)
    st.html(f'<p class="fr-head">{escaped(words)}</p>')
    if places.empty:
        look.note(_("No event shown has a sure place."))
        return
    shown = [names.place(str(i), str(n), str(c)) for i, n, c in zip(
        *(places[key] for key in _KEYS), strict=True)]  # fmt: skip
    table = pd.DataFrame({_("Place"): shown, _("Events"): places["events"].tolist()})

    def chosen(position: int) -> None:
        place = str(places["place_id"].iloc[position])
        if "events" in rows:
            ids, whole = detail.of_places(filters, (place,)), int(places["events"].iloc[position])
        else:
            ids, whole = rows.loc[rows["place_id"] == place, "event_id"].tolist(), 0
        side_panel.pick(shown[position], page, ids, whole)

    listing.select_rows(table, "map_places", chosen, height=min(height, 38 + 35 * len(table)))
    st.caption(_("Select a row to see its events."))
    if len(places) < len(every):
        told = _("The first {n} are listed. List all {all}")
        st.button(
            told.format(n=number(len(places)), all=number(len(every))),
            key="map_list_all",
            type="tertiary",
            on_click=lambda: st.session_state.update({_ALL: True}),
        )


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """place_id, place_name, place_country, events: most events first."""
    if "events" in rows:
        return rows
    located = rows[rows["place_id"] != ""]
    counted = located.groupby(_KEYS, sort=False).size().reset_index(name="events")
    return counted.sort_values(["events", "place_name"], ascending=[False, True], ignore_index=True)


def unresolved(filters: Filters) -> pd.DataFrame:
    """Place names in articles without a matching place: the words and how often."""
    named = {"text": _("Name in the text"), "mentions": _("Mentions")}
    return query().unresolved(filters).rename(columns=named)
