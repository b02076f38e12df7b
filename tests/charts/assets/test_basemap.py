"""The base map: geometry of the cut, disputed areas apart, a clear word without the atlas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from charts.assets import basemap, topojson
from events.geography import REFERENCE_DIR, read_reference
from tests.skips import skip_without

needs_atlas = skip_without(basemap.ATLAS_DIR.is_dir(), "world atlas")


def ring(*points: tuple[float, float]) -> topojson.Points:
    return np.array([*points, points[0]], dtype=float)


OVER = ring((170, 0), (-170, 0), (-170, 10), (170, 10))
SQUARE = ring((0, 0), (10, 0), (10, 10), (0, 10))


def test_a_ring_over_the_antimeridian_is_cut_in_two() -> None:
    pieces = list(topojson.polygon([OVER]))
    assert sorted(piece.bounds for piece in pieces) == [(-180, 0, -170, 10), (170, 0, 180, 10)]
    assert sum(piece.area for piece in pieces) == pytest.approx(200)


@pytest.mark.parametrize(
    ("hole", "cut"),
    [
        (ring((172, 2), (178, 2), (178, 8), (172, 8)), [64, 100]),
        (ring((-178, 2), (-172, 2), (-172, 8), (-178, 8)), [64, 100]),  # a full turn off the outer
        (ring((177, 2), (-177, 2), (-177, 8), (177, 8)), [82, 82]),
    ],
)
def test_a_hole_stays_in_the_piece_it_lies_in(hole: topojson.Points, cut: list[float]) -> None:
    assert sorted(piece.area for piece in topojson.polygon([OVER, hole])) == pytest.approx(cut)


def test_a_ring_within_the_map_stays_point_by_point() -> None:
    hole = ring((2, 2), (8, 2), (8, 8), (2, 8))
    (piece,) = topojson.polygon([SQUARE, hole])
    assert shapely.get_coordinates(piece.exterior).tolist() == SQUARE.tolist()
    assert shapely.get_coordinates(piece.interiors[0]).tolist() == hole.tolist()


@pytest.mark.parametrize("lat", [-70.0, 70.0])
def test_a_ring_round_the_pole_is_closed_there(lat: float) -> None:
    line = np.array([(float(x), lat) for x in range(-180, 181, 30)])
    (piece,) = topojson.polygon([line])
    assert piece.area == pytest.approx(360 * 20)
    assert piece.bounds == (-180, min(lat, lat * 9 / 7), 180, max(lat, lat * 9 / 7))


def test_a_ring_of_too_few_points_is_no_polygon() -> None:
    assert list(topojson.polygon([np.array([(1.0, 1.0), (2.0, 2.0), (1.0, 1.0)])])) == []


def test_a_line_over_the_antimeridian_is_cut() -> None:
    line = np.array([(175.0, 1.0), (179.0, 1.0), (-179.0, 1.0), (-175.0, 1.0)])
    pieces = list(topojson.lines(line))
    assert sorted(piece.bounds for piece in pieces) == [(-180, 1, -175, 1), (175, 1, 180, 1)]


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=2, max_size=40))
def test_simplify_keeps_ends_and_makes_nothing_up(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    short = topojson.simplify(line, 1.0).tolist()
    assert short[0] == line[0].tolist()
    assert short[-1] == line[-1].tolist()
    assert all(point in line.tolist() for point in short)


def test_arcs_are_decoded_and_reversed() -> None:
    topology = {
        "transform": {"scale": [0.5, 2.0], "translate": [10.0, -4.0]},
        "arcs": [[[0, 0], [2, 1], [2, 0]], [[4, 1], [0, 1]]],
    }
    arcs = topojson.decode_arcs(topology)
    assert arcs[0].tolist() == [[10, -4], [11, -2], [12, -2]]
    assert topojson.ring([0, 1], arcs).tolist() == [[10, -4], [11, -2], [12, -2], [12, 0]]
    assert topojson.ring([~0], arcs).tolist() == arcs[0][::-1].tolist()


def test_a_label_stands_inside_and_out_of_holes() -> None:
    bow = shapely.Polygon([(0, 0), (10, 0), (10, 1), (1, 1), (1, 10), (0, 10)])
    assert bow.contains(shapely.Point(topojson.label_point(bow)))
    around = shapely.Polygon(SQUARE, [ring((2, 2), (8, 2), (8, 8), (2, 8))])
    assert around.contains(shapely.Point(topojson.label_point(around)))


def test_every_area_has_an_outline_and_a_policy() -> None:
    own = json.loads((REFERENCE_DIR / "disputed_areas.geojson").read_text(encoding="utf-8"))
    drawn = {feature["properties"]["id"] for feature in own["features"]}
    rows = read_reference("disputed_areas.csv")
    assert {row["id"] for row in rows if row["outline"] == "own"} == drawn
    assert all(row["note_en"] and row["note_fr"] for row in rows)


def test_missing_atlas_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(basemap, "ATLAS_DIR", tmp_path / "none")
    monkeypatch.setattr(basemap, "BUILT_DIR", tmp_path / "built")
    assert basemap.main([]) == 1
    assert "python -m charts.assets.basemap --install" in capsys.readouterr().err


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    basemap.build(basemap.ATLAS_DIR, folder)
    return folder


def features(folder: Path, name: str) -> list[dict[str, Any]]:
    body = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
    return list(body["features"])


@needs_atlas
@pytest.mark.parametrize("scale", ["110m", "50m"])
def test_crimea_is_a_feature_of_its_own(built: Path, scale: str) -> None:
    areas = {f["properties"]["id"] for f in features(built, f"disputed-{scale}")}
    assert {"crimea", "golan", "western_sahara", "kosovo", "northern_cyprus", "taiwan"} <= areas
    assert {"abkhazia", "south_ossetia", "transnistria", "nagorno_karabakh", "palestine"} <= areas
    russia = next(
        f for f in features(built, f"countries-{scale}") if f["properties"]["iso3"] == "RUS"
    )
    assert not shapely.contains_xy(shape(russia["geometry"]), 34.1, 45.2)


@needs_atlas
def test_no_polygon_spans_the_map(built: Path) -> None:
    for feature in features(built, "countries-50m"):
        if feature["properties"]["iso3"] in ("ATA", "RUS"):
            continue
        for polygon in feature["geometry"]["coordinates"]:
            xs = [x for x, _ in polygon[0]]
            assert max(xs) - min(xs) < 130, feature["properties"]


@needs_atlas
@pytest.mark.parametrize(("scale", "code"), [("50m", "RUS"), ("50m", "FJI"), ("110m", "FJI")])
def test_countries_over_the_antimeridian_touch_it_from_both_sides(
    built: Path, scale: str, code: str
) -> None:
    country = next(
        f for f in features(built, f"countries-{scale}") if f["properties"]["iso3"] == code
    )
    bounds = [piece.bounds for piece in shapely.get_parts(shape(country["geometry"]))]
    assert any(west == -180 and east < 0 for west, _, east, _ in bounds)
    assert any(east == 180 and west > 0 for west, _, east, _ in bounds)


@needs_atlas
def test_the_smallest_islands_are_kept(built: Path) -> None:
    found = {f["properties"]["iso3"]: f for f in features(built, "countries-50m")}
    for code in ("MUS", "MLT", "SGP", "TON", "BHR", "BRB"):
        assert found[code]["geometry"]["coordinates"], code


@needs_atlas
def test_a_country_is_labelled_within_itself(built: Path) -> None:
    labels = {f["properties"].get("iso3"): shape(f["geometry"]) for f in features(built, "labels")}
    for code in ("USA", "RUS", "ZAF", "NOR", "HRV", "VNM", "CHL"):
        country = next(
            f for f in features(built, "countries-50m") if f["properties"]["iso3"] == code
        )
        assert shape(country["geometry"]).contains(labels[code]), code


@needs_atlas
def test_files_are_small_and_named_in_two_languages(built: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in built.iterdir()}
    assert max(sizes.values()) < 600_000
    labels = {f["properties"].get("iso3"): f["properties"] for f in features(built, "labels")}
    assert (labels["DEU"]["name_en"], labels["DEU"]["name_fr"]) == ("Germany", "Allemagne")
