"""Which names of an article lie near each other, used to disambiguate towns in local news.

Method: spatial minimality (Leidner 2007) on a grid: each place counts in its cell and the eight
around it, so that its support is one look-up. A cell is half a degree high and three quarters of
a degree wide: about 55 km each way at a latitude of 45 degrees.
"""

from __future__ import annotations

from loaders.find.places.entry import GazetteerEntry

Cell = tuple[int, int]


class Neighbours:
    """Weights of names per cell of the grid."""

    def __init__(self) -> None:
        self._cells: dict[Cell, dict[str, float]] = {}
        self._around: dict[Cell, dict[str, float]] = {}
        self._reach: set[Cell] = set()

    def add(self, name: str, entry: GazetteerEntry, weight: float) -> None:
        """Count a name at a place. Countries and large regions are in no cell."""
        cell = entry.cell
        if cell is None:
            return
        names = self._cells.get(cell)
        if names is None:
            names = self._cells[cell] = {}
            self._reach.update(_block(cell))
        if names.get(name, 0.0) < weight:
            names[name] = weight
        if self._around:
            self._around.clear()

    def support(self, name: str, entry: GazetteerEntry) -> float:
        """Weight of the other names around a place, 0 where there are none."""
        cell = entry.cell
        if cell not in self._reach:
            return 0.0
        names = self._around.get(cell)
        if names is None:
            names = self._around[cell] = self._names_around(cell)
        return names[""] - names.get(name, 0.0)

    def _names_around(self, cell: Cell) -> dict[str, float]:
        """The largest weight of each name in the cell and the eight around it; "": their sum."""
        names: dict[str, float] = {}
        for beside in _block(cell):
            for name, weight in self._cells.get(beside, {}).items():
                if names.get(name, 0.0) < weight:
                    names[name] = weight
        names[""] = sum(names.values())
        return names


def _block(cell: Cell) -> list[Cell]:
    """A cell and the eight around it."""
    row, column = cell
    left, right, above, below = column - 1, column + 1, row - 1, row + 1
    return [
        (above, left), (above, column), (above, right),
        (row, left), cell, (row, right),
        (below, left), (below, column), (below, right),
    ]  # fmt: skip
