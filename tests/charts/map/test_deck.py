"""The map: true places, areas instead of false points, nothing from outside."""

from __future__ import annotations

import base64
import json
import urllib.request
from typing import Any

import pandas as pd
import pytest

from charts.map.arcs import arrow, between, build_arcs, curve
from charts.map.deck import attribution, map_deck, unplaced
from charts.map.ground import attributed, country_shapes, ground_style
from charts.map.hatch import lines
from charts.map.land_labels import land_labels
from charts.map.levels import levels, world
from charts.map.mercator import MapView, fit, project, unproject
from charts.map.occupied import Taken
from charts.map.options import MapOptions
from charts.map.outlines import features
from charts.map.palette import palette
from charts.map.place_marks import (
    cluster,
    label_box,
    label_text,
    number_inside,
    overlaps,
    place_labels,
    spots,
)
from charts.map.points import INLINE, spot_tip
from charts.sheet.theme import rgb, theme_of
from tests.charts.tables import NO_PLACE, event, news, table
from tests.skips import skip_without

NEWS = news(400)
BUILT = bool(features("countries-110m"))
PLACE = ("place_id", "place_name", "place_country", "place_kind", "lat", "lon")


def placed(number: int, *values: Any) -> dict[str, Any]:
    return event(number, story_id=number, **dict(zip(PLACE, values, strict=True)))


