"""Builds the offline base map: `python -m charts.assets.basemap [--install]`.

Reads Natural Earth from the npm package world-atlas (node_modules/, pinned in package-lock.json)
and writes into static/built/, for both scales (110m coarse, 50m fine):

  countries-<scale>.geojson  polygons; properties iso3, name, name_en, name_fr
  borders-<scale>.geojson    lines between countries; properties kind ("border", "disputed": dashed,
                             "attributed": whole), and its width in pixels from each point of view:
                             neutral, recognised, held
  disputed-<scale>.geojson   disputed areas as features of their own; properties id, name_en,
                             name_fr, held_by, recognised, claimed_by, note_en, note_fr
  labels.geojson             one point a country; properties iso3, name_en, name_fr, rank
                             (1 the largest to 5), kind "country" or "disputed"

The policy is stated in docs/boundaries.md. `--install` fetches the npm package first.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from charts.assets import topojson
from charts.assets.npm import ROOT, install
from charts.assets.topojson import Points
from events.geography import REFERENCE_DIR, country_name, iso3, read_reference

ATLAS_DIR = ROOT / "node_modules" / "world-atlas"
BUILT_DIR = ROOT / "static" / "built"
SCALES = {"110m": 0.0, "50m": 0.05}  # tolerance of the simplification, degrees
CRIMEA = (32.0, 44.2, 36.8, 46.4)  # west, south, east, north: the ring lies within
DASH = {"110m": 0.7, "50m": 0.35}  # length of a dash of a disputed border, degrees
ATTRIBUTION = "Natural Earth (public domain)"

Feature = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Command line; exit code 1 with a plain message where the atlas is missing."""
    parser = argparse.ArgumentParser(prog="python -m charts.assets.basemap", description=__doc__)
    parser.add_argument("--install", action="store_true", help="fetch the npm package first")
    options = parser.parse_args(arguments)
    if options.install and not install():
        return 1
    try:
        sizes = build(ATLAS_DIR, BUILT_DIR)
    except FileNotFoundError as error:
        print(f"base map: {error}", file=sys.stderr)
        return 1
    for name, size in sizes.items():
        print(f"static/built/{name}: {size // 1000} kB")
    return 0


def build(atlas: Path, target: Path) -> dict[str, int]:
    """Write all files; size in bytes per file name. FileNotFoundError without the atlas."""
    target.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    for scale, tolerance in SCALES.items():
        path = atlas / f"countries-{scale}.json"
        if not path.exists():
            raise FileNotFoundError(
                f"{path} is missing; run `python -m charts.assets.basemap --install` to fetch it"
            )
        world = World(json.loads(path.read_text(encoding="utf-8")), tolerance, DASH[scale])
        sizes |= _write(target, f"countries-{scale}.geojson", world.countries())
        sizes |= _write(target, f"borders-{scale}.geojson", world.borders())
        sizes |= _write(target, f"disputed-{scale}.geojson", world.disputed())
    return sizes | _write(target, "labels.geojson", world.labels())


def _write(target: Path, name: str, features: list[Feature]) -> dict[str, int]:
    body = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    # written whole, then renamed: an open page must not read half a file
    whole = target / f"{name}.new"
    whole.write_text(text, encoding="utf-8")
    whole.replace(target / name)
    return {name: len(text.encode())}


