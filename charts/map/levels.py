"""What the map shows at each zoom: clusters that split, and labels that fit there.

The browser zooms without telling the server. So every level is computed beforehand for the whole
world and sent with its range of zooms; the browser shows the level that fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from charts.map.land_labels import LandLabel, land_labels
from charts.map.mercator import WORLD, MapView
from charts.map.place_marks import (
    PlacedLabel,
    Spot,
    cluster,
    discs,
    place_labels,
)

STOPS = (0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0)
DENSE = 300  # above this number of places every second stop is left out, to send less
_DENSE_STOPS = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0)
MOST_LABELS = 800


@dataclass(frozen=True)
class ZoomLevel:
    """Points, labels and country names for the zooms from `low` to `high` (None: no bound)."""

    low: float | None
    high: float | None
    points: list[Spot]
    labels: list[PlacedLabel]
    lands: list[LandLabel]


def levels(found: list[Spot], lang: str, labels: bool = True) -> list[ZoomLevel]:
    """The levels of the map from far to near, each laid out for its lowest zoom."""
    stops = _DENSE_STOPS if len(found) > DENSE else STOPS
    areas = [spot for spot in found if spot.is_area]
    made: list[ZoomLevel] = []
    for number, stop in enumerate(stops):
        view = world(stop)
        points = cluster(found, view)
        taken = discs(points, view)
        every = [*points, *areas]
        named = place_labels(every, view, lang, MOST_LABELS, taken) if labels else []
        lands = land_labels(named, points, view, lang, taken)
        whole = len(named) == len(points) + len(areas) and not any(s.others for s in points)
        last = stop == stops[-1] or (whole and stop >= 5.0)
        high = None if last else stops[number + 1]
        made.append(ZoomLevel(stop if number else None, high, points, named, lands))
        if last:
            break
    return made


def runs(found: list[ZoomLevel]) -> list[ZoomLevel]:
    """The same levels, with each mark that is equal on consecutive levels kept only once.

    The runs that include a zoom together show what its level shows. This cuts a map of 2,000
    places to a quarter of the size.
    """
    kept: dict[tuple[int, int], ZoomLevel] = {}
    for name in ("points", "labels", "lands"):
        for first, last, things in _runs_of([getattr(one, name) for one in found]):
            low, high = found[first].low, found[last].high
            run = kept.setdefault((first, last), ZoomLevel(low, high, [], [], []))
            getattr(run, name).extend(things)
    return [kept[key] for key in sorted(kept)]


def _runs_of(by_level: list[list[Any]]) -> Iterator[tuple[int, int, list[Any]]]:
    """First and last level of each run, with the marks that are on exactly these levels."""
    on = [{_look_of(thing): thing for thing in things} for things in by_level]
    for first, here in enumerate(on):
        ends: dict[int, list[Any]] = {}
        for look, thing in here.items():
            if first and look in on[first - 1]:
                continue
            last = next((n for n in range(first, len(on)) if look not in on[n]), len(on)) - 1
            ends.setdefault(last, []).append(thing)
        yield from ((first, last, things) for last, things in ends.items())


def _look_of(thing: Spot | PlacedLabel | LandLabel) -> tuple[Any, ...]:
    """Identity of a mark or label: two with the same key look the same."""
    if isinstance(thing, Spot):
        return (thing.place_id, *(one.place_id for one in thing.others))
    if isinstance(thing, PlacedLabel):
        return (thing.spot.place_id, thing.text, round(thing.x, 1), round(thing.y, 1), thing.anchor)
    return (thing.text, thing.lat, thing.lon)


def world(zoom: float) -> MapView:
    """The whole world at a zoom."""
    return MapView(0.0, 0.0, zoom, WORLD * 2.0**zoom, WORLD * 2.0**zoom)
