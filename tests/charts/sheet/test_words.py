"""Texts on charts: measured, cut, wrapped; ticks that do not touch; fonts; captions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charts.assets import fonts
from charts.chart import Caption
from charts.sheet.caption import CaptionFrame, footer, frame, left_out_note
from charts.sheet.measure import shorten, text_width, wrap
from charts.sheet.scale import Scale, ticks
from charts.sheet.theme import LABEL_SIZE
from charts.timeline.spans import FIRST_DAY, LAST_DAY, UNITS, starts, to_number, unit_for
from tests.charts.tables import news, table
from tests.skips import skip


@given(st.text(max_size=300), st.floats(20, 400))
@example("0.\u00a00", 21.0)
def test_a_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shorten(text, width, 12), 12) <= max(width, text_width("…", 12))


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Two days before the strike", 115, "Two days before…"),
        ("Georgian civilians, Georgia: protest", 115, "Georgian civilians…"),
        ("Short", 100, "Short"),
        ("Donaudampfschifffahrtsgesellschaft", 100, "Donaudampfsc…"),
    ],
)
def test_a_text_is_cut_after_a_word_unless_the_word_takes_the_room(
    text: str, width: float, shown: str
) -> None:
    assert shorten(text, width, 12) == shown


@given(st.text(max_size=200), st.floats(60, 400))
def test_wrapped_lines_fit_and_keep_short_words(text: str, width: float) -> None:
    for line in wrap(text, width, 12):
        assert text_width(line, 12) <= width


def test_figures_are_tabular() -> None:
    assert len({text_width(digit, 100) for digit in "0123456789"}) == 1


def test_french_and_cyrillic_letters_are_in_the_bundled_font() -> None:
    if not fonts.is_built():
        skip("font")
    from fontTools.ttLib import TTFont

    for weight in fonts.WEIGHTS:
        known = TTFont(fonts.FONTS_DIR / fonts.file_name(weight)).getBestCmap()
        assert {ord(c) for c in "éèêëàâçîïôùûüÿœŒÉĐłŁšžČąЖщїєґЇαΩ–—«»’…×"} <= set(known)


def test_a_missing_font_package_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileNotFoundError, match="charts.assets.basemap --install"):
        fonts.build(tmp_path / "none", tmp_path / "target")


SPANS = [
    ("2024-11-18", "2024-11-21"),
    ("2024-10-01", "2024-11-30"),
    ("2024-01-01", "2024-12-31"),
    ("2014-03-01", "2024-12-31"),
    ("1800-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("first", "last"), SPANS)
@pytest.mark.parametrize("width", [400, 900, 1400])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_ticks_of_a_row_never_touch(first: str, last: str, width: int, lang: str) -> None:
    days = [to_number(dt.date.fromisoformat(day)) for day in (first, last)]
    scale = Scale(days[0], days[1], 100, 100 + width)
    found = ticks(scale, lang)
    assert found
    for row in (0, 1):
        ends = []
        for tick in (one for one in found if one.row == row):
            size = text_width(tick.text, LABEL_SIZE, 600 if row else 400)
            start = tick.text_x if row else tick.text_x - size / 2
            ends.append((start, start + size))
        assert all(a[1] < b[0] for a, b in zip(ends, ends[1:], strict=False))


@given(st.integers(FIRST_DAY, LAST_DAY), st.integers(0, 40_000), st.sampled_from(UNITS))
def test_units_cover_any_days_without_holes(first: int, length: int, unit: str) -> None:
    last = min(LAST_DAY, first + (length if unit != "day" else length % 900))
    edges = starts(first, last, unit)  # type: ignore[arg-type]
    assert edges[0] <= first or first - edges[0] < 1
    assert edges[-1] >= last
    assert all(a < b for a, b in zip(edges.tolist(), edges.tolist()[1:], strict=False))


@given(st.integers(0, 100_000), st.integers(2, 500))
def test_a_unit_never_cuts_into_more_pieces_than_asked(days: int, bins: int) -> None:
    unit = unit_for(0, days, bins)
    if unit != "decade":
        assert len(starts(0, days, unit)) - 1 <= bins + 2


def test_the_footer_names_sources_articles_and_cut_off() -> None:
    text = footer(news(60), dt.date(2024, 11, 28), "en")
    assert "BBC" in text
    assert "3 more" in text
    assert "28 November 2024" in text
    assert footer(table([]), None, "en") == ""


def test_what_is_left_out_is_one_sentence() -> None:
    assert left_out_note({"undated": 3, "no place": 0}, "en") == "Events not drawn: undated: 3."
    assert left_out_note({}, "en") == ""


def test_a_long_caption_wraps_and_makes_room() -> None:
    short = frame(Caption("A", "B", "C"), (), [], 900, "en")
    long = frame(Caption("A " * 300, "B " * 400, "C " * 400), ("note " * 100,), [], 900, "en")
    assert long.header > short.header
    assert long.footer > short.footer
    for lines in (long.title, long.subtitle, long.notes):
        assert all(text_width(line, 16, 600) < 1400 for line in lines)


@pytest.mark.parametrize("width", [300, 700, 1180])
def test_entries_of_the_key_do_not_overlap(width: float) -> None:
    symbols = [f"quad {n}" for n in (1, 2, 3, 4)] + ["reported", "planned", "claimed", "denied"]
    made: CaptionFrame = frame(Caption("T"), (), symbols, width, "fr")
    spans = sorted(
        (item.line, item.x - 5, item.text_x + text_width(item.text, LABEL_SIZE))
        for item in made.key
    )
    for one, two in zip(spans, spans[1:], strict=False):
        assert one[0] != two[0] or one[2] <= two[1]
