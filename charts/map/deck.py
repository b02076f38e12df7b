"""The map as a pydeck Deck: offline base map by URL, event places, areas, arcs, faint mentions.

A picked object has `kind` ("area", "arc", "mention"; none of a point), `place_ids` (the id of a
place, or the code of a cluster in `clusters`), and for arcs `ids` ("id,id": text, 63-bit numbers
do not survive JavaScript), `source` and `target`. Of a point they stand in its `properties`.
Points and labels come as levels: see `charts.map.levels`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
import pydeck as pdk

from charts.chart import Chart
from charts.map.arcs import Arc, build_arcs
from charts.map.doubtful import doubtful_layers, doubtful_spots, is_doubtful, sure_of_place
from charts.map.ground import ground_style, style_address
from charts.map.layers import (
    arc_layers,
    area_layers,
    mention_layers,
    pdk_deck,
)
from charts.map.levels import levels
from charts.map.mercator import MapView
from charts.map.options import MapOptions
from charts.map.palette import palette
from charts.map.place_marks import Spot, spots
from charts.map.points import MarkStyle, level_layers
from charts.map.view import drawn_points, map_view
from charts.sheet.caption import left_out_note
from charts.sheet.theme import theme_of
from events.geography import country_name
from events.wording import format_number, label, listed, translator


@dataclass(frozen=True)
class MapChart(Chart[pdk.Deck]):
    """The map with its `clusters` (code -> ids of the places in it), colour `key` and initial
    view.
    """

    clusters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    key: list[tuple[str, str]] = field(default_factory=list)
    view: MapView = field(default_factory=MapView)


def map_deck(
    table: pd.DataFrame,
    options: MapOptions = MapOptions(),  # noqa: B008 (frozen)
) -> MapChart:
    """Events of `table` (EVENT_COLUMNS, or counted: PLACE_COLUMNS) on the map.

    Nearby places form clusters, which split as the reader zooms in.
    """
    look, lang, viewpoint = theme_of(options.theme), options.lang, options.viewpoint
    found = spots(sure_of_place(table), lang)
    points = drawn_points(table, options.doubtful)
    view = options.view or map_view(points, options.width, options.height)
    colours = palette(found, options.colour, look)
    areas = [spot for spot in found if spot.is_area]
    layers = area_layers(areas, look, viewpoint, view.zoom, lang)
    layers += mention_layers(options.mentions, options.faint, look, lang)
    if options.doubtful:
        layers += doubtful_layers(doubtful_spots(table, lang), colours, lang)
    lines, without = arcs_drawn(table, view, options)
    layers += arc_layers(lines, look, lang) if lines else []
    marks = levels(found, lang, options.labels)
    drawn = level_layers(marks, MarkStyle(colours, look, lang), view.zoom, options.keep)
    style = style_address(ground_style(options.base_url, look, viewpoint))
    deck = pdk_deck(layers + drawn.layers, view, look, style)
    words = map_words(table, found, without, options)
    return MapChart(deck, *words, drawn.clusters, colours.key(lang), view)


def arcs_drawn(table: pd.DataFrame, view: MapView, options: MapOptions) -> tuple[list[Arc], int]:
    """The arcs, if `options` asks for them, and the number of events without an arc. A table of
    counts names no actors, so it has no arcs.
    """
    wanted = options.arcs and "sources" in table
    return build_arcs(table, view.zoom) if wanted else ([], 0)


def map_words(
    table: pd.DataFrame, found: list[Spot], without_arc: int, options: MapOptions
) -> tuple[int, int, dict[str, int], tuple[str, ...], str, Callable[[], pd.DataFrame]]:
    """Counts (rows, drawn, left out), notes, alternative text and table twin of a map."""
    lang = options.lang
    _ = translator(lang)
    drawn = sum(spot.events for spot in found)
    rows = int(table["events"].sum()) if "events" in table else len(table)
    unsure = int(is_doubtful(table).sum())
    left_out = {"no place": rows - drawn - unsure} if rows > drawn + unsure else {}
    if options.doubtful:
        drawn += unsure
    elif unsure:
        left_out = {"doubtful place": unsure, **left_out}
    notes = [left_out_note(left_out, lang), attribution(lang, options.viewpoint)]
    if without_arc:
        text = _("Events without two states to draw an arc between: {n}.")
        notes.insert(1, text.format(n=format_number(without_arc, lang)))
    alt = _("Map: events {n}, places {places}.").format(
        n=format_number(drawn, lang), places=format_number(len(found), lang)
    )
    first = listed((f"{s.name} {s.events}" for s in found[:8]), lang)
    told = tuple(note for note in notes if note)
    return rows, drawn, left_out, told, f"{alt} {first}".strip(), partial(map_twin, found, lang)


def attribution(lang: str, viewpoint: str = "") -> str:
    """Credit of the map's sources, and the policy on borders (docs/boundaries.md)."""
    _ = translator(lang)
    policies = {
        "recognised": _(
            "Disputed areas are drawn with the state that the UN or most states attribute them "
            "to; where that is open, dashed."
        ),
        "held": _(
            "Disputed areas are drawn with whoever holds the ground; this is no statement on "
            "their status."
        ),
    }
    neutral = _("Disputed borders are dashed; the map takes no position on them.")
    sources = _("Places: GeoNames, CC BY 4.0. Outlines: Natural Earth.")
    return f"{sources} {policies.get(viewpoint, neutral)}"


def map_twin(found: list[Spot], lang: str) -> pd.DataFrame:
    """One row per place: name, country, kind of place, events in total and by class."""
    _ = translator(lang)
    rows = [
        {
            _("Place"): spot.name,
            _("Country"): country_name(spot.country, lang) if spot.country else "",
            _("Events"): spot.events,
            **{label(f"quad {q}", lang): spot.counts.get(q, 0) for q in (1, 2, 3, 4)},
        }
        for spot in found
    ]
    return pd.DataFrame(rows)


def unplaced(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `table` (EVENT_COLUMNS) that the map cannot show."""
    return table[table["lat"].isna() | table["lon"].isna()]
