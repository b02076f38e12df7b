"""Readers of event tables: a row is an event (`loaders.readers.coded.event`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from events.model import Extraction
from loaders.readers.coded.cells import cells_of, fitted, header_of, is_workbook
from loaders.readers.coded.event import Row, extraction_of
from loaders.readers.coded.layout import Layout, known_layout
from loaders.readers.format import Head
from loaders.readers.json_stream import items
from loaders.readers.source_file import SetAside, UnreadableError

JSON_PLACES = frozenset(("Result.item", "item"))  # the API's answer, or a list of rows
Rows = Iterable[tuple[str, Callable[[], Row]]]  # where in the file, and what gives the row


@dataclass(frozen=True)
class TableReader:
    """Reads the tables of a layout that Frise knows, by its name."""

    name: str

    @property
    def layout(self) -> Layout:
        return known_layout(self.name)

    def detect(self, head: Head) -> bool:
        """Whether the file begins with the table's columns, or with a row where it names none."""
        layout = self.layout
        if not layout.header:
            return layout.header_has <= set(header_of(head))
        cells = header_of(head)
        return len(cells) == len(layout.header) and cells[0].isdecimal() and len(cells[1]) == 8

    def read(self, path: Path) -> Iterator[Extraction | SetAside]:
        """The rows, in the file's order."""
        return read_rows(path, self.layout)

    def detect_json(self, head: Head) -> bool:
        """Whether it is JSON whose objects have the table's columns."""
        keys = (f'"{name}"' in head.text for name in self.layout.header_has)
        return head.text.startswith(("{", "[")) and all(keys)

    def read_json(self, path: Path) -> Iterator[Extraction | SetAside]:
        """The objects, in the file's order."""
        return extractions(path, self.layout, json_rows(path))


def read_rows(path: Path, layout: Layout) -> Iterator[Extraction | SetAside]:
    """The rows of a CSV, XLSX or JSON file by a layout, in its order."""
    is_json = path.suffix.lower() == ".json" and not is_workbook(path)
    rows = json_rows(path) if is_json else table_rows(path, layout)
    return extractions(path, layout, rows)


def table_rows(path: Path, layout: Layout) -> Rows:
    """The rows under their header. Raises UnreadableError where it lacks a column."""
    found = cells_of(path, lambda cells: layout.columns <= {cell.strip() for cell in cells})
    columns = list(layout.header)
    for where, cells in found:
        if not columns:
            columns = _columns(cells, layout)
            continue
        yield where, _row_of(columns, cells)


def _row_of(columns: list[str], cells: list[str]) -> Callable[[], Row]:
    return lambda: {c: v.strip() for c, v in zip(columns, fitted(cells, columns), strict=True)}


def _columns(cells: list[str], layout: Layout) -> list[str]:
    named = [cell.strip() for cell in cells if cell.strip() not in layout.surplus]
    while named and not named[-1]:
        named.pop()
    missing = sorted(layout.columns - set(named))
    if missing:
        problem = "the table lacks columns that its layout names"
        remedy = "Name its columns in a mapping: load TABLE --mapping FILE."
        raise UnreadableError("header", ", ".join(missing), problem, remedy)
    return named


def json_rows(path: Path) -> Rows:
    """The objects of a JSON list, or of the answer of an API."""
    for number, (_, value) in enumerate(items(path, JSON_PLACES), start=1):
        yield f"row {number}", lambda value=value: _flat(value)  # type: ignore[misc]


def _flat(value: Any) -> Row:
    if not isinstance(value, dict):
        raise UnreadableError("", repr(value), "the row is no JSON object", "Leave it out.")
    return {str(name): "" if cell is None else str(cell) for name, cell in value.items()}


def extractions(path: Path, layout: Layout, rows: Rows) -> Iterator[Extraction | SetAside]:
    """What the rows of a file give; one that cannot be read is set aside in its place."""
    table = table_name(path)
    try:
        for where, row in rows:
            try:
                yield extraction_of(layout, row(), table, where)
            except UnreadableError as error:
                yield error.set_aside(path, where)
    except UnreadableError as error:
        yield error.set_aside(path)


def table_name(path: PurePath) -> str:
    """What stays of a file's name without figures and marks: exports of one table share it."""
    return " ".join(re.findall(r"[^\W\d_]+", path.stem.casefold()))[:80]


def in_table(reader: str, name: str) -> str:
    """The reader of a row of a file that was enclosed in another under this name: it was unpacked
    without one."""
    return f"{reader}{table_name(PurePath(name))}" if reader.endswith("/") else reader
