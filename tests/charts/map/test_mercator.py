"""Views of the world: all points inside, never more than one world."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.map.mercator import WORLD, fit, least_zoom, project
from charts.map.view import map_view

POINTS = st.lists(st.tuples(st.floats(-80, 80), st.floats(-179, 179)), min_size=0, max_size=12)
WIDTHS = st.sampled_from([480.0, 720.0, 850.0, 1400.0])


@given(POINTS, WIDTHS)
def test_a_map_that_can_be_moved_holds_one_world_at_most(
    points: list[tuple[float, float]], width: float
) -> None:
    view = map_view(points, width, 470.0)
    size = WORLD * 2.0**view.zoom
    assert view.zoom >= least_zoom(width, 470.0)
    x, y = project(view.lat, view.lon, view.zoom)
    assert width / 2 - 0.01 <= x <= size - width / 2 + 0.01
    assert 235 - 0.01 <= y <= size - 235 + 0.01


@pytest.mark.parametrize("width", [480.0, 850.0, 1400.0])
def test_points_near_each_other_are_all_in_view(width: float) -> None:
    points = [(48.85, 2.35), (50.45, 30.52), (31.77, 35.21)]
    for view in (fit(points, width, 470.0), map_view(points, width, 470.0)):
        assert all(view.holds(*view.xy(lat, lon)) for lat, lon in points)


def test_a_map_smaller_than_the_world_opens_where_the_base_map_draws() -> None:
    assert least_zoom(350.0, 470.0) == 0.0
    assert fit([(61.2, -149.9), (2.9, 101.7)], 350.0, 470.0, least_zoom(350.0, 470.0)).zoom == 0.0
    assert fit([], 350.0, 470.0).zoom == 0.0
