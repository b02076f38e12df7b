"""The initial view of the map: fitted to what is drawn, and as high as that needs.

A map that can be panned shows one world across its whole width, so a wide one shows few
latitudes: its height grows where places would lie outside.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts.map.doubtful import on_map
from charts.map.mercator import MapView, fit, least_zoom, project
from charts.map.outlines import country, rings

LatLons = Sequence[tuple[float, float]]
# degrees of longitude shown on either side of a single place, for coasts and borders around it
AROUND = 23.0
_MARGIN = 30.0  # pixels above the northernmost place and below the southernmost
_HIGHEST = 0.65  # share of the width


def drawn_points(table: pd.DataFrame, doubtful: bool = False) -> list[tuple[float, float]]:
    """Positions of the marks of `table` (lat, lon), once per place; of a lone country its outline.

    doubtful: hollow marks are drawn too.
    """
    drawn = table[on_map(table, doubtful)]
    places = drawn[["place_country", "place_kind", "lat", "lon"]].drop_duplicates()
    if len(places) == 1 and places["place_kind"].iloc[0] == "country":
        outline = country_points(str(places["place_country"].iloc[0]))
        if outline:
            return outline
    return list(zip(places["lat"].astype(float), places["lon"].astype(float), strict=True))


def beyond_edge(table: pd.DataFrame, view: MapView) -> int:
    """How many of the events that the map draws lie outside a view: a map narrower than the world
    cannot be zoomed out to hold all of it."""
    drawn = table[on_map(table)]
    places = zip(drawn["lat"].astype(float), drawn["lon"].astype(float), strict=True)
    return sum(not view.holds(*view.xy(lat, lon)) for lat, lon in places)


def country_points(code: str) -> list[tuple[float, float]]:
    """The outline of a country without overseas islands; empty where none is known."""
    outline = country(code) if code else None
    if outline is None:
        return []
    return [(lat, lon) for lon, lat in max(rings(outline), key=len)]


def map_view(
    points: LatLons, width: float, height: float, *, least: float | None = None
) -> MapView:
    """The view of all points; of one with its surroundings; of the world where there is none.

    least: the lowest zoom (None: the world fills the view, as on a map that can be panned).
    """
    lowest = least_zoom(width, height) if least is None else least
    return fit(_with_surroundings(points), width, height, lowest)


def _with_surroundings(points: LatLons) -> LatLons:
    if len(set(points)) != 1:
        return points
    lat, lon = points[0]
    return [(lat, lon - AROUND), (lat, lon + AROUND)]


def map_height(points: LatLons, width: float, usual: float) -> float:
    """Height in pixels so that no point lies outside a map of this width; at least `usual`."""
    if not points:
        return usual
    zoom = least_zoom(width, 0.0)
    down = [project(lat, lon, zoom)[1] for lat, lon in points]
    needed = max(down) - min(down) + 2 * _MARGIN
    return float(round(min(max(usual, needed), max(usual, _HIGHEST * width))))
