"""TopoJSON -> polygons and lines in degrees (lon, lat), made coarser and cut at the antimeridian.

Source of the format: the TopoJSON specification 1.0 (quantised arcs, delta encoded; ~i means arc i
reversed). Geometry is shapely's, on the plane of longitude and latitude.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate

Points = np.ndarray  # one row a point: longitude, latitude
LABEL_TOLERANCE = 0.01  # degrees


def decode_arcs(topology: dict[str, Any], tolerance: float = 0.0) -> list[Points]:
    """All arcs of a quantised topology in degrees, without points nearer than `tolerance` degrees
    to the line kept (Douglas and Peucker 1973). Shared arcs stay shared: no gaps between countries.
    """
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(deltas, axis=0) * scale + shift for deltas in topology["arcs"]]
    return [simplify(arc, tolerance) for arc in arcs] if tolerance else arcs


def simplify(line: Points, tolerance: float) -> Points:
    """The line with fewer points; both ends stay."""
    kept: Points = shapely.get_coordinates(
        shapely.LineString(line).simplify(tolerance, preserve_topology=False)
    )
    return kept


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Arc numbers per ring per polygon, for a Polygon or a MultiPolygon."""
    arcs = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else list(arcs)


def ring(numbers: list[int], arcs: list[Points]) -> Points:
    """The closed ring of these arcs; shared end points are kept once."""
    pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def polygon(rings: list[Points]) -> Iterator[shapely.Polygon]:
    """An outer ring and its holes as polygons within -180..180; none where too few points are left.

    Without the cut a renderer fills a band across the whole map.
    """
    if len(rings[0]) < 4:
        return
    outer, *holes = (_closed(unwrapped(line)) for line in rings if len(line) > 3)
    middle = outer[:, 0].mean()
    beside = [hole - [360 * round((hole[:, 0].mean() - middle) / 360), 0] for hole in holes]
    yield from within_world(shapely.Polygon(outer, beside))


def lines(line: Points) -> Iterator[shapely.LineString]:
    """A line as lines within -180..180."""
    return within_world(shapely.LineString(unwrapped(line)))


def unwrapped(line: Points) -> Points:
    """The same line without jumps of 360 degrees; longitudes may leave -180..180."""
    return np.column_stack([np.unwrap(line[:, 0], period=360), line[:, 1]])


def _closed(line: Points) -> Points:
    """Close a ring around a pole, whose ends do not meet, along the pole."""
    if abs(line[-1, 0] - line[0, 0]) < 180:
        return line
    pole = math.copysign(90.0, line[:, 1].sum())
    return np.vstack([line, [line[-1, 0], pole], [line[0, 0], pole], line[0]])


def within_world(shape: shapely.Geometry) -> Iterator[Any]:
    """The polygons or lines of an unwrapped shape, each part shifted by multiples of 360 degrees
    into -180..180.
    """
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        yield shape
        return
    for turn in (-360, 0, 360):  # 91: so that nothing is cut at the poles
        moved = shapely.clip_by_rect(translate(shape, turn), -180, -91, 180, 91)
        yield from shapely.get_parts(moved)


def size(polygon: shapely.Polygon) -> float:
    """Area in square degrees of the equator."""
    return float(polygon.area * math.cos(math.radians(polygon.centroid.y)))


def label_point(polygon: shapely.Polygon) -> tuple[float, float]:
    """The point inside that lies farthest from all edges, in degrees."""
    circle = shapely.maximum_inscribed_circle(polygon, LABEL_TOLERANCE)
    lon, lat = circle.coords[0]
    return lon, lat