def deck_of(frame: pd.DataFrame, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(map_deck(frame, MapOptions(**more)).figure.to_json())
    return found


def layer(deck: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in deck["layers"] if one["id"] == name)


def content(one: dict[str, Any]) -> list[dict[str, Any]]:
    """The features that a level carries in its address."""
    with urllib.request.urlopen(str(one["data"])) as address:  # a data: address, nothing is asked
        return list(json.load(address)["features"])


def levels_of(deck: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in deck["layers"] if one["id"].startswith(f"{name}-")]


def seen_at(deck: dict[str, Any], name: str, zoom: float) -> list[dict[str, Any]]:
    """The features that the browser shows at a zoom."""
    return [
        feature
        for one in levels_of(deck, name)
        if one.get("visibleMinZoom", 0.0) <= zoom <= one.get("visibleMaxZoom", 99.0)
        for feature in content(one)
    ]


def test_every_event_is_on_the_map_or_counted() -> None:
    chart = map_deck(NEWS)
    assert chart.rows == 400 == chart.drawn + sum(chart.left_out.values())
    assert chart.left_out["no place"] == len(unplaced(NEWS))
    shown = deck_of(NEWS)
    totals = {
        sum(one["properties"]["events"] for one in seen_at(shown, "places", zoom))
        for zoom in (0.0, 0.7, 1.0, 2.2, 3.0, 4.9, 6.0, 9.5)
    }
    assert len(totals) == 1
    points = totals.pop()
    shapes = layer(shown, "areas")["data"]["features"]
    areas = sum({one["place_ids"]: one["events"] for one in shapes}.values())
    assert points + areas == chart.drawn


def test_each_zoom_shows_its_level_and_clusters_split() -> None:
    chart, found = map_deck(NEWS), levels(spots(NEWS, "en"), "en")
    shown = json.loads(chart.figure.to_json())
    assert len(found[0].points) < len(found[-1].points)
    for level in found:
        zoom = (level.low or 0.0) + 0.01
        codes = [one["properties"]["place_ids"] for one in seen_at(shown, "places", zoom)]
        places = [chart.clusters.get(code, (code,)) for code in codes]
        wanted = [(p.place_id, *(other.place_id for other in p.others)) for p in level.points]
        assert sorted(places) == sorted(wanted)
        words = [one["properties"]["text"] for one in seen_at(shown, "labels", zoom)]
        told = [one.text for one in level.labels] + [one.text for one in level.lands]
        assert sorted(words) == sorted(told)


def test_what_the_first_zoom_does_not_show_is_kept_until_it_is_asked_for() -> None:
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"/media/{len(kept) - 1}.json"

    chart = map_deck(NEWS, MapOptions(view=MapView(48.0, 20.0, 1.2), keep=keep))
    shown, whole = json.loads(chart.figure.to_json()), deck_of(NEWS, view=MapView(48.0, 20.0, 1.2))
    assert len(chart.figure.to_json()) < len(map_deck(NEWS).figure.to_json())
    for name in ("places", "labels"):
        for one, other in zip(levels_of(shown, name), levels_of(whole, name), strict=True):
            low, high = one.get("visibleMinZoom", 0.0), one.get("visibleMaxZoom", 99.0)
            text = json.dumps({"type": "FeatureCollection", "features": content(other)},
                              separators=(",", ":"))  # fmt: skip
            at_first = low <= 1.2 < high
            if str(one["data"]).startswith("/media/"):
                assert text in kept
                assert not at_first or len(text) > INLINE
            else:
                assert content(one) == content(other)
                assert at_first


def test_a_level_has_room_for_its_labels() -> None:
    for level in levels(spots(NEWS, "fr"), "fr"):
        view = world(level.low or 0.0)
        boxes = [label_box(one, *view.xy(one.spot.lat, one.spot.lon)) for one in level.labels]
        free = Taken()
        for box in boxes:
            assert free.free(box)
            free.add(box)


def test_colour_by_type_has_a_key_and_a_grey_for_the_rest() -> None:
    found = spots(NEWS, "en")
    colours = palette(found, "type", theme_of("light"))
    assert colours.by == "type"
    assert len(set(colours.colours.values())) == len(colours.colours) <= 7
    assert [words for _, words in colours.key("fr")][-1] == "Autres types"
    assert {colours.of(spot) for spot in found} <= {*colours.colours.values(), colours.other}


@skip_without(BUILT, "base map")
def test_a_point_of_view_moves_disputed_areas_and_is_printed() -> None:
    assert attributed("", "50m") == []
    owners = {
        view: [f["properties"]["owner"] for f in attributed(view, "50m")]
        for view in ("recognised", "held")
    }
    assert len(country_shapes("UKR", "recognised")) == len(country_shapes("UKR", "")) + 1
    assert len(country_shapes("RUS", "held")) > len(country_shapes("RUS", "recognised"))
    assert owners["recognised"] != owners["held"]
    for view in ("", "recognised", "held"):
        told = map_deck(NEWS, MapOptions(viewpoint=view, lang="fr")).notes
        assert any(attribution("fr", view) == note for note in told)
    assert len({attribution("fr", view) for view in ("", "recognised", "held")}) == 3
    assert all("Lieux" in attribution("fr", view) for view in ("", "recognised", "held"))


def test_nothing_is_asked_from_outside() -> None:
    text = map_deck(NEWS, MapOptions(arcs=True)).figure.to_json()
    assert "http" not in text
    style = json.loads(text)["mapStyle"]
    assert style.startswith("data:application/json;base64,")
    ground = json.loads(base64.b64decode(style.split(",", 1)[1]))
    named = {one["source"] for one in ground["layers"] if "source" in one}
    assert named == set(ground["sources"]) == {"countries", "disputed", "borders"}
    assert all(one["data"].startswith("/app/static/") for one in ground["sources"].values())


@skip_without(BUILT, "base map")
@pytest.mark.parametrize("viewpoint", ["", "recognised", "held"])
def test_borders_have_a_width_from_every_point_of_view(viewpoint: str) -> None:
    ground = ground_style("/built", theme_of("dark"), viewpoint)
    (width,) = [
        one["paint"]["line-width"] for one in ground["layers"] if one.get("source") == "borders"
    ]
    widths = [feature["properties"][width[1]] for feature in features("borders-50m")]
    assert sum(w > 0 for w in widths) > 0
    assert ("attributed" in ground["sources"]) == bool(viewpoint)


def test_a_country_is_an_area_not_a_point() -> None:
    rows = [placed(1, "UKR", "Ukraine", "UKR", "country", 49.0, 32.0)]
    rows += [placed(2, "w1", "Black Sea", "", "water", 43.4, 34.3)]
    shown = deck_of(table(rows))
    assert levels_of(shown, "places") == []
    country, water = layer(shown, "areas")["data"]["features"]
    assert water["geometry"]["type"] == "Polygon"
    if BUILT:
        assert country["geometry"]["type"] == "MultiPolygon"


def test_an_area_is_hatched_in_grey_and_the_lines_stay_inside() -> None:
    row = placed(1, "w1", "Black Sea", "", "water", 43.4, 34.3)
    shown = deck_of(table([row]), view=MapView(45.0, 30.0, 4.0))
    colours = [layer(shown, "areas")[key] for key in ("getFillColor", "getLineColor")]
    colours.append(layer(shown, "hatch")["getLineColor"])
    assert {tuple(colour[:3]) for colour in colours} == {rgb(theme_of("light").muted)}
    (circle,) = layer(shown, "areas")["data"]["features"][0]["geometry"]["coordinates"]
    lons, lats = zip(*circle, strict=True)
    strokes = layer(shown, "hatch")["data"]["geometry"]["coordinates"]
    assert len(strokes) > 5
    for lon, lat in (point for stroke in strokes for point in stroke):
        assert min(lons) - 0.01 <= lon <= max(lons) + 0.01
        assert min(lats) - 0.01 <= lat <= max(lats) + 0.01


def test_hatching_leaves_holes_out() -> None:
    outer = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]
    hole = [[4.0, 4.0], [6.0, 4.0], [6.0, 6.0], [4.0, 6.0], [4.0, 4.0]]
    middles = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in lines([outer, hole], 0.2)
    ]  # fmt: skip
    assert len(middles) > 40
    assert not any(4.05 < lon < 5.95 and 4.05 < lat < 5.95 for lon, lat in middles)
    assert lines([], 0.2) == []


