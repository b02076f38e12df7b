"""GeoJSON and KML: events that have a place. Those without one are only counted."""

from __future__ import annotations

import json
import math
from typing import Any

import simplekml

from events.columns import EXPORTED_COLUMNS
from events.headline import headline_of
from events.wording import format_interval, translator
from exports.cells import plain_rows, xml_text
from exports.receipt import receipt
from exports.selection import Selection

ATTRIBUTION = "Places: GeoNames, CC BY 4.0"


def to_geojson(selection: Selection) -> bytes:
    """A FeatureCollection: one point per event with a place, all columns as properties."""
    features = [_feature(row) for row in plain_rows(selection.table) if _located(row)]
    collection = {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "receipt": receipt(selection).to_json(),
        "without_place": len(selection.events) - len(features),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False).encode("utf-8", "replace")


def to_kml(selection: Selection) -> bytes:
    """A KML document with one placemark an event and its time span, for Google Earth and GIS."""
    _ = translator(selection.lang)
    told = receipt(selection).lines(selection.lang)
    simplekml.Kml.resetidcounter()  # otherwise ids keep counting from file to file
    document = simplekml.Kml(name=selection.title or _("Events"))
    document.document.description = "\n".join([*told, ATTRIBUTION])
    for row in plain_rows(selection.events):
        if _located(row):
            _placemark(document, row, selection.lang)
    text = xml_text(document.kml(format=False))
    return text.encode("utf-8", "replace")


def _located(row: dict[str, Any]) -> bool:
    return row["lat"] is not None and row["lon"] is not None and math.isfinite(row["lat"])


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    # 63-bit ids do not survive JavaScript's numbers
    ids = {name: str(row[name]) for name in row if EXPORTED_COLUMNS[name][0] == "int64"}
    told = {k: v for k, v in row.items() if k not in ("lat", "lon")}
    return {"type": "Feature", "geometry": point, "properties": {**told, **ids}}


def _placemark(document: simplekml.Kml, row: dict[str, Any], lang: str) -> None:
    point = document.newpoint(
        name=headline_of(row, lang),
        coords=[(row["lon"], row["lat"])],
        description="\n".join(str(row[k]) for k in ("quote", "title", "source", "url") if row[k]),
    )
    if row["first"]:
        point.timespan.begin = row["first"]
    if row["last"]:
        point.timespan.end = row["last"]
    point.extendeddata.newdata("event_id", str(row["event_id"]))
    point.extendeddata.newdata("story_id", str(row["story_id"]))
    point.extendeddata.newdata("status", row["status"])
    point.extendeddata.newdata("place_confidence", row["place_confidence"])
    point.extendeddata.newdata(
        "precision", row["precision"] or format_interval(None, None, "", lang)
    )
