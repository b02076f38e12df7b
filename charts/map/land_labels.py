"""Names of countries and disputed areas on the map, where places leave room for them."""

from __future__ import annotations

from dataclasses import dataclass

from charts.map.mercator import MapView
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
    for feature in sorted(features("labels"), key=lambda f: int(f["properties"]["rank"])):
        about, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
        text = about.get(f"name_{lang}") or about["name_en"]
        if text in said:
            continue
        x, y = view.xy(lat, lon)
        half = text_width(text, SMALL_SIZE) / 2
        box = (x - half - 3, y - 7, x + half + 3, y + 7)
        inside = box[0] >= 0 and box[2] <= view.width and box[1] >= 0 and box[3] <= view.height
        if about["rank"] > limit or not inside or not taken.free(box):
            continue
        taken.add(box)
        shown.append(LandLabel(text, lat, lon, x, y, about["kind"] != "country"))
    return shown
