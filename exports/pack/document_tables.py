"""Tables of the DOCX: thin grey lines between rows, the head repeated on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from exports.cells import xml_text

_SIZE = 8.5  # points


def add_table(
    document: Any,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float],
    size: float = _SIZE,
) -> Any:
    """A table with a head; widths in centimetres. A row with text in its first cell alone is a
    heading over the whole width."""
    table = document.add_table(rows=1, cols=len(columns))
    _rules(table)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0].cells, columns, widths, size, bold=True)
    _mark_row(table.rows[0], "tblHeader")
    for texts in rows:
        row = table.add_row()
        _mark_row(row, "cantSplit")
        if any(texts[1:]):
            _fill(row.cells, texts, widths, size)
        else:
            _write(row.cells[0].merge(row.cells[-1]), texts[0], size, bold=True)
    return table


def add_facts(document: Any, rows: Iterable[tuple[str, str]], widths: tuple[float, float]) -> None:
    """A table of two columns without lines or head: names and values."""
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for texts in rows:
        for cell, text, width in zip(table.add_row().cells, texts, widths, strict=True):
            cell.width = Cm(width)
            _write(cell, text, 9)


def _fill(
    cells: Any, texts: Sequence[str], widths: Sequence[float], size: float, bold: bool = False
) -> None:
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell.width = Cm(width)
        if bold:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), "E6E6E6")
            cell._tc.get_or_add_tcPr().append(shade)
        _write(cell, text, size, bold)


def _write(cell: Any, text: str, size: float, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(xml_text(text))
    run.font.size, run.bold = Pt(size), bold
    cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _rules(table: Any) -> None:
    """Draw thin grey lines between rows and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "C9CED2")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)


def _mark_row(row: Any, name: str) -> None:
    """Repeat a row on every page (tblHeader), or keep it on one (cantSplit)."""
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
