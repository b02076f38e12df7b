"""Areas as hatching: slanted lines inside an outline, in the neutral tone of both renderers.

An event somewhere in a country is no fact about all of it: a filled country would speak louder
than a city with ten events.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.map.ground import country_shapes
from charts.map.mercator import WORLD, project, unproject
from charts.map.outlines import Ring, rings
from charts.map.place_marks import AREA_RADIUS_KM, Spot

STEP = 6.0  # pixels between two lines, at the zoom that the map opens with
LEAST_RADIUS = 14.0  # pixels, of an area without an outline
_EARTH_KM = 40_075.0
_CORNERS = 40
Segment = list[list[float]]


def hatched(areas: Sequence[Spot], viewpoint: str, zoom: float) -> list[Segment]:
    """The hatching of all areas: segments of two (lon, lat)."""
    return [
        segment
        for spot in areas
        for shape in shapes_of(spot, viewpoint, zoom)
        for segment in lines(rings(shape), STEP / 2.0**zoom)
    ]


def shapes_of(spot: Spot, viewpoint: str, zoom: float) -> list[dict[str, Any]]:
    """The outlines of a country, else a circle around the place of an area."""
    outlines = country_shapes(spot.country, viewpoint) if spot.kind == "country" else []
    return outlines or [{"geometry": {"type": "Polygon", "coordinates": [_circle(spot, zoom)]}}]


def _circle(spot: Spot, zoom: float) -> Ring:
    world = WORLD * 2.0**zoom
    radius = max(LEAST_RADIUS, AREA_RADIUS_KM[spot.kind] / _EARTH_KM * world)
    x, y = project(spot.lat, spot.lon, zoom)
    turns = [2 * math.pi * n / _CORNERS for n in range(_CORNERS + 1)]
    corners = [unproject(x + radius * math.cos(t), y + radius * math.sin(t), zoom) for t in turns]
    return [[lon, lat] for lat, lon in corners]


def lines(outlines: Sequence[Ring], step: float) -> list[Segment]:
    """Slanted lines inside outlines (outer rings and holes), `step` pixels of zoom 0 apart."""
    edges = [
        (*project(a[1], a[0]), *project(b[1], b[0]))
        for ring in outlines
        for a, b in zip(ring, ring[1:], strict=False)
    ]
    ends = np.array(edges, dtype="float64").reshape(-1, 4)
    across = ends[:, [0, 2]] + ends[:, [1, 3]]  # constant along a line
    along = ends[:, [0, 2]] - ends[:, [1, 3]]
    if not len(ends):
        return []
    found = []
    for at in np.arange(math.ceil(across.min() / step) * step, across.max(), step):
        cut = (across[:, 0] <= at) != (across[:, 1] <= at)
        share = (at - across[cut, 0]) / (across[cut, 1] - across[cut, 0])
        stops = np.sort(along[cut, 0] + share * (along[cut, 1] - along[cut, 0]))
        found += [[_lon_lat(at, v), _lon_lat(at, w)] for v, w in stops.reshape(-1, 2)]
    return found


def _lon_lat(across: float, along: float) -> list[float]:
    lat, lon = unproject((across + along) / 2, (across - along) / 2)
    return [round(lon, 2), round(lat, 2)]
