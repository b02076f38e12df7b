"""Files of a page: what the filters show, in the language of the page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from charts.timeline.scene_model import TimelineOptions
from events import audit_log, outlet_grades
from events.filters import Filters
from events.query import Query
from exports.pictures import PictureKind
from pages.notes_parts import case_list
from pages.outlets_parts import grading
from pages.shared import downloads, listing, original, side_panel
from pages.shell import language, open_case


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_table_file_holds_the_rows_of_the_page(store: Path, lang: str) -> None:
    events = Query(store).events(Filters(types=("ASSAULT",)))
    write = downloads._TABLE_FILES["csv"][1]
    data = downloads._table_bytes(
        lambda: listing.readable(events), write, lang, "", "events", "Ana"
    )
    assert data.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(data))
    assert len(read) == len(events)
    with language.fixed(lang):
        assert list(read.columns) == list(listing.readable(events).columns)
    book = downloads._table_bytes(
        lambda: listing.readable(events),
        downloads._TABLE_FILES["xlsx"][1],
        lang,
        "",
        "events",
        "Ana",
    )
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    assert sheet.max_row == len(events) + 1


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_picture_is_drawn_without_a_browser(store: Path, kind: PictureKind, start: bytes) -> None:
    events = Query(store).events(Filters())
    still = downloads.Still("timeline", events, TimelineOptions(lanes="type", lang="fr"))
    assert still.write(kind, (0.0, 150), Filters()).startswith(start)


def test_files_of_different_filters_have_different_names() -> None:
    dnipro = Filters(actors=("RUS",), text="Dnipró / frappe")
    with language.fixed("fr"):
        assert downloads.file_name("Événements", Filters(), ".csv") == "frise-evenements.csv"
        name = downloads.file_name("Chronologie", dnipro, ".png")
    assert name == "frise-chronologie-acteurs-russie-mots-dnipro-frappe.png"
    long = Filters(actors=tuple(f"X:{'a' * 60}{n}" for n in range(9)))
    assert len(downloads.file_name("Map", long, ".svg")) <= 84


def test_every_page_offers_its_files(store: Path, open_page: Any) -> None:
    for page in ("overview", "timeline", "map", "actors"):
        app = open_page(page)
        assert not app.get("download_button"), "files are listed once the list is opened"
        app.session_state[f"downloads_{page}"] = True
        app.run()
        labels = [element.proto.label for element in app.get("download_button")]
        assert {"PNG", "SVG", "CSV", "XLSX"} <= set(labels), page


def test_files_beside_the_filters_are_lines_of_the_log(own_store: Path) -> None:
    table, cases = outlet_grades.read(own_store), list(open_case.known().of("case"))
    side_panel._file([1, 2], "en", "Ana")
    grading._written(table, "Ben")
    case_list._written(cases, Query(own_store), "Cleo")
    original._read(own_store / audit_log.FILE, "frise-ab.pdf", "Ana")
    told = [(e.act, e.who, e.of) for e in audit_log.entries(own_store)][-4:]
    assert told == [
        ("export", "Ana", "file frise-events-of-mark.csv: 2 reports"),
        ("export", "Ben", "file frise-outlets.csv"),
        ("export", "Cleo", "file frise-cases.json"),
        ("export", "Ana", "file frise-ab.pdf"),
    ]
