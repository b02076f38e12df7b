"""The layers of the map, on an empty style: no request leaves the machine."""

from __future__ import annotations

import base64
import json
from typing import Any

import pandas as pd
import pydeck as pdk

from charts import names
from charts.arcs import Arc
from charts.mercator import MapView
from charts.outlines import country, features
from charts.placed import (
    AREA_RADIUS_KM,
    LandLabel,
    PlacedLabel,
    Spot,
)
from charts.theme import LABEL_SIZE, SMALL_SIZE, Theme, balance_colour, rgb
from events.wording import format_number, label, translator

# quotes: pydeck takes a bare string for the name of a field
_FONT = "'IBM Plex Sans, DejaVu Sans, Arial, sans-serif'"


def pdk_deck(layers: list[pdk.Layer], view: MapView, look: Theme) -> pdk.Deck:
    """A deck on an empty style: no request leaves the machine."""
    background = {"id": "b", "type": "background", "paint": {"background-color": look.sea}}
    style = json.dumps({"version": 8, "sources": {}, "layers": [background]})
    data = base64.b64encode(style.encode()).decode()
    state = pdk.ViewState(latitude=view.lat, longitude=view.lon, zoom=view.zoom, max_zoom=12)
    return pdk.Deck(
        layers=layers,
        initial_view_state=state,
        map_provider="carto",
        map_style=f"data:application/json;base64,{data}",
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


def base_layers(base_url: str, look: Theme, viewpoint: str, zoom: float) -> list[pdk.Layer]:
    """Land, disputed areas, borders; the finer outlines from zoom 3 on."""
    scale = "50m" if zoom >= 3 else "110m"
    land, line = [*rgb(look.land), 255], [*rgb(look.line), 255]
    common: dict[str, Any] = {"pickable": False, "line_width_units": "'pixels'"}
    return [
        pdk.Layer("GeoJsonLayer", f"{base_url}/countries-{scale}.geojson", id="countries",
                  stroked=True, filled=True, get_fill_color=land, get_line_color=line,
                  get_line_width=0.4, **common),
        pdk.Layer("GeoJsonLayer", f"{base_url}/disputed-{scale}.geojson", id="disputed",
                  stroked=False, filled=True, get_fill_color=[*rgb(look.grid), 255], **common),
        *_claimed_layer(viewpoint, scale, land),
        pdk.Layer("GeoJsonLayer", f"{base_url}/borders-{scale}.geojson", id="borders",
                  stroked=True, filled=False, get_line_color=line,
                  get_line_width=0.8, **common),
    ]  # fmt: skip


def claimed(viewpoint: str, scale: str) -> list[dict[str, Any]]:
    """The disputed areas that a state (ISO alpha-3) claims."""
    return [
        {"type": "Feature", "geometry": feature["geometry"], "properties": {}}
        for feature in features(f"disputed-{scale}")
        if viewpoint and viewpoint in feature["properties"].get("claimed_by", "").split("|")
    ]


def _claimed_layer(viewpoint: str, scale: str, land: list[int]) -> list[pdk.Layer]:
    """What a state claims, drawn as land like any other."""
    shapes = {"type": "FeatureCollection", "features": claimed(viewpoint, scale)}
    if not shapes["features"]:
        return []
    return [pdk.Layer("GeoJsonLayer", shapes, id="claimed", stroked=False, get_fill_color=land)]


def _record(spot: Spot, kind: str, lang: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "place_ids": ",".join(one.place_id for one in (spot, *spot.others[:50])),
        "ids": ",".join(spot.ids),
        "position": [round(spot.lon, 4), round(spot.lat, 4)],
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
    if spot.others:
        inside = ", ".join(f"{one.name} {one.events}" for one in spot.others[:6])
        more = f" +{len(spot.others) - 6}" if len(spot.others) > 6 else ""
        lines.append(translator(lang)("with {places}").format(places=inside + more))
    return "\n".join(" ".join(line[:300].split()) for line in lines)


def point_layers(points: list[Spot], look: Theme, lang: str) -> list[pdk.Layer]:
    rows = [
        {
            **_record(spot, "place", lang),
            "radius": round(spot.radius, 1),
            "colour": [*rgb(look.quads[spot.quad]), 225],
        }
        for spot in reversed(points)
    ]
    layer = pdk.Layer(
        "ScatterplotLayer", rows, id="places", pickable=True, stroked=True, filled=True,
        get_position="position", get_radius="radius", radius_units="'pixels'",
        get_fill_color="colour", get_line_color=[*rgb(look.background), 255],
        get_line_width=1, line_width_units="'pixels'", auto_highlight=True,
    )  # fmt: skip
    return [layer]


def area_layers(areas: list[Spot], look: Theme, lang: str) -> list[pdk.Layer]:
    """Countries by their outline; other areas as soft discs with no hard edge."""
    shapes, discs = [], []
    for spot in areas:
        record = {**_record(spot, "area", lang), "colour": [*rgb(look.quads[spot.quad]), 70]}
        outline = country(spot.country) if spot.kind == "country" else None
        if outline is None:
            discs.append({**record, "radius": AREA_RADIUS_KM[spot.kind] * 1000})
        else:
            shapes.append({"type": "Feature", "geometry": outline["geometry"],
                           "properties": {}, **record})  # fmt: skip
    layers = []
    if shapes:
        layers.append(pdk.Layer(
            "GeoJsonLayer", {"type": "FeatureCollection", "features": shapes}, id="country-areas",
            pickable=True, stroked=False, filled=True, get_fill_color="colour",
        ))  # fmt: skip
    if discs:
        layers.append(pdk.Layer(
            "ScatterplotLayer", discs, id="areas", pickable=True, stroked=False, filled=True,
            get_position="position", get_radius="radius", radius_min_pixels=14,
            get_fill_color="colour",
        ))  # fmt: skip
    return layers


def mention_layers(
    mentions: pd.DataFrame | None, faint: tuple[str, ...], look: Theme
) -> list[pdk.Layer]:
    if mentions is None or mentions.empty:
        return []
    known = mentions[(mentions["kind"] == "place") & mentions["role"].isin(faint)]
    known = known[known["lat"].notna() & known["lon"].notna()]
    counted = known.groupby(["code", "name", "lat", "lon", "role"]).size().reset_index(name="n")
    rows = [
        {
            "kind": "mention",
            "place_ids": str(row["code"]),
            "ids": "",
            "position": [round(float(row["lon"]), 4), round(float(row["lat"]), 4)],
            "tip": f"{row['name']} ({row['role']}): {row['n']}",
        }
        for row in counted.to_dict("records")
    ]
    layer = pdk.Layer(
        "ScatterplotLayer", rows, id="mentions", pickable=True, stroked=True, filled=False,
        get_position="position", get_radius=3, radius_units="'pixels'",
        get_line_color=[*rgb(look.muted), 150], get_line_width=1, line_width_units="'pixels'",
    )  # fmt: skip
    return [layer]


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
            "width": round(min(7.0, 0.8 + 0.6 * arc.events**0.5), 1),
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


def land_layer(found: list[LandLabel], look: Theme) -> pdk.Layer:
    """Names of countries and disputed areas, in grey."""
    rows = [{"position": [one.lon, one.lat], "text": one.text} for one in found]
    return pdk.Layer(
        "TextLayer", rows, id="land-names", pickable=False, get_position="position",
        get_text="text", get_size=SMALL_SIZE + 1, get_color=[*rgb(look.muted), 190],
        get_alignment_baseline="'center'", character_set="'auto'", font_family=_FONT,
        font_settings={"fontSize": 36, "buffer": 6},
    )  # fmt: skip


def label_layers(labels: list[PlacedLabel], look: Theme) -> list[pdk.Layer]:
    rows = [
        {
            "position": [round(one.spot.lon, 4), round(one.spot.lat, 4)],
            "text": one.text,
            "offset": [round(one.x, 1), round(one.y, 1)],
            "anchor": one.anchor,
        }
        for one in labels
    ]
    layer = pdk.Layer(
        "TextLayer", rows, id="labels", pickable=False, get_position="position", get_text="text",
        get_size=LABEL_SIZE + 1, get_color=[*rgb(look.text), 255], get_pixel_offset="offset",
        get_text_anchor="anchor", get_alignment_baseline="'center'", character_set="'auto'",
        font_family=_FONT, font_weight=500, font_settings={"fontSize": 36, "buffer": 6},
        background=True, get_background_color=[*rgb(look.background), 150],
    )  # fmt: skip
    return [layer]
