"""A drawing as a still picture: matplotlib in pixels from the top left, bundled font.

Uses `Figure` objects, never pyplot, so that several threads can draw at the same time.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes as Canvas
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Patch, Polygon
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke

from charts.assets.fonts import FALLBACK, FAMILY, FONTS_DIR, WEIGHTS, file_name, is_built
from charts.drawing import Drawing, Line, Mark, Panel, Path, Point, Rect, Symbol, Text, corners
from charts.sheet.shapes import half_disc
from charts.sheet.theme import rgb

PIXELS_PER_INCH = 96.0
_POINTS = 72.0 / PIXELS_PER_INCH
_LOCK = threading.Lock()
_RAISE = 0.6  # pixels: a browser centres text a little higher
matplotlib.rcParams["svg.hashsalt"] = "frise"  # the same picture gives the same SVG


def to_still(drawing: Drawing) -> Figure:
    """The drawing as a matplotlib figure; what comes later in it lies on top."""
    size = (drawing.width / PIXELS_PER_INCH, drawing.height / PIXELS_PER_INCH)
    figure = Figure(figsize=size, facecolor=drawing.theme.background)
    whole = _canvas(figure, drawing, (0, 0, drawing.width, drawing.height))
    for panel in drawing.panels:
        _Painter(_inside(figure, drawing, panel) if panel.clip else whole, drawing, panel).paint()
    return figure


def _inside(figure: Figure, drawing: Drawing, panel: Panel) -> Canvas:
    """A canvas that cuts what lies beyond the axes of a panel."""
    box = panel.axes
    return _canvas(figure, drawing, (box.left, box.top, box.right, box.bottom) if box else None)


def _canvas(figure: Figure, drawing: Drawing, box: tuple[float, ...] | None) -> Canvas:
    """Axes over a rectangle of the drawing (None: the whole), in pixels of the drawing."""
    left, top, right, bottom = box or (0, 0, drawing.width, drawing.height)
    width, height = drawing.width, drawing.height
    place = (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
    axes = figure.add_axes(place)
    axes.set(xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[])
    axes.set_frame_on(False)
    return axes


class _Painter:
    """Paints the marks of a panel; those of one kind that follow each other at once."""

    def __init__(self, canvas: Canvas, drawing: Drawing, panel: Panel) -> None:
        self.canvas, self.look, self.panel = canvas, drawing.theme, panel
        axes = panel.axes
        self.at: Callable[[float, float], Point] = axes.pixel if axes else lambda x, y: (x, y)

    def paint(self) -> None:
        for kind, run in itertools.groupby(self.panel.marks, _kind):
            _PAINT[kind](self, list(run))

    def texts(self, marks: Sequence[Text]) -> None:
        for mark in marks:
            x, y = self.at(mark.x, mark.y)
            rim = [withStroke(linewidth=2.0, foreground=self.look.background)]
            self.canvas.text(
                x + mark.dx,
                y + mark.dy - _RAISE,
                mark.text,
                fontproperties=font(mark.size, 600 if mark.bold else 400),
                color=mark.colour or self.look.text,
                ha=mark.anchor,
                va="bottom" if mark.turn else "center_baseline",
                rotation=mark.turn,
                rotation_mode="anchor",
                parse_math=False,  # no markup of an article is interpreted
                path_effects=rim if mark.halo else None,
                zorder=2,
            )

    def lines(self, marks: Sequence[Line]) -> None:
        self.canvas.add_collection(
            LineCollection(
                [[self.at(*point) for point in mark.points] for mark in marks],
                colors=[_faded(mark.colour, mark.opacity) for mark in marks],
                linewidths=[mark.width * _POINTS for mark in marks],
                linestyles=[(0, mark.dash or None) for mark in marks],
                capstyle="butt",
                zorder=2,
            ),
            autolim=False,
        )

    def areas(self, marks: Sequence[Rect | Path]) -> None:
        filled = [mark for mark in marks if mark.fill]
        if filled:
            colours = [_faded(mark.fill, mark.opacity) for mark in filled]
            made = PathCollection(
                [self._outline(mark) for mark in filled], facecolors=colours, linewidths=0, zorder=2
            )
            self.canvas.add_collection(made, autolim=False)

    def _outline(self, mark: Rect | Path) -> Outline:
        if isinstance(mark, Rect):
            found = corners(mark.x0, mark.y0, mark.x1, mark.y1)
            return Outline([self.at(*point) for point in found])
        curved = any(len(step) > 1 for step in mark.steps)
        codes = [Outline.MOVETO]
        for step in mark.steps:
            codes += [Outline.LINETO if len(step) == 1 else Outline.CURVE4] * len(step)
        found = (mark.start, *(point for step in mark.steps for point in step))
        return Outline([self.at(*point) for point in found], codes if curved else None)

    def symbols(self, marks: Sequence[Symbol]) -> None:
        for mark in marks:
            if mark.colour:
                self._symbol(mark)

    def _symbol(self, mark: Symbol) -> None:
        x, y = self.at(mark.x, mark.y)
        colour, r = _faded(mark.colour, mark.opacity), mark.size / 2
        if mark.status == "reported":
            edge = {"edgecolor": mark.rim or "none", "linewidth": _POINTS * bool(mark.rim)}
            self.canvas.add_patch(_body(x, y, r, mark.square, facecolor=colour, **edge))
            return
        r -= mark.width / 2
        edge = {"edgecolor": colour, "linewidth": mark.width * _POINTS}
        self.canvas.add_patch(_body(x, y, r, mark.square, facecolor="none", **edge))
        if mark.status == "claimed":
            half = [(x + dx, y + dy) for dx, dy in half_disc(r)]
            self.canvas.add_patch(Polygon(half, facecolor=colour, edgecolor="none", zorder=2))
        if mark.status == "denied":
            d = r * 0.7
            ends = [[(x - d, y - d), (x + d, y + d)], [(x - d, y + d), (x + d, y - d)]]
            cross = LineCollection(ends, colors=[colour], linewidths=[edge["linewidth"]], zorder=2)
            self.canvas.add_collection(cross, autolim=False)


_PAINT: dict[str, Callable[[_Painter, Any], None]] = {
    "text": _Painter.texts,
    "line": _Painter.lines,
    "area": _Painter.areas,
    "symbol": _Painter.symbols,
}


def _kind(mark: Mark) -> str:
    kinds = {Text: "text", Line: "line", Rect: "area", Path: "area", Symbol: "symbol"}
    return kinds[type(mark)]


def _body(x: float, y: float, r: float, square: bool, **style: Any) -> Patch:
    if square:
        return Polygon(corners(x - r, y - r, x + r, y + r), zorder=2, **style)
    return Circle((x, y), r, zorder=2, **style)


@functools.cache
def _families() -> tuple[str, ...]:
    """The bundled font where it is built, and DejaVu for characters it lacks."""
    if not is_built():
        return (FALLBACK,)
    for weight in WEIGHTS:
        font_manager.fontManager.addfont(FilePath(FONTS_DIR) / file_name(weight))
    return (FAMILY, FALLBACK)


def font(size: float, weight: int = 400) -> FontProperties:
    """A font of `size` pixels."""
    with _LOCK:
        families = _families()
    bold = "bold" if weight >= 600 else "normal"
    return FontProperties(family=list(families), size=size * _POINTS, weight=bold)


def _faded(colour: str, opacity: float) -> tuple[float, float, float, float]:
    red, green, blue = (channel / 255 for channel in rgb(colour))
    return red, green, blue, opacity
