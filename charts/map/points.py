"""Points and labels of the map per zoom level, as layers of deck.gl.

A level is one tile that spans the world, since only tile layers of deck.gl can be limited to a
range of zooms. What the first zoom shows is sent inside the tile's data address if it is small.
Everything else is given to `keep`, which returns the address where the browser finds it once the
reader zooms there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pydeck as pdk

from charts.map.land_labels import LandLabel
from charts.map.levels import ZoomLevel, runs
from charts.map.palette import Palette
from charts.map.place_marks import PlacedLabel, Spot, number_inside
from charts.sheet import names
from charts.sheet.theme import LABEL_SIZE, SMALL_SIZE, Theme, ink_on, rgb
from events.wording import format_number, label, named, translator

Keep = Callable[[str], str]  # GeoJSON text -> its address
INLINE = 16_000  # most characters of a level sent inside its address
# characters allowed unescaped in a data address; JSON from json.dumps is ASCII
_PLAIN = "!\"$&'()*+,/:;<=>?@[\\]^`{|}"
# quoted: pydeck reads an unquoted string as the name of a field
FONT = "'IBM Plex Sans, DejaVu Sans, Arial, sans-serif'"


def in_address(text: str) -> str:
    """A data address that contains the JSON text: nothing is fetched."""
    # not base 64, which is a third longer and compresses badly
    return "data:application/json," + quote(text, safe=_PLAIN)


@dataclass(frozen=True)
class DrawnLayers:
    """Layers of all levels, and `clusters`: code of a cluster -> ids of its places."""

    layers: list[pdk.Layer]
    clusters: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class MarkStyle:
    """Style shared by the marks of one map: colours of classes or types, theme, language."""

    colours: Palette
    look: Theme
    lang: str


def level_layers(
    found: list[ZoomLevel], style: MarkStyle, zoom: float, keep: Keep = in_address
) -> DrawnLayers:
    """Layers of points and labels for every level, each limited to its range of zooms.

    zoom: the initial zoom. A point has `place_ids`: the id of its place, or the code of its
    cluster.
    """
    layers, words = [], []
    clusters: dict[str, tuple[str, ...]] = {}
    for number, run in enumerate(runs(found)):
        if run.points:
            shapes = [_point(spot, number, style) for spot in reversed(run.points)]
            layers.append(_points(number, run, _address(shapes, run, zoom, keep), style))
            clusters |= {
                code(spot, number): tuple(one.place_id for one in (spot, *spot.others))
                for spot in run.points
                if spot.others
            }
        if run.labels or run.lands:
            shapes = [_land_word(one) for one in run.lands]
            shapes += [_place_word(one) for one in run.labels]
            words.append(_words(number, run, _address(shapes, run, zoom, keep), style))
    return DrawnLayers(layers + words, clusters)


def code(spot: Spot, number: int) -> str:
    """The id of a point's place, or the code of its cluster in run `number`."""
    return f"c{number}:{spot.place_id}" if spot.others else spot.place_id


def _address(shapes: list[dict[str, Any]], level: ZoomLevel, zoom: float, keep: Keep) -> str:
    text = json.dumps({"type": "FeatureCollection", "features": shapes}, separators=(",", ":"))
    low, high = level.low or -99.0, level.high or 99.0
    at_first = low <= zoom < high and len(text) <= INLINE
    return in_address(text) if at_first else keep(text)


def _level(point_type: str, address: str, level: ZoomLevel, name: str, **how: Any) -> pdk.Layer:
    bounds = {"visible_min_zoom": level.low, "visible_max_zoom": level.high}
    if level.high is not None:
        bounds["visible_max_zoom"] = level.high - 1e-6
    known: dict[str, Any] = {k: v for k, v in bounds.items() if v is not None}
    return pdk.Layer("TileLayer", address, id=name, min_zoom=0, max_zoom=0, tile_size=512,
                     point_type=f"'{point_type}'", **known, **how)  # fmt: skip


def _shape(lat: float, lon: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _point(spot: Spot, number: int, style: MarkStyle) -> dict[str, Any]:
    return _shape(spot.lat, spot.lon, {
        "place_ids": code(spot, number),
        "events": spot.events,
        "tip": spot_tip(spot, style.lang),
        "radius": round(spot.radius, 1),
        "colour": [*rgb(style.colours.of(spot)), 225],
        "number": number_inside(spot, style.lang),
        "ink": [*rgb(ink_on(style.colours.of(spot))), 255],
    })  # fmt: skip


def _points(number: int, level: ZoomLevel, address: str, style: MarkStyle) -> pdk.Layer:
    """Circles, with the number of their events."""
    return _level(
        "circle+text", address, level, f"places-{number}", pickable=True, auto_highlight=True,
        stroked=True, filled=True, get_point_radius="properties.radius",
        point_radius_units="'pixels'", get_fill_color="properties.colour",
        get_line_color=[*rgb(style.look.background), 255], get_line_width=1,
        line_width_units="'pixels'",
        get_text="properties.number", get_text_color="properties.ink",
        get_text_size=SMALL_SIZE + 1, get_text_alignment_baseline="'center'",
        text_font_family=FONT, text_font_weight=600, text_character_set="'auto'",
        text_font_settings={"fontSize": 26, "buffer": 5},
    )  # fmt: skip


def _words(number: int, level: ZoomLevel, address: str, style: MarkStyle) -> pdk.Layer:
    """Text layer of place names; countries and disputed areas (`land`) are smaller and grey."""
    land, place = [*rgb(style.look.muted), 210], [*rgb(style.look.text), 255]
    return _level(
        "text", address, level, f"labels-{number}", pickable=False,
        get_text="properties.text",
        get_text_size=f"properties.land ? {SMALL_SIZE + 1} : {LABEL_SIZE + 1}",
        get_text_color=f"properties.land ? {land} : {place}",
        get_text_pixel_offset="properties.offset",
        get_text_anchor="properties.anchor", get_text_alignment_baseline="'center'",
        text_character_set="'auto'", text_font_family=FONT, text_font_weight=500,
        text_font_settings={"fontSize": 26, "buffer": 5},
        text_background=True, text_background_padding=[2, 0, 2, 0],
        get_text_background_color=[*rgb(style.look.land), 120],
    )  # fmt: skip


def _land_word(one: LandLabel) -> dict[str, Any]:
    words = {"text": one.text, "land": 1, "offset": [0, 0], "anchor": "middle"}
    return _shape(one.lat, one.lon, words)


def _place_word(one: PlacedLabel) -> dict[str, Any]:
    words = {"text": one.text, "offset": [round(one.x, 1), round(one.y, 1)], "anchor": one.anchor}
    return _shape(one.spot.lat, one.spot.lon, words)


def spot_tip(spot: Spot, lang: str) -> str:
    """Popup: name, number of events, the main ones by headline or else their classes, and the
    places of the cluster.
    """
    lines = [spot.name, names.events_word(spot.events, lang)]
    if spot.is_area:
        lines.insert(1, translator(lang)("somewhere in this area"))
    if spot.told:
        lines += [named(day, text, lang) if day else text for _rank, day, text in spot.told]
    else:
        lines += [
            named(label(f"quad {quad}", lang), format_number(number, lang), lang)
            for quad, number in sorted(spot.counts.items())
        ]
    if spot.others:
        inside = ", ".join(f"{one.name} {one.events}" for one in spot.others[:6])
        more = f" +{len(spot.others) - 6}" if len(spot.others) > 6 else ""
        lines.append(translator(lang)("with {places}").format(places=inside + more))
    return "\n".join(" ".join(line[:300].split()) for line in lines)
