"""The map with the list of places beside it; a place leads to its events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.chart import Caption
from charts.map.deck import MapChart, map_deck
from charts.map.doubtful import on_map, sure_of_place
from charts.map.layers import marked
from charts.map.mercator import MapView
from charts.map.options import MapOptions
from charts.map.outlines import features
from charts.map.palette import ColourBy
from charts.map.view import country_points, drawn_points, map_height, map_view
from charts.registry import CHARTS
from events.filters import Filters
from pages.map_parts import empty, files, picks, steps, tables
from pages.map_parts.places import doubtful_button, narrowed, place_list, regions
from pages.shared import detail, downloads, evidence, listing, side_panel
from pages.shell import counting, frame, link, look, names, screen_width
from pages.shell.escaping import escaped
from pages.shell.language import _, current, number
from pages.shell.store_access import query

PAGE = "map"
CHART = CHARTS["map"]
HEIGHT = 470  # pixels; higher if places would lie outside
# query parameters that change the map
_SETTINGS = (
    "mentions",
    "datelines",
    "doubtful",
    "arcs",
    "pov",
    "colour",
    "country",
    "step",
    "at",
    "sum",
)
MOST_ROWS = 150_000  # events up to which the map takes rows; above, the store's counts
_COLUMNS = (*CHART.columns, "story_id", "first", "last")


def draw(filters: Filters) -> None:
    """The page."""
    if not features("countries-110m"):
        look.problem(_("The base map has not been built: places stand on an empty ground. "
                       "Run `make assets` on the machine that serves this page."))  # fmt: skip
    rows = map_rows(filters)
    _controls(filters, rows)
    steps.just_changed()
    every = steps.SECONDS if steps.playing() else None
    st.fragment(_body, run_every=every)(filters, rows)
    tables.draw(filters, shown_roles(), bool(link.view("arcs")))


def map_rows(filters: Filters) -> pd.DataFrame:
    """The table of the map: events. For a large store its counts, unless arcs, types or play need
    events and there are not too many.
    """
    if not detail.is_large(filters):
        return query().events(filters)
    if too_many(filters) or not _needs_events():
        return query().places(filters, sure=True)
    return query().events(filters, columns=_COLUMNS)


def too_many(filters: Filters) -> bool:
    """Whether there are too many events for arcs, types and play."""
    return query().count(filters) > MOST_ROWS


def _needs_events() -> bool:
    return bool(link.view("step") or link.view("arcs") or _colour() == "type")


def _body(filters: Filters, rows: pd.DataFrame) -> None:
    """Map and list: the fragment that reruns alone while the map plays."""
    if steps.just_changed():
        st.rerun()
    was_playing = steps.playing()
    weeks, inside = _step(rows)
    chart_side, panel = look.split(2.3)
    with chart_side:
        if weeks is not None:
            steps.controls(weeks, len(narrowed(inside)))
        elif bool(_drawn(rows).any()):
            steps.without_steps()
    with panel:  # sent before the map, so that the browser draws it while the map is made
        if evidence.chosen() is None and side_panel.picked(PAGE) is None:
            place_list(sure_of_place(narrowed(inside)), filters, PAGE, HEIGHT)
            doubtful_button(narrowed(inside), filters, PAGE)
        else:
            side_panel.draw(detail.recent(filters), PAGE, "", HEIGHT)
    with chart_side:
        empty.say(narrowed(inside), filters)
        made = _chart(inside, rows, filters)
        _show(made, inside, filters)
        _beneath(made)
    if weeks is not None and was_playing:
        steps.advance(weeks)
        if not steps.playing():
            st.rerun()
    elif not was_playing:
        link.write_link()


def _step(rows: pd.DataFrame) -> tuple[steps.Steps | None, pd.DataFrame]:
    """The steps with something to draw, and the rows of the chosen step."""
    if "events" in rows:
        return None, rows
    return steps.find(rows, _drawn(rows))


def _drawn(rows: pd.DataFrame) -> pd.Series:
    """Which rows are drawn: of a chosen country only its own."""
    drawn, code = on_map(rows, bool(link.view("doubtful"))), link.view("country")
    return drawn & (rows["place_country"] == code) if code else drawn


def _controls(filters: Filters, rows: pd.DataFrame) -> None:
    counted = too_many(filters)
    with st.container(key="frise_controls", horizontal=True, vertical_alignment="center"):
        if not counted:
            steps.choose_unit()
        regions(rows)
        with st.popover(_("Layers and colours"), width=150):
            if not counted:
                _choice("colour", _("Colour"), {"": _("Cooperation or conflict"),
                                                "type": _("Type of event")})  # fmt: skip
                _switch("arcs", _("Arcs from who acts to who is acted upon"))
            _switch("mentions", _("Places that are only mentioned"))
            _switch("datelines", _("Places articles were filed from"))
            if "events" not in rows:
                _switch("doubtful", _("Events whose place is doubtful, hollow"))
            _choice("pov", _("Disputed areas"), viewpoints())
            st.caption(_("The choice is kept in the link and printed on pictures of the map."))
        files_of = {
            _("Events on the page"): lambda: listing.readable(detail.recent(filters)),
            _("Places with events"): lambda: readable(query().places(filters)),
        }
        still = downloads.Still(CHART.name, _step(rows)[1], _options(filters))
        downloads.draw(filters, PAGE, files_of, [still])
    if counted:
        told = _("Above {n} events the map shows the store's counts: without arcs, types and play.")
        look.note(told.format(n=number(MOST_ROWS)))


def viewpoints() -> dict[str, str]:
    """The points of view on disputed areas: code -> name for the reader."""
    return {
        "": _("by themselves, dashed"),
        "recognised": _("as the UN or most states attribute them"),
        "held": _("with whoever holds the ground"),
    }


def _switch(name: str, words: str) -> None:
    key = f"map_{name}"
    st.session_state[key] = bool(link.view(name))
    st.toggle(
        words,
        key=key,
        on_change=lambda: link.set_view(name, "1" if st.session_state[key] else None),
    )


def _choice(name: str, words: str, options: dict[str, str]) -> None:
    key = f"map_{name}"
    st.session_state[key] = link.view(name)
    st.radio(
        words,
        list(options),
        key=key,
        format_func=lambda value: options[value],
        on_change=lambda: link.set_view(name, st.session_state[key]),
    )


def _colour() -> ColourBy:
    return "type" if link.view("colour") == "type" else "quad"


def _options(filters: Filters) -> MapOptions:
    """Options for both the page and its picture."""
    roles = shown_roles()
    words = counting.in_words(filters)
    return MapOptions(
        mentions=query().mentions(filters) if roles else None,
        faint=roles,
        arcs=bool(link.view("arcs")),
        doubtful=bool(link.view("doubtful")),
        viewpoint=link.view("pov"),
        colour=_colour(),
        lang=current(),
        theme=look.theme(),
        caption=Caption(_(CHART.title()), words),
    )


def shown_roles() -> tuple[str, ...]:
    """The roles of places in the faint layers."""
    roles = {"mentions": "mentioned", "datelines": "dateline"}
    return tuple(role for name, role in roles.items() if link.view(name))


def _points(rows: pd.DataFrame) -> list[tuple[float, float]]:
    """The points that the view is fitted to: of the chosen country, or of all rows drawn. They do
    not change from step to step.
    """
    outline = country_points(link.view("country"))
    return outline or drawn_points(narrowed(rows), bool(link.view("doubtful")))


def _view(rows: pd.DataFrame) -> MapView:
    points, wide = _points(rows), map_width()
    return map_view(points, wide, map_height(points, wide, HEIGHT))


def map_width(screen: int | None = None) -> int:
    """Largest width of the map in pixels for a window width `screen` (None: this reader's)."""
    wide = screen_width.chart_width() if screen is None else screen_width.chart_width_of(screen)
    return wide + screen_width.STEP + 10  # the reported width is rounded down


def _chart(inside: pd.DataFrame, rows: pd.DataFrame, filters: Filters) -> MapChart:
    settings = {name: link.view(name) for name in _SETTINGS}
    drawn = (current(), look.theme(), map_width())
    key = (query().version(), filters, *drawn, *settings.values())
    made, kept = _kept_chart(key, inside, rows, filters)
    kept.again()
    return made


@st.cache_resource(max_entries=24, show_spinner=False)
def _kept_chart(
    key: tuple[object, ...],
    _inside: pd.DataFrame,
    _rows: pd.DataFrame,
    _filters: Filters,
) -> tuple[MapChart, files.Kept]:
    """The map and its files, cached by `key` for all sessions; never modify the result."""
    kept = files.Kept()
    options = replace(_options(_filters), view=_view(_rows), keep=kept.keep)
    made = map_deck(_inside, options)
    return made, kept


def _show(made: MapChart, inside: pd.DataFrame, filters: Filters) -> None:
    # alternating between two suffixes clears the last selection without a new map
    mark = f"-{st.session_state.get('map_nonce', 0) % 2}"
    # a constant key, so that the browser keeps the reader's zoom
    st.pydeck_chart(
        marked(made.figure, mark),
        key="map_deck",
        height=int(made.view.height),
        on_select=lambda: _selected(made, inside, filters),
        selection_mode="single-object",
        alt=made.alt or None,
    )


def _beneath(made: MapChart) -> None:
    """Draw the colour key, the notes on what is not drawn, and the credit of the sources."""
    items = "".join(
        f'<span style="white-space:nowrap;margin-right:14px"><span style="display:inline-block;'
        f'width:9px;height:9px;border-radius:5px;background:{colour};margin-right:5px"></span>'
        f"{escaped(words)}</span>"
        for colour, words in made.key
    )
    size = escaped(
        _("Area of a circle: number of events; +1: with one more place. Hatched: somewhere within.")
    )
    if link.view("doubtful"):
        size += " " + escaped(_("Hollow circles: place doubtful."))
    lines = "".join(f'<p class="fr-small">{escaped(text)}</p>' for text in made.notes)
    st.html(f'<p class="fr-small">{items} {size}</p>{lines}')


def _selected(made: MapChart, inside: pd.DataFrame, filters: Filters) -> None:
    objects: dict[str, list[dict[str, Any]]] = st.session_state["map_deck"]["selection"]["objects"]
    for found in (found for group in objects.values() for found in group):
        picks.open_object(found, made, inside, filters)
        st.session_state["map_nonce"] = st.session_state.get("map_nonce", 0) + 1
        return


def readable(places: pd.DataFrame) -> pd.DataFrame:
    """The table of places with names and headers in the reader's language."""
    return pd.DataFrame(
        {
            _("Place"): [
                names.place(str(r.place_id), str(r.place_name), str(r.place_country))
                for r in places.itertuples()
            ],
            _("Events"): places["events"].tolist(),
        }
    )


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
