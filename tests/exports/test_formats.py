"""Every format opens with an independent reader and holds the same events."""

from __future__ import annotations

import csv
import io
import json
import socket
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import geopandas
import icalendar
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import stix2

from exports import EXPORTERS
from exports.receipt import receipt, table_hash
from exports.selection import Selection
from exports.structured import from_json


def csv_rows(data: bytes) -> int:
    assert data.startswith(b"\xef\xbb\xbf")
    return len(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))))


def xlsx_rows(data: bytes) -> int:
    return int(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].max_row) - 1


def json_rows(data: bytes) -> int:
    return len(json.loads(data)["events"])


def parquet_rows(data: bytes) -> int:
    return int(pq.read_table(io.BytesIO(data)).num_rows)


def stix_rows(data: bytes) -> int:
    bundle = stix2.parse(data.decode("utf-8"), allow_custom=True)
    return sum(thing.type == "incident" for thing in bundle.objects)


def ics_rows(data: bytes) -> int:
    return len(list(icalendar.Calendar.from_ical(data).walk("VEVENT")))


def geojson_rows(data: bytes) -> int:
    return len(geopandas.read_file(io.BytesIO(data)))


def kml_rows(data: bytes) -> int:
    return len(list(ET.fromstring(data).iter("{http://www.opengis.net/kml/2.2}Placemark")))


def gexf_edges(data: bytes) -> int:
    return int(nx.read_gexf(io.BytesIO(data)).number_of_edges())


def graphml_edges(data: bytes) -> int:
    return int(nx.read_graphml(io.BytesIO(data)).number_of_edges())


def timeline_rows(data: bytes) -> int:
    return len(json.loads(data)["events"])


def every(events: pd.DataFrame) -> int:
    return len(events)


def both_days(events: pd.DataFrame) -> int:
    return int((events["first"].notna() & events["last"].notna()).sum())


def first_day(events: pd.DataFrame) -> int:
    return int(events["first"].notna().sum())


def located(events: pd.DataFrame) -> int:
    return int(events["lat"].notna().sum())


def dyads(events: pd.DataFrame) -> int:
    pairs = zip(events["sources"], events["targets"], strict=True)
    return len({(a, b) for sources, targets in pairs for a in sources for b in targets if a != b})


CHECKS: dict[str, tuple[Callable[[bytes], int], Callable[[pd.DataFrame], int]]] = {
    "csv": (csv_rows, every),
    "xlsx": (xlsx_rows, every),
    "json": (json_rows, every),
    "parquet": (parquet_rows, every),
    "stix": (stix_rows, every),
    "ics": (ics_rows, both_days),
    "timelinejs": (timeline_rows, first_day),
    "geojson": (geojson_rows, located),
    "kml": (kml_rows, located),
    "gexf": (gexf_edges, dyads),
    "graphml": (graphml_edges, dyads),
}


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("an export opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_every_format_is_checked() -> None:
    assert set(CHECKS) == set(EXPORTERS)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_independent_reader_counts_the_same(name: str, selection: Selection) -> None:
    count, expected = CHECKS[name]
    assert count(EXPORTERS[name].write(selection)) == expected(selection.events) > 0


@pytest.mark.parametrize("name", EXPORTERS)
def test_hard_texts_survive(name: str, hard: Selection) -> None:
    count, expected = CHECKS[name]
    assert count(EXPORTERS[name].write(hard)) == expected(hard.events)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_empty_selection_is_written(name: str, selection: Selection) -> None:
    nothing = replace(selection, events=selection.events.iloc[:0])
    if name == "geojson":
        assert json.loads(EXPORTERS[name].write(nothing))["features"] == []
    else:
        assert CHECKS[name][0](EXPORTERS[name].write(nothing)) == 0


@pytest.mark.parametrize("name", ["csv", "json", "geojson", "timelinejs", "ics", "gexf"])
def test_the_same_selection_gives_the_same_file(name: str, selection: Selection) -> None:
    write = EXPORTERS[name].write
    assert write(selection) == write(selection)


def test_no_cell_is_a_formula(hard: Selection) -> None:
    book = openpyxl.load_workbook(io.BytesIO(EXPORTERS["xlsx"].write(hard)))
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row}
    assert "f" not in kinds
    text = EXPORTERS["csv"].write(hard).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r"))]


def test_days_in_the_workbook_are_days(selection: Selection) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(EXPORTERS["xlsx"].write(selection))).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    cells = [sheet.cell(row, head.index("first") + 1) for row in range(2, sheet.max_row + 1)]
    assert all(cell.is_date for cell in cells if cell.value is not None)


def test_json_comes_back_as_it_went(selection: Selection) -> None:
    back = from_json(EXPORTERS["json"].write(selection))
    assert table_hash(back) == table_hash(selection.events)
    assert EXPORTERS["json"].write(replace(selection, events=back)) == EXPORTERS["json"].write(
        selection
    )


def test_exported_and_left_out_are_all_that_was_loaded(selection: Selection) -> None:
    told = receipt(selection)
    assert told.exported + sum(number for _, number in told.left_out) == told.loaded
    assert told.title == "Essai"
    assert told.sha256 == table_hash(selection.events)


def test_the_hash_sees_a_change_and_not_the_order(selection: Selection) -> None:
    events = selection.events
    assert table_hash(events.iloc[::-1]) == table_hash(events)
    changed = events.copy()
    changed.loc[changed.index[0], "quote"] = "other words"
    assert table_hash(changed) != table_hash(events)
