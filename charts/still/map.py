"""The map as a still picture: same clusters, labels and colours, drawn from the built outlines."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from charts.chart import Chart
from charts.map.deck import arcs_drawn, map_words
from charts.map.doubtful import doubtful_spots, sure_of_place
from charts.map.ground import attributed
from charts.map.hatch import hatched, shapes_of
from charts.map.land_labels import land_labels
from charts.map.mercator import LEAST_ZOOM, MapView
from charts.map.options import MapOptions
from charts.map.outlines import features, rings
from charts.map.palette import Palette, palette
from charts.map.place_marks import (
    PlacedLabel,
    Spot,
    cluster,
    number_inside,
    place_labels,
    spots,
)
from charts.map.view import drawn_points, map_view
from charts.sheet.caption import frame
from charts.sheet.theme import LABEL_SIZE, SMALL_SIZE, balance_colour, ink_on, mix, theme_of
from charts.still.paper import Paper, faded, font, rectangle

_ANCHORS = {"start": "left", "end": "right", "middle": "center"}


def map_figure(
    table: pd.DataFrame,
    options: MapOptions = MapOptions(),  # noqa: B008 (frozen)
) -> Chart[Figure]:
    """The picture of `charts.map.deck.map_deck`."""
    look, lang = theme_of(options.theme), options.lang
    found = spots(sure_of_place(table), lang)
    view = options.view or _view(table, options)
    lines, without = arcs_drawn(table, view, options)
    rows, drawn, left_out, notes, alt, twin = map_words(table, found, without, options)
    colours = palette(found, options.colour, look)
    around = frame(options.caption, notes, _key(found, colours), options.width, lang)
    paper = Paper(options.width, around.header + 6 + view.height + around.footer, look)
    paper.colours = colours.colours
    paper.frame(around)
    drawing = _Map(paper, view, around.header + 4, colours, lang)
    drawing.beneath(table, found, options)
    for arc in lines:
        line = faded(balance_colour(arc.score, look), 0.8)
        drawing.curve(arc.path, arc.head, line, min(7.0, 0.8 + 0.6 * arc.events**0.5))
    drawing.marks(found, options)
    return Chart(paper.figure, rows, drawn, left_out, notes, alt, twin)


def _view(table: pd.DataFrame, options: MapOptions) -> MapView:
    """The view of all that is drawn; a picture may reach beyond the world."""
    points = drawn_points(table, options.doubtful)
    return map_view(points, options.width, options.height, least=LEAST_ZOOM)


def _key(found: list[Spot], colours: Palette) -> list[str]:
    if colours.by != "quad":
        return list(colours.colours)
    return [f"quad {quad}" for quad in sorted({quad for spot in found for quad in spot.counts})]


class _Map:
    """A view of the map on the paper, `top` pixels below its upper edge."""

    def __init__(
        self, paper: Paper, view: MapView, top: float, colours: Palette, lang: str
    ) -> None:
        self.paper, self.view, self.top, self.colours = paper, view, top, colours
        self.lang = lang
        self.axes: Axes = paper.body(0, top, view.width, top + view.height)
        paper.polygons(
            [rectangle(0, top, view.width, top + view.height)], [paper.theme.sea], self.axes
        )

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        x, y = self.view.xy(lat, lon)
        return x, y + self.top

    def beneath(self, table: pd.DataFrame, found: list[Spot], options: MapOptions) -> None:
        """Draw what lies below arcs and marks: base map, areas, faint places, doubtful places."""
        self.base(options.viewpoint)
        self.areas([spot for spot in found if spot.is_area], options.viewpoint)
        self.mentions(options.mentions, options.faint)
        self.rings(doubtful_spots(table, options.lang) if options.doubtful else [])

    def marks(self, found: list[Spot], options: MapOptions) -> None:
        """Draw event places, nearby ones as clusters, with names of places and countries."""
        lang, look = options.lang, self.paper.theme
        points = cluster(found, self.view)
        areas = [spot for spot in found if spot.is_area]
        named = place_labels([*points, *areas], self.view, lang) if options.labels else []
        for land in land_labels(named, points, self.view, lang):
            self.word(land.x, land.y, land.text, SMALL_SIZE, look.muted, "center")
        self.points(points)
        self.labels(named)

    def _shape(self, ring: list[list[float]]) -> list[tuple[float, float]]:
        return [self.xy(lat, lon) for lon, lat in ring]

    def _fill(self, found: tuple[dict[str, Any], ...] | list[dict[str, Any]], colour: Any) -> None:
        shapes = [self._shape(ring) for feature in found for ring in rings(feature)]
        self.paper.polygons(shapes, [colour] * len(shapes), self.axes)

    def base(self, viewpoint: str) -> None:
        """Draw land, disputed areas and borders; dashed lines come as separate pieces."""
        look, scale = self.paper.theme, "50m" if self.view.zoom >= 2 else "110m"
        self._fill(features(f"countries-{scale}"), look.land)
        self._fill(features(f"disputed-{scale}"), mix(look.land, look.line, 0.3))
        self._fill(attributed(viewpoint, scale), look.land)
        for feature in features(f"borders-{scale}"):
            width = float(feature["properties"].get(viewpoint or "neutral", 0.8))
            for line in rings(feature) if width else ():
                self._line(self._shape(line), look.line, width)

    def _line(self, points: list[tuple[float, float]], colour: Any, width: float) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.axes.add_line(Line2D(xs, ys, color=colour, linewidth=width * 0.75, zorder=2))

    def areas(self, areas: list[Spot], viewpoint: str) -> None:
        """Countries by their outline, other areas by a circle: hatched."""
        look, zoom = self.paper.theme, self.view.zoom
        for spot in areas:
            for shape in shapes_of(spot, viewpoint, zoom):
                for ring in rings(shape):
                    self._line(self._shape(ring), faded(look.muted, 0.5), 0.8)
        for segment in hatched(areas, viewpoint, zoom):
            self._line(self._shape(segment), faded(look.muted, 0.5), 0.8)

    def mentions(self, mentions: pd.DataFrame | None, faint: tuple[str, ...]) -> None:
        """Draw places that are only mentioned: small hollow circles."""
        if mentions is None or mentions.empty:
            return
        known = mentions[(mentions["kind"] == "place") & mentions["role"].isin(faint)]
        known = known[known["lat"].notna() & known["lon"].notna()]
        for lat, lon in sorted(set(zip(known["lat"], known["lon"], strict=True))):
            style = {"facecolor": "none", "edgecolor": faded(self.paper.theme.muted, 0.6)}
            self.axes.add_patch(Circle(self.xy(lat, lon), 3, linewidth=0.75, zorder=2, **style))

    def rings(self, spots: list[Spot]) -> None:
        """Doubtful places: hollow circles in the colour of their events."""
        for spot in spots:
            style = {"facecolor": "none", "edgecolor": faded(self.colours.of(spot), 0.75)}
            circle = Circle(self.xy(spot.lat, spot.lon), 5, linewidth=1.2, zorder=2, **style)
            self.axes.add_patch(circle)

    def curve(
        self, path: list[list[float]], head: list[list[float]], colour: Any, width: float
    ) -> None:
        """An arc with its head."""
        self._line(self._shape(path), colour, width)
        self.paper.polygons([self._shape(head)], [colour], self.axes)

    def points(self, points: list[Spot]) -> None:
        """Draw event places, the largest first, below the others."""
        for spot in points:
            style = {"edgecolor": self.paper.theme.background, "linewidth": 0.75}
            at, colour = self.xy(spot.lat, spot.lon), self.colours.of(spot)
            disc = Circle(at, spot.radius, facecolor=faded(colour, 0.88), zorder=2, **style)
            self.axes.add_patch(disc)
            x, y = self.view.xy(spot.lat, spot.lon)
            number = number_inside(spot, self.lang)
            self.word(x, y, number, SMALL_SIZE, ink_on(colour), "center", halo=False)

    def labels(self, labels: list[PlacedLabel]) -> None:
        for one in labels:
            x, y = self.view.xy(one.spot.lat, one.spot.lon)
            anchor = _ANCHORS[one.anchor]
            self.word(x + one.x, y + one.y, one.text, LABEL_SIZE, self.paper.theme.text, anchor)

    def word(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        anchor: str,
        halo: bool = True,
    ) -> None:
        """Text with a halo in the background colour, so that borders do not cross it."""
        around = [withStroke(linewidth=2.0, foreground=self.paper.theme.background)]
        self.axes.text(
            x,
            y + self.top,
            text,
            fontproperties=font(size),
            color=colour,
            ha=anchor,
            va="center_baseline",
            parse_math=False,
            zorder=2,
            path_effects=around if halo else None,
        )
