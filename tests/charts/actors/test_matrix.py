"""The matrix: no name is cut off by an edge of the picture, at any width."""

from __future__ import annotations

import math

import pytest

from charts.actors.dyads import Edge
from charts.actors.matrix import TURN, MatrixOptions, cell_text, matrix, short_name
from charts.drawing import Text
from charts.sheet.measure import text_width
from charts.sheet.theme import TEXT_SIZE
from tests.charts.tables import news

NEWS = news(600)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width", [560.0, 690.0, 850.0, 984.0, 1150.0, 1180.0])
def test_the_names_above_the_columns_stay_in_the_picture(width: float, lang: str) -> None:
    panel = matrix(NEWS, MatrixOptions(width=width, lang=lang)).figure.panels[-1]
    turned = [mark for mark in panel.marks if isinstance(mark, Text) and mark.turn]
    assert len(turned) > 5
    for name in turned:
        assert panel.axes is not None
        x, y = panel.axes.pixel(name.x, name.y)
        long = text_width(name.text, TEXT_SIZE)
        assert x + long * math.cos(math.radians(TURN)) <= width
        assert y + name.dy - long * math.sin(math.radians(TURN)) > 0


@pytest.mark.parametrize("width", [560.0, 690.0, 850.0, 1180.0])
def test_columns_have_room_for_their_numbers_and_none_is_lost(width: float) -> None:
    chart = matrix(NEWS, MatrixOptions(width=width))
    codes = {target.custom[1] for target in chart.figure.targets()}
    axes = chart.figure.panels[-1].axes
    assert axes is not None
    assert 1 / axes.per_pixel[0] >= 20
    assert len(codes) == round(axes.x[1] + 0.5)
    assert chart.rows == chart.drawn + sum(chart.left_out.values())
    assert {short_name(str(code), "en") for code in codes} <= set(chart.figure.texts())


def test_a_score_that_rounds_to_nothing_has_no_sign() -> None:
    assert cell_text(Edge("RUS", "UKR", 10, -0.4), "score", "en") == "0.0"
    assert cell_text(Edge("RUS", "UKR", 10, -14.0), "score", "en") == "-1.4"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_caption_says_what_is_counted(lang: str) -> None:
    word = "event" if lang == "en" else "événement"
    for notes in (
        matrix(NEWS, MatrixOptions(lang=lang)).notes,
        matrix(NEWS, MatrixOptions(lang=lang, measure="score")).notes,
    ):
        assert all(word in note for note in notes[:2])
