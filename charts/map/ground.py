"""The base map under the marks: land, disputed areas and borders.

The base map's renderer cuts outlines into tiles and simplifies them per zoom in a background
thread, and redraws only when the map moves. As layers of deck.gl the same borders took a tenth of
a second of every frame on a computer without a graphics card.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from charts.map.outlines import country, features
from charts.sheet.theme import Theme

SCALE = "50m"
_DEEPEST = 6  # zoom of the finest tiles; beyond it they are enlarged


def ground_style(base_url: str, look: Theme, viewpoint: str) -> dict[str, Any]:
    """The style of the base map (Mapbox style specification 8): every source is a file of ours.

    base_url: where the files of `charts.assets.basemap` are served.
    """
    names = ("countries", "disputed", "borders")
    sources: dict[str, Any] = {
        name: _source(f"{base_url}/{name}-{SCALE}.geojson") for name in names
    }
    shapes = attributed(viewpoint, SCALE)
    if shapes:
        sources["attributed"] = _source({"type": "FeatureCollection", "features": shapes})
    width = ["get", viewpoint or "neutral"]  # 0 where this point of view draws no border
    background = {"id": "sea", "type": "background", "paint": {"background-color": look.sea}}
    layers = [
        background,
        _fill("countries", look.land),
        _fill("disputed", look.grid),
        *([_fill("attributed", look.land)] if shapes else []),
        {"id": "borders", "type": "line", "source": "borders",
         "paint": {"line-color": look.line, "line-width": width}},
    ]  # fmt: skip
    return {"version": 8, "sources": sources, "layers": layers}


def style_address(style: dict[str, Any]) -> str:
    """The style as a data address: nothing is fetched for it."""
    data = base64.b64encode(json.dumps(style, separators=(",", ":")).encode()).decode()
    return f"data:application/json;base64,{data}"


def _source(data: str | dict[str, Any]) -> dict[str, Any]:
    return {"type": "geojson", "data": data, "maxzoom": _DEEPEST}


def _fill(name: str, colour: str) -> dict[str, Any]:
    return {"id": name, "type": "fill", "source": name, "paint": {"fill-color": colour}}


def attributed(viewpoint: str, scale: str) -> list[dict[str, Any]]:
    """The disputed areas that a point of view gives to a state, `owner` (ISO alpha-3)."""
    column = {"recognised": "recognised", "held": "held_by"}.get(viewpoint)
    return [
        {"type": "Feature", "geometry": feature["geometry"],
         "properties": {"owner": feature["properties"][column]}}
        for feature in features(f"disputed-{scale}")
        if column and feature["properties"].get(column)
    ]  # fmt: skip


def country_shapes(code: str, viewpoint: str, scale: str = SCALE) -> list[dict[str, Any]]:
    """The outline of a country with the disputed areas that the point of view gives to it."""
    own = country(code)
    areas = [f for f in attributed(viewpoint, scale) if f["properties"]["owner"] == code]
    return [own, *areas] if own is not None else []
