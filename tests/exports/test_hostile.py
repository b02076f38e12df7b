"""Articles that mean harm: every format is written all the same, and others can read it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest
import stix2
from docx import Document
from lxml import etree
from pptx import Presentation
from pypdf import PdfReader

from charts.timeline.scene_model import TimelineOptions
from events.filters import Filters
from events.plain_text import FORBIDDEN
from events.query import Query
from exports import EXPORTERS, RECEIPT
from exports.cells import no_formula
from exports.door import Door
from exports.pack.bundle import make_pack
from exports.pictures import picture
from exports.receipt import receipt
from exports.selection import Selection, select
from tests.hostile import make_hostile_store

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Selection:
    folder = tmp_path_factory.mktemp("hostile")
    assert make_hostile_store(folder) == 200
    return select(Query(folder), Filters(), title="a\x00b\ufffe $x_{", marking="\x1b[31m")


def _json(data: bytes) -> Any:
    return json.loads(data.decode())


def _xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))


READERS: dict[str, Callable[[bytes], Any]] = {
    "csv": lambda data: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))),
    "xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets,
    "json": _json,
    "parquet": lambda data: pq.read_table(io.BytesIO(data)),
    "geojson": _json,
    "kml": lambda data: len(_xml(data)),
    "gexf": lambda data: nx.read_gexf(io.BytesIO(data)),
    "graphml": lambda data: nx.read_graphml(io.BytesIO(data)),
    "ics": icalendar.Calendar.from_ical,
    "timelinejs": _json,
    "stix": lambda data: stix2.parse(data.decode()),
    "receipt": _json,
    ".pptx": lambda data: Presentation(io.BytesIO(data)).slides,
    ".docx": lambda data: Document(io.BytesIO(data)).paragraphs,
    ".pdf": lambda data: [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages],
    ".html": lambda data: len(etree.HTML(data.decode())),
    ".xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets,
    ".json": _json,
}
WORDS = ("csv", "json", "geojson", "kml", "gexf", "graphml", "timelinejs", "stix", "receipt")


@pytest.mark.parametrize("name", [*EXPORTERS, "receipt"])
def test_every_format_opens_again(hostile: Selection, name: str) -> None:
    data = (EXPORTERS | {"receipt": RECEIPT})[name].write(hostile)
    assert READERS[name](data)
    if name in WORDS:
        assert not RAW.search(data.decode("utf-8-sig").replace("\r\n", "\n"))
    if name in ("json", "geojson", "timelinejs", "stix"):
        assert not RAW.search(" ".join(_strings(_json(data))))


def test_no_cell_of_a_workbook_or_column_holds_a_control(hostile: Selection) -> None:
    book = openpyxl.load_workbook(io.BytesIO(EXPORTERS["xlsx"].write(hostile)), read_only=True)
    cells = [c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    table = pq.read_table(io.BytesIO(EXPORTERS["parquet"].write(hostile))).to_pylist()
    for told in (cells, table):
        texts = _strings(told)
        assert len(texts) > 1_000
        assert not RAW.search(" ".join(texts))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in _strings(part)]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [value] if isinstance(value, str) else []


def test_a_calendar_holds_no_raw_control(hostile: Selection) -> None:
    lines = EXPORTERS["ics"].write(hostile).decode().split("\r\n")
    assert not any(RAW.search(line) for line in lines)
    assert not any("\n" in line for line in lines)


def test_no_cell_of_a_csv_is_a_formula(hostile: Selection) -> None:
    rows = READERS["csv"](EXPORTERS["csv"].write(hostile))
    cells = [cell for row in rows for cell in row.values() if cell]
    assert not [c for c in cells if c.lstrip()[:1] in "=+@＝＋－＠" and c.lstrip()]


def test_links_lead_to_the_web_or_nowhere(hostile: Selection) -> None:
    links = [link for link in hostile.events["url"] if link]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)
    assert hostile.links > 0


def test_the_receipt_counts_what_was_dropped(hostile: Selection) -> None:
    told = receipt(hostile)
    assert told.dropped > 200
    assert (str(told.dropped)) in [value for _, value in told.rows("en")]


def test_a_pack_opens_again(hostile: Selection) -> None:
    for name, data in make_pack(hostile):
        assert READERS[Path(name).suffix](data), name
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                for part in parts.namelist():
                    if part.endswith((".xml", ".rels")):
                        _xml(parts.read(part))


def test_a_picture_opens_again(hostile: Selection, tmp_path: Path) -> None:
    raw = hostile.events.assign(quote="a\x00\x1b-->\ufffe", place_name="<b>\x0b -->")
    assert _xml(picture("timeline", raw, TimelineOptions(), "svg")) is not None


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31mred", "\ufffe", "\ud800", "\x85", "a\r\nb"])
def test_the_door(text: str) -> None:
    kept = Door().text(text)
    assert not FORBIDDEN.search(kept)
    assert "\r" not in kept
    kept.encode()


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\n=1", " =1", "\ta"]
)
def test_formulas_are_quoted(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "", "1", "text"])
def test_texts_are_left_alone(text: str) -> None:
    assert no_formula(text) == text
