"""Native tables of the slides: events with sources, and the receipt."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from exports.pack.content import Content, EventLine
from exports.pack.shapes import Area, describe, write
from exports.pack.wrapping import cut

# column -> (inches, most characters)
EVENT_COLUMNS: dict[str, tuple[float, int]] = {
    "Date": (1.45, 34),
    "Event": (2.9, 68),
    "Place": (1.15, 30),
    "Status": (0.95, 14),
    "Quote": (3.95, 110),
    "Source": (1.83, 54),
}


def event_table(slide: Any, content: Content, lines: tuple[EventLine, ...], area: Area) -> None:
    """A table with one row per event: date, event, place, status, quote, source."""
    left, top, width, _ = area
    height = Inches(0.42 * (len(lines) + 1))
    frame = slide.shapes.add_table(
        len(lines) + 1, len(EVENT_COLUMNS), Emu(left), Emu(top), Emu(width), height
    )
    describe(frame, content.say("Table of events with their sources"))
    for column, (name, (inches, _)) in enumerate(EVENT_COLUMNS.items()):
        frame.table.columns[column].width = Inches(inches)
        _cell(frame.table.cell(0, column), content.say(name), "E6E6E6", 10, bold=True)
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(cells(line)):
            most = list(EVENT_COLUMNS.values())[column][1]
            _cell(frame.table.cell(row, column), cut(text, most), _shade(row), 9)


def cells(line: EventLine) -> tuple[str, ...]:
    """The texts of an event's row, in the order of the columns."""
    return line.day, line.headline, line.place, line.status, line.quote, line.credit


def shortened(content: Content, lines: tuple[EventLine, ...]) -> str:
    """A note that texts of these rows are cut; "" if none is."""
    most = [characters for _, characters in EVENT_COLUMNS.values()]
    if not any(len(t) > m for line in lines for t, m in zip(cells(line), most, strict=True)):
        return ""
    return content.say("Long texts end with … here; the workbook of this pack holds them whole.")


def receipt_table(slide: Any, content: Content, area: Area) -> None:
    """The receipt as a table: one row per fact."""
    rows = content.receipt.rows(content.lang)
    left, top, width, _ = area
    frame = slide.shapes.add_table(
        len(rows), 2, Emu(left), Emu(top), Emu(width), Inches(0.3 * len(rows))
    )
    describe(frame, content.say("Receipt"))
    frame.table.first_row = False
    frame.table.columns[0].width = Inches(3.4)
    frame.table.columns[1].width = Emu(width - int(Inches(3.4)))
    for number, (name, value) in enumerate(rows):
        _cell(frame.table.cell(number, 0), name, _shade(number), 10, bold=True)
        _cell(frame.table.cell(number, 1), cut(value, 240), _shade(number), 10)


def _shade(row: int) -> str:
    return "F5F5F5" if row % 2 == 0 else "FFFFFF"


def _cell(cell: Any, text: str, colour: str, size: float, bold: bool = False) -> None:
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(4)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(colour)
    write(cell.text_frame, text, size, bold=bold)
