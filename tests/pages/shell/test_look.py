"""The look follows the browser: its width, its language, and no words of Streamlit's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.actors.matrix import MatrixOptions
from charts.registry import figure_of
from events.filters import Filters
from events.query import Query
from pages.shell import language, screen_width, streamlit_words


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.none()))
def test_any_width_told_is_held_within_bounds(told: object) -> None:
    wide = screen_width._pixels(told)
    assert wide % screen_width.STEP == 0
    assert screen_width.LEAST <= wide <= 10_000
    assert 0 < screen_width.chart_width_of(wide) < wide


def test_charts_get_the_width_of_the_page() -> None:
    assert screen_width.chart_width_of(screen_width.USUAL) == 850
    assert screen_width.chart_width_of(820) == 780  # the panel stands beneath: all of the width
    assert screen_width.chart_width_of(screen_width.STACKED) > screen_width.chart_width_of(
        screen_width.STACKED + screen_width.STEP
    )
    assert screen_width.chart_width_of(2_400) == screen_width.chart_width_of(screen_width.MOST)


def test_a_page_is_laid_out_for_the_width_that_was_told(store: Path, open_page: Any) -> None:
    app = open_page("timeline")
    assert _width(app) == screen_width.chart_width_of(screen_width.USUAL)
    app.session_state[screen_width._COOKIE] = 820
    assert _width(app.run()) == 780


def _width(app: Any) -> float:
    assert not app.exception
    return float(json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["width"])


def test_names_stand_over_their_columns_at_any_width(store: Path) -> None:
    made = figure_of("matrix")(Query(store).dyads(Filters()), MatrixOptions(width=700))
    names = [note for note in made.figure.layout.annotations if note.textangle]
    bars = next(trace for trace in made.figure.data if trace.type == "bar")
    columns = {custom[1] for custom in bars.customdata}
    assert len(names) == len(columns) > 3
    shares = [(n + 0.5) / len(names) for n in range(len(names))]
    assert [note.x for note in names] == pytest.approx(shares, abs=1e-5)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", ("jj", "aaaa", "Sombre", "Rien de ce nom")), ("en", ("dd", "yyyy", "Dark"))],
)
def test_words_of_streamlit_are_said_in_the_readers_language(
    lang: str, words: tuple[str, ...]
) -> None:
    with language.fixed(lang):
        rules = streamlit_words.sheet(lang, f"{lang}-XX")
    for word in words:
        assert f'content: "{word}"' in rules
    assert streamlit_words._CALENDAR not in rules


def test_a_calendar_of_another_language_is_not_shown() -> None:
    with language.fixed("fr"):
        assert streamlit_words._CALENDAR in streamlit_words.sheet("fr", "en-GB").split("{")[0]


def test_no_word_can_leave_the_style_sheet() -> None:
    rule = streamlit_words._said("p", 'a"b</style>\\', "1rem")
    assert "</style" not in rule
    assert rule.count('"') == 4  # of the test id of icons, and around our words
