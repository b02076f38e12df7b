"""The layers of the map above its ground: areas, points, labels, arcs, faint mentions."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pandas as pd
import pydeck as pdk

from charts import names
from charts.arcs import Arc
from charts.levels import Level, runs
from charts.map_ground import country_shapes
from charts.mercator import MapView
from charts.palette import Palette
from charts.placed import AREA_RADIUS_KM, LandLabel, PlacedLabel, Spot
from charts.theme import LABEL_SIZE, SMALL_SIZE, Theme, balance_colour, rgb
from events.geography import place_name
from events.wording import format_number, label, translator

# what may stand in a data address as it is; JSON from json.dumps is ASCII
_PLAIN = "!\"$&'()*+,/:;<=>?@[\\]^`{|}"
# quotes: pydeck takes a bare string for the name of a field
_FONT = "'IBM Plex Sans, DejaVu Sans, Arial, sans-serif'"


def pdk_deck(layers: list[pdk.Layer], view: MapView, look: Theme, style: str) -> pdk.Deck:
    """A deck on the base map of a style's address; it goes on past the date line."""
    state = pdk.ViewState(latitude=view.lat, longitude=view.lon, zoom=view.zoom, max_zoom=10)
    return pdk.Deck(
        layers=layers,
        initial_view_state=state,
        map_provider="carto",
        map_style=style,
        views=[pdk.View("MapView", controller=True, repeat=True)],
        # text, not html: what articles say is shown as written
        tooltip={
            "text": "{tip}",
            "style": {
                "backgroundColor": look.background,
                "color": look.text,
                "border": f"1px solid {look.line}",
                "fontFamily": _FONT.strip("'"),
                "fontSize": "12px",
                "whiteSpace": "pre-line",
                "maxWidth": "320px",
            },
        },
    )


def _record(spot: Spot, kind: str, lang: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "place_ids": ",".join(one.place_id for one in (spot, *spot.others[:50])),
        "events": spot.events,
        "tip": spot_tip(spot, lang),
    }


def spot_tip(spot: Spot, lang: str) -> str:
    """Name, number, split by class, and the near places that were joined."""
    lines = [spot.name, names.events_word(spot.events, lang)]
    if spot.is_area:
        lines.insert(1, translator(lang)("somewhere in this area"))
    for quad, number in sorted(spot.counts.items()):
        lines.append(f"{label(f'quad {quad}', lang)}: {format_number(number, lang)}")
    if spot.types:
        ranked = sorted(spot.types, key=lambda kind: (-spot.types[kind], kind))[:4]
        told = [f"{label(k, lang)} {format_number(spot.types[k], lang)}" for k in ranked]
        lines.append(", ".join(told))
    if spot.others:
        inside = ", ".join(f"{one.name} {one.events}" for one in spot.others[:6])
        more = f" +{len(spot.others) - 6}" if len(spot.others) > 6 else ""
        lines.append(translator(lang)("with {places}").format(places=inside + more))
    return "\n".join(" ".join(line[:300].split()) for line in lines)


def level_layers(
    found: list[Level], colours: Palette, look: Theme, lang: str, mark: str
) -> list[pdk.Layer]:
    """Points and words of every level, each shown by the browser at the zooms it holds for."""
    numbered = list(enumerate(runs(found)))
    points = [_point_layer(n, r, colours, look, lang, mark) for n, r in numbered if r.points]
    words = [_word_layer(n, r, look, mark) for n, r in numbered if r.labels or r.lands]
    return points + words


def _level(
    kind: str, shapes: list[dict[str, Any]], level: Level, name: str, **how: Any
) -> pdk.Layer:
    """One tile that spans the world; its zooms are bounded as deck.gl bounds tiles, and nothing
    else of deck.gl's has such bounds. The data lie in its address: nothing is fetched.
    """
    text = json.dumps({"type": "FeatureCollection", "features": shapes}, separators=(",", ":"))
    # not base 64, which is a third longer and packs badly on its way
    data = "data:application/json," + quote(text, safe=_PLAIN)
    bounds = {"visible_min_zoom": level.low, "visible_max_zoom": level.high}
    if level.high is not None:
        bounds["visible_max_zoom"] = level.high - 1e-6
    known: dict[str, Any] = {k: v for k, v in bounds.items() if v is not None}
    return pdk.Layer("TileLayer", data, id=name, min_zoom=0, max_zoom=0, tile_size=512,
                     point_type=f"'{kind}'", **known, **how)  # fmt: skip


