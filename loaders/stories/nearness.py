"""How two places lie to each other: the same, close by, one in the other, apart."""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple

from loaders.find.places.distance import kilometres
from loaders.find.places.gazetteer import by_id

NEAR_KM = 30.0  # two points this close count as one town
REGION_KM = 120.0  # a town this close to the middle of a region of its country may lie in it
POINT_KINDS = frozenset({"city", "site"})
WIDE_KINDS = frozenset({"region", "area", "water"})

Nearness = Literal[
    "", "same place", "place close by", "place in the other", "same country", "other place",
    "other country",
]  # fmt: skip


class Spot(NamedTuple):
    """A place of an event: gazetteer id, kind, ISO alpha-3 ("" where none), (lat, lon)."""

    place_id: str
    kind: str
    country: str
    centre: tuple[float, float] | None


@functools.lru_cache(maxsize=100_000)
def nearness(a: Spot, b: Spot) -> Nearness:
    """How two places lie to each other; "" where one of them is not told."""
    if not (a.place_id and b.place_id):
        return ""
    if a.place_id == b.place_id:
        return "same country" if a.kind == "country" else "same place"
    if a.country and b.country and a.country != b.country:
        return "other country"
    if "country" in (a.kind, b.kind):
        return "same country" if a.country == b.country else "other place"
    return _below_a_country(a, b)


def _below_a_country(a: Spot, b: Spot) -> Nearness:
    if _points(a, b) and kilometres(*a.centre, *b.centre) <= NEAR_KM:  # type: ignore[misc]
        return "place close by"
    if contains(a, b) or contains(b, a):
        return "place in the other"
    return "other place"


def contains(wide: Spot, other: Spot) -> bool:
    """Whether the first is a region, an area or a sea in which the second lies: by the gazetteer's
    region, else by the distance from its middle."""
    if wide.country != other.country or not _stands_for_region(wide):
        return False
    if _region(wide) and _region(other):
        return _region(wide) == _region(other)
    return bool(wide.centre and other.centre) and (
        kilometres(*wide.centre, *other.centre) <= REGION_KM  # type: ignore[misc]
    )


def _stands_for_region(spot: Spot) -> bool:
    """Whether it is a region, an area, a sea, or the town that its region is named after: "the
    Bryansk region" is often read as Bryansk."""
    found = by_id(spot.place_id) if spot.kind == "city" else None
    region = by_id(f"{found.place.country}.{found.admin1}") if found and found.admin1 else None
    named = bool(found and region) and region.place.name.startswith(found.place.name)  # type: ignore[union-attr]
    return spot.kind in WIDE_KINDS or named


def _points(a: Spot, b: Spot) -> bool:
    return {a.kind, b.kind} <= POINT_KINDS and bool(a.centre and b.centre)


@functools.lru_cache(maxsize=100_000)
def _region(spot: Spot) -> tuple[str, str] | None:
    """Country and first-level region, None where the gazetteer tells none."""
    found = by_id(spot.place_id)
    return (found.place.country, found.admin1) if found and found.admin1 else None
