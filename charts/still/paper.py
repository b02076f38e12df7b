"""Drawing surface for still pictures: matplotlib in pixels from the top left, bundled font.

Uses `Figure` objects, never pyplot, so that several threads can draw at the same time.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke

from charts.assets.fonts import FALLBACK, FAMILY, FONTS_DIR, WEIGHTS, file_name, is_built
from charts.sheet.caption import CaptionFrame
from charts.sheet.shapes import DASHES, half_disc, line_dash
from charts.sheet.theme import LABEL_SIZE, SUBTITLE_SIZE, TITLE_SIZE, Theme

PIXELS_PER_INCH = 96.0
_POINTS = 72.0 / PIXELS_PER_INCH
_LOCK = threading.Lock()
matplotlib.rcParams["svg.hashsalt"] = "frise"  # the same picture gives the same SVG


@functools.cache
def _families() -> tuple[str, ...]:
    """The bundled font where it is built, and DejaVu for characters it lacks."""
    if not is_built():
        return (FALLBACK,)
    for weight in WEIGHTS:
        font_manager.fontManager.addfont(Path(FONTS_DIR) / file_name(weight))
    return (FAMILY, FALLBACK)


def font(size: float, weight: int = 400) -> FontProperties:
    """A font of `size` pixels."""
    with _LOCK:
        families = _families()
    bold = "bold" if weight >= 600 else "normal"
    return FontProperties(family=list(families), size=size * _POINTS, weight=bold)


class Paper:
    """A figure of `width` x `height` pixels; what is added later is drawn on top."""

    def __init__(self, width: float, height: float, theme: Theme) -> None:
        size = (width / PIXELS_PER_INCH, height / PIXELS_PER_INCH)
        self.figure = Figure(figsize=size, facecolor=theme.background)
        self.width, self.height, self.theme = width, height, theme
        self.colours: dict[str, str] = {}  # of further entries of the key
        self.axes = self.body(0, 0, width, height)
        self.axes.patch.set_visible(False)

    def body(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Axes over a rectangle of the paper, in the paper's pixels, which clip their content."""
        place = (
            left / self.width,
            1 - bottom / self.height,
            (right - left) / self.width,
            (bottom - top) / self.height,
        )
        axes = self.figure.add_axes(place)
        axes.set(xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[])
        axes.set_frame_on(False)
        return axes

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = LABEL_SIZE,
        weight: int = 400,
        colour: str = "",
        anchor: str = "left",
        turn: float = 0.0,
        halo: bool = False,
    ) -> None:
        """One line of text, centred at `y`. No math markup or tags are interpreted."""
        around = [withStroke(linewidth=2.0, foreground=self.theme.background)] if halo else None
        self.axes.text(
            x,
            y - 0.6,  # what a browser does
            text,
            fontproperties=font(size, weight),
            color=colour or self.theme.text,
            ha=anchor,
            va="center_baseline" if not turn else "bottom",
            rotation=turn,
            rotation_mode="anchor",
            parse_math=False,
            path_effects=around,
            zorder=2,
        )

    def line(self, points: Sequence[tuple[float, float]], colour: Any, width: float = 1.0,
             **more: Any) -> None:  # fmt: skip
        xs, ys = [x for x, _ in points], [y for _, y in points]
        style = {"solid_capstyle": "butt", "zorder": 2, **more}
        self.axes.add_line(Line2D(xs, ys, color=colour, linewidth=width * _POINTS, **style))

    def polygons(
        self,
        shapes: Sequence[Sequence[tuple[float, float]]],
        colours: Sequence[Any] | str,
        axes: Axes | None = None,
        edge: str = "none",
        width: float = 0.0,
    ) -> None:
        """Filled polygons, each in its colour."""
        if not shapes:
            return
        collection = PolyCollection(
            list(shapes), facecolors=colours, edgecolors=edge, linewidths=width * _POINTS, zorder=2
        )
        (axes or self.axes).add_collection(collection, autolim=False)

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: Any) -> None:
        """A filled rectangle."""
        self.polygons([rectangle(x0, y0, x1, y1)], [colour])

    def disc(self, x: float, y: float, size: float, colour: str, status: str = "reported",
             axes: Axes | None = None) -> None:  # fmt: skip
        """A dot by status: filled, hollow, half filled or crossed."""
        target, width, r = axes or self.axes, 1.5, size / 2
        if status == "reported":
            target.add_patch(Circle((x, y), r, facecolor=colour, edgecolor="none", zorder=2))
            return
        r -= width / 2
        target.add_patch(
            Circle(
                (x, y), r, facecolor="none", edgecolor=colour, linewidth=width * _POINTS, zorder=2
            )
        )
        if status == "claimed":
            half = [(x + dx, y + dy) for dx, dy in half_disc(r)]
            target.add_patch(Polygon(half, facecolor=colour, edgecolor="none", zorder=2))
        if status == "denied":
            d = r * 0.7
            self.line([(x - d, y - d), (x + d, y + d)], colour, width)
            self.line([(x - d, y + d), (x + d, y - d)], colour, width)

    def symbol(self, symbol: str, x: float, y: float) -> None:
        """A symbol of the key."""
        look = self.theme
        if symbol.startswith("quad "):
            self.box(x - 4.5, y - 4.5, x + 4.5, y + 4.5, look.quads[int(symbol[5:])])
        elif symbol in self.colours:
            self.box(x - 4.5, y - 4.5, x + 4.5, y + 4.5, self.colours[symbol])
        elif symbol.startswith("line "):
            self.line([(x - 4.5, y), (x + 4.5, y)], look.text, 1.4, **dashed(line_dash(symbol)))
        elif symbol == "coded":
            self.box(x - 4, y - 4, x + 4, y + 4, look.muted)
        elif symbol == "gap":
            self.box(x - 4.5, y - 1.5, x + 4.5, y + 1.5, look.muted)
        elif symbol == "missed":
            self.box(x - 4.5, y - 3, x + 4.5, y + 3, look.text)
        elif symbol == "bounded":
            box = rectangle(x - 4.5, y - 4.5, x + 4.5, y + 4.5)
            self.line([*box, box[0]], look.muted, 1.4, linestyle=(0, DASHES[symbol]))
        else:
            self.disc(x, y, 9.0, look.muted, symbol)

    def frame(self, around: CaptionFrame) -> None:
        """Title, subtitle, key above; notes and sources below."""
        muted = self.theme.muted
        for line, y in zip(around.title, around.title_y, strict=True):
            self.text(12, y, line, TITLE_SIZE, 600)
        for line, y in zip(around.subtitle, around.subtitle_y, strict=True):
            self.text(12, y, line, SUBTITLE_SIZE, colour=muted)
        for item in around.key:
            y = around.key_y(item.line) - 4
            self.symbol(item.symbol, item.x, y)
            self.text(item.text_x, y, item.text, colour=muted)
        base = self.height - around.footer
        for number, line in enumerate(around.notes):
            self.text(12, base + around.note_y(number), line, colour=muted)


def dashed(lengths: Sequence[int]) -> dict[str, Any]:
    """The style of a line of these strokes and gaps; a whole line where there are none."""
    return {"linestyle": (0, tuple(lengths))} if lengths else {}


def rectangle(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    """The corners of a rectangle."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def faded(colour: str, opacity: float) -> tuple[float, float, float, float]:
    """A matplotlib colour with opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue, opacity
