"""The matrix: no name is cut off by an edge of the picture, at any width."""

from __future__ import annotations

import math

import pytest

from charts.actors.dyads import Edge
from charts.actors.matrix import TURN, MatrixOptions, cell_text, matrix, short_name
from charts.sheet.measure import text_width
from charts.sheet.theme import TEXT_SIZE
from charts.still.actors import matrix_figure
from tests.charts.tables import news

NEWS = news(600)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("width", [560.0, 690.0, 850.0, 984.0, 1150.0, 1180.0])
def test_the_names_above_the_columns_stay_in_the_picture(width: float, lang: str) -> None:
    layout = matrix(NEWS, MatrixOptions(width=width, lang=lang)).figure.layout
    plot = width - layout.margin.l - layout.margin.r
    turned = [note for note in layout.annotations if note.textangle]
    assert len(turned) > 5
    for note in turned:
        long = text_width(note.text, TEXT_SIZE)
        end = layout.margin.l + note.x * plot + long * math.cos(math.radians(TURN))
        assert end <= width
        assert (1 - note.y) * layout.height - long * math.sin(math.radians(TURN)) > 0


@pytest.mark.parametrize("width", [560.0, 690.0, 850.0, 1180.0])
def test_columns_have_room_for_their_numbers_and_none_is_lost(width: float) -> None:
    chart = matrix(NEWS, MatrixOptions(width=width))
    codes = {cell[1] for trace in chart.figure.data for cell in trace.customdata}
    layout = chart.figure.layout
    columns = round(layout.xaxis.range[1] + 0.5)
    assert (width - layout.margin.l - layout.margin.r) / columns >= 20
    assert len(codes) == columns
    assert chart.rows == chart.drawn + sum(chart.left_out.values())
    picture = matrix_figure(NEWS, MatrixOptions(width=width))
    assert (picture.drawn, picture.notes) == (chart.drawn, chart.notes)
    told = {text.get_text() for axes in picture.figure.axes for text in axes.texts}
    assert {short_name(code, "en") for code in codes} <= told


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
