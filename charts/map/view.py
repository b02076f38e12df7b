"""What the map shows first: fitted to what is drawn, and as high as that needs.

A map that can be moved covers its whole width with one world, so a wide one shows few latitudes:
it grows higher where places would stand outside.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts.map.doubtful import on_map
from charts.map.mercator import MapView, fit, least_zoom, project
from charts.map.outlines import country, rings

Points = Sequence[tuple[float, float]]
# degrees of longitude shown on either side of a lone place: coasts and borders tell where it is
AROUND = 23.0
_MARGIN = 30.0  # pixels above the northernmost place and beneath the southernmost
_HIGHEST = 0.65  # of the width


def drawn_points(table: pd.DataFrame, doubtful: bool = False) -> list[tuple[float, float]]:
    """Where the marks of `table` stand (lat, lon), each place once; of a lone country its outline.

    doubtful: hollow marks are drawn too.
    """
    drawn = table[on_map(table, doubtful)]
    places = drawn[["place_country", "place_kind", "lat", "lon"]].drop_duplicates()
    if len(places) == 1 and places["place_kind"].iloc[0] == "country":
        outline = country_points(str(places["place_country"].iloc[0]))
        if outline:
            return outline
    return list(zip(places["lat"].astype(float), places["lon"].astype(float), strict=True))


def country_points(code: str) -> list[tuple[float, float]]:
    """The outline of a country without its islands overseas; nothing where none is known."""
    outline = country(code) if code else None
    if outline is None:
        return []
    return [(lat, lon) for lon, lat in max(rings(outline), key=len)]


def map_view(points: Points, width: float, height: float, *, least: float | None = None) -> MapView:
    """The view of all points; a lone one with its surroundings; the world where there is none.

    least: the lowest zoom (None: the world covers the view, as on a map that can be moved).
    """
    lowest = least_zoom(width, height) if least is None else least
    return fit(_with_surroundings(points), width, height, lowest)


def _with_surroundings(points: Points) -> Points:
    if len(set(points)) != 1:
        return points
    lat, lon = points[0]
    return [(lat, lon - AROUND), (lat, lon + AROUND)]


def map_height(points: Points, width: float, usual: float) -> float:
    """Pixels that a map of this width needs so that no point stands outside; `usual` at least."""
    if not points:
        return usual
    zoom = least_zoom(width, 0.0)
    down = [project(lat, lon, zoom)[1] for lat, lon in points]
    needed = max(down) - min(down) + 2 * _MARGIN
    return float(round(min(max(usual, needed), max(usual, _HIGHEST * width))))
