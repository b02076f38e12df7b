"""Which names of an article lie near each other: towns of a local paper are told apart by that.

Spatial minimality of the geoparsing literature (Leidner 2007), on a grid: each place counts in its
cell and the eight around it, so that support is one look-up. A cell is half a degree high and
three quarters wide: about 55 km each way at the latitude of 45 degrees.
"""

from __future__ import annotations

import math

from loaders.find.places.gazetteer import Entry


class Neighbours:
    """Weights of names per cell of the grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], dict[str, float]] = {}

    def add(self, name: str, entry: Entry, weight: float) -> None:
        """Count a name at a place, and around it. Countries and large regions lie nowhere."""
        cell = entry.cell
        if cell is None:
            return
        row, column = cell
        cells = self._cells
        for i in (row - 1, row, row + 1):
            for j in (column - 1, column, column + 1):
                names = cells.get((i, j))
                if names is None:
                    cells[i, j] = {name: weight}
                elif names.get(name, 0.0) < weight:
                    names[name] = weight

    def support(self, name: str, entry: Entry) -> float:
        """Weight of the other names around a place, 0 where there are none."""
        cell = entry.cell
        names = self._cells.get(cell) if cell is not None else None
        if not names:
            return 0.0
        return sum(names.values()) - names.get(name, 0.0)

    def share(self, name: str, entry: Entry) -> float:
        """The support between 0 and 1: two thirds for one sure neighbour."""
        found = self.support(name, entry)
        return 1.0 - math.exp(-found) if found else 0.0
