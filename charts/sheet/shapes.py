"""Geometry of marks for both renderers: fading bars, outlines, half discs. In pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from charts.timeline.marks import BOUNDED, FADE, Mark

# lengths of stroke and gap in the outline of a bar, in pixels
DASHES = {"planned": (2, 2), BOUNDED: (1, 3)}
# of the lines of coders, in their order; () is a whole line
LINES = ((), (4, 2), (1, 2), (6, 2, 1, 2))
_FADES = (0.6, 0.35, 0.15)


def line_dash(symbol: str) -> tuple[int, ...]:
    """The strokes and gaps of the line of "line N NAME"."""
    return LINES[int(symbol.split(" ")[1]) % len(LINES)]


@dataclass(frozen=True)
class Piece:
    """A segment of a bar with its opacity (0 to 1)."""

    x0: float
    x1: float
    strength: float


def bar_pieces(mark: Mark) -> list[Piece]:
    """Segments of a bar: its body, then the steps in which open ends fade. Never empty."""
    begin, end = body(mark)
    pieces = [Piece(begin, end, 1.0)]
    for number, strength in enumerate(_FADES):
        step = FADE / len(_FADES)
        if mark.open_end:
            x0 = end + number * step
            pieces.append(Piece(x0, min(x0 + step, mark.x1), strength))
        if mark.open_start:
            x1 = begin - number * step
            pieces.append(Piece(max(x1 - step, mark.x0), x1, strength))
    return [pieces[0], *(p for p in pieces[1:] if p.x1 - p.x0 > 0.5)]


def body(mark: Mark) -> tuple[float, float]:
    """The segment of the known days of a bar."""
    room = mark.x1 - mark.x0
    sides = int(mark.open_start) + int(mark.open_end)
    fade = min(FADE, (room - 3.0) / sides) if sides else 0.0
    return mark.x0 + fade * mark.open_start, mark.x1 - fade * mark.open_end


def fill_of(status: str) -> str:
    """How a bar is filled: full, none or half."""
    hollow = dict.fromkeys(("planned", "denied", BOUNDED), "none")
    return {**hollow, "claimed": "half"}.get(status, "full")


def half_disc(radius: float, steps: int = 10) -> list[tuple[float, float]]:
    """Points of the left half of a disc around the origin; symmetric, so y may point either way."""
    angles = [math.pi / 2 + math.pi * n / steps for n in range(steps + 1)]
    return [(radius * math.cos(a), radius * math.sin(a)) for a in angles]
