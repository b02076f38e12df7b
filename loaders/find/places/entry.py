"""Gazetteer entries: the places that a name may mean, with a weight independent of the article."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from events.model import Place

OWN, CANONICAL, NATIVE, ALIAS = range(4)  # ranks of a name, the best first
# added to log10(population); tuned on our own examples, round numbers on purpose
RANK_BONUS = (2.0, 1.2, 0.9, 0.0)
CAPITAL_BONUS = 1.0
CELL_HEIGHT, CELL_WIDTH = 0.5, 0.75  # degrees, see neighbours.py
_WIDE = frozenset({"country", "area", "water"})


@dataclass(eq=False)  # not frozen: thousands are read for an article, and none is changed
class GazetteerEntry:
    """A place that a name may mean. `rank`: 0 own, 1 canonical, 2 native spelling, 3 alias."""

    place: Place
    admin1: str
    population: int
    capital: bool
    rank: int

    @functools.cached_property
    def weight(self) -> float:
        """Weight in any article: log10 of its population, plus bonuses for rank and capitals."""
        magnitude = math.log10(self.population + 30)
        return magnitude + RANK_BONUS[self.rank] + CAPITAL_BONUS * self.is_known_capital

    @property
    def is_known_capital(self) -> bool:
        return self.capital and self.rank <= NATIVE

    @functools.cached_property
    def cell(self) -> tuple[int, int] | None:
        """The cell of the grid of a town, a site or a county; None for what is larger."""
        place = self.place
        if place.lat is None or place.lon is None or place.kind in _WIDE:
            return None
        if place.kind == "region" and place.id.count(".") < 2:
            return None
        return int(place.lat // CELL_HEIGHT), int(place.lon // CELL_WIDTH)
