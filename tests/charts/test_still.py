"""Still pictures: the same accounts as on the page, real files, several threads at once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import matplotlib.image
import pytest

from charts import still
from charts.actors.flows import flows
from charts.actors.matrix import matrix
from charts.actors.network import network
from charts.chart import Caption, Chart
from charts.map.deck import map_deck
from charts.timeline.figure import timeline
from charts.timeline.tempo import tempo
from tests.charts.tables import event, news, table

NEWS = news(120)
PAIRS: list[tuple[Callable[..., Chart[Any]], Callable[..., Chart[Any]]]] = [
    (timeline, still.timeline_figure),
    (map_deck, still.map_figure),
    (network, still.network_figure),
    (matrix, still.matrix_figure),
    (flows, still.flows_figure),
    (tempo, still.tempo_figure),
]


@pytest.mark.parametrize(("page", "picture"), PAIRS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_printed_is_what_is_seen(
    page: Callable[..., Chart[Any]], picture: Callable[..., Chart[Any]], lang: str
) -> None:
    seen, printed = page(NEWS, lang=lang), picture(NEWS, lang=lang)
    for name in ("rows", "drawn", "left_out", "notes", "alt"):
        assert getattr(seen, name) == getattr(printed, name)
    assert seen.twin.equals(printed.twin)


def test_the_formats_are_what_they_say() -> None:
    figure = still.tempo_figure(NEWS, caption=Caption("Title", "Sub", "Foot")).figure
    picture = matplotlib.image.imread(io.BytesIO(still.to_png(figure, 300)), format="png")
    assert picture.shape[1] == pytest.approx(1180 / 96 * 300, abs=1)
    assert still.to_svg(figure).lstrip().startswith(b"<?xml")
    assert still.to_pdf(figure).startswith(b"%PDF")


def test_the_same_picture_gives_the_same_bytes() -> None:
    one, two = (still.timeline_figure(NEWS).figure for _ in range(2))
    assert still.to_png(one) == still.to_png(two)
    assert still.to_svg(one) == still.to_svg(two)


def texts(figure: Any) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_title_filters_sources_and_cut_off_are_printed() -> None:
    caption = Caption("The title", "Actor: Russia", "Sources: A. Cut-off 22 November 2024.")
    for _page, picture in PAIRS:
        shown = texts(picture(NEWS, caption=caption).figure)
        assert {caption.title, caption.subtitle, caption.footer} <= set(shown)


def test_the_map_prints_what_is_owed_and_the_boundary_line() -> None:
    shown = " ".join(texts(still.map_figure(NEWS).figure))
    assert "GeoNames" in shown
    assert "Natural Earth" in shown
    assert "Disputed borders" in shown


def test_every_label_of_the_page_is_in_the_picture() -> None:
    page = {
        text
        for trace in timeline(NEWS).figure.data
        if trace.type == "scatter" and trace.mode == "text"
        for text in trace.text
        if not re.fullmatch(r"×\d+", text)
    }
    assert len(page) > 10
    assert page <= set(texts(still.timeline_figure(NEWS).figure))


def test_dollars_and_tags_are_shown_as_written() -> None:
    row = event(1, sources=["X:$\\alpha$ & <b>Co</b>"], targets=["X:مجلس"])
    figure = still.timeline_figure(table([row]), caption=Caption("Costs $5 to $6")).figure
    assert "Costs $5 to $6" in texts(figure)
    assert still.to_png(figure)


def test_threads_do_not_disturb_each_other() -> None:
    wanted = still.to_png(still.tempo_figure(NEWS).figure)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: still.to_png(still.tempo_figure(NEWS).figure), range(8)))
    assert all(one == wanted for one in made)


def test_empty_tables_print_too() -> None:
    for _page, picture in PAIRS:
        assert still.to_png(picture(table([])).figure, 60)
