"""Colours and sizes: data in colour, everything else in greys, one accent.

Quad class colours are the ontology's. On the dark background the two material classes are
lightened to a contrast of 3:1 (WCAG 2.1, non-text contrast); verbal stays lighter than material.
"""

from __future__ import annotations

from dataclasses import dataclass

from charts.chart import ThemeName
from events.ontology import QUAD_COLOURS


@dataclass(frozen=True)
class Theme:
    """Greys and colours of one theme; `quads` maps quad class 1 to 4 (0: mixed) to a colour."""

    name: ThemeName
    background: str
    text: str
    muted: str
    line: str
    grid: str
    gap: str
    land: str
    sea: str
    accent: str
    quads: dict[int, str]


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    text="#1F252B",
    muted="#5F6870",
    line="#B9C0C6",
    grid="#E8EBED",
    gap="#F1F2F3",
    land="#ECEEF0",
    sea="#FFFFFF",
    accent="#22559C",
    quads={0: "#8A939B", **QUAD_COLOURS},
)
DARK = Theme(
    name="dark",
    background="#14181C",
    text="#DDE2E6",
    muted="#99A3AB",
    line="#56616A",
    grid="#262D33",
    gap="#1C2227",
    land="#262D33",
    sea="#14181C",
    accent="#77AADD",
    quads={0: "#8A939B", 1: "#77AADD", 2: "#3F78C8", 3: "#EE8866", 4: "#D53A49"},
)
TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE, LABEL_SIZE, SMALL_SIZE = 16.0, 12.0, 11.5, 10.5, 9.0


def theme_of(name: str) -> Theme:
    """The theme by name; light for anything that is not "dark"."""
    return DARK if name == "dark" else LIGHT


def rgb(colour: str) -> tuple[int, int, int]:
    """The three channels (0 to 255) of a colour written #RRGGBB."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` mixed in."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def pale(colour: str, theme: Theme) -> str:
    """The pale fill of bars for a month, a year or any longer interval."""
    return mix(colour, theme.background, 0.62)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour (relative luminance, WCAG 2.1)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (channel / 255 for channel in rgb(colour))]  # fmt: skip
    bright = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return LIGHT.text if bright > 0.2 else "#FFFFFF"


def rgba(colour: str, opacity: float) -> str:
    """A CSS colour with opacity."""
    red, green, blue = rgb(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def balance_colour(score: float, theme: Theme) -> str:
    """Grey at 0, towards material cooperation at +10 and material conflict at -10."""
    if score != score:  # NaN: no scored event
        return theme.quads[0]
    end = theme.quads[2] if score > 0 else theme.quads[4]
    return mix(theme.quads[0], end, min(1.0, abs(score) / 6.0))