class World:
    """One scale of Natural Earth, with the disputed areas separated from the countries."""

    def __init__(self, topology: dict[str, Any], tolerance: float, dash: float) -> None:
        self.arcs = topojson.decode_arcs(topology, tolerance)
        self.dash = dash
        self.areas = {row["id"]: row for row in read_reference("disputed_areas.csv")}
        self.parts: dict[str, list[list[list[int]]]] = {}
        self.iso: dict[str, str] = {}
        for geometry in topology["objects"]["countries"]["geometries"]:
            self._take(geometry)

    def _take(self, geometry: dict[str, Any]) -> None:
        """Assign each polygon to its country, or to the disputed area that it is."""
        name = geometry["properties"]["name"]
        area = next((k for k, r in self.areas.items() if r["outline"] == f"feature:{name}"), "")
        self.iso[name] = iso3(str(geometry.get("id", "")).zfill(3))
        for polygon in topojson.polygons(geometry):
            within = area or ("crimea" if name == "Russia" and self._is_crimea(polygon) else name)
            self.parts.setdefault(within, []).append(polygon)

    def _is_crimea(self, polygon: list[list[int]]) -> bool:
        line = topojson.ring(polygon[0], self.arcs)
        west, south, east, north = CRIMEA
        return all(west <= x <= east and south <= y <= north for x, y in line)

    def countries(self) -> list[Feature]:
        """Polygons of all countries without the disputed areas that have outlines of their own."""
        return [
            _feature(
                {"iso3": self.iso[name], "name": name} | _names(self.iso[name], name),
                self._shape(polygons),
            )
            for name, polygons in self.parts.items()
            if name not in self.areas
        ]

    def disputed(self) -> list[Feature]:
        """Disputed areas: Natural Earth's own features first, then the outlines drawn by hand."""
        own = json.loads((REFERENCE_DIR / "disputed_areas.geojson").read_text(encoding="utf-8"))
        shapes = {f["properties"]["id"]: f["geometry"] for f in own["features"]}
        shapes |= {k: self._shape(p) for k, p in self.parts.items() if k in self.areas}
        return [
            _feature(_area_properties(row), shapes[key])
            for key, row in self.areas.items()
            if key in shapes
        ]

    def borders(self) -> list[Feature]:
        """Lines shared by two countries, and those of disputed areas: dashed and whole, each with
        its width from every point of view (0: not drawn).
        """
        owners = self._owners()
        shared = {arc: names for arc, names in owners.items() if len(names) > 1}
        solid = [arc for arc, names in shared.items() if not names & set(self.areas)]
        lines = [line for arc in solid for line in topojson.lines(self.arcs[arc])]
        found = [_lines({"kind": "border", **EVERYWHERE}, lines)]
        for arc, names in shared.items():
            for area in sorted(names & set(self.areas))[:1]:
                beside = {self.iso.get(name, "") for name in names - {area}}
                found += self._disputed_line(area, beside, self.arcs[arc], self.dash)
        countries = self.countries()
        for feature in self.disputed():
            area = feature["properties"]["id"]
            if area not in self.parts:
                outline = shape(feature["geometry"])
                held_in = _country_at(countries, topojson.label_point(outline))
                ring = shapely.get_coordinates(outline.exterior)
                found += self._disputed_line(area, {held_in}, ring, self.dash / 3)
        return found

    def _disputed_line(
        self, area: str, beside: set[str], line: Points, dash: float
    ) -> Iterator[Feature]:
        """A border of a disputed area, dashed and solid. From a point of view that gives the area
        to a state, the border with that state is dropped and the others are solid.
        """
        row = self.areas[area]
        dashed, whole = {"neutral": 1.0}, {"neutral": 0.0}
        for viewpoint, column in (("recognised", "recognised"), ("held", "held_by")):
            owner = row[column]
            dashed[viewpoint] = 0.0 if owner else 1.0
            whole[viewpoint] = 0.8 if owner and owner not in beside else 0.0
        about = {"area": area, "beside": "|".join(sorted(beside))}
        yield _lines({"kind": "disputed", **about, **dashed}, dashes_of(line, dash))
        if any(whole.values()):
            yield _lines({"kind": "attributed", **about, **whole}, topojson.lines(line))

    def _owners(self) -> dict[int, set[str]]:
        owners: dict[int, set[str]] = {}
        for name, polygons in self.parts.items():
            for number in (n for polygon in polygons for ring in polygon for n in ring):
                owners.setdefault(number if number >= 0 else ~number, set()).add(name)
        return owners

    def _shape(self, polygons: list[list[list[int]]]) -> dict[str, Any]:
        """The polygons within -180..180, without those that rounding reduces to nothing."""
        found = []
        for polygon in polygons:
            for piece in topojson.polygon([topojson.ring(ring, self.arcs) for ring in polygon]):
                rings = [_rounded(ring) for ring in (piece.exterior, *piece.interiors)]
                if len(rings[0]) > 3:
                    found.append([ring for ring in rings if len(ring) > 3])
        return {"type": "MultiPolygon", "coordinates": found}

    def labels(self) -> list[Feature]:
        """A label point for every country and disputed area, in its largest polygon."""
        features = []
        for feature in [*self.countries(), *self.disputed()]:
            polygons = shapely.get_parts(shape(feature["geometry"]))
            if not len(polygons):
                continue
            largest = max(polygons, key=topojson.size)
            size = sum(topojson.size(polygon) for polygon in polygons)
            kept = {k: v for k, v in feature["properties"].items() if k in LABEL_KEYS}
            kept |= {"rank": _rank(size), "kind": "disputed" if "id" in kept else "country"}
            point = [round(value, 2) for value in topojson.label_point(largest)]
            features.append(_feature(kept, {"type": "Point", "coordinates": point}))
        return sorted(features, key=lambda f: f["properties"]["rank"])


