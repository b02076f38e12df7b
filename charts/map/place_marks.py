"""Where events happened: counts per place, clusters of nearby places, labels without overlap.

A cluster is drawn at its largest place, never at a point between places. Countries and regions
are areas: an event "in Ukraine" is not a point in the middle of Ukraine.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from charts.map.main_events import Told, foremost, main_events
from charts.map.mercator import MapView, project
from charts.map.occupied import Box, Taken
from charts.sheet.measure import shorten, text_width
from charts.sheet.theme import LABEL_SIZE, SMALL_SIZE
from events.geography import place_name
from events.records import records
from events.wording import format_number

AREA_KINDS = ("country", "region", "water", "area")
# radius of the soft disc of an area without an outline, in kilometres
AREA_RADIUS_KM = {"country": 250.0, "region": 90.0, "water": 130.0, "area": 90.0}
_LABEL_GAP = 4.0
_NAME_WIDTH = 230.0  # the longest name, in pixels
_LEAST, _WIDEST = 3.4, 30.0  # radius of a circle, pixels
# Where spots span _FILLS pixels or more, labels end at most _BEYOND pixels past the outermost spot
# and _BEFORE pixels inside the edge, so that a map fitted to its spots cuts no label.
_FILLS, _BEYOND, _BEFORE = 400.0, 60.0, 20.0


@dataclass(frozen=True)
class Spot:
    """Events at one place: `counts` by quad class, `types` by event type ({} for counts from the
    store). `most`: number of events at the largest place of the map. `told`: its main events, for
    the popup ((): counts from the store have none).
    """

    place_id: str
    name: str
    country: str
    kind: str
    lat: float
    lon: float
    events: int
    counts: dict[int, int]
    others: tuple[Spot, ...] = field(default=())
    types: dict[str, int] = field(default_factory=dict)
    most: int = 0
    told: tuple[Told, ...] = field(default=())

    @functools.cached_property
    def quad(self) -> int:
        """The class with most events; at a tie the more conflictual."""
        return max(self.counts, key=lambda quad: (self.counts[quad], quad), default=0)

    @functools.cached_property
    def radius(self) -> float:
        """Radius in pixels; grows with the root of the number of events, at most _WIDEST."""
        unit = min(2.3, (_WIDEST - _LEAST) / math.sqrt(max(1, self.most)))
        return min(_WIDEST, _LEAST + unit * math.sqrt(self.events))

    @functools.cached_property
    def point(self) -> tuple[float, float]:
        """The position projected at zoom 0, for `MapView.shown_at`."""
        return project(self.lat, self.lon)

    @property
    def is_area(self) -> bool:
        return self.kind in AREA_KINDS


@dataclass(frozen=True)
class PlacedLabel:
    """A label of a spot; `x`, `y`: pixels from the spot's centre to the text's anchor."""

    spot: Spot
    text: str
    x: float
    y: float
    anchor: str


def spots(table: pd.DataFrame, lang: str) -> list[Spot]:
    """One spot per place, largest first. `table`: EVENT_COLUMNS, or counts (PLACE_COLUMNS)."""
    located = table[table["lat"].notna() & table["lon"].notna()]
    found = _counted(located, lang) if "events" in table else _count(located, lang)
    return sorted(found, key=lambda spot: (-spot.events, spot.place_id))


def _count(located: pd.DataFrame, lang: str) -> list[Spot]:
    """Counts of rows by place, class and type."""
    keys = ["place_id", "place_name", "place_country", "place_kind"]
    columns = [located[name].tolist() for name in (*keys, "lat", "lon", "quad", "type")]
    rows: dict[tuple[Any, ...], Counter[tuple[int, str]]] = {}
    for (*key, quad, event_type), number in Counter(zip(*columns, strict=True)).items():
        rows.setdefault(tuple(key), Counter())[int(quad), str(event_type)] += number
    most = max((sum(found.values()) for found in rows.values()), default=0)
    told = main_events(located, lang)
    return [
        replace(_spot(key, found, most, lang), told=told.get(str(key[0]), ()))
        for key, found in sorted(rows.items())
    ]


def _spot(key: tuple[Any, ...], rows: Counter[tuple[int, str]], most: int, lang: str) -> Spot:
    place_id, name, country, place_kind, lat, lon = key
    counts: Counter[int] = Counter()
    types: Counter[str] = Counter()
    for (quad, type_), number in rows.items():
        counts[quad] += number
        types[type_] += number
    shown = place_name(place_id, name, country, lang)
    ordered, total = dict(sorted(counts.items())), sum(counts.values())
    told = dict(types)
    return Spot(
        place_id, shown, country, place_kind, lat, lon, total, ordered, types=told, most=most
    )


def _counted(places: pd.DataFrame, lang: str) -> list[Spot]:
    most = int(places["events"].max()) if len(places) else 0
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
            most=most,
        )
        for row in records(places)
    ]


def cluster(found: list[Spot], view: MapView) -> list[Spot]:
    """Join points that would overlap into one, at the largest place; areas are left out."""
    cell = 64.0
    grid: dict[tuple[int, int], list[int]] = {}
    kept: list[tuple[Spot, float, float, list[Spot]]] = []
    for spot in (s for s in found if not s.is_area):
        x, y = view.shown_at(spot.point)
        column, row = int(x // cell), int(y // cell)
        near = [
            i for a in (-1, 0, 1) for b in (-1, 0, 1) for i in grid.get((column + a, row + b), [])
        ]
        host = _host(spot, x, y, near, kept)
        if host is None:
            grid.setdefault((column, row), []).append(len(kept))
            kept.append((spot, x, y, []))
        else:
            kept[host][3].append(spot)
    return [_joined(spot, others) for spot, _, _, others in kept]


def _host(
    spot: Spot, x: float, y: float, near: list[int], kept: list[tuple[Spot, float, float, Any]]
) -> int | None:
    """The nearest larger spot that overlaps this one by more than half its width."""
    reach, host, nearest = spot.radius * 0.3 + 2, None, math.inf
    for index in near:
        other, a, b, _others = kept[index]
        distance = math.hypot(x - a, y - b)
        if distance < other.radius + reach and distance < nearest:
            host, nearest = index, distance
    return host


def _joined(spot: Spot, others: list[Spot]) -> Spot:
    if not others:
        return spot
    counts, types = dict(spot.counts), dict(spot.types)
    for other in others:
        for quad, number in other.counts.items():
            counts[quad] = counts.get(quad, 0) + number
        for event_type, number in other.types.items():
            types[event_type] = types.get(event_type, 0) + number
    total = spot.events + sum(other.events for other in others)
    ordered = dict(sorted(counts.items()))
    told = foremost(one for member in (spot, *others) for one in member.told)
    return replace(spot, events=total, counts=ordered, types=types, others=tuple(others), told=told)


def discs(found: list[Spot], view: MapView) -> Taken:
    """The rectangles that the points take."""
    return Taken(_disc_box(spot, view) for spot in found if not spot.is_area)


def place_labels(
    found: list[Spot], view: MapView, lang: str, most: int = 60, taken: Taken | None = None
) -> list[PlacedLabel]:
    """Labels of the largest spots; none overlaps a spot or another label.

    taken: occupied rectangles (None: the discs of the spots); the labels are added to it.
    """
    centres = [(spot, *view.shown_at(spot.point)) for spot in found]
    taken = discs(found, view) if taken is None else taken
    labels: list[PlacedLabel] = []
    limits = _limits([x for _spot, x, _y in centres], view)
    for spot, x, y in centres:
        if len(labels) >= most:
            break
        label = _free_label(spot, x, y, taken, view, lang, limits) if view.holds(x, y) else None
        if label is not None:
            labels.append(label)
            taken.add(label_box(label, x, y))
    return labels


def label_text(spot: Spot, lang: str) -> str:
    """``Kyiv``; a cluster with three more places ``Kyiv +3``; with the number of events where the
    circle has no room for it: ``Kyiv · 12``.
    """
    more = f" +{len(spot.others)}" if spot.others else ""
    name = shorten(spot.name, _NAME_WIDTH, LABEL_SIZE)
    beside = spot.events > 1 and not number_inside(spot, lang)
    return f"{name}{more}" + (f" · {format_number(spot.events, lang)}" if beside else "")


def number_inside(spot: Spot, lang: str) -> str:
    """The number of events, drawn in the circle; "" for one event or where it has no room."""
    text = format_number(spot.events, lang) if spot.events > 1 and not spot.is_area else ""
    return text if text_width(text, SMALL_SIZE, 600) <= 2 * spot.radius - 2 else ""


def _limits(across: list[float], view: MapView) -> tuple[float, float]:
    """The preferred horizontal range of labels: left and right pixel."""
    if not across or max(across) - min(across) < _FILLS:
        return 0.0, view.width
    left, right = min(across) - _BEYOND, max(across) + _BEYOND
    return max(left, _BEFORE), min(right, view.width - _BEFORE)


def _free_label(
    spot: Spot,
    x: float,
    y: float,
    taken: Taken,
    view: MapView,
    lang: str,
    limits: tuple[float, float],
) -> PlacedLabel | None:
    """The label at the first free side within the limits, else at the first one in the view."""
    free = []
    for label in _sides(spot, label_text(spot, lang)):
        box = label_box(label, x, y)
        inside = box[0] >= 0 and box[2] <= view.width and box[1] >= 0 and box[3] <= view.height
        if inside and taken.free(box):
            if limits[0] <= box[0] and box[2] <= limits[1]:
                return label
            free.append(label)
    return free[0] if free else None


def _sides(spot: Spot, text: str) -> list[PlacedLabel]:
    """Candidate positions of a label: beside, above or below a point; on an area."""
    if spot.is_area:
        places = [(0.0, 0.0, "middle"), (0.0, -7.0, "middle"), (0.0, 7.0, "middle")]
    else:
        reach = spot.radius + _LABEL_GAP
        places = [(reach, 0.0, "start"), (-reach, 0.0, "end")]
        places += [(0.0, -reach - 7, "middle"), (0.0, reach + 7, "middle")]
    return [PlacedLabel(spot, text, dx, dy, anchor) for dx, dy, anchor in places]


def label_box(label: PlacedLabel, x: float, y: float) -> Box:
    """The rectangle of a label whose spot is at x, y."""
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


def _disc_box(spot: Spot, view: MapView) -> Box:
    x, y = view.shown_at(spot.point)
    return x - spot.radius, y - spot.radius, x + spot.radius, y + spot.radius
