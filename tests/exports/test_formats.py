"""Every format opens with an independent reader and holds the same events."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import socket
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import icalendar
import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st

from events.filters import Filters
from events.model import PLACE_SURE
from events.query import Query
from exports import EXPORTERS
from exports.cells import joined, xml_text
from exports.receipt import receipt, table_hash
from exports.selection import Selection, select
from exports.workbook import left_out
from tests.exports.reading_back import from_json, from_xlsx, parted

_KML = "{http://www.opengis.net/kml/2.2}"


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
    bundle = stix2.parse(data.decode("utf-8"), allow_custom=False)
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


@pytest.mark.parametrize("name", EXPORTERS)
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


def test_a_workbook_comes_back_as_it_went(selection: Selection) -> None:
    made = EXPORTERS["xlsx"].write(selection)
    back = from_xlsx(made)
    assert table_hash(back) == table_hash(selection.events)
    assert back.dtypes.to_dict() == selection.table.dtypes.to_dict()
    assert EXPORTERS["xlsx"].write(replace(selection, events=back)) == made


def test_hard_texts_come_back_from_a_workbook(hard: Selection) -> None:
    back = from_xlsx(EXPORTERS["xlsx"].write(hard))
    # a null or vertical tab cannot stand in XML: all else does
    assert back["quote"].tolist() == [xml_text(text) for text in hard.events["quote"]]
    assert back["sources"].tolist() == hard.events["sources"].tolist()


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)))
def test_lists_in_cells_can_be_undone(values: list[str]) -> None:
    assert parted(joined(values)) == values


def test_days_before_1900_come_back(selection: Selection) -> None:
    events = selection.events.copy()
    events["first"] = pd.Series(["1815-06-18"] * len(events), dtype="datetime64[s]")
    events["last"] = events["first"]
    old = replace(selection, events=events)
    assert table_hash(from_xlsx(EXPORTERS["xlsx"].write(old))) == table_hash(events)


@pytest.mark.parametrize("name", ["xlsx", "json", "geojson", "timelinejs", "kml", "ics", "gexf",
                                  "graphml", "stix", "parquet"])  # fmt: skip
def test_the_receipt_stands_in_the_file(name: str, selection: Selection) -> None:
    made = EXPORTERS[name].write(selection)
    told = made
    if name == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[-1]
        told = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row).encode()
    if name == "ics":
        told = made.replace(b"\r\n ", b"")
    assert receipt(selection).sha256.encode() in told


def test_what_was_left_out_is_said_in_the_readers_language(store: Path) -> None:
    found = select(Query(store), Filters(types=("ASSAULT",), statuses=("denied",)), lang="fr")
    rows = dict(receipt(found).rows("fr"))
    named = [name for name in rows if name.startswith("Laissé de côté")]
    assert named
    assert {name.rsplit("\u00a0: ", 1)[-1] for name in named} == {"type", "statut"}
    listed = left_out(found)
    assert set(listed["Étape"]) <= {"masqué par un filtre", "écarté à la lecture"}
    assert {"type", "statut"} <= set(listed["Raison"])
    assert len(listed) == len(found.hidden) + len(found.left_out) + len(found.rejected)


def test_stix_says_the_day_and_its_precision(selection: Selection) -> None:
    bundle = stix2.parse(EXPORTERS["stix"].write(selection).decode("utf-8"), allow_custom=False)
    kinds = {thing.type for thing in bundle.objects}
    assert "extension-definition" in kinds
    extension = next(t for t in bundle.objects if t.type == "extension-definition")
    told = {
        (t.extensions[extension.id].get("first"), t.extensions[extension.id].get("precision"))
        for t in bundle.objects
        if t.type == "incident"
    }
    rows = selection.events
    assert told == {
        (None if f != f else f.date().isoformat(), p or None)
        for f, p in zip(rows["first"], rows["precision"], strict=True)
    }
    known = {thing.id for thing in bundle.objects}
    for link in (t for t in bundle.objects if t.type == "relationship"):
        assert {link.source_ref, link.target_ref} <= known
    assert all(t.object_marking_refs == [stix2.TLP_GREEN.id] for t in bundle.objects)


def test_stix_carries_the_grades(selection: Selection) -> None:
    """Confidence by appendix A of STIX 2.1, tags of the MISP taxonomy; 6 has no confidence."""
    rows = selection.events.assign(reliability="B", credibility="2")
    rows.loc[rows.index[0], "credibility"] = "6"
    data = EXPORTERS["stix"].write(replace(selection, events=rows))
    bundle = stix2.parse(data.decode("utf-8"), allow_custom=False)
    told = [t for t in bundle.objects if t.type == "incident"]
    assert [t.get("confidence") for t in told] == [None, *[70] * (len(rows) - 1)]
    assert told[0].labels[0] == 'admiralty-scale:source-reliability="b"'
    assert told[1].labels[1] == 'admiralty-scale:information-credibility="2"'


def test_calendar_days_are_those_of_the_table(selection: Selection) -> None:
    found = icalendar.Calendar.from_ical(EXPORTERS["ics"].write(selection)).walk("VEVENT")
    days = {str(e["uid"]).split("@")[0]: (e.decoded("dtstart"), e.decoded("dtend")) for e in found}
    rows = selection.events.dropna(subset=["first", "last"])
    for row in rows.to_dict("records"):
        begin, end = days[str(row["event_id"])]
        assert begin == row["first"].date()
        assert end - dt.timedelta(days=1) == row["last"].date()


def test_places_stand_where_the_table_has_them(selection: Selection) -> None:
    found = geopandas.read_file(io.BytesIO(EXPORTERS["geojson"].write(selection)))
    rows = selection.events.dropna(subset=["lat"]).set_index("event_id")
    assert found.crs.to_epsg() == 4326
    for row in found.itertuples():
        place = rows.loc[int(row.event_id)]
        assert (row.geometry.y, row.geometry.x) == (place["lat"], place["lon"])
    marks = ET.fromstring(EXPORTERS["kml"].write(selection)).iter(f"{_KML}Point")
    shown = {tuple(map(float, p.findtext(f"{_KML}coordinates", "").split(",")[:2])) for p in marks}
    assert shown == set(zip(rows["lon"], rows["lat"], strict=True))


def test_how_sure_a_place_is_travels_along(selection: Selection) -> None:
    sure = selection.events.dropna(subset=["lat"])["place_confidence"]
    document = ET.fromstring(EXPORTERS["kml"].write(selection))
    told = [
        float(data.findtext(f"{_KML}value", ""))
        for data in document.iter(f"{_KML}Data")
        if data.get("name") == "place_confidence"
    ]
    assert sorted(told) == sorted(sure)
    assert json.loads(EXPORTERS["json"].write(selection))["receipt"]["doubtful"] == sum(
        sure < PLACE_SURE
    )


def test_a_year_stays_a_year_on_the_web_timeline(selection: Selection) -> None:
    told = json.loads(EXPORTERS["timelinejs"].write(selection))["events"]
    precision = selection.events.set_index("event_id")["precision"]
    keys = {"year": {"year"}, "month": {"year", "month"}}
    for slide in told:
        wanted = keys.get(precision[int(slide["unique_id"])], {"year", "month", "day"})
        assert set(slide["start_date"]) == wanted


def test_networks_hold_the_same_edges(selection: Selection) -> None:
    gexf = nx.read_gexf(io.BytesIO(EXPORTERS["gexf"].write(selection)))
    graphml = nx.read_graphml(io.BytesIO(EXPORTERS["graphml"].write(selection)))
    edges = {(a, b): d["events"] for a, b, d in graphml.edges(data=True)}
    assert edges == {(a, b): d["events"] for a, b, d in gexf.edges(data=True)}
    pairs = [
        (a, b)
        for sources, targets in zip(
            selection.events["sources"], selection.events["targets"], strict=True
        )
        for a in sources
        for b in targets
        if a != b
    ]
    assert edges == Counter(pairs)


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


@pytest.mark.parametrize("name", ["ics", "kml", "stix", "geojson", "json", "csv"])
def test_a_report_names_its_event(selection: Selection, name: str) -> None:
    text = EXPORTERS[name].write(selection).decode("utf-8").replace("\r\n ", "")
    located = selection.events["lat"].notna()
    dated = selection.events["first"].notna() & selection.events["last"].notna()
    written = {"ics": dated, "kml": located, "geojson": located}.get(name, located | True)
    reports = selection.events.loc[written, "story_id"].value_counts()
    assert reports.max() > 1
    assert all(text.count(str(story)) >= number for story, number in reports.items())
