"""The map as a picture: same clusters, labels and colours, drawn from the built outlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from charts.chart import Chart
from charts.drawing import Anchor, Axes, Drawing, Line, Mark, Panel, Rect, Symbol, Text, polygon
from charts.map.arcs import Arc
from charts.map.deck import arcs_drawn, map_words
from charts.map.doubtful import doubtful_spots, sure_of_place
from charts.map.ground import attributed
from charts.map.hatch import hatched, shapes_of
from charts.map.land_labels import land_labels
from charts.map.layers import arc_width, known_places
from charts.map.mercator import LEAST_ZOOM, MapView
from charts.map.options import MapOptions
from charts.map.outlines import Ring, features, rings
from charts.map.palette import Palette, palette
from charts.map.place_marks import PlacedLabel, Spot, cluster, number_inside, place_labels, spots
from charts.map.view import drawn_points, map_view
from charts.sheet.caption import frame
from charts.sheet.frame_marks import framed
from charts.sheet.theme import SMALL_SIZE, Theme, balance_colour, ink_on, mix, theme_of

_ANCHORS: dict[str, Anchor] = {"start": "left", "end": "right", "middle": "center"}
_ABOVE, _BELOW = 4, 2  # pixels between the map and its frame
_FAINT = 0.5  # opacity of areas


def map_picture(
    table: pd.DataFrame,
    options: MapOptions = MapOptions(),  # noqa: B008 (frozen)
) -> Chart[Drawing]:
    """The picture of `charts.map.deck.map_deck`."""
    look, lang = theme_of(options.theme), options.lang
    found = spots(sure_of_place(table), lang)
    view = options.view or _view(table, options)
    lines, without = arcs_drawn(table, view, options)
    rows, drawn, left_out, notes, alt, twin = map_words(table, found, without, options)
    colours = palette(found, options.colour, look)
    around = frame(options.caption, notes, _key(found, colours), options.width, lang)
    top, ends = around.header + _ABOVE, ((0, view.width), (0, view.height))
    axes = Axes(0, top, view.width, top + view.height, *ends)
    marks = (
        *_ground(view, options.viewpoint, look),
        *_areas([spot for spot in found if spot.is_area], view, options.viewpoint, look),
        *_mentions(view, options, look),
        *_rings(doubtful_spots(table, lang) if options.doubtful else [], view, colours),
        *_arcs(lines, view, look),
        *_places(found, view, options, colours, look),
    )
    panel, body = Panel(axes, marks, clip=True), _ABOVE + view.height + _BELOW
    drawing = framed(around, body, look, (panel,), colours.colours)
    return Chart(drawing, rows, drawn, left_out, notes, alt, twin)


def _view(table: pd.DataFrame, options: MapOptions) -> MapView:
    """The view of all that is drawn; a picture may reach beyond the world."""
    points = drawn_points(table, options.doubtful)
    return map_view(points, options.width, options.height, least=LEAST_ZOOM)


def _key(found: list[Spot], colours: Palette) -> list[str]:
    if colours.by != "quad":
        return list(colours.colours)
    return [f"quad {quad}" for quad in sorted({quad for spot in found for quad in spot.counts})]


def _line(ring: Ring, view: MapView, colour: str, width: float, opacity: float = 1.0) -> Line:
    points = tuple(view.xy(lat, lon) for lon, lat in ring)
    return Line(points, colour, width, opacity=opacity)


def _ground(view: MapView, viewpoint: str, look: Theme) -> Iterator[Mark]:
    """Land, disputed areas and borders; dashed lines come as separate pieces."""
    scale = "50m" if view.zoom >= 2 else "110m"
    yield Rect(0, 0, view.width, view.height, look.sea)
    yield from _land(features(f"countries-{scale}"), view, look.land)
    yield from _land(features(f"disputed-{scale}"), view, mix(look.land, look.line, 0.3))
    yield from _land(attributed(viewpoint, scale), view, look.land)
    for feature in features(f"borders-{scale}"):
        width = float(feature["properties"].get(viewpoint or "neutral", 0.8))
        for line in rings(feature) if width else ():
            yield _line(line, view, look.line, width)


def _land(found: Iterable[dict[str, Any]], view: MapView, colour: str) -> Iterator[Mark]:
    for feature in found:
        for ring in rings(feature):
            yield polygon([view.xy(lat, lon) for lon, lat in ring], colour)


def _areas(areas: list[Spot], view: MapView, viewpoint: str, look: Theme) -> Iterator[Mark]:
    """Countries by their outline, other areas by a circle: hatched."""
    for spot in areas:
        for shape in shapes_of(spot, viewpoint, view.zoom):
            for ring in rings(shape):
                yield _line(ring, view, look.muted, 0.8, _FAINT)
    for segment in hatched(areas, viewpoint, view.zoom):
        yield _line(segment, view, look.muted, 0.8, _FAINT)


def _mentions(view: MapView, options: MapOptions, look: Theme) -> Iterator[Mark]:
    """Places that are only mentioned: small hollow circles."""
    known = known_places(options.mentions, options.faint)
    for lat, lon in sorted(set(zip(known["lat"], known["lon"], strict=True))):
        yield Symbol(*view.xy(lat, lon), 7, look.muted, "planned", width=1.0, opacity=0.6)


def _rings(found: list[Spot], view: MapView, colours: Palette) -> Iterator[Mark]:
    """Doubtful places: hollow circles in the colour of their events."""
    for spot in found:
        at, colour = view.xy(spot.lat, spot.lon), colours.of(spot)
        yield Symbol(*at, 11.6, colour, "planned", width=1.6, opacity=0.75)


def _arcs(lines: list[Arc], view: MapView, look: Theme) -> Iterator[Mark]:
    for arc in lines:
        colour = balance_colour(arc.score, look)
        yield _line(arc.path, view, colour, arc_width(arc), 0.8)
        yield polygon([view.xy(lat, lon) for lon, lat in arc.head], colour, 0.8)


def _places(
    found: list[Spot], view: MapView, options: MapOptions, colours: Palette, look: Theme
) -> Iterator[Mark]:
    """Event places, nearby ones as clusters, with names of places and countries."""
    lang, points = options.lang, cluster(found, view)
    areas = [spot for spot in found if spot.is_area]
    named = place_labels([*points, *areas], view, lang) if options.labels else []
    for land in land_labels(named, points, view, lang):
        yield Text(land.x, land.y, land.text, SMALL_SIZE, look.muted, "center", halo=True)
    for spot in points:  # the largest first, below the others
        at, colour = view.xy(spot.lat, spot.lon), colours.of(spot)
        yield Symbol(*at, 2 * spot.radius, colour, opacity=0.88, rim=look.background)
        yield Text(*at, number_inside(spot, lang), SMALL_SIZE, ink_on(colour), "center")
    yield from (_label(one, view) for one in named)


def _label(one: PlacedLabel, view: MapView) -> Mark:
    at, anchor = view.xy(one.spot.lat, one.spot.lon), _ANCHORS[one.anchor]
    return Text(*at, one.text, anchor=anchor, dx=one.x, dy=one.y, halo=True)
