"""Names of countries and disputed areas on the map, where places leave room for them."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from charts.map.mercator import MapView, project
from charts.map.occupied import Taken
from charts.map.outlines import features
from charts.map.place_marks import PlacedLabel, Spot, discs, label_box
from charts.sheet.measure import text_width
from charts.sheet.theme import SMALL_SIZE


@dataclass(frozen=True)
class LandLabel:
    """The name of a country or a disputed area, for orientation; `x`, `y`: its centre."""

    text: str
    lat: float
    lon: float
    x: float
    y: float
    disputed: bool


@dataclass(frozen=True)
class _Land:
    """A name on the base map; `point`: its place projected at zoom 0. rank: 1 for the largest."""

    rank: int
    text: str
    lat: float
    lon: float
    point: tuple[float, float]
    disputed: bool


def land_labels(
    labels: list[PlacedLabel],
    found: list[Spot],
    view: MapView,
    lang: str,
    taken: Taken | None = None,
) -> list[LandLabel]:
    """Country names where there is room: none overlaps a spot, a label or another name.

    taken: occupied rectangles of spots and labels, if known.
    """
    if taken is None:
        taken = discs(found, view)
        for one in labels:
            taken.add(label_box(one, *view.shown_at(one.spot.point)))
    said = {one.spot.name for one in labels if one.spot.is_area}
    shown = []
    limit = 1 + int(max(0.0, view.zoom - 0.6) * 1.3)  # no small states at small scale
    for land in _lands(lang) if features("labels") else ():
        if land.rank > limit:
            break
        if land.text in said:
            continue
        x, y = view.shown_at(land.point)
        half = text_width(land.text, SMALL_SIZE) / 2
        box = (x - half - 3, y - 7, x + half + 3, y + 7)
        inside = box[0] >= 0 and box[2] <= view.width and box[1] >= 0 and box[3] <= view.height
        if not inside or not taken.free(box):
            continue
        taken.add(box)
        shown.append(LandLabel(land.text, land.lat, land.lon, x, y, land.disputed))
    return shown


@functools.lru_cache(maxsize=8)
def _lands(lang: str) -> tuple[_Land, ...]:
    """All names in a language, the largest countries first."""
    found = []
    for feature in features("labels"):
        about, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
        text = about.get(f"name_{lang}") or about["name_en"]
        disputed = about["kind"] != "country"
        found.append(_Land(int(about["rank"]), text, lat, lon, project(lat, lon), disputed))
    return tuple(sorted(found, key=lambda land: land.rank))
