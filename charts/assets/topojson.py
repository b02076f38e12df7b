"""TopoJSON -> rings and lines in degrees, cut at the antimeridian and made coarser.

Pure geometry, no files. A line is a list of (lon, lat). Source of the format: the TopoJSON
specification 1.0 (quantised arcs, delta encoded; ~i means arc i reversed).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

Polyline = list[tuple[float, float]]


def decode_arcs(topology: dict[str, Any]) -> list[Polyline]:
    """All arcs of a quantised topology in degrees."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        line: Polyline = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(line)
    return arcs


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Arc numbers per ring per polygon, for a Polygon or a MultiPolygon."""
    arcs = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else list(arcs)


def ring(numbers: list[int], arcs: list[Polyline]) -> Polyline:
    """The closed ring of these arcs; shared end points are kept once."""
    line: Polyline = []
    for number in numbers:
        piece = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(piece[1:] if line else piece)
    return line


def simplify(line: Polyline, tolerance: float) -> Polyline:
    """Douglas-Peucker: drop points nearer than `tolerance` degrees to the line kept."""
    if len(line) < 3 or tolerance <= 0:
        return line
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, -1
        for i in range(first + 1, last):
            off = _distance(line[i], line[first], line[last])
            if off > far:
                far, at = off, i
        if far > tolerance:
            keep[at] = True
            stack += [(first, at), (at, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _distance(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy  # 0 for a difference too small to square, too
    if not length:
        return math.hypot(p[0] - a[0], p[1] - a[1])
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def _unwrapped(line: Polyline) -> Polyline:
    """The same line without jumps of a full turn; longitudes may leave -180..180."""
    out, shift = [line[0]], 0.0
    for (x0, _), (x1, y1) in zip(line, line[1:], strict=False):
        if x1 - x0 > 180:
            shift -= 360
        elif x1 - x0 < -180:
            shift += 360
        out.append((x1 + shift, y1))
    return out


def cut_ring(line: Polyline) -> list[Polyline]:
    """A ring cut at the antimeridian: rings within -180..180. A ring round a pole is closed there.

    Without the cut a renderer fills a band across the whole map.
    """
    open_ring = _unwrapped(line)
    turn = open_ring[-1][0] - open_ring[0][0]
    if abs(turn) > 180:  # Antarctica
        pole = -90.0 if sum(y for _, y in line) < 0 else 90.0
        open_ring += [(open_ring[-1][0], pole), (open_ring[0][0], pole), open_ring[0]]
    rings = []
    for shift in (-360.0, 0.0, 360.0):
        moved = [(x + shift, y) for x, y in open_ring]
        if max(x for x, _ in moved) <= -180 or min(x for x, _ in moved) >= 180:
            continue
        clipped = _clip(_clip(moved, -180.0, 1), 180.0, -1)
        if len(clipped) > 3:
            rings.append(clipped)
    return rings


def _clip(line: Polyline, edge: float, side: int) -> Polyline:
    """Sutherland-Hodgman against one meridian; `side` 1 keeps the east, -1 the west."""
    out: Polyline = []
    for (x0, y0), (x1, y1) in zip(line, line[1:], strict=False):
        inside0, inside1 = (x0 - edge) * side >= 0, (x1 - edge) * side >= 0
        if inside0:
            out.append((x0, y0))
        if inside0 != inside1:
            out.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    if out:
        out.append(out[0])
    return out


def cut_line(line: Polyline) -> Iterator[Polyline]:
    """A line cut where it jumps over the antimeridian."""
    piece = [line[0]]
    for (x0, _), (x1, y1) in zip(line, line[1:], strict=False):
        if abs(x1 - x0) > 180:
            if len(piece) > 1:
                yield piece
            piece = []
        piece.append((x1, y1))
    if len(piece) > 1:
        yield piece


def area(line: Polyline) -> float:
    """Signed area in square degrees, scaled by the cosine of the mean latitude."""
    if not line:
        return 0.0
    total = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(line, line[1:], strict=False))
    return total / 2 * math.cos(math.radians(sum(y for _, y in line) / len(line)))


def contains(line: Polyline, x: float, y: float) -> bool:
    """Whether the point lies inside the ring (even-odd rule)."""
    inside = False
    for (x0, y0), (x1, y1) in zip(line, line[1:], strict=False):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def label_point(line: Polyline, steps: int = 16) -> tuple[float, float]:
    """The grid point inside the ring that lies farthest from its edge, in degrees."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    edge = line[:: max(1, len(line) // 200)]
    best, point = -1.0, line[0]
    for i in range(1, steps):
        for j in range(1, steps):
            x = min(xs) + (max(xs) - min(xs)) * i / steps
            y = min(ys) + (max(ys) - min(ys)) * j / steps
            if contains(line, x, y):
                room = min((px - x) ** 2 + (py - y) ** 2 for px, py in edge)
                if room > best:
                    best, point = room, (x, y)
    return point
