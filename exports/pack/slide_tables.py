"""Native tables of the slides: parts of the briefing, sources, and the receipt."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from exports.pack.content import Content
from exports.pack.shapes import INK, Area, add_link, describe, write
from exports.pack.slide_frame import INNER, LEAST, add_note, area, new_slide, numbered
from exports.pack.table_part import TablePart
from exports.pack.wrapping import cut

LinkedRow = tuple[tuple[str, ...], str]  # texts, and where the last one leads

_ROOM = 4.75  # height for the rows, in inches
_ROW, _LINE = 0.08, 0.19  # height of a row without its lines, and of a line
MOST_SLIDES = 2  # of one part; the document holds all of its rows
_A_LINE = 12.0  # characters of 12 points in an inch
_LINES = 2  # lines of a cell


def part_slides(deck: Any, content: Content, part: TablePart) -> None:
    """A part as tables of at most `MOST_SLIDES` slides; what is not shown is said."""
    rows = list(zip(part.rows, part.urls or ("",) * len(part.rows), strict=True))
    pages = list(_pages(part, rows)) or [[]]
    shown = pages[:MOST_SLIDES]
    note = part.note if len(shown) == len(pages) else f"{_more(content, part, shown)} {part.note}"
    for number, page in enumerate(shown, start=1):
        title = numbered(part.title, number, len(shown))
        slide = new_slide(deck, content, title, "\n".join(" · ".join(row) for row, _ in page))
        if page:
            _table(slide, part, page)
        add_note(slide, note)


def _pages(part: TablePart, rows: list[LinkedRow]) -> Iterator[list[LinkedRow]]:
    """The rows of each slide: as many as there is room for."""
    page: list[LinkedRow] = []
    used = 0.0
    for row in rows:
        lines = [
            min(_LINES, math.ceil(len(text) / (_A_LINE * wide))) if any(row[0][1:]) else 1
            for text, wide in zip(row[0], _inches(part), strict=True)
        ]
        height = _ROW + _LINE * max(lines)
        if page and used + height > _ROOM:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += height
    if page:
        yield page


def _inches(part: TablePart) -> list[float]:
    return [INNER / Inches(1) * share for share in part.widths]


def _more(content: Content, part: TablePart, shown: list[Any]) -> str:
    text = content.say("{shown} of {all} rows; the document of this pack holds all.")
    return text.format(shown=sum(map(len, shown)), all=len(part.rows))


def _table(slide: Any, part: TablePart, page: list[LinkedRow]) -> None:
    left, top, width, _ = area()
    height = Inches((_ROW + _LINE) * (len(page) + 1))
    frame = slide.shapes.add_table(
        len(page) + 1, len(part.columns), Emu(left), Emu(top), Emu(width), height
    )
    describe(frame, part.title)
    inches = _inches(part)
    for place, (name, wide) in enumerate(zip(part.columns, inches, strict=True)):
        frame.table.columns[place].width = Inches(wide)
        _cell(frame.table.cell(0, place), name, "E6E6E6", bold=True)
    for number, (texts, url) in enumerate(page, start=1):
        cells = [frame.table.cell(number, place) for place in range(len(texts))]
        if any(texts[1:]):
            for cell, text, wide in zip(cells, texts, inches, strict=True):
                last = cell is cells[-1]
                _cell(cell, cut(text, int(_LINES * _A_LINE * wide)), "FFFFFF", url * last)
        else:
            cells[0].merge(cells[-1])
            _cell(cells[0], cut(texts[0], 120), "F5F5F5", bold=True)


def receipt_slide(deck: Any, content: Content) -> None:
    """The receipt as a table: one row per fact."""
    title = content.say("Annex: receipt")
    slide = new_slide(deck, content, title)
    _receipt(slide, content, title, area())


def _receipt(slide: Any, content: Content, title: str, box: Area) -> None:
    rows = content.receipt.rows(content.lang)
    left, top, width, _ = box
    frame = slide.shapes.add_table(
        len(rows), 2, Emu(left), Emu(top), Emu(width), Inches(0.27 * len(rows))
    )
    describe(frame, title)
    frame.table.first_row = False
    frame.table.columns[0].width = Inches(4.0)
    frame.table.columns[1].width = Emu(width - int(Inches(4.0)))
    for number, (name, value) in enumerate(rows):
        colour = "F5F5F5" if number % 2 == 0 else "FFFFFF"
        _cell(frame.table.cell(number, 0), name, colour, bold=True)
        _cell(frame.table.cell(number, 1), cut(value, 95), colour)


def _cell(cell: Any, text: str, colour: str, url: str = "", bold: bool = False) -> None:
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(4)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(colour)
    write(cell.text_frame, "" if url else text, LEAST, bold=bold)
    if url:
        add_link(cell.text_frame.paragraphs[0], text, url, LEAST, INK)
