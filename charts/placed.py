"""Where events happened: counts a place, clusters of near places, labels that never collide.

A cluster stands at its largest place, a true one, never at a point between places. Countries and
regions are areas: an event "in Ukraine" is not a point in the middle of Ukraine.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from charts.marks import LABEL_WIDTH
from charts.measure import shorten, text_width
from charts.mercator import MapView
from charts.outlines import features
from charts.theme import LABEL_SIZE, SMALL_SIZE
from events.geography import place_name
from events.wording import format_number

AREA_KINDS = ("country", "region", "water", "area")
# how far an area without a drawn outline reaches, kilometres: a soft disc, not a point
AREA_RADIUS_KM = {"country": 250.0, "region": 90.0, "water": 130.0, "area": 90.0}
MOST_IDS = 60  # ids a mark carries; beyond, its place leads to the events
_LABEL_GAP = 4.0


@dataclass(frozen=True)
class Spot:
    """Events at one place. `counts` by quad class, `types` by event type ({} where the store
    has counted), `ids` of (at most MOST_IDS) events.
    """

    place_id: str
    name: str
    country: str
    kind: str
    lat: float
    lon: float
    events: int
    counts: dict[int, int]
    ids: tuple[str, ...] = ()
    others: tuple[Spot, ...] = field(default=())
    types: dict[str, int] = field(default_factory=dict)

    @property
    def quad(self) -> int:
        """The class with most events; of equals the more conflictual."""
        return max(self.counts, key=lambda quad: (self.counts[quad], quad), default=0)

    @property
    def radius(self) -> float:
        """Pixels; the area grows with the number of events."""
        return min(30.0, 3.4 + 2.3 * math.sqrt(self.events))

    @property
    def is_area(self) -> bool:
        return self.kind in AREA_KINDS


@dataclass(frozen=True)
class PlacedLabel:
    """Words beside a spot: `x`, `y` are pixels from the spot's middle to the text's start side."""

    spot: Spot
    text: str
    x: float
    y: float
    anchor: str


def spots(table: pd.DataFrame, lang: str) -> list[Spot]:
    """One spot a place, largest first. `table` has EVENT_COLUMNS, or PLACE_COLUMNS (counted)."""
    located = table[table["lat"].notna() & table["lon"].notna()]
    found = _counted(located, lang) if "events" in table else _count(located, lang)
    return sorted(found, key=lambda spot: (-spot.events, spot.place_id))


def _count(located: pd.DataFrame, lang: str) -> list[Spot]:
    keys = ["place_id", "place_name", "place_country", "place_kind"]
    rows: dict[tuple[Any, ...], list[tuple[int, str, str]]] = {}
    columns = [located[name].tolist() for name in (*keys, "lat", "lon", "quad", "type", "event_id")]
    for *key, quad, kind, event_id in zip(*columns, strict=True):
        rows.setdefault(tuple(key), []).append((int(quad), str(kind), str(event_id)))
    return [_spot(key, found, lang) for key, found in sorted(rows.items())]


def _spot(key: tuple[Any, ...], rows: list[tuple[int, str, str]], lang: str) -> Spot:
    place_id, name, country, kind, lat, lon = key
    counts = dict(sorted(Counter(quad for quad, _, _ in rows).items()))
    types = dict(Counter(kind for _, kind, _ in rows))
    ids = tuple(event_id for _, _, event_id in rows[:MOST_IDS])
    shown = place_name(place_id, name, country, lang)
    return Spot(place_id, shown, country, kind, lat, lon, len(rows), counts, ids, types=types)


def _counted(places: pd.DataFrame, lang: str) -> list[Spot]:
    return [
        Spot(
            row["place_id"],
            place_name(row["place_id"], row["place_name"], row["place_country"], lang),
            row["place_country"],
            row["place_kind"],
            float(row["lat"]),
            float(row["lon"]),
            int(row["events"]),
            {quad: int(row[f"quad_{quad}"]) for quad in (1, 2, 3, 4) if row[f"quad_{quad}"]},
        )
        for row in places.to_dict("records")
    ]


def cluster(found: list[Spot], view: MapView) -> list[Spot]:
    """Points that would lie on each other become one, at the largest place; areas stay out."""
    cell = 64.0
    grid: dict[tuple[int, int], list[int]] = {}
    kept: list[tuple[Spot, float, float, list[Spot]]] = []
    for spot in (s for s in found if not s.is_area):
        x, y = view.xy(spot.lat, spot.lon)
        column, row = int(x // cell), int(y // cell)
        near = [
            i for a in (-1, 0, 1) for b in (-1, 0, 1) for i in grid.get((column + a, row + b), [])
        ]
        host = _host(spot, x, y, [(i, *kept[i][:3]) for i in near])
        if host is None:
            grid.setdefault((column, row), []).append(len(kept))
            kept.append((spot, x, y, []))
        else:
            kept[host][3].append(spot)
    return [_joined(spot, others) for spot, _, _, others in kept]


def _host(spot: Spot, x: float, y: float, near: list[tuple[int, Spot, float, float]]) -> int | None:
    """The nearest larger spot that covers this one by more than half its width."""
    distances = [
        (math.hypot(x - a, y - b), index)
        for index, other, a, b in near
        if math.hypot(x - a, y - b) < other.radius + spot.radius * 0.3 + 2
    ]
    return min(distances)[1] if distances else None


def _joined(spot: Spot, others: list[Spot]) -> Spot:
    if not others:
        return spot
    counts, types = Counter(spot.counts), Counter(spot.types)
    for other in others:
        counts.update(other.counts)
        types.update(other.types)
    ids = tuple(i for one in (spot, *others) for i in one.ids)[:MOST_IDS]
    total = spot.events + sum(other.events for other in others)
    return replace(
        spot,
        events=total,
        counts=dict(sorted(counts.items())),
        types=dict(types),
        ids=ids,
        others=tuple(others),
    )


Box = tuple[float, float, float, float]


class Taken:
    """Rectangles on the map that nothing else may lie on, kept in a grid: thousands are quick."""

    _CELL = 80.0

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def _reached(self, box: Box) -> Iterator[tuple[int, int]]:
        size = self._CELL
        left, right = int(box[0] // size), int(box[2] // size)
        for y in range(int(box[1] // size), int(box[3] // size) + 1):
            for x in range(left, right + 1):
                yield x, y

    def add(self, box: Box) -> None:
        for cell in self._reached(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box) -> bool:
        """Whether nothing lies on any part of the rectangle."""
        near = (other for cell in self._reached(box) for other in self._cells.get(cell, ()))
        return not any(overlaps(box, other) for other in near)


def place_labels(found: list[Spot], view: MapView, lang: str, most: int = 60) -> list[PlacedLabel]:
    """Labels of the largest spots; none lies on a spot or on another label."""
    centres = [(spot, *view.xy(spot.lat, spot.lon)) for spot in found]
    taken = Taken(_disc_box(s, view) for s, x, y in centres if not s.is_area and view.holds(x, y))
    labels: list[PlacedLabel] = []
    for spot, x, y in centres:
        if len(labels) >= most:
            break
        label = _free_label(spot, x, y, taken, view, lang) if view.holds(x, y) else None
        if label is not None:
            labels.append(label)
            taken.add(label_box(label, x, y))
    return labels


def label_text(spot: Spot, lang: str) -> str:
    """``Kyiv · 12``, ``Kyiv`` for one event; with near places in it ``Kyiv +3 · 15``."""
    more = f" +{len(spot.others)}" if spot.others else ""
    name = shorten(spot.name, LABEL_WIDTH, LABEL_SIZE)
    return f"{name}{more}" + (f" · {format_number(spot.events, lang)}" if spot.events > 1 else "")


def _free_label(
    spot: Spot, x: float, y: float, taken: Taken, view: MapView, lang: str
) -> PlacedLabel | None:
    text = label_text(spot, lang)
    reach = 0.0 if spot.is_area else spot.radius + _LABEL_GAP
    sides: list[tuple[float, float, str]] = [(reach, 0, "start"), (-reach, 0, "end")]
    sides += [(0, -reach - 7, "middle"), (0, reach + 7, "middle")]
    for dx, dy, anchor in sides if not spot.is_area else [(0.0, 0.0, "middle"), *sides[2:]]:
        label = PlacedLabel(spot, text, dx, dy, anchor)
        box = label_box(label, x, y)
        inside = box[0] >= 0 and box[2] <= view.width and box[1] >= 0 and box[3] <= view.height
        if inside and taken.free(box):
            return label
    return None


def label_box(label: PlacedLabel, x: float, y: float) -> Box:
    """The rectangle of a label whose spot stands at x, y."""
    width, half = text_width(label.text, LABEL_SIZE), LABEL_SIZE * 0.62
    shift: Callable[[float], float] = {
        "start": lambda w: 0.0,
        "end": lambda w: -w,
        "middle": lambda w: -w / 2,
    }[label.anchor]
    left = x + label.x + shift(width)
    return left, y + label.y - half, left + width, y + label.y + half


def overlaps(one: Box, other: Box) -> bool:
    """Whether two rectangles share any area."""
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


@dataclass(frozen=True)
class LandLabel:
    """The name of a country or a disputed area, for orientation: `x`, `y` is its middle."""

    text: str
    lat: float
    lon: float
    x: float
    y: float
    disputed: bool


def land_labels(
    labels: list[PlacedLabel], found: list[Spot], view: MapView, lang: str
) -> list[LandLabel]:
    """Names of land where there is room: none lies on a spot, on a label or on another name."""
    taken = Taken(label_box(one, *view.xy(one.spot.lat, one.spot.lon)) for one in labels)
    for spot in found:
        taken.add(_disc_box(spot, view))
    said = {one.spot.name for one in labels if one.spot.is_area}
    shown = []
    limit = 1 + int(max(0.0, view.zoom - 0.6) * 1.3)  # small states at small scale are clutter
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


def _disc_box(spot: Spot, view: MapView) -> Box:
    x, y = view.xy(spot.lat, spot.lon)
    return x - spot.radius, y - spot.radius, x + spot.radius, y + spot.radius
