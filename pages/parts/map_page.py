"""The map with the list of places beside it; a place leads to its events."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from charts.arcs import between
from charts.chart import Caption, Chart
from charts.map import map_deck
from charts.mercator import MapView, fit
from charts.outlines import country, features, rings
from charts.palette import ColourBy, palette
from charts.placed import spots
from charts.theme import theme_of
from events import filter_words
from events.filters import Filters
from pages.parts import (
    detail,
    downloads,
    evidence,
    link,
    listing,
    look,
    map_steps,
    map_tables,
    names,
    side,
)
from pages.parts.data import query
from pages.parts.language import _, current, number
from pages.parts.map_places import narrowed, place_list, regions
from pages.parts.plain import escaped

PAGE = "map"
NARROW, HEIGHT = 720, 470  # pixels; the map may be wider, never much narrower
# what of the link changes the map
_SETTINGS = ("mentions", "datelines", "arcs", "pov", "colour", "country", "step", "at", "sum")
MOST_ROWS = 150_000  # events up to which the map takes rows; above, the store's counts
_COLUMNS = ("event_id", "story_id", "type", "quad", "score", "first", "last", "sources", "targets",
            "place_id", "place_name", "place_country", "place_kind", "lat", "lon")  # fmt: skip


def draw(filters: Filters) -> None:
    """The page."""
    if not features("countries-110m"):
        look.problem(_("The base map has not been built: places stand on an empty ground. "
                       "Run `make assets` on the machine that serves this page."))  # fmt: skip
    table = detail.recent(filters)
    rows = map_rows(filters, table)
    _controls(filters, table, rows)
    map_steps.just_changed()
    every = map_steps.SECONDS if map_steps.playing() else None
    st.fragment(_body, run_every=every)(filters, table, rows)
    map_tables.draw(table, filters, shown_roles(), bool(link.view("arcs")))


def map_rows(filters: Filters, table: pd.DataFrame) -> pd.DataFrame:
    """What the map is drawn from: events, or the store's counts where there are too many."""
    if not detail.is_large(filters):
        return table
    if query().count(filters) > MOST_ROWS:
        return query().places(filters)
    return query().events(filters, columns=_COLUMNS)


def _body(filters: Filters, table: pd.DataFrame, rows: pd.DataFrame) -> None:
    """The map and the list: drawn alone again and again while it plays."""
    if map_steps.just_changed():
        st.rerun()
    was_playing = map_steps.playing()
    steps, inside = (None, rows) if "events" in rows else map_steps.find(rows)
    chart_side, panel = look.split(2.3)
    with chart_side:
        if steps is not None:
            map_steps.controls(steps, len(inside))
        made = _chart(inside, rows, filters)
        _show(made, inside, filters)
        _beneath(made, inside)
    with panel:
        if evidence.chosen() is None and side.picked(PAGE) is None:
            place_list(narrowed(inside), filters, PAGE, HEIGHT)
        else:
            side.draw(table, PAGE, "", HEIGHT)
    if steps is not None and was_playing:
        map_steps.advance(steps)
        if not map_steps.playing():
            st.rerun()
    elif not was_playing:
        link.write_link()


def _controls(filters: Filters, table: pd.DataFrame, rows: pd.DataFrame) -> None:
    counted = "events" in rows
    with st.container(key="frise_controls", horizontal=True, vertical_alignment="center"):
        if not counted:
            map_steps.choose_unit()
        regions(rows)
        with st.popover(_("Layers and colours")):
            if not counted:
                _choice("colour", _("Colour"), {"": _("Cooperation or conflict"),
                                                "type": _("Type of event")})  # fmt: skip
                _switch("arcs", _("Arcs from who acts to who is acted upon"))
            _switch("mentions", _("Places that are only mentioned"))
            _switch("datelines", _("Places articles were filed from"))
            _choice("pov", _("Disputed areas"), viewpoints())
            st.caption(_("The choice is kept in the link and printed on pictures of the map."))
        places = query().places(filters)
        tables = {
            _("Events on the page"): lambda: listing.readable(table),
            _("Places with events"): lambda: readable(places),
        }
        downloads.draw(filters, PAGE, tables, _stills(rows, filters))
    if counted:
        told = _("Above {n} events the map shows the store's counts: without arcs, types and play.")
        look.note(told.format(n=number(MOST_ROWS)))


def viewpoints() -> dict[str, str]:
    """The points of view on disputed areas, in words."""
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


def _faint(filters: Filters) -> dict[str, Any]:
    """The faint layers that are switched on."""
    wanted = shown_roles()
    return {"mentions": query().mentions(filters) if wanted else None, "faint": wanted}


def shown_roles() -> tuple[str, ...]:
    """Roles of the places that the faint layers show."""
    roles = {"mentions": "mentioned", "datelines": "dateline"}
    return tuple(role for name, role in roles.items() if link.view(name))


def _view(rows: pd.DataFrame) -> MapView:
    """What the map shows first: all places of the filters, or the chosen country. It does not
    change from step to step.
    """
    code = link.view("country")
    outline = country(code) if code else None
    if outline is not None:
        # the largest ring: not the islands overseas
        ring = max(rings(outline), key=len)
        return fit([(lat, lon) for lon, lat in ring], NARROW, HEIGHT)
    located = narrowed(rows).dropna(subset=["lat", "lon"])
    points = zip(located["lat"], located["lon"], strict=True)
    return fit(list(dict.fromkeys(points)), NARROW, HEIGHT)


