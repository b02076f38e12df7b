"""The texts around a chart as marks: title, subtitle and key above, notes and sources below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from charts.drawing import Anchor, Drawing, Line, Mark, Panel, Rect, Symbol, Text, corners
from charts.sheet.caption import CaptionFrame
from charts.sheet.scale import Tick
from charts.sheet.shapes import DASHES, line_dash
from charts.sheet.theme import LABEL_SIZE, SUBTITLE_SIZE, TITLE_SIZE, Theme

_HALF = 4.5  # half the side of a symbol of the key, in pixels


def framed(
    around: CaptionFrame,
    body: float,
    look: Theme,
    panels: tuple[Panel, ...],
    colours: Mapping[str, str] | None = None,
) -> Drawing:
    """A drawing with its frame; `body`: height in pixels between header and footer. `colours`: of
    entries of the key that are neither a class nor a status.
    """
    height = float(math.ceil(around.header + body + around.footer))
    frame = Panel(None, tuple(_frame(around, height, look, colours or {})))
    return Drawing(around.width, height, look, (frame, *panels))


def _frame(
    around: CaptionFrame, height: float, look: Theme, colours: Mapping[str, str]
) -> Iterator[Mark]:
    for line, y in zip(around.title, around.title_y, strict=True):
        yield Text(12, y, line, TITLE_SIZE, bold=True)
    for line, y in zip(around.subtitle, around.subtitle_y, strict=True):
        yield Text(12, y, line, SUBTITLE_SIZE, look.muted)
    for item in around.key:
        y = around.key_y(item.line) - 4
        yield key_symbol(item.symbol, item.x, y, look, colours)
        yield Text(item.text_x, y, item.text, colour=look.muted)
    base = height - around.footer
    for number, line in enumerate(around.notes):
        yield Text(12, base + around.note_y(number), line, colour=look.muted)


def tick_word(tick: Tick, x: float, y: float, look: Theme, dy: float = 0.0) -> Text:
    """The label of a tick of a time axis: centred, or right of its month or year, in bold."""
    anchor: Anchor = "left" if tick.row else "center"
    return Text(x, y, tick.text, LABEL_SIZE, look.muted, anchor, bool(tick.row), dy=dy)


def key_symbol(symbol: str, x: float, y: float, look: Theme, colours: Mapping[str, str]) -> Mark:
    """The symbol of an entry of the key (`charts.sheet.caption.KeyItem`), around a point."""
    r = _HALF
    box = x - r, y - r, x + r, y + r
    if symbol in colours:
        return Rect(*box, colours[symbol])
    if symbol.startswith("quad "):
        return Rect(*box, look.quads[int(symbol[5:])])
    if symbol.startswith("line "):
        return Line(((x - r, y), (x + r, y)), look.text, 1.4, line_dash(symbol))
    if symbol == "gap":
        return Rect(x - r, y - 1.5, x + r, y + 1.5, look.muted)
    if symbol == "pin":
        return Rect(*box, look.text)
    if symbol == "missed":
        return Rect(x - r, y - 3, x + r, y + 3, look.text)
    if symbol == "bounded":
        return Line(corners(*box), look.muted, 1.4, DASHES[symbol])
    status = "reported" if symbol == "coded" else symbol
    return Symbol(x, y, 2 * r, look.muted, status, square=symbol == "coded")
