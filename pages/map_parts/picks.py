"""Clicks on the map: the events of a place, a cluster, an area or an arc."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.map.arcs import between
from charts.map.deck import MapChart
from charts.map.doubtful import KIND as DOUBTFUL
from charts.map.doubtful import is_doubtful
from events.filters import Filters
from pages.shared import detail, side_panel
from pages.shell.language import count

PAGE = "map"


def open_object(
    picked: dict[str, Any],
    made: MapChart,
    inside: pd.DataFrame,
    filters: Filters,
    page: str = PAGE,
) -> None:
    """Show the events on the map of a picked place, cluster, area or arc beside it on `page`."""
    found = {**picked, **(picked.get("properties") or {})}
    places = place_ids(found, made)
    ids = picked_ids(found, places, inside, filters)
    if ids:
        side_panel.pick(title_of(found, places), page, ids, _counted_at(places, inside))


def title_of(found: dict[str, Any], places: tuple[str, ...]) -> str:
    """Name of what was picked; for a cluster its largest place and the number of others."""
    name = str(found.get("tip") or "").split("\n")[0]
    if len(places) < 2:
        return name
    return count(
        "{place} and {n} other place", "{place} and {n} other places", len(places) - 1, place=name
    )


def place_ids(found: dict[str, Any], made: MapChart) -> tuple[str, ...]:
    """The places of a picked object: those of its cluster, or its own."""
    told = str(found.get("place_ids") or "")
    return made.clusters.get(told) or ((told,) if told else ())


def _counted_at(places: tuple[str, ...], inside: pd.DataFrame) -> int:
    """Number of events at picked places as counted by the store: may exceed those listed."""
    if "events" not in inside:
        return 0
    return int(inside.loc[inside["place_id"].isin(places), "events"].sum())


def picked_ids(
    found: dict[str, Any], places: tuple[str, ...], inside: pd.DataFrame, filters: Filters
) -> list[int]:
    """Ids of the events of a picked object; for places, of those drawn on the map."""
    if found.get("kind") == "arc":  # the picked object contains only a few of the ids
        return between(inside, str(found.get("source")), str(found.get("target")))
    if places and "events" in inside:
        return detail.of_places(filters, places)
    if places:
        hollow = is_doubtful(inside)
        shown = hollow if found.get("kind") == DOUBTFUL else ~hollow
        return [int(i) for i in inside.loc[shown & inside["place_id"].isin(places), "event_id"]]
    return [int(i) for i in str(found.get("ids") or "").split(",") if i.isdigit()]