def _chart(inside: pd.DataFrame, rows: pd.DataFrame, filters: Filters) -> Chart[pdk.Deck]:
    settings = {name: link.view(name) for name in _SETTINGS}
    # clicks alternate between two marks: the browser forgets the last one, the map is kept
    mark = f"-{st.session_state.get('map_nonce', 0) % 2}"
    key = (query().version(), filters, mark, current(), look.theme(), *settings.values())
    return _kept_chart(key, mark, inside, rows, filters)


@st.cache_resource(max_entries=24, show_spinner=False)
def _kept_chart(
    key: tuple[object, ...],
    mark: str,
    _inside: pd.DataFrame,
    _rows: pd.DataFrame,
    _filters: Filters,
) -> Chart[pdk.Deck]:
    """The map of a key, drawn once for all sessions; nobody changes it."""
    return map_deck(
        _inside,
        **_faint(_filters),
        arcs=bool(link.view("arcs")),
        view=_view(_rows),
        viewpoint=link.view("pov"),
        colour=_colour(),
        mark=mark,
        lang=current(),
        theme=look.theme(),
    )


def _show(made: Chart[pdk.Deck], inside: pd.DataFrame, filters: Filters) -> None:
    # one key throughout: the browser keeps the zoom that the reader has chosen
    st.pydeck_chart(
        made.figure,
        key="map_deck",
        height=HEIGHT,
        on_select=lambda: _selected(inside, filters),
        selection_mode="single-object",
        alt=made.alt or None,
    )


def _beneath(made: Chart[pdk.Deck], inside: pd.DataFrame) -> None:
    """The key, what is not drawn, and what is owed to the sources."""
    colours = palette(spots(inside, current()), _colour(), theme_of(look.theme()))
    items = "".join(
        f'<span style="white-space:nowrap;margin-right:14px"><span style="display:inline-block;'
        f'width:9px;height:9px;border-radius:5px;background:{colour};margin-right:5px"></span>'
        f"{escaped(words)}</span>"
        for colour, words in colours.key(current())
    )
    size = escaped(_("Area of a circle: number of events. Tinted areas: somewhere within."))
    lines = "".join(f'<p class="fr-small">{escaped(text)}</p>' for text in made.notes)
    st.html(f'<p class="fr-small">{items} {size}</p>{lines}')


def _selected(inside: pd.DataFrame, filters: Filters) -> None:
    objects: dict[str, list[dict[str, Any]]] = st.session_state["map_deck"]["selection"]["objects"]
    for found in (found for group in objects.values() for found in group):
        open_object(found, inside, filters)
        st.session_state["map_nonce"] = st.session_state.get("map_nonce", 0) + 1
        return


def open_object(picked: dict[str, Any], inside: pd.DataFrame, filters: Filters) -> None:
    """Show the events of a picked place, area or arc, of those on the map."""
    found = {**picked, **(picked.get("properties") or {})}
    ids = picked_ids(picked, inside, filters)
    if ids:
        title = str(found.get("tip") or "").split("\n")[0]
        side.pick(title, PAGE, ids, _counted_at(picked, inside))


def _counted_at(picked: dict[str, Any], inside: pd.DataFrame) -> int:
    """How many events the store counts at a picked place: more than are listed of a large one."""
    found = {**picked, **(picked.get("properties") or {})}
    wanted = str(found.get("place_ids") or "").split(",")
    if "events" not in inside:
        return 0
    return int(inside.loc[inside["place_id"].isin(wanted), "events"].sum())


def picked_ids(picked: dict[str, Any], inside: pd.DataFrame, filters: Filters) -> list[int]:
    """Ids of the events behind a picked object; of a place, those that are on the map."""
    found = {**picked, **(picked.get("properties") or {})}
    wanted = [i for i in str(found.get("place_ids") or "").split(",") if i]
    if found.get("kind") == "arc":  # the mark itself carries the ids of a few
        return between(inside, str(found.get("source")), str(found.get("target")))
    if wanted and "events" in inside:
        return detail.of_places(filters, tuple(wanted))
    if wanted:
        return [int(i) for i in inside.loc[inside["place_id"].isin(wanted), "event_id"]]
    return [int(i) for i in str(found.get("ids") or "").split(",") if i.isdigit()]


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


def _stills(rows: pd.DataFrame, filters: Filters) -> dict[str, downloads.Still]:
    """The map as a picture: the same step, layers and colours."""
    _steps, inside = (None, rows) if "events" in rows else map_steps.find(rows)
    words = Caption(_("Where it happened"), filter_words.in_words(filters, current()))
    options = {
        **_faint(filters),
        "arcs": bool(link.view("arcs")),
        "viewpoint": link.view("pov"),
        "colour": _colour(),
        "lang": current(),
        "theme": look.theme(),
        "caption": words,
    }
    return {_("Map"): downloads.Still("map_figure", inside, options)}
