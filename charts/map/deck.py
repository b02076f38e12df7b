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

from charts.chart import Chart, ThemeName
from charts.map.arcs import build_arcs
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
from charts.map.palette import ColourBy, palette
from charts.map.place_marks import Spot, spots
from charts.map.points import Ink, Keep, in_address, level_layers
from charts.map.view import drawn_points, map_view
from charts.sheet.caption import left_out_note
from charts.sheet.theme import theme_of
from events.wording import format_number, label, listed, translator

BASE_URL = "/app/static/built"


@dataclass(frozen=True)
class MapChart(Chart[pdk.Deck]):
    """The map with `clusters` (code -> ids of the places in it), the `key` of its colours and
    what it shows first.
    """

    clusters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    key: list[tuple[str, str]] = field(default_factory=list)
    view: MapView = field(default_factory=MapView)


def map_deck(
    table: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    faint: tuple[str, ...] = ("mentioned", "dateline"),
    arcs: bool = False,
    doubtful: bool = False,
    labels: bool = True,
    view: MapView | None = None,
    width: float = 1180.0,
    height: float = 560.0,
    viewpoint: str = "",
    colour: ColourBy = "quad",
    base_url: str = BASE_URL,
    keep: Keep = in_address,
    lang: str = "en",
    theme: ThemeName = "light",
) -> MapChart:
    """Events of `table` (EVENT_COLUMNS, or counted: PLACE_COLUMNS) on the map.

    mentions: MENTION_COLUMNS; places of the roles in `faint` become small grey marks. view: what
    is shown first (None: what is drawn); near places are joined, and come apart as the reader
    zooms. doubtful: events whose place is not sure as hollow marks; else they are left out and
    counted.
    viewpoint: "" draws disputed areas apart; "recognised" or "held" see docs/boundaries.md.
    colour: by quad class or by type. keep: where finer levels are kept until they are asked for.
    """
    look = theme_of(theme)
    found, faintest = spots(sure_of_place(table), lang), doubtful_spots(table, lang)
    view = view or map_view(drawn_points(table, doubtful), width, height)
    colours = palette(found, colour, look)
    areas = [spot for spot in found if spot.is_area]
    layers = area_layers(areas, colours, viewpoint, lang)
    layers += mention_layers(mentions, faint, look, lang)
    layers += doubtful_layers(faintest, colours, lang) if doubtful else []
    lines, without = build_arcs(table, view.zoom) if arcs and "sources" in table else ([], 0)
    layers += arc_layers(lines, look, lang) if lines else []
    ink = Ink(colours, look, lang)
    drawn = level_layers(levels(found, lang, labels), ink, view.zoom, keep)
    style = style_address(ground_style(base_url, look, viewpoint))
    deck = pdk_deck(layers + drawn.layers, view, look, style)
    words = map_words(table, found, without, viewpoint, lang, doubtful)
    return MapChart(deck, *words, drawn.clusters, colours.key(lang), view)


def map_words(
    table: pd.DataFrame,
    found: list[Spot],
    without_arc: int,
    viewpoint: str,
    lang: str,
    doubtful: bool = False,
) -> tuple[int, int, dict[str, int], tuple[str, ...], str, Callable[[], pd.DataFrame]]:
    """Rows, drawn, left out, notes, alternative text and table twin of a map."""
    _ = translator(lang)
    drawn = sum(spot.events for spot in found)
    rows = int(table["events"].sum()) if "events" in table else len(table)
    unsure = int(is_doubtful(table).sum())
    left_out = {"no place": rows - drawn - unsure} if rows > drawn + unsure else {}
    if doubtful:
        drawn += unsure
    elif unsure:
        left_out = {"doubtful place": unsure, **left_out}
    notes = [left_out_note(left_out, lang), attribution(lang, viewpoint)]
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
    """What is owed to the sources of the map, and the policy on borders (docs/boundaries.md)."""
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
    """One row a place: name, country, kind, events in all and by class."""
    from events.geography import country_name

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
