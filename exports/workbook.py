"""XLSX: typed days and numbers; sheets for events, stories, articles, what was left out, receipt.

Every text is written as a string cell, so that no text of an article becomes a formula or a link.
What exceeds the limits of a worksheet is cut, and the receipt says so.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from events import story
from events.columns import EXPORTED_COLUMNS
from events.wording import translator
from exports.cells import EXCEL_CELL, excel_text, flat, plain
from exports.receipt import receipt
from exports.selection import Selection

# ids have 63 bits, numbers in a spreadsheet 53, so ids are written as text
_AS_TEXT = frozenset(name for name, (kind, _) in EXPORTED_COLUMNS.items() if kind == "int64")
SHEET_ROWS = 1_048_575  # most rows of a worksheet below its header
_WIDTHS = {"quote": 60, "title": 36, "text": 60, "evidence": 40, "reasons": 30, "url": 24}


def to_xlsx(selection: Selection) -> bytes:
    """The workbook: sheets events, stories, articles, left out, receipt; filters are set."""
    _ = translator(selection.lang)
    events = selection.table
    rows = [*receipt(selection).rows(selection.lang), *_cuts(selection)]
    sheets = {
        _("Events"): events,
        _("Stories"): stories(events),
        _("Articles"): selection.articles.drop(columns="text", errors="ignore"),
        _("Left out"): left_out(selection),
        _("Receipt"): pd.DataFrame(rows, columns=[_("What"), _("Value")]),
    }
    return tables_to_xlsx({name: table.head(SHEET_ROWS) for name, table in sheets.items()})


def _cuts(selection: Selection) -> list[tuple[str, str]]:
    """Rows (name, text) of the receipt on what was cut from the workbook."""
    _ = translator(selection.lang)
    told = []
    if len(selection.events) > SHEET_ROWS:
        text = _(
            "The sheet of events holds the first {shown} of {all} rows: a worksheet has no more."
        )
        told.append(text.format(shown=SHEET_ROWS, all=len(selection.events)))
    hidden = sum(number for _reason, number in selection.account.hidden)
    if hidden > len(selection.hidden):
        text = _("The sheet of what was left out lists the first {shown} of {all} hidden events.")
        told.append(text.format(shown=len(selection.hidden), all=hidden))
    texts = selection.events[["quote", "title", "spans", "also", "attributes"]]
    cut = sum(int((texts[name].str.len() > EXCEL_CELL).sum()) for name in texts)
    rows = [(_("Note"), text) for text in told]
    if cut:
        rows.append((_("Cells cut at {n} characters").format(n=EXCEL_CELL), str(cut)))
    return rows


def table_to_xlsx(table: pd.DataFrame) -> bytes:
    """Any table as a workbook of one sheet."""
    return tables_to_xlsx({"Table": table})


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
    """One row per story: id, reports, outlets, independent outlets, days, types, actors."""
    rows = []
    for story_id, reports in events.groupby("story_id", sort=False):
        best = reports.sort_values(["confidence", "event_id"], ascending=[False, True]).iloc[0]
        rows.append(
            {
                "story_id": story_id,
                "reports": len(reports),
                "outlets": reports["source"].nunique(),
                "independent": story.independent(reports),
                "first": reports["first"].min(),
                "last": reports["last"].max(),
                "types": sorted(set(reports["type"])),
                "sources": sorted({code for codes in reports["sources"] for code in codes}),
                "targets": sorted({code for codes in reports["targets"] for code in codes}),
                "places": sorted({name for name in reports["place_name"] if name}),
                "quote": best["quote"],
            }
        )
    counts = ["story_id", "reports", "outlets", "independent"]
    told = ["first", "last", "types", "sources", "targets", "places", "quote"]
    return pd.DataFrame(rows, columns=[*counts, *told])


def left_out(selection: Selection) -> pd.DataFrame:
    """What is not among the events: hidden by filters, left out while reading, files set aside.

    Stages, reasons and column headers are in the reader's language.
    """
    _ = translator(selection.lang)
    hidden, unread, files = selection.hidden, selection.left_out, selection.rejected
    parts = (
        (_("hidden by a filter"), hidden["hidden_by"], hidden["quote"], hidden["title"]),
        (_("left out in reading"), unread["reason"], unread["text"], unread["title"]),
        (_("file set aside"), files["what"], files["value"], files["file"]),
    )
    heads = [_("Stage"), _("Reason"), _("Words"), _("Article")]
    tables = [
        pd.DataFrame(
            dict(zip(heads, (stage, [_(str(r)) for r in reasons], texts, articles), strict=True))
        )
        for stage, reasons, texts, articles in parts
    ]
    return pd.concat(tables, ignore_index=True)


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
    # a worksheet's calendar starts in 1900: earlier days are written as text
    if told is None or told == "" or told == []:
        return
    if isinstance(value, pd.Timestamp) and value.tzinfo is None and value.year > 1900:
        sheet.write_datetime(row, column, value.to_pydatetime(), day)
    elif isinstance(told, bool):
        sheet.write_boolean(row, column, told)
    elif isinstance(told, (int, float)) and name not in _AS_TEXT:
        sheet.write_number(row, column, told)
    else:
        sheet.write_string(row, column, excel_text(str(flat(told))))
