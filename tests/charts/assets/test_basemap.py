"""The base map: geometry of the cut, disputed areas apart, a clear word without the atlas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.assets import basemap, topojson
from events.geography import REFERENCE_DIR, read_reference

needs_atlas = pytest.mark.skipif(
    not basemap.ATLAS_DIR.is_dir(), reason="world-atlas is not installed (make sets it up)"
)


def test_a_ring_over_the_antimeridian_is_cut_in_two() -> None:
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]
    rings = topojson.cut_ring(ring)
    assert len(rings) == 2
    for piece in rings:
        assert all(-180 <= x <= 180 for x, _ in piece)
        assert max(x for x, _ in piece) - min(x for x, _ in piece) == 10


def test_a_ring_round_the_pole_is_closed_there() -> None:
    ring = [(float(x), -70.0) for x in range(-180, 181, 30)]
    assert any(min(y for _, y in piece) == -90 for piece in topojson.cut_ring(ring))


def test_a_line_over_the_antimeridian_is_cut() -> None:
    line = [(175.0, 1.0), (179.0, 1.0), (-179.0, 1.0), (-175.0, 1.0)]
    assert [len(piece) for piece in topojson.cut_line(line)] == [2, 2]


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=2, max_size=40))
def test_simplify_keeps_ends_and_makes_nothing_up(line: topojson.Polyline) -> None:
    short = topojson.simplify(line, 1.0)
    assert short[0] == line[0]
    assert short[-1] == line[-1]
    assert set(short) <= set(line)


def test_label_point_lies_inside() -> None:
    ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 1.0), (1.0, 1.0), (1.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    assert topojson.contains(ring, *topojson.label_point(ring, 40))


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
    for polygon in russia["geometry"]["coordinates"]:
        ring = [(x, y) for x, y in polygon[0]]
        assert not topojson.contains(ring, 34.1, 45.2)


@needs_atlas
def test_no_polygon_spans_the_map(built: Path) -> None:
    for feature in features(built, "countries-50m"):
        if feature["properties"]["iso3"] in ("ATA", "RUS"):
            continue
        for polygon in feature["geometry"]["coordinates"]:
            xs = [x for x, _ in polygon[0]]
            assert max(xs) - min(xs) < 130, feature["properties"]


@needs_atlas
def test_files_are_small_and_named_in_two_languages(built: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in built.iterdir()}
    assert max(sizes.values()) < 600_000
    labels = {f["properties"].get("iso3"): f["properties"] for f in features(built, "labels")}
    assert (labels["DEU"]["name_en"], labels["DEU"]["name_fr"]) == ("Germany", "Allemagne")
