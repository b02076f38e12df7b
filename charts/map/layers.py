"""The layers of the map above its ground: areas, points, labels, arcs, faint mentions."""

from __future__ import annotations

import copy
import math
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.map.arcs import Arc
from charts.map.hatch import hatched, shapes_of
from charts.map.mercator import MapView, least_zoom
from charts.map.place_marks import Spot
from charts.map.points import FONT, spot_tip
from charts.sheet import names
from charts.sheet.theme import Theme, balance_colour, rgb
from events.geography import place_name
from events.records import records
from events.wording import format_number, translator

# south-west and north-east corner of Web Mercator
WHOLE_WORLD = [[-180.0, -85.05], [180.0, 85.05]]


def pdk_deck(layers: list[pdk.Layer], view: MapView, look: Theme, style: str) -> pdk.Deck:
    """A deck over a base map (`style`: its address) that shows the world only once.

    The browser keeps the view inside the world at any width: no panning or zooming beyond it.
    """
    state = pdk.ViewState(
        latitude=view.lat, longitude=view.lon, zoom=view.zoom, max_zoom=10,
        min_zoom=least_zoom(view.width, view.height), max_bounds=WHOLE_WORLD,
    )  # fmt: skip
    return pdk.Deck(
        layers=layers,
        initial_view_state=state,
        map_provider="carto",
        map_style=style,
        views=[pdk.View("MapView", controller=True, repeat=False)],
        # text, not HTML, which an article could contain
        tooltip={
            "text": "{tip}",
            "style": {
                "backgroundColor": look.background,
                "color": look.text,
                "border": f"1px solid {look.line}",
                "fontFamily": FONT.strip("'"),
                "fontSize": "12px",
                "whiteSpace": "pre-line",
                "maxWidth": "320px",
            },
        },
    )


def marked(deck: pdk.Deck, mark: str) -> pdk.Deck:
    """The same deck with a suffix on the ids of its layers: with a new suffix the browser drops
    its selection.
    """
    changed = copy.copy(deck)
    changed.layers = [copy.copy(layer) for layer in deck.layers]
    for layer in changed.layers:
        layer.id = f"{layer.id}{mark}"
    return changed


def _record(spot: Spot, kind: str, lang: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "place_ids": spot.place_id,
        "events": spot.events,
        "tip": spot_tip(spot, lang),
    }


def area_layers(
    areas: list[Spot], look: Theme, viewpoint: str, zoom: float, lang: str
) -> list[pdk.Layer]:
    """Countries by their outline, other areas by a circle: hatched, in no colour of a class."""
    if not areas:
        return []
    tone = rgb(look.muted)
    shapes = [
        {"type": "Feature", "geometry": shape["geometry"], "properties": {},
         **_record(spot, "area", lang)}
        for spot in areas
        for shape in shapes_of(spot, viewpoint, zoom)
    ]  # fmt: skip
    ground = pdk.Layer(
        "GeoJsonLayer", {"type": "FeatureCollection", "features": shapes}, id="areas",
        pickable=True, auto_highlight=True, highlight_color=[*tone, 60], stroked=True,
        filled=True, get_fill_color=[*tone, 16], get_line_color=[*tone, 120],
        get_line_width=0.8, line_width_units="'pixels'",
    )  # fmt: skip
    strokes = hatched(areas, viewpoint, zoom)
    if not strokes:  # smaller than the distance of two lines
        return [ground]
    lines = {"type": "MultiLineString", "coordinates": strokes}
    hatch = pdk.Layer(
        "GeoJsonLayer", {"type": "Feature", "geometry": lines, "properties": {}}, id="hatch",
        pickable=False, get_line_color=[*tone, 130], get_line_width=0.8,
        line_width_units="'pixels'",
    )  # fmt: skip
    return [ground, hatch]


def known_places(mentions: pd.DataFrame | None, roles: tuple[str, ...]) -> pd.DataFrame:
    """Mentions (MENTION_COLUMNS; None: nothing) of places of some roles, with a position."""
    if mentions is None:
        return pd.DataFrame(columns=["role", "code", "name", "country", "lat", "lon"])
    known = mentions[(mentions["kind"] == "place") & mentions["role"].isin(roles)]
    return known[known["lat"].notna() & known["lon"].notna()]


def arc_width(arc: Arc) -> float:
    """Width of an arc in pixels, by the root of its events."""
    return min(7.0, 0.8 + 0.6 * math.sqrt(arc.events))


def mention_layers(
    mentions: pd.DataFrame | None, faint: tuple[str, ...], look: Theme, lang: str
) -> list[pdk.Layer]:
    """One faint layer per role: rings for places that are named, dots for datelines."""
    known = known_places(mentions, faint)
    keys = ["role", "code", "name", "country", "lat", "lon"]
    counted = known.groupby(keys).size().reset_index(name="n")
    return [
        _mention_layer(role, counted[counted["role"] == role], look, lang)
        for role in faint
        if (counted["role"] == role).any()
    ]


def _mention_layer(role: str, counted: pd.DataFrame, look: Theme, lang: str) -> pdk.Layer:
    _ = translator(lang)
    told = {
        "dateline": _("filed from here: {n}"),
        "mentioned": _("named, nothing happens here: {n}"),
    }
    rows = [
        {
            "kind": "mention",
            "place_ids": str(row["code"]),
            "name": place_name(str(row["code"]), str(row["name"]), str(row["country"]), lang),
            "position": [round(float(row["lon"]), 4), round(float(row["lat"]), 4)],
            "role": role,
            "n": format_number(int(row["n"]), lang),
        }
        for row in records(counted)
    ]
    for one in rows:
        words = told.get(role, role + ": {n}").format(n=one["n"])
        one["tip"] = " ".join(f"{one['name']}".split()) + "\n" + words
    dots = role == "dateline"
    return pdk.Layer(
        "ScatterplotLayer", rows, id=role, pickable=True, stroked=not dots, filled=dots,
        get_position="position", get_radius=2.2 if dots else 3.2, radius_units="'pixels'",
        get_fill_color=[*rgb(look.muted), 200], get_line_color=[*rgb(look.muted), 235],
        get_line_width=1.4, line_width_units="'pixels'",
    )  # fmt: skip


def arc_layers(lines: list[Arc], look: Theme, lang: str) -> list[pdk.Layer]:
    rows = [
        {
            "kind": "arc",
            "source": arc.source,
            "target": arc.target,
            "place_ids": "",
            "ids": ",".join(arc.ids),
            "path": arc.path,
            "head": arc.head,
            "width": round(arc_width(arc), 1),
            "colour": [*rgb(balance_colour(arc.score, look)), 200],
            "tip": f"{names.pair(arc.source, arc.target, lang)}\n"
            + names.events_word(arc.events, lang),
        }
        for arc in lines
    ]
    common: dict[str, Any] = {"pickable": True}
    return [
        pdk.Layer("PathLayer", rows, id="arcs", get_path="path", get_color="colour",
                  get_width="width", width_units="'pixels'", **common),
        pdk.Layer("SolidPolygonLayer", rows, id="arc-heads", get_polygon="head",
                  get_fill_color="colour", **common),
    ]  # fmt: skip
