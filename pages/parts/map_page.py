"""The map with the list of places beside it; a place leads to its events."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from charts.chart import Caption, Chart
from charts.map import map_deck, unplaced
from events import filter_words
from events.filters import Filters
from pages.parts import detail, downloads, evidence, link, listing, look, names, side
from pages.parts.data import query
from pages.parts.language import _, count, current
from pages.parts.plain import escaped

PAGE = "map"
WIDTH, HEIGHT = 850, 470


def draw(filters: Filters) -> None:
    """The page."""
    table = detail.recent(filters)
    chart_side, panel = look.split(2.3)
    with chart_side:
        _controls(filters, table)
        made = _chart(table, filters)
        _show(made, filters)
        st.html("".join(f'<p class="fr-small">{escaped(text)}</p>' for text in made.notes))
    with panel:
        if evidence.chosen() is None and side.picked(PAGE) is None:
            _places(filters)
        else:
            side.draw(table, PAGE, "", HEIGHT)
    _tables(table)


def _controls(filters: Filters, table: pd.DataFrame) -> None:
    with st.container(key="frise_controls", horizontal=True, vertical_alignment="center"):
        _switch("mentions", _("Places that are only mentioned"))
        _switch("arcs", _("Arcs from who acts to who is acted upon"))
        places = query().places(filters)
        tables = {
            _("Events on the page"): lambda: listing.readable(table),
            _("Places with events"): lambda: readable(places),
        }
        downloads.draw(filters, PAGE, tables, _stills(table, filters))


def _switch(name: str, words: str) -> None:
    key = f"map_{name}"
    st.session_state[key] = bool(link.view(name))
    st.toggle(
        words,
        key=key,
        on_change=lambda: link.set_view(name, "1" if st.session_state[key] else None),
    )


def _chart(table: pd.DataFrame, filters: Filters) -> Chart[pdk.Deck]:
    large = detail.is_large(filters)
    return map_deck(
        query().places(filters) if large else table,
        mentions=query().mentions(filters) if link.view("mentions") and not large else None,
        arcs=bool(link.view("arcs")) and not large,
        width=WIDTH,
        height=HEIGHT,
        lang=current(),
        theme=look.theme(),
    )


def _show(made: Chart[pdk.Deck], filters: Filters) -> None:
    key = f"map_deck_{st.session_state.get('map_nonce', 0)}"
    st.pydeck_chart(
        made.figure,
        key=key,
        height=HEIGHT,
        on_select=lambda: _selected(key, filters),
        selection_mode="single-object",
        alt=made.alt or None,
    )


def _selected(key: str, filters: Filters) -> None:
    objects: dict[str, list[dict[str, Any]]] = st.session_state[key]["selection"]["objects"]
    for found in (found for group in objects.values() for found in group):
        open_object(found, filters)
        st.session_state["map_nonce"] = st.session_state.get("map_nonce", 0) + 1
        return


def open_object(found: dict[str, Any], filters: Filters) -> None:
    """Show the events of a picked place, area or arc; a mention leads to its article."""
    ids = [int(i) for i in str(found.get("ids") or "").split(",") if i.isdigit()]
    title = str(found.get("name") or found.get("tip") or "").split("\n")[0]
    wanted = [i for i in str(found.get("place_ids") or "").split(",") if i]
    if wanted:
        ids = detail.of_places(filters, tuple(wanted)) or ids
    if ids:
        side.pick(title, PAGE, ids)


def _places(filters: Filters) -> None:
    """Every place with its number of events; a click shows them."""
    places = query().places(filters)
    words = count("{n} place with events", "{n} places with events", len(places))
    st.html(f'<p class="fr-head">{escaped(words)}</p>')
    if places.empty:
        look.note(_("No event shown has a place."))
        return
    rows = readable(places)

    def chosen(position: int) -> None:
        place = str(places["place_id"].iloc[position])
        ids = detail.of_places(filters, (place,))
        side.pick(str(rows.iloc[position, 0]), PAGE, ids)

    listing.select_rows(rows, "map_places", chosen, height=min(HEIGHT, 38 + 35 * len(rows)))
    st.caption(_("Select a row to see its events."))


def readable(places: pd.DataFrame) -> pd.DataFrame:
    """Places with their number of events, in the reader's words."""
    return pd.DataFrame(
        {
            _("Place"): [
                names.place(str(r.place_id), str(r.place_name), str(r.place_country))
                for r in places.itertuples()
            ],
            _("Events"): places["events"].tolist(),
        }
    )


def _stills(table: pd.DataFrame, filters: Filters) -> dict[str, downloads.Still]:
    """The map as a picture."""
    mentions = query().mentions(filters) if link.view("mentions") else None
    words = Caption(_("Where it happened"), filter_words.in_words(filters, current()))
    options = {
        "mentions": mentions,
        "arcs": bool(link.view("arcs")),
        "lang": current(),
        "theme": look.theme(),
        "caption": words,
    }
    return {_("Map"): downloads.Still("map_figure", table, options)}


def _tables(table: pd.DataFrame) -> None:
    without = unplaced(table)
    with st.expander(_("Events without a place on the map ({n})").format(n=len(without))):
        if without.empty:
            look.note(_("There is none."))
        else:
            listing.table_twin(without, "map_without")
    with st.expander(_("The same events as a table")):
        listing.table_twin(table[table["place_id"] != ""], PAGE)
