"""XLSX: typed days and numbers, one sheet each for events, articles, what was left out, receipt.

Every text is written as a string cell, so nothing in an article can act as a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from events.columns import EVENT_COLUMNS
from events.wording import translator
from exports.cells import excel_text, flat, plain
from exports.receipt import receipt
from exports.selection import Selection

# ids have 63 bits, a spreadsheet's numbers 53: they are written as text
_AS_TEXT = frozenset({"event_id", "story_id", "article_id"})
_WIDTHS = {"quote": 60, "title": 36, "text": 60, "evidence": 40, "reasons": 30, "url": 24}


def to_xlsx(selection: Selection) -> bytes:
    """The workbook: sheets events, stories, articles, left out, receipt; filters are set."""
    _ = translator(selection.lang)
    events = selection.events[list(EVENT_COLUMNS)]
    sheets = {
        _("Events"): events,
        _("Stories"): stories(events),
        _("Articles"): selection.articles.drop(columns="text", errors="ignore"),
        _("Left out"): left_out(selection),
        _("Receipt"): pd.DataFrame(
            receipt(selection).rows(selection.lang), columns=[_("What"), _("Value")]
        ),
    }
    return tables_to_xlsx(sheets)


def table_to_xlsx(table: pd.DataFrame, name: str = "Table") -> bytes:
    """Any table as a workbook of one sheet."""
    return tables_to_xlsx({name: table})


def tables_to_xlsx(sheets: dict[str, pd.DataFrame]) -> bytes:
    """Named tables as a workbook, one sheet each, in order. Names are cut to 31 characters."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # a fixed creation date: the same selection gives the same file
        book.set_properties({"created": dt.datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in sheets.items():
            _write(book.add_worksheet(name[:31]), table, head, day)
    return out.getvalue()


def stories(events: pd.DataFrame) -> pd.DataFrame:
    """One row a story: id, reports, outlets, first and last day, types, sources, targets."""
    rows = []
    for story_id, reports in events.groupby("story_id", sort=False):
        best = reports.sort_values(["confidence", "event_id"], ascending=[False, True]).iloc[0]
        rows.append(
            {
                "story_id": story_id,
                "reports": len(reports),
                "outlets": reports["source"].nunique(),
                "first": reports["first"].min(),
                "last": reports["last"].max(),
                "types": sorted(set(reports["type"])),
                "sources": sorted({code for codes in reports["sources"] for code in codes}),
                "targets": sorted({code for codes in reports["targets"] for code in codes}),
                "places": sorted({name for name in reports["place_name"] if name}),
                "quote": best["quote"],
            }
        )
    columns = ["story_id", "reports", "outlets", "first", "last", "types", "sources", "targets"]
    return pd.DataFrame(rows, columns=[*columns, "places", "quote"])


def left_out(selection: Selection) -> pd.DataFrame:
    """What is not among the events: hidden by filters, left out by reading, files set aside."""
    hidden = pd.DataFrame(
        {
            "stage": "hidden by a filter",
            "reason": selection.hidden["hidden_by"],
            "text": selection.hidden["quote"],
            "article": selection.hidden["title"],
        }
    )
    unread = pd.DataFrame(
        {
            "stage": "left out in reading",
            "reason": selection.left_out["reason"],
            "text": selection.left_out["text"],
            "article": selection.left_out["title"],
        }
    )
    files = pd.DataFrame(
        {
            "stage": "file set aside",
            "reason": selection.rejected["what"],
            "text": selection.rejected["value"],
            "article": selection.rejected["file"],
        }
    )
    return pd.concat([hidden, unread, files], ignore_index=True)


def _write(sheet: Worksheet, table: pd.DataFrame, head: Format, day: Format) -> None:
    for column, name in enumerate(str(c) for c in table.columns):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, _WIDTHS.get(name, max(10, len(name) + 2)))
        for row, value in enumerate(table.iloc[:, column].tolist(), start=1):
            _write_cell(sheet, row, column, name, value, day)
    sheet.freeze_panes(1, 0)
    if len(table) and len(table.columns):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _write_cell(
    sheet: Worksheet, row: int, column: int, name: str, value: Any, day: Format
) -> None:
    told = plain(value)
    if told is None or told == "" or told == []:
        return
    if isinstance(value, pd.Timestamp) and value.tzinfo is None:
        sheet.write_datetime(row, column, value.to_pydatetime(), day)
    elif isinstance(told, bool):
        sheet.write_boolean(row, column, told)
    elif isinstance(told, (int, float)) and name not in _AS_TEXT:
        sheet.write_number(row, column, told)
    else:
        sheet.write_string(row, column, excel_text(str(flat(told))))