EVERYWHERE = {"neutral": 0.8, "recognised": 0.8, "held": 0.8}
LABEL_KEYS = ("id", "iso3", "name_en", "name_fr")


def dashes_of(line: Points, length: float) -> list[shapely.LineString]:
    """A line cut into dashes and gaps of equal length; short lines stay whole."""
    out: list[list[tuple[float, float]]] = []
    piece = [(line[0][0], line[0][1])]
    run, drawn = 0.0, True
    for (x0, y0), (x1, y1) in zip(line, line[1:], strict=False):
        step = max(abs(x1 - x0), abs(y1 - y0))
        pieces = max(1, int(step / length * 3))
        for i in range(1, pieces + 1):
            point = (x0 + (x1 - x0) * i / pieces, y0 + (y1 - y0) * i / pieces)
            run += step / pieces
            piece.append(point)
            if run >= length:
                if drawn:
                    out.append(piece)
                piece, run, drawn = [point], 0.0, not drawn
    dashes = [*out, piece] if drawn and len(piece) > 1 else out
    return [shapely.LineString(dash) for dash in dashes]


def _names(code: str, name: str) -> dict[str, str]:
    if not code:
        return {"name_en": name, "name_fr": name}
    return {"name_en": country_name(code, "en"), "name_fr": country_name(code, "fr")}


def _area_properties(row: dict[str, str]) -> dict[str, str]:
    kept = ("id", "held_by", "recognised", "claimed_by", "note_en", "note_fr")
    return {k: row[k] for k in kept} | {"name_en": row["en"], "name_fr": row["fr"]}


def _rank(size: float) -> int:
    """1 for the largest countries to 5 for the smallest, by square degrees."""
    return sum(size < bound for bound in (150.0, 40.0, 10.0, 2.0)) + 1


def _rounded(line: shapely.LineString) -> list[list[float]]:
    """Round to two decimals (about a kilometre) and drop repeated points."""
    points = [[round(x, 2), round(y, 2)] for x, y in shapely.get_coordinates(line).tolist()]
    return [
        point for number, point in enumerate(points) if not number or point != points[number - 1]
    ]


def _lines(about: dict[str, Any], lines: Iterable[shapely.LineString]) -> Feature:
    coordinates = [_rounded(line) for line in lines]
    return _feature(about, {"type": "MultiLineString", "coordinates": coordinates})


def _country_at(countries: list[Feature], point: tuple[float, float]) -> str:
    """ISO alpha-3 of the country that contains (lon, lat); "" at sea."""
    for feature in countries:
        if shapely.contains_xy(shape(feature["geometry"]), *point):
            return str(feature["properties"]["iso3"])
    return ""


def _feature(properties: dict[str, Any], geometry: dict[str, Any]) -> Feature:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


if __name__ == "__main__":
    sys.exit(main())
