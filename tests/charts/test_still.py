"""Still pictures: the same accounts as on the page, real files, several threads at once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import matplotlib.image
import pytest

from charts.backends.files import to_pdf, to_png, to_svg
from charts.backends.still_figure import to_still
from charts.chart import Caption
from charts.registry import still_of
from charts.timeline.scene_model import TimelineOptions
from charts.timeline.tempo import tempo
from charts.timeline.tempo_counts import TempoOptions
from tests.charts.tables import SAMPLES, event, news, sample, table

NEWS = news(120)


def test_the_formats_are_what_they_say() -> None:
    options = TempoOptions(caption=Caption("Title", "Sub", "Foot"))
    figure = still_of("tempo")(NEWS, options).figure
    picture = matplotlib.image.imread(io.BytesIO(to_png(figure, 300)), format="png")
    assert picture.shape[1] == pytest.approx(1180 / 96 * 300, abs=1)
    assert to_svg(figure).lstrip().startswith(b"<?xml")
    assert to_pdf(figure).startswith(b"%PDF")


def test_the_same_picture_gives_the_same_bytes() -> None:
    one, two = (still_of("timeline")(NEWS).figure for _ in range(2))
    assert to_png(one) == to_png(two)
    assert to_svg(one) == to_svg(two)


def texts(figure: Any) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_title_filters_sources_and_cut_off_are_printed() -> None:
    caption = Caption("The title", "Actor: Russia", "Sources: A. Cut-off 22 November 2024.")
    for name, options in SAMPLES.items():
        drawn = still_of(name)(sample(name, NEWS), replace(options, caption=caption))
        shown = texts(drawn.figure)
        assert {caption.title, caption.subtitle, caption.footer} <= set(shown)


def test_the_map_prints_what_is_owed_and_the_boundary_line() -> None:
    shown = " ".join(texts(still_of("map")(NEWS).figure))
    assert "GeoNames" in shown
    assert "Natural Earth" in shown
    assert "Disputed borders" in shown


def test_dollars_and_tags_are_shown_as_written() -> None:
    row = event(1, sources=["X:$\\alpha$ & <b>Co</b>"], targets=["X:مجلس"])
    figure = still_of("timeline")(
        table([row]), TimelineOptions(caption=Caption("Costs $5 to $6"))
    ).figure
    assert "Costs $5 to $6" in texts(figure)
    assert to_png(figure)


def test_threads_do_not_disturb_each_other() -> None:
    drawn = tempo(NEWS).figure
    wanted = to_png(to_still(drawn))
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: to_png(to_still(drawn)), range(8)))
    assert all(one == wanted for one in made)


def test_empty_tables_print_too() -> None:
    for name, options in SAMPLES.items():
        drawn = still_of(name)(sample(name, table([])), options)
        assert to_png(drawn.figure, 60)