def _shape(lat: float, lon: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _point_layer(
    number: int, level: Level, colours: Palette, look: Theme, lang: str, mark: str
) -> pdk.Layer:
    shapes = [
        _shape(spot.lat, spot.lon, {
            **_record(spot, "place", lang),
            "radius": round(spot.radius, 1),
            "colour": [*rgb(colours.of(spot)), 225],
        })
        for spot in reversed(level.points)
    ]  # fmt: skip
    return _level(
        "circle", shapes, level, f"places-{number}{mark}", pickable=True, auto_highlight=True,
        stroked=True, filled=True, get_point_radius="properties.radius",
        point_radius_units="'pixels'", get_fill_color="properties.colour",
        get_line_color=[*rgb(look.background), 255], get_line_width=1,
        line_width_units="'pixels'",
    )  # fmt: skip


def _word_layer(number: int, level: Level, look: Theme, mark: str) -> pdk.Layer:
    shapes = [_land_word(one, look) for one in level.lands]
    shapes += [_place_word(one, look) for one in level.labels]
    return _level(
        "text", shapes, level, f"labels-{number}{mark}", pickable=False,
        get_text="properties.text", get_text_size="properties.size",
        get_text_color="properties.colour", get_text_pixel_offset="properties.offset",
        get_text_anchor="properties.anchor", get_text_alignment_baseline="'center'",
        text_character_set="'auto'", text_font_family=_FONT, text_font_weight=500,
        text_font_settings={"fontSize": 26, "buffer": 5},
        text_background=True, text_background_padding=[2, 0, 2, 0],
        get_text_background_color=[*rgb(look.land), 120],
    )  # fmt: skip


def _land_word(one: LandLabel, look: Theme) -> dict[str, Any]:
    """The name of a country or a disputed area, in grey."""
    words = {"text": one.text, "size": SMALL_SIZE + 1, "colour": [*rgb(look.muted), 210]}
    return _shape(one.lat, one.lon, {**words, "offset": [0, 0], "anchor": "middle"})


def _place_word(one: PlacedLabel, look: Theme) -> dict[str, Any]:
    words = {"text": one.text, "size": LABEL_SIZE + 1, "colour": [*rgb(look.text), 255]}
    offset = [round(one.x, 1), round(one.y, 1)]
    return _shape(one.spot.lat, one.spot.lon, {**words, "offset": offset, "anchor": one.anchor})


def area_layers(
    areas: list[Spot], colours: Palette, viewpoint: str, lang: str, mark: str
) -> list[pdk.Layer]:
    """Countries by their outline; other areas as soft discs with no hard edge."""
    shapes, discs = [], []
    for spot in areas:
        record = {**_record(spot, "area", lang), "colour": [*rgb(colours.of(spot)), 70],
                  "position": [round(spot.lon, 4), round(spot.lat, 4)]}  # fmt: skip
        outlines = country_shapes(spot.country, viewpoint) if spot.kind == "country" else []
        if not outlines:
            discs.append({**record, "radius": AREA_RADIUS_KM[spot.kind] * 1000})
        for outline in outlines:
            shapes.append({"type": "Feature", "geometry": outline["geometry"],
                           "properties": {}, **record})  # fmt: skip
    layers = []
    if shapes:
        layers.append(pdk.Layer(
            "GeoJsonLayer", {"type": "FeatureCollection", "features": shapes},
            id=f"country-areas{mark}",
            pickable=True, stroked=False, filled=True, get_fill_color="colour",
        ))  # fmt: skip
    if discs:
        layers.append(pdk.Layer(
            "ScatterplotLayer", discs, id=f"areas{mark}", pickable=True, stroked=False, filled=True,
            get_position="position", get_radius="radius", radius_min_pixels=14,
            get_fill_color="colour",
        ))  # fmt: skip
    return layers


def mention_layers(
    mentions: pd.DataFrame | None, faint: tuple[str, ...], look: Theme, lang: str, mark: str
) -> list[pdk.Layer]:
    """One faint layer a role: rings for places that are named, dots for datelines."""
    if mentions is None or mentions.empty:
        return []
    known = mentions[(mentions["kind"] == "place") & mentions["role"].isin(faint)]
    known = known[known["lat"].notna() & known["lon"].notna()]
    keys = ["role", "code", "name", "country", "lat", "lon"]
    counted = known.groupby(keys).size().reset_index(name="n")
    return [
        _mention_layer(role, counted[counted["role"] == role], look, lang, mark)
        for role in faint
        if (counted["role"] == role).any()
    ]


def _mention_layer(
    role: str, counted: pd.DataFrame, look: Theme, lang: str, mark: str
) -> pdk.Layer:
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
        for row in counted.to_dict("records")
    ]
    for one in rows:
        words = told.get(role, role + ": {n}").format(n=one["n"])
        one["tip"] = " ".join(f"{one['name']}".split()) + "\n" + words
    dots = role == "dateline"
    return pdk.Layer(
        "ScatterplotLayer", rows, id=f"{role}{mark}", pickable=True, stroked=not dots, filled=dots,
        get_position="position", get_radius=2.2 if dots else 3.2, radius_units="'pixels'",
        get_fill_color=[*rgb(look.muted), 200], get_line_color=[*rgb(look.muted), 235],
        get_line_width=1.4, line_width_units="'pixels'",
    )  # fmt: skip


def arc_layers(lines: list[Arc], look: Theme, lang: str, mark: str) -> list[pdk.Layer]:
    rows = [
        {
            "kind": "arc",
            "source": arc.source,
            "target": arc.target,
            "place_ids": "",
            "ids": ",".join(arc.ids),
            "path": arc.path,
            "head": arc.head,
            "width": round(min(7.0, 0.8 + 0.6 * arc.events**0.5), 1),
            "colour": [*rgb(balance_colour(arc.score, look)), 200],
            "tip": f"{names.pair(arc.source, arc.target, lang)}\n"
            + names.events_word(arc.events, lang),
        }
        for arc in lines
    ]
    common: dict[str, Any] = {"pickable": True}
    return [
        pdk.Layer("PathLayer", rows, id=f"arcs{mark}", get_path="path", get_color="colour",
                  get_width="width", width_units="'pixels'", **common),
        pdk.Layer("SolidPolygonLayer", rows, id=f"arc-heads{mark}", get_polygon="head",
                  get_fill_color="colour", **common),
    ]  # fmt: skip
