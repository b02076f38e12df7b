"""Marks of the slide's timeline as native shapes: discs, bars, and the symbols of the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN

from charts.sheet.shapes import DASHES, bar_pieces, body, fill_of, half_disc
from charts.sheet.theme import LIGHT, mix
from charts.timeline.marks import Mark
from exports.pack.shapes import GREY, fill, line, shape, text_box

WHITE = "FFFFFF"
_OUTLINE = 1.25  # points


class Canvas:
    """Draws on a slide in pixels of a scene; `left`, `top` and `scale` in EMU."""

    def __init__(self, slide: Any, left: float, top: float, scale: float) -> None:
        self.slide, self.left, self.top, self.scale = slide, left, top, scale

    def x(self, pixels: float) -> float:
        return self.left + pixels * self.scale

    def y(self, pixels: float) -> float:
        return self.top + pixels * self.scale

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, shape_type: Any = None) -> Any:
        """A rectangle, or another autoshape, between two corners."""
        box = (self.x(x0), self.y(y0), (x1 - x0) * self.scale, (y1 - y0) * self.scale)
        return shape(self.slide, shape_type or MSO_SHAPE.RECTANGLE, box, "mark")

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, weight: float = 0.75
    ) -> Any:
        """A straight line."""
        return line(self.slide, (self.x(x0), self.y(y0), self.x(x1), self.y(y1)), colour, weight)

    def text(
        self,
        text: str,
        box: tuple[float, float, float, float],
        size: float,
        colour: str = GREY,
        *,
        bold: bool = False,
        align: Any = None,
    ) -> Any:
        """One line of text between two corners; `size` in pixels of the scene.

        The box is widened a little, since Arial may run wider than the font that was measured.
        Some programs would centre a box that does not wrap.
        """
        x0, y0, x1, y1 = widened(box, align)
        left, top = int(self.x(x0)), int(self.y(y0))
        place = (left, top, int((x1 - x0) * self.scale), int((y1 - y0) * self.scale))
        points = max(7.0, size * self.scale / 12_700)
        return text_box(self.slide, text, place, points, colour, bold=bold, align=align)

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> Any:
        """A filled polygon without outline."""
        corners = [(int(self.x(x)), int(self.y(y))) for x, y in points]
        builder = self.slide.shapes.build_freeform(*corners[0], scale=1.0)
        builder.add_line_segments(corners[1:], close=True)
        made = builder.convert_to_shape()
        for style in made._element.xpath("./p:style"):
            made._element.remove(style)  # the theme's style would cast a shadow
        fill(made, colour)
        return made

    def together(self, parts: list[Any]) -> Any:
        """Group several shapes; a single one is returned as it is."""
        return parts[0] if len(parts) == 1 else self.slide.shapes.add_group_shape(parts)


def widened(box: tuple[float, float, float, float], align: Any) -> tuple[float, ...]:
    """The box wider by a tenth and four pixels, on the side towards which the text grows."""
    x0, y0, x1, y1 = box
    more = (x1 - x0) * 0.1 + 4
    if align == PP_ALIGN.RIGHT:
        return x0 - more, y0, x1, y1
    if align == PP_ALIGN.CENTER:
        return x0 - more / 2, y0, x1 + more / 2, y1
    return x0, y0, x1 + more, y1


def draw_disc(canvas: Canvas, mark: Mark, y: float, colour: str) -> Any:
    """Draw the mark of one day."""
    return draw_status(canvas, (mark.x0 + mark.x1) / 2, y, mark.size, mark.status, colour)


def draw_status(canvas: Canvas, x: float, y: float, size: float, status: str, colour: str) -> Any:
    """Draw a dot by status: filled, hollow, half filled or crossed."""
    r = size / 2
    disc = canvas.rectangle(x - r, y - r, x + r, y + r, MSO_SHAPE.OVAL)
    fill(disc, colour if status == "reported" else WHITE, colour, _OUTLINE)
    parts = [disc]
    if status == "claimed":
        parts.append(canvas.polygon([(x + dx, y + dy) for dx, dy in half_disc(r)], colour))
    if status == "denied":
        parts += _cross(canvas, x, y, r * 0.7, colour)
    return canvas.together(parts)


def draw_bar(canvas: Canvas, mark: Mark, y: float, colour: str) -> Any:
    """Draw the mark of an interval; an open end fades out."""
    half, filled = mark.size / 2, fill_of(mark.status)
    begin, end = body(mark)
    parts = [canvas.rectangle(begin, y - half, end, y + half)]
    whole = mix(LIGHT.background, colour, 0.45)
    fill(parts[0], whole if filled == "full" else WHITE, colour, _OUTLINE)
    if mark.status in DASHES:
        parts[0].line.dash_style = MSO_LINE.SQUARE_DOT
    if filled == "half":
        lower = canvas.rectangle(begin, y, end, y + half)
        fill(lower, mix(LIGHT.background, colour, 0.6))
        parts.append(lower)
    for piece in bar_pieces(mark)[1:]:
        faint = canvas.rectangle(piece.x0, y - half, piece.x1, y + half)
        fill(faint, mix(LIGHT.background, colour, 0.45 * piece.strength))
        parts.append(faint)
    if mark.status == "denied":
        parts += _cross(canvas, (begin + end) / 2, y, 3.5, colour)
    return canvas.together(parts)


def _cross(canvas: Canvas, x: float, y: float, d: float, colour: str) -> list[Any]:
    return [canvas.line(x - d, y - way * d, x + d, y + way * d, colour, 1.25) for way in (1, -1)]


def draw_symbol(canvas: Canvas, symbol: str, x: float, y: float) -> Any:
    """Draw a symbol of the key, grey if the symbol explains a shape and not a colour."""
    if symbol.startswith("quad "):
        made = canvas.rectangle(x - 4.5, y - 4.5, x + 4.5, y + 4.5)
        fill(made, LIGHT.quads[int(symbol[5:])])
        return made
    if symbol == "pin":
        made = canvas.rectangle(x - 4.5, y - 4.5, x + 4.5, y + 4.5)
        fill(made, LIGHT.text)
        return made
    if symbol == "bounded":
        made = canvas.rectangle(x - 4.5, y - 4.5, x + 4.5, y + 4.5)
        fill(made, WHITE, LIGHT.muted, 1.0)
        made.line.dash_style = MSO_LINE.SQUARE_DOT
        return made
    if symbol == "bar":
        made = canvas.rectangle(x - 5, y - 3, x + 7, y + 3)
        fill(made, mix(LIGHT.background, LIGHT.muted, 0.45), LIGHT.muted, 1.0)
        return made
    if symbol in ("count", "more"):
        text = "×2" if symbol == "count" else "+2"
        return canvas.text(text, (x - 6, y - 7, x + 12, y + 7), 10, GREY)
    return draw_status(canvas, x, y, 9.0, symbol, LIGHT.muted)
