"""Single charts: the stated width in every kind of file, title, sources and cut-off beneath."""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib.image
import pypdf
import pytest

from charts.chart import Caption
from charts.map.mercator import fit
from exports.pictures import PictureKind, picture, sized, sourced
from exports.selection import Selection

DRAWERS = ["timeline_figure", "tempo_figure", "map_figure", "network_figure", "matrix_figure"]


@pytest.mark.parametrize("drawer", DRAWERS)
@pytest.mark.parametrize(("width_cm", "dpi"), [(17.0, 300), (30.0, 72)])
def test_a_picture_has_the_stated_width(
    drawer: str, width_cm: float, dpi: int, selection: Selection
) -> None:
    made = picture(drawer, selection.events, {"lang": "fr"}, "png", width_cm, dpi)
    pixels = matplotlib.image.imread(io.BytesIO(made)).shape[1]
    assert pixels == pytest.approx(width_cm / 2.54 * dpi, abs=1.5)


def test_pdf_and_svg_have_it_too(selection: Selection) -> None:
    points = 25.0 / 2.54 * 72
    made = picture("tempo_figure", selection.events, {}, "pdf", 25.0)
    page = pypdf.PdfReader(io.BytesIO(made)).pages[0]
    assert float(page.mediabox.width) == pytest.approx(points, abs=1)
    svg = picture("tempo_figure", selection.events, {}, "svg", 25.0).decode("utf-8")
    found = re.search(r'width="([\d.]+)pt"', svg)
    assert found
    assert float(found[1]) == pytest.approx(points, abs=1)


def test_title_sources_and_cut_off_are_on_it(selection: Selection) -> None:
    plain = {"caption": Caption("Rythme", "Tous"), "lang": "fr"}
    options = sourced(plain, selection.events, selection.cut_off, "fr")
    made = picture("tempo_figure", selection.events, options, "pdf", 17.0)
    told = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Rythme" in told
    assert "Sources" in told
    assert "Arrêté au" in told


def test_a_caption_that_names_its_sources_is_left_alone(selection: Selection) -> None:
    options: dict[str, Any] = {"caption": Caption("", "", "Own line")}
    assert sourced(options, selection.events, None, "en") == options


def test_a_map_of_another_width_shows_the_same_places() -> None:
    view = fit([(50.0, 30.0), (33.9, 35.5)], 1180.0, 560.0)
    narrow = sized({"view": view}, 17.0)["view"]
    for spot in ((50.0, 30.0), (33.9, 35.5)):
        (x, y), (x2, y2) = view.xy(*spot), narrow.xy(*spot)
        assert x2 / narrow.width == pytest.approx(x / view.width)
        assert y2 / narrow.height == pytest.approx(y / view.height)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_chart_gives_the_same_bytes(kind: PictureKind, selection: Selection) -> None:
    options: dict[str, Any] = {"lang": "en"}
    first = picture("tempo_figure", selection.events, options, kind)
    assert picture("tempo_figure", selection.events, options, kind) == first
