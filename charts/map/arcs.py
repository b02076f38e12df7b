"""Who acts on whom on the map: one curve per pair of states, from the actor to its target."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from charts.map.mercator import project, unproject
from charts.map.outlines import label_points
from events import registry

# arcs of large states start at the capital, not at the middle of the country (lat, lon)
_CAPITALS = {
    "RUS": (55.75, 37.62),
    "USA": (38.9, -77.04),
    "CHN": (39.9, 116.4),
    "CAN": (45.42, -75.7),
    "BRA": (-15.79, -47.88),
    "AUS": (-35.28, 149.13),
    "KAZ": (51.17, 71.45),
    "IND": (28.61, 77.21),
}
_STEPS = 20
_BOW = 0.16  # height of the curve as a share of its length


@dataclass(frozen=True)
class Arc:
    """Events from one country to another: path of (lon, lat); head, a triangle of (lon, lat)."""

    source: str
    target: str
    events: int
    score: float
    ids: tuple[str, ...]
    path: list[list[float]]
    head: list[list[float]]


def build_arcs(table: pd.DataFrame, zoom: float, most: int = 40) -> tuple[list[Arc], int]:
    """Arcs, most events first, and the number of events that do not link two located states."""
    groups: dict[tuple[str, str], list[int]] = {}
    unplaced = 0
    points = label_points() | _CAPITALS
    rows = zip(table["sources"], table["targets"], strict=True)
    for position, (sources, targets) in enumerate(rows):
        pairs = {(registry.country(s), registry.country(t)) for s in sources for t in targets}
        good = [(a, b) for a, b in pairs if a != b and a in points and b in points]
        unplaced += not good
        for pair in good:
            groups.setdefault(pair, []).append(position)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:most]
    return [_arc(table, pair, rows_, zoom) for pair, rows_ in ranked], unplaced


def between(table: pd.DataFrame, source: str, target: str) -> list[int]:
    """Ids of the events of `table` that an arc from one country to another stands for."""
    rows = zip(table["event_id"], table["sources"], table["targets"], strict=True)
    return [
        int(event_id)
        for event_id, sources, targets in rows
        if source in {registry.country(code) for code in sources}
        and target in {registry.country(code) for code in targets}
    ]


def _arc(table: pd.DataFrame, pair: tuple[str, str], rows: list[int], zoom: float) -> Arc:
    points = label_points() | _CAPITALS
    path = curve(points[pair[0]], points[pair[1]])
    ids = tuple(str(table["event_id"].iat[row]) for row in rows[:60])
    score = float(table["score"].iloc[rows].mean())
    return Arc(*pair, len(rows), score, ids, path, arrow(path, zoom))


def curve(start: tuple[float, float], end: tuple[float, float]) -> list[list[float]]:
    """A quadratic curve between two (lat, lon), bent to its left, as (lon, lat) points."""
    (x0, y0), (x1, y1) = project(*start), project(*end)
    cx, cy = (x0 + x1) / 2 + (y1 - y0) * _BOW, (y0 + y1) / 2 - (x1 - x0) * _BOW
    found = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        lat, lon = unproject(a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1)
        found.append([round(lon, 3), round(lat, 3)])
    return found


def arrow(path: list[list[float]], zoom: float, size: float = 9.0) -> list[list[float]]:
    """A triangle of `size` pixels at the end of a path."""
    x1, y1 = project(path[-1][1], path[-1][0], zoom)
    x0, y0 = project(path[-2][1], path[-2][0], zoom)
    angle = math.atan2(y1 - y0, x1 - x0)
    corners = []
    for turn, length in ((0.0, 0.0), (2.75, size), (-2.75, size)):
        x = x1 + length * math.cos(angle + turn) * (length > 0)
        y = y1 + length * math.sin(angle + turn) * (length > 0)
        lat, lon = unproject(x, y, zoom)
        corners.append([lon, lat])
    return corners
