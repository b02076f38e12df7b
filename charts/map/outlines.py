"""Reads the built base map: outlines, borders, disputed areas and label points. {} unbuilt."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

BUILT_DIR = Path(__file__).resolve().parents[2] / "static" / "built"
Ring = list[list[float]]


def features(name: str) -> tuple[dict[str, Any], ...]:
    """The features of static/built/<name>.geojson; () where the base map has not been built."""
    try:
        return _read(BUILT_DIR / f"{name}.geojson")
    except OSError:  # not cached: looked for again at the next call
        return ()


@functools.lru_cache(maxsize=32)
def _read(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8"))["features"])


@functools.cache
def country(code: str, scale: str = "110m") -> dict[str, Any] | None:
    """The feature of a country by ISO alpha-3, also searched in the finer scale."""
    for one in dict.fromkeys((scale, "50m")):
        for feature in features(f"countries-{one}"):
            if feature["properties"].get("iso3") == code:
                return feature
    return None


@functools.cache
def label_points() -> dict[str, tuple[float, float]]:
    """ISO alpha-3 -> (lat, lon) of the point where a country's name stands."""
    return {
        feature["properties"]["iso3"]: (
            feature["geometry"]["coordinates"][1],
            feature["geometry"]["coordinates"][0],
        )
        for feature in features("labels")
        if feature["properties"].get("iso3")
    }


def rings(feature: dict[str, Any]) -> list[Ring]:
    """Outer rings and holes of a polygon feature, or the lines of a line feature, (lon, lat)."""
    shape = feature["geometry"]
    parts = shape["coordinates"]
    if shape["type"] == "Polygon":
        return list(parts)
    if shape["type"] == "MultiPolygon":
        return [ring for polygon in parts for ring in polygon]
    return [parts] if shape["type"] == "LineString" else list(parts)
