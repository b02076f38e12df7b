"""What a chart draws, for every backend: a list of marks in the units of their axes.

A chart makes a `Drawing` from its table; `charts.backends.plotly_figure` turns it into a figure for
a page, `charts.backends.still_figure` into a picture. Marks are painted in the order of the list.
On a page those before the first one with a target lie beneath all that can be pointed at, those
after it above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charts.sheet.theme import LABEL_SIZE, Theme

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Axes:
    """A rectangle of the drawing, in pixels from its top left corner, with units of its own.

    `x`: their values at its left and right edge, `y`: at its top and bottom. `upright`: what a
    pointer finds stands on the x axis (its hover text is at the top), else it lies along it.
    """

    left: float
    top: float
    right: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]
    upright: bool = False

    @property
    def per_pixel(self) -> tuple[float, float]:
        """Units of x and y in a pixel; y is negative where its values grow upwards."""
        return (
            (self.x[1] - self.x[0]) / (self.right - self.left),
            (self.y[1] - self.y[0]) / (self.bottom - self.top),
        )

    def pixel(self, x: float, y: float) -> Point:
        """Pixels from the drawing's top left corner."""
        across, down = self.per_pixel
        return self.left + (x - self.x[0]) / across, self.top + (y - self.y[0]) / down


@dataclass(frozen=True)
class Target:
    """What a pointer finds: `custom` is handed back by a click, ids in it are text.

    `hover` is shown; or `template`, which marks share and whose %{customdata[n]} are filled from
    `custom`. Both are escaped and may hold <b> and <br>.
    """

    custom: tuple[object, ...]
    hover: str = ""
    template: str = ""


@dataclass(frozen=True)
class Rect:
    """A filled rectangle; `fill` "": none, it is only pointed at. Translucent ones of one colour
    must not overlap: a page draws them as one shape.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    fill: str
    opacity: float = 1.0
    target: Target | None = None


@dataclass(frozen=True)
class Line:
    """A line through points; `dash`: pixels of strokes and gaps, () for a whole line."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1.0
    dash: tuple[int, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True)
class Path:
    """A filled outline. From the first point each step leads on: one point is a straight line,
    three are a cubic curve (two handles and its end).
    """

    start: Point
    steps: tuple[tuple[Point, ...], ...]
    fill: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Text:
    """One line of text, its middle at `y`, moved by `dx` and `dy` pixels; `turn`: degrees, then it
    begins at the point. `halo`: a rim in the colour of the ground, in pictures.
    """

    x: float
    y: float
    text: str
    size: float = LABEL_SIZE
    colour: str = ""
    anchor: Anchor = "left"
    bold: bool = False
    dx: float = 0.0
    dy: float = 0.0
    turn: float = 0.0
    halo: bool = False


@dataclass(frozen=True)
class Symbol:
    """A dot of `size` pixels by status: filled (reported), hollow (planned), half filled (claimed),
    crossed (denied). `colour` "": only pointed at. `width`: of the outline of one that is not
    filled. `rim`: colour around a filled one.
    """

    x: float
    y: float
    size: float
    colour: str
    status: str = "reported"
    square: bool = False
    width: float = 1.5
    opacity: float = 1.0
    rim: str = ""
    target: Target | None = None


Mark = Rect | Line | Path | Text | Symbol


@dataclass(frozen=True)
class Panel:
    """Marks on axes, or in pixels of the drawing (None). `clip`: what lies beyond them is cut, in
    pictures.
    """

    axes: Axes | None
    marks: tuple[Mark, ...]
    clip: bool = False


@dataclass(frozen=True)
class Drawing:
    """A drawing of `width` x `height` pixels. On a page its axes stretch with the width, what is
    drawn in pixels keeps its distance from the left edge.
    """

    width: float
    height: float
    theme: Theme
    panels: tuple[Panel, ...]

    def marks(self) -> Iterable[Mark]:
        """The marks of all panels."""
        return (mark for panel in self.panels for mark in panel.marks)

    def texts(self) -> list[str]:
        """All that is written in it."""
        return [mark.text for mark in self.marks() if isinstance(mark, Text)]

    def targets(self) -> list[Target]:
        """All that a pointer finds in it."""
        made = (mark.target for mark in self.marks() if isinstance(mark, Rect | Symbol))
        return [target for target in made if target is not None]


def corners(x0: float, y0: float, x1: float, y1: float) -> tuple[Point, ...]:
    """The outline of a rectangle as a closed line."""
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)


def polygon(points: Iterable[Point], fill: str, opacity: float = 1.0) -> Path:
    """A filled polygon."""
    first, *rest = points
    return Path(first, tuple((point,) for point in rest), fill, opacity)