def test_a_popup_tells_the_main_events_and_a_circle_its_number() -> None:
    where = ("1", "Kyiv", "UKR", "city", 50.45, 30.52)
    rows = [
        placed(n, *where) | {"weight": w, "headline": text, "headline_lang": "en"}
        for n, (w, text) in enumerate([(0, "Talks"), (2, "Missile hits Kyiv"), (1, "Visit")])
    ]
    (spot,) = spots(table(rows), "en")
    assert [text for _rank, _day, text in spot.told] == ["Missile hits Kyiv", "Visit", "Talks"]
    assert spot_tip(spot, "en").splitlines()[:2] == ["Kyiv", "3 events"]
    assert "Missile hits Kyiv" in spot_tip(spot, "en").splitlines()[2]
    assert (number_inside(spot, "en"), label_text(spot, "en")) == ("3", "Kyiv")


def test_tooltips_are_text_not_html() -> None:
    row = placed(1, "9", "<img src=x onerror=alert(1)>", "", "city", 1.0, 2.0)
    chart = map_deck(table([row]))
    assert set(chart.figure._tooltip) == {"text", "style"}
    shown = json.loads(chart.figure.to_json())
    for level in levels_of(shown, "places"):
        assert content(level)[0]["properties"]["tip"].startswith("<img")


def test_clusters_keep_every_event_and_stand_at_a_true_place() -> None:
    found = spots(NEWS, "en")
    true = {(spot.lat, spot.lon) for spot in found}
    for zoom in (1.0, 3.0, 6.0):
        joined = cluster(found, MapView(48.0, 30.0, zoom))
        points = [spot for spot in found if not spot.is_area]
        assert sum(s.events for s in joined) == sum(s.events for s in points)
        assert all((s.lat, s.lon) in true for s in joined)
    far = cluster(found, MapView(48.0, 30.0, 1.0))
    near = cluster(found, MapView(48.0, 30.0, 9.0))
    assert len(far) < len(near) == len(points)


@pytest.mark.parametrize("zoom", [1.5, 3.0, 5.0])
def test_labels_lie_on_no_spot_and_on_no_other_label(zoom: float) -> None:
    view = MapView(45.0, 30.0, zoom)
    found = cluster(spots(NEWS, "en"), view)
    labels = place_labels(found, view, "en")
    assert labels
    boxes = [label_box(one, *view.xy(one.spot.lat, one.spot.lon)) for one in labels]
    for number, box in enumerate(boxes):
        assert not any(overlaps(box, other) for other in boxes[number + 1 :])
        for spot in found:
            x, y = view.xy(spot.lat, spot.lon)
            disc = (x - spot.radius, y - spot.radius, x + spot.radius, y + spot.radius)
            assert not overlaps(box, disc)
    for land in land_labels(labels, found, view, "fr"):
        middle = (land.x - 1, land.y - 1, land.x + 1, land.y + 1)
        assert not any(overlaps(middle, box) for box in boxes)


def test_counts_of_the_store_make_the_same_map() -> None:
    rows = [
        {"place_id": "1", "place_name": "Kyiv", "place_country": "UKR", "place_kind": "city",
         "lat": 50.45, "lon": 30.52, "events": 90_000, "quad_1": 1, "quad_2": 0, "quad_3": 0,
         "quad_4": 89_999}
    ]  # fmt: skip
    chart = map_deck(pd.DataFrame(rows))
    assert (chart.rows, chart.drawn) == (90_000, 90_000)


