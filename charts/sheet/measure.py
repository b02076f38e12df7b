"""Widths of texts in pixels, from the metrics of the font that draws them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from fontTools.ttLib import TTFont

from charts.assets.fonts import font_path

ELLIPSIS = "…"
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # a line may break here; no no-break spaces
_SAFETY = 1.03  # browsers round glyph positions: up to 2 % wider, as measured


@functools.cache
def _advances(weight: int) -> dict[int, float]:
    """Code point -> advance width in em."""
    font = TTFont(font_path(weight), lazy=True)
    metrics, units = font["hmtx"], font["head"].unitsPerEm
    return {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


@functools.lru_cache(maxsize=4096)
def _unknown_advance(character: str) -> float:
    """A generous guess for a character the font lacks: a fallback font will draw it."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0.0
    return 1.02 if unicodedata.east_asian_width(character) in "WF" else 0.78


@functools.lru_cache(maxsize=20_000)
def text_width(text: str, size: float, weight: int = 400) -> float:
    """Width of one line of text in pixels at a font size in pixels."""
    advances = _advances(weight)
    total = sum(advances.get(ord(c)) or _unknown_advance(c) for c in text)
    return total * size * _SAFETY


def shorten(text: str, width: float, size: float, weight: int = 400) -> str:
    """The text on one line; one wider than `width` pixels ends in an ellipsis after a whole word,
    or inside a word that takes more than half of the room.
    """
    line = SPACES.sub(" ", text[:2_000].strip())
    if not line or text_width(line, size, weight) <= width:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_width(_ended(line[:middle]), size, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    space = line.rfind(" ", 0, low + 1)
    return _ended(line[: space if space > low / 2 else low])


def _ended(text: str) -> str:
    """Words with an ellipsis, without the mark or blank that they were cut at."""
    return text.rstrip(" \u00a0\u202f,;:-–") + ELLIPSIS


def wrap(text: str, width: float, size: float, weight: int = 400, lines: int = 99) -> list[str]:
    """The text broken into lines of at most `width` pixels; cut after `lines` lines."""
    found = list(_lines(text, width, size, weight))
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], shorten(" ".join(found[lines - 1 :]), width, size, weight)]


def _lines(text: str, width: float, size: float, weight: int) -> Iterator[str]:
    line, room, space = "", width, text_width(" ", size, weight)
    for word in SPACES.split(text.strip()):
        long = text_width(word, size, weight)
        if line and space + long <= room:
            line, room = f"{line} {word}", room - space - long
            continue
        if line:
            yield line
        line = word if long <= width else shorten(word, width, size, weight)
        room = width - min(long, width)
    if line:
        yield line
