"""Web Mercator: degrees to pixels at a zoom (512 pixels around the world at zoom 0) and back."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

WORLD = 512.0
MAX_LAT = 84.0
LEAST_ZOOM = 0.3  # a still picture may reach beyond the world


def project(lat: float, lon: float, zoom: float = 0.0) -> tuple[float, float]:
    """Pixels from the north-west corner of the world."""
    size = WORLD * 2.0**zoom
    held = math.radians(min(max(lat, -MAX_LAT), MAX_LAT))
    y = 0.5 - math.log(math.tan(math.pi / 4 + held / 2)) / (2 * math.pi)
    return (lon + 180.0) / 360.0 * size, y * size


def unproject(x: float, y: float, zoom: float = 0.0) -> tuple[float, float]:
    """(lat, lon) of a pixel."""
    size = WORLD * 2.0**zoom
    lat = math.degrees(2 * math.atan(math.exp((0.5 - y / size) * 2 * math.pi)) - math.pi / 2)
    return lat, x / size * 360.0 - 180.0


@dataclass(frozen=True)
class MapView:
    """What a map of `width` x `height` pixels shows: its centre and its zoom."""

    lat: float = 30.0
    lon: float = 15.0
    zoom: float = 1.0
    width: float = 1180.0
    height: float = 560.0

    @functools.cached_property
    def _corner(self) -> tuple[float, float]:
        """Pixels from the corner of the world to the corner of the view."""
        x, y = project(self.lat, self.lon, self.zoom)
        return x - self.width / 2, y - self.height / 2

    @functools.cached_property
    def _scale(self) -> float:
        return float(2.0**self.zoom)

    def shown_at(self, point: tuple[float, float]) -> tuple[float, float]:
        """Pixels from the view's top left corner for a point projected at zoom 0."""
        left, top = self._corner
        return point[0] * self._scale - left, point[1] * self._scale - top

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels from the view's top left corner."""
        return self.shown_at(project(lat, lon))

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= self.width and 0 <= y <= self.height


def least_zoom(width: float, height: float) -> float:
    """The lowest zoom at which the world fills a map of `width` x `height` pixels; not below 0,
    where the base map in the browser draws nothing, nor what lies on it."""
    return max(0.0, math.log2(max(width, height) / WORLD))


def fit(
    points: Sequence[tuple[float, float]], width: float, height: float, least: float = LEAST_ZOOM
) -> MapView:
    """The view of all points (lat, lon) with a margin; of the whole world without points.

    least: the lowest zoom; points near the edges of the world may then lie outside. A view
    smaller than the world does not reach beyond it.
    """
    if not points:
        return _inside_world(MapView(zoom=least_zoom(width, height), width=width, height=height))
    spots = [project(lat, lon) for lat, lon in points]
    low_x, high_x = min(x for x, _ in spots), max(x for x, _ in spots)
    low_y, high_y = min(y for _, y in spots), max(y for _, y in spots)
    room_x, room_y = max(100.0, width - 160), max(100.0, height - 110)
    wide = max((high_x - low_x) / room_x, (high_y - low_y) / room_y, 1e-6)
    zoom = math.ceil(100 * max(least, min(6.0, -math.log2(wide)))) / 100
    lat, lon = unproject((low_x + high_x) / 2, (low_y + high_y) / 2)
    return _inside_world(MapView(lat, lon, zoom, width, height))


def _inside_world(view: MapView) -> MapView:
    """The view moved so that it shows nothing beyond the edges of the world."""
    size = WORLD * 2.0**view.zoom
    x, y = project(view.lat, view.lon, view.zoom)
    kept = [
        min(max(at, room / 2), size - room / 2) if room <= size else at
        for at, room in ((x, view.width), (y, view.height))
    ]
    lat, lon = unproject(kept[0], kept[1], view.zoom)
    return replace(view, lat=lat, lon=lon)