def test_circles_of_a_large_store_keep_their_proportion() -> None:
    counts = (90_000, 22_500, 900, 1)
    rows = [
        {"place_id": str(n), "place_name": "A", "place_country": "UKR", "place_kind": "city",
         "lat": 50.0, "lon": 30.0 + n, "events": events, "quad_1": events, "quad_2": 0,
         "quad_3": 0, "quad_4": 0}
        for n, events in enumerate(counts)
    ]  # fmt: skip
    radii = [spot.radius for spot in spots(pd.DataFrame(rows), "en")]
    assert radii[0] == 30.0
    least = 3.4
    assert (radii[1] - least) / (radii[0] - least) == pytest.approx(0.5)
    assert (radii[2] - least) / (radii[0] - least) == pytest.approx(0.1)
    assert least < radii[3] < 4


def test_mercator_there_and_back() -> None:
    for lat, lon in ((0.0, 0.0), (51.5, -0.1), (-33.9, 151.2), (70.0, 179.0)):
        assert unproject(*project(lat, lon, 3.0), 3.0) == pytest.approx((lat, lon))
    view = fit([(50.0, 30.0), (48.0, 2.0)], 1000, 500)
    for lat, lon in ((50.0, 30.0), (48.0, 2.0)):
        assert view.holds(*view.xy(lat, lon))


def test_arcs_end_where_they_should_and_count_what_has_none() -> None:
    path = curve((55.0, 37.0), (50.0, 30.0))
    assert path[0] == [37.0, 55.0]
    assert path[-1] == [30.0, 50.0]
    assert arrow(path, 3.0)[0] == pytest.approx([30.0, 50.0], abs=0.01)
    found, without = build_arcs(NEWS, 3.0)
    placed_rows = {i for arc in found for i in arc.ids}
    assert without + len(placed_rows) <= len(NEWS)
    if BUILT:
        assert any((arc.source, arc.target) == ("RUS", "UKR") for arc in found)


def test_mentions_are_faint_and_only_of_the_roles_asked() -> None:
    mentions = pd.DataFrame(
        {"kind": "place", "code": ["1", "2", "3"], "name": ["A", "B", "C"], "country": "UKR",
         "role": ["mentioned", "dateline", "government"], "lat": [1.0, 2.0, float("nan")],
         "lon": [1.0, 2.0, 3.0]}
    )  # fmt: skip
    shown = deck_of(NEWS, mentions=mentions)
    assert [row["place_ids"] for row in layer(shown, "mentioned")["data"]] == ["1"]
    assert [row["place_ids"] for row in layer(shown, "dateline")["data"]] == ["2"]
    only = deck_of(NEWS, mentions=mentions, faint=("dateline",))
    assert not [one for one in only["layers"] if one["id"] == "mentioned"]


def test_an_empty_map_and_one_without_places() -> None:
    assert map_deck(table([])).rows == 0
    chart = map_deck(table([placed(1, *NO_PLACE)]))
    assert chart.left_out == {"no place": 1}


def test_an_arc_stands_for_all_its_events() -> None:
    arcs, _without = build_arcs(NEWS, 3.0)
    assert arcs
    for arc in arcs:
        assert len(between(NEWS, arc.source, arc.target)) == arc.events


def test_words_at_the_edge_of_the_data_lean_inwards() -> None:
    east, west = (
        ("Ville 9", "A", "RUS", "city", 45.0, 140.0),
        ("Ville 8", "B", "", "city", 0.0, -60.0),
    )
    rows = [placed(n, *place) for n, place in enumerate((east, west))]
    long = [{**row, "place_name": "A rather long name"} for row in rows]
    view = fit([(45.0, 140.0), (0.0, -60.0)], 880.0, 470.0)
    labels = {one.spot.place_id: one for one in place_labels(spots(table(long), "en"), view, "en")}
    assert {key: one.anchor for key, one in labels.items()} == {
        "Ville 9": "end",
        "Ville 8": "start",
    }
    for one in labels.values():
        box = label_box(one, *view.xy(one.spot.lat, one.spot.lon))
        assert box[0] >= 15
        assert box[2] <= view.width - 15
    (lone,) = place_labels(spots(table(long[:1]), "en"), MapView(45.0, 140.0, 3.0), "en")
    assert lone.anchor == "start"
