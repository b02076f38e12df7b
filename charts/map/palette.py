"""Colours of places on the map: by quad class, or by the most frequent event types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charts.map.place_marks import Spot
from charts.sheet.theme import Theme
from events.wording import label, translator

ColourBy = Literal["quad", "type"]
# seven hues distinct for colour-blind readers and on both backgrounds (after Paul Tol)
_HUES = ("#CC5566", "#4477AA", "#B99A2B", "#228833", "#AA3377", "#33A0BB", "#DD7733")


@dataclass(frozen=True)
class Palette:
    """Colour of each class or type; `other` for those without a colour of their own."""

    by: ColourBy
    colours: dict[str, str]
    other: str

    def of(self, spot: Spot) -> str:
        """The colour of the most frequent class or type at the spot."""
        if self.by == "quad":
            return self.colours.get(f"quad {spot.quad}", self.other)
        most = max(spot.types, key=lambda name: (spot.types[name], name), default="")
        return self.colours.get(most, self.other)

    def key(self, lang: str) -> list[tuple[str, str]]:
        """Entries of the colour key: (colour, words)."""
        found = [(colour, label(name, lang)) for name, colour in self.colours.items()]
        if self.by == "type":
            found.append((self.other, translator(lang)("Other types")))
        return found


def palette(found: Iterable[Spot], by: ColourBy, look: Theme) -> Palette:
    """The colours for these spots; quad classes where the store has not counted types."""
    totals: Counter[str] = Counter()
    for spot in found:
        totals.update(spot.types)
    if by == "quad" or not totals:
        return Palette("quad", {f"quad {q}": look.quads[q] for q in (1, 2, 3, 4)}, look.quads[0])
    ranked = sorted(totals, key=lambda name: (-totals[name], name))
    return Palette("type", dict(zip(ranked, _HUES, strict=False)), look.quads[0])
