"""Charts are as wide as the room that the browser has for them, never wider."""

from __future__ import annotations

import pytest

from pages.shell import screen_width


@pytest.mark.parametrize(
    ("window", "measured"),
    # measured in Chromium: the column of the chart on the timeline page
    [(1280, 850.8), (1120, 1080.0), (820, 780.0)],
)
def test_a_chart_fills_its_column(window: int, measured: float) -> None:
    assert measured - 10 < screen_width.chart_width_of(window) <= measured


@pytest.mark.parametrize("told", [1280, "1287", "1299.5", 1295])
def test_widths_are_rounded_down(told: object) -> None:
    assert screen_width._pixels(told) == 1280


@pytest.mark.parametrize("told", ["", "wide", None, "nan", "inf", {}])
def test_what_is_no_width_is_the_usual_one(told: object) -> None:
    assert screen_width._pixels(told) == screen_width.USUAL


@pytest.mark.parametrize(
    ("told", "taken"), [(1, screen_width.LEAST), (10**9, 10_000), (-5, screen_width.LEAST)]
)
def test_widths_stay_in_bounds(told: object, taken: int) -> None:
    assert screen_width._pixels(told) == taken
