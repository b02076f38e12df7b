"""Table of events -> file. Every format is one module and one line in `EXPORTERS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.delimited import to_csv
from exports.geographic import to_geojson, to_kml
from exports.graphs import to_gexf, to_graphml
from exports.ics import to_ics
from exports.receipt import to_receipt
from exports.selection import Selection
from exports.stix import to_stix
from exports.structured import to_json, to_parquet
from exports.timelinejs import to_timelinejs
from exports.workbook import to_xlsx


@dataclass(frozen=True)
class Exporter:
    """A format: its name on the command line, what it is for, suffix, media type, writer."""

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[[Selection], bytes]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTERS: dict[str, Exporter] = {
    row[0]: Exporter(*row)
    for row in (
        ("csv", "CSV table", ".csv", "text/csv", to_csv),
        ("xlsx", "Excel workbook", ".xlsx", _XLSX, to_xlsx),
        ("json", "JSON", ".json", "application/json", to_json),
        ("parquet", "Parquet", ".parquet", "application/vnd.apache.parquet", to_parquet),
        ("geojson", "GeoJSON (map)", ".geojson", "application/geo+json", to_geojson),
        ("kml", "KML (Google Earth)", ".kml", "application/vnd.google-earth.kml+xml", to_kml),
        ("gexf", "GEXF (Gephi)", ".gexf", "application/gexf+xml", to_gexf),
        ("graphml", "GraphML (network)", ".graphml", "application/graphml+xml", to_graphml),
        ("ics", "ICS (calendar)", ".ics", "text/calendar", to_ics),
        ("timelinejs", "TimelineJS", ".timeline.json", "application/json", to_timelinejs),
        ("stix", "STIX 2.1", ".stix.json", "application/stix+json;version=2.1", to_stix),
    )
}
# for formats that cannot contain their receipt; the command line writes it with every export
RECEIPT = Exporter("receipt", "Receipt", ".receipt.json", "application/json", to_receipt)
