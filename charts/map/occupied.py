"""Rectangles of the map already taken by labels and marks."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Taken:
    """Occupied rectangles, indexed by grid cell so that thousands are searched quickly."""

    _CELL = 80.0

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def _reached(self, box: Box) -> list[tuple[int, int]]:
        size = self._CELL
        left, right = int(box[0] // size), int(box[2] // size)
        top, bottom = int(box[1] // size), int(box[3] // size)
        if left == right and top == bottom:  # most boxes
            return [(left, top)]
        return [(x, y) for y in range(top, bottom + 1) for x in range(left, right + 1)]

    def add(self, box: Box) -> None:
        for cell in self._reached(box):
            found = self._cells.get(cell)
            if found is None:
                self._cells[cell] = [box]
            else:
                found.append(box)

    def free(self, box: Box) -> bool:
        """Whether the rectangle overlaps none of those taken."""
        left, top, right, bottom = box
        for cell in self._reached(box):
            for a, b, c, d in self._cells.get(cell, ()):
                if left < c and a < right and top < d and b < bottom:
                    return False
        return True
