"""The first view of the map: what is drawn is in it, and a lone place has its surroundings."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.drawing import Symbol
from charts.map.deck import map_deck
from charts.map.doubtful import on_map
from charts.map.mercator import least_zoom
from charts.map.options import MapOptions
from charts.map.outlines import features
from charts.map.picture import map_picture
from charts.map.view import beyond_edge, country_points, drawn_points, map_height, map_view
from events.model import PLACE_SURE
from tests.charts.tables import NO_PLACE, event, table
from tests.skips import skip_without

BUILT = bool(features("countries-110m"))
PLACE = ("place_id", "place_name", "place_country", "place_kind", "lat", "lon")
KYIV = ("1", "Kyiv", "UKR", "city", 50.45, 30.52)
PORT = ("9", "Port-au-Prince", "HTI", "city", 18.54, -72.34)
WIDTHS = [600.0, 720.0, 880.0, 1010.0, 1170.0]
USUAL = 470.0
POINTS = st.lists(st.tuples(st.floats(-60, 75), st.floats(-170, 170)), min_size=1, max_size=12)


def at(number: int, place: tuple[Any, ...], sure: float = PLACE_SURE) -> dict[str, Any]:
    told = dict(zip(PLACE, place, strict=True))
    return event(number, story_id=number, place_confidence=sure, **told)


def shown(frame: pd.DataFrame, **more: Any) -> dict[str, float]:
    deck: dict[str, Any] = json.loads(map_deck(frame, MapOptions(**more)).figure.to_json())
    found: dict[str, float] = deck["initialViewState"]
    return found


MIXED = table([at(1, KYIV), at(2, PORT, PLACE_SURE - 0.1), at(3, NO_PLACE)])


def test_the_view_is_fitted_to_what_is_drawn() -> None:
    assert on_map(MIXED).tolist() == [True, False, False]
    assert on_map(MIXED, doubtful=True).tolist() == [True, True, False]
    assert drawn_points(MIXED) == [(50.45, 30.52)]
    assert set(drawn_points(MIXED, doubtful=True)) == {(50.45, 30.52), (18.54, -72.34)}
    assert shown(MIXED)["longitude"] == pytest.approx(30.52)
    assert shown(MIXED, doubtful=True)["longitude"] < 0


def test_doubtful_places_alone_leave_the_whole_world_in_view() -> None:
    frame = table([at(1, PORT, PLACE_SURE - 0.1)])
    view = shown(frame, width=880.0, height=USUAL)
    assert view["zoom"] == pytest.approx(least_zoom(880.0, USUAL))
    assert shown(frame, width=880.0, height=USUAL, doubtful=True)["zoom"] > 3


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("point", [(50.45, 30.52), (-18.1, 178.4), (78.2, 15.6)])
def test_a_lone_place_has_its_surroundings(point: tuple[float, float], width: float) -> None:
    view = map_view([point, point], width, USUAL)
    assert 2.7 < view.zoom <= 4.0
    assert view.holds(*view.xy(*point))


@skip_without(BUILT, "base map")
def test_a_lone_country_is_shown_whole() -> None:
    frame = table([at(1, ("MLI", "Mali", "MLI", "country", 17.0, -4.0))])
    assert drawn_points(frame) == country_points("MLI")
    view = map_view(drawn_points(frame), 880.0, USUAL)
    assert all(view.holds(*view.xy(lat, lon)) for lat, lon in country_points("MLI"))
    assert view.zoom > 3.5


def test_no_country_has_no_outline() -> None:
    assert country_points("") == country_points("X:nowhere") == []


@given(POINTS, st.sampled_from(WIDTHS))
def test_no_place_stands_outside_the_first_view(
    points: list[tuple[float, float]], width: float
) -> None:
    high = map_height(points, width, USUAL)
    view = map_view(points, width, high)
    assert USUAL <= high <= max(USUAL, 0.65 * width)
    assert view.height == high
    assert all(view.holds(*view.xy(lat, lon)) for lat, lon in points)


def test_a_map_grows_only_where_it_must() -> None:
    near, far = [(48.85, 2.35), (50.45, 30.52)], [(70.0, 25.0), (-50.0, -70.0)]
    assert map_height([], 1170.0, USUAL) == map_height(near, 1170.0, USUAL) == USUAL
    assert map_height(far, 880.0, USUAL) < map_height(far, 1170.0, USUAL)


def test_a_picture_of_a_lone_place_has_its_surroundings_too() -> None:
    lone, pair = table([at(1, KYIV)]), table([at(1, KYIV), at(2, PORT)])
    for frame in (lone, pair):
        made = map_picture(frame)
        assert made.drawn == len(frame)
        points = [mark for mark in made.figure.panels[-1].marks if isinstance(mark, Symbol)]
        assert len(points) == len(frame)
        assert all(0 < point.x < 1180 and 0 < point.y < 560 for point in points)
    assert drawn_points(lone) == [(50.45, 30.52)]
    assert map_view(drawn_points(lone), 1180.0, 560.0, least=0.3).zoom <= 4.0


@pytest.mark.parametrize(("width", "beyond"), [(1010.0, 0), (360.0, 2)])
def test_what_a_narrow_map_cannot_hold_is_counted(width: float, beyond: int) -> None:
    alaska = ("2", "Alaska", "USA", "region", 64.0, -150.0)
    tokyo = ("3", "Tokyo", "JPN", "city", 35.7, 139.7)
    told = [dict(zip(PLACE, place, strict=True)) for place in (alaska, KYIV, tokyo, NO_PLACE)]
    events = table([event(n, **place) for n, place in enumerate(told, 1)])
    assert beyond_edge(events, map_view(drawn_points(events), width, 300.0)) == beyond
