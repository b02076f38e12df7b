"""Marks as paths of plotly's shapes: many marks of one style are one path."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from charts.drawing import Axes, Line, Path, Point, Rect, Symbol
from charts.sheet.shapes import half_disc

_FINE = 100  # parts of a pixel that are sent


@dataclass(frozen=True)
class Place:
    """Where marks stand: on the axes of a `number`, or in pixels of the drawing (`axes` None), of
    which the plot area begins at `left`.
    """

    axes: Axes | None
    number: int
    left: float

    @property
    def x(self) -> str:
        """Plotly's name of the x axis."""
        return "x" if self.number == 1 else f"x{self.number}"

    @property
    def y(self) -> str:
        return self.x.replace("x", "y")

    def on(self) -> dict[str, Any]:
        """The axes of a trace."""
        return {"xaxis": self.x, "yaxis": self.y}

    def refs(self) -> dict[str, Any]:
        """The axes of a shape; in pixels it hangs on the top left corner of the plot area.

        On axes no shape may be in pixels: plotly.js would report a selection box on them in pixels
        too (plotly.js 3.8, readPaths).
        """
        if self.axes:
            return {"xref": self.x, "yref": self.y}
        pixels = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": 1}
        return {"xref": "paper", "yref": "paper", **pixels}

    def at(self, point: Point) -> tuple[str, str]:
        """A point as it stands in a path; pixels count upwards."""
        x, y = point if self.axes else (point[0] - self.left, -point[1])
        return _short(x, self._digits[0]), _short(y, self._digits[1])

    def xs(self, values: Iterable[float]) -> list[float]:
        """Values of x, as fine as a screen shows."""
        return [round(value, self._digits[0]) for value in values]

    def ys(self, values: Iterable[float]) -> list[float]:
        return [round(value, self._digits[1]) for value in values]

    @functools.cached_property
    def _digits(self) -> tuple[int, int]:
        if not self.axes:
            return 2, 2
        across, down = self.axes.per_pixel
        return _digits(across), _digits(down)


def _digits(unit: float) -> int:
    """Digits after the point that tell parts of a pixel of so many units."""
    return max(0, math.ceil(math.log10(_FINE / abs(unit))))


def _short(value: float, digits: int) -> str:
    if value == int(value):
        return str(int(value))
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def shape_path(marks: Sequence[Any], place: Place) -> str:
    """The path of marks of one style."""
    if isinstance(marks[0], Rect):
        return "".join(_boxes(marks, place))
    drawn = _line if isinstance(marks[0], Line) else _outline
    return "".join(drawn(mark, place) for mark in marks)


def _boxes(boxes: Iterable[Rect], place: Place) -> Iterator[str]:
    """Boxes; those side by side on one base are one outline in steps, a third as long."""
    end: Point | None = None
    for box in boxes:
        x1, top = place.at((box.x1, box.y0))
        if (box.x0, box.y1) != end:
            yield (f"V{place.at(end)[1]}Z" if end else "") + "M{},{}".format(
                *place.at((box.x0, box.y1))
            )
        yield f"V{top}H{x1}"
        end = (box.x1, box.y1)
    if end:
        yield f"V{place.at(end)[1]}Z"


def _line(mark: Line, place: Place) -> str:
    placed = [place.at(point) for point in mark.points]
    drawn = "M{},{}".format(*placed[0])
    for (x0, y0), (x1, y1) in zip(placed, placed[1:], strict=False):
        drawn += f"V{y1}" if x0 == x1 else f"H{x1}" if y0 == y1 else f"L{x1},{y1}"
    return drawn


def _outline(mark: Path, place: Place) -> str:
    drawn = "M{},{}".format(*place.at(mark.start))
    for step in mark.steps:
        letter = "L" if len(step) == 1 else "C"
        drawn += letter + " ".join("{},{}".format(*place.at(point)) for point in step)
    return f"{drawn}Z"


def symbol_shapes(mark: Symbol, place: Place) -> list[dict[str, Any]]:
    """What a trace cannot draw of a symbol: on axes its left half, if that is filled; of the
    drawing all of it.
    """
    half = mark.status == "claimed"
    filled = {"fillcolor": mark.colour, "line": {"width": 0}}
    if place.axes:
        radius = mark.size / 2 - mark.width / 4
        return [_shape("path", place, path=_half(mark, radius, place), **filled)] if half else []
    r, x, y = mark.size / 2, mark.x - place.left, -mark.y
    box = {"x0": x - r, "x1": x + r, "y0": y - r, "y1": y + r}
    line = {"color": mark.colour, "width": mark.width}
    body = "rect" if mark.square else "circle"
    if mark.status == "reported":
        return [_shape(body, place, **box, **filled)]
    shapes = [_shape(body, place, **box, line=line)]
    if half:
        shapes.append(_shape("path", place, path=_half(mark, r, place), **filled))
    if mark.status == "denied":
        d = r * 0.7
        ends = ({"y0": y - d, "y1": y + d}, {"y0": y + d, "y1": y - d})
        shapes += [_shape("line", place, x0=x - d, x1=x + d, **end, line=line) for end in ends]
    return shapes


def _shape(kind: str, place: Place, **more: Any) -> dict[str, Any]:
    return {"type": kind, **place.refs(), "layer": "above", **more}


def _half(mark: Symbol, radius: float, place: Place) -> str:
    """The left half of a disc of so many pixels."""
    across, down = place.axes.per_pixel if place.axes else (1.0, 1.0)
    points = [(mark.x + dx * across, mark.y + dy * down) for dx, dy in half_disc(radius)]
    return "M" + "L".join("{},{}".format(*place.at(point)) for point in points) + "Z"
