"""Distances on the globe."""

from __future__ import annotations

import math

from events.model import Place

APART = 50.0  # km: nearer places are treated as the same choice (a region and its town)


def far_apart(a: Place, b: Place) -> bool:
    """Whether two places are more than about 50 km apart; an unknown point is far from all."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return True
    if abs(a.lat - b.lat) > 1:  # more than 110 km, and cheaper to compute
        return True
    return kilometres(a.lat, a.lon, b.lat, b.lon) > APART


def kilometres(lat0: float, lon0: float, lat1: float, lon1: float) -> float:
    """Great-circle distance in km (haversine, mean radius 6371 km)."""
    p0, p1 = math.radians(lat0), math.radians(lat1)
    half = math.sin((p1 - p0) / 2) ** 2
    half += math.cos(p0) * math.cos(p1) * math.sin(math.radians(lon1 - lon0) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))
