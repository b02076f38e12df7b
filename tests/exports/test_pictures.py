"""Single charts: the stated width in every kind of file, title, sources and cut-off beneath."""

from __future__ import annotations

import io
import re

import matplotlib.image
import pypdf
import pytest

from charts.chart import Caption
from charts.map.mercator import fit
from charts.map.options import MapOptions
from charts.registry import options_of
from charts.timeline.tempo_counts import TempoOptions
from exports.pictures import PictureKind, picture, sized, sourced
from exports.selection import Selection

CHARTS_DRAWN = ["timeline", "tempo", "map", "network", "matrix"]


@pytest.mark.parametrize("chart", CHARTS_DRAWN)
@pytest.mark.parametrize(("width_cm", "dpi"), [(17.0, 300), (30.0, 72)])
def test_a_picture_has_the_stated_width(
    chart: str, width_cm: float, dpi: int, selection: Selection
) -> None:
    options = options_of(chart)(lang="fr")
    made = picture(chart, selection.events, options, "png", width_cm, dpi)
    pixels = matplotlib.image.imread(io.BytesIO(made)).shape[1]
    assert pixels == pytest.approx(width_cm / 2.54 * dpi, abs=1.5)


def test_pdf_and_svg_have_it_too(selection: Selection) -> None:
    points = 25.0 / 2.54 * 72
    made = picture("tempo", selection.events, TempoOptions(), "pdf", 25.0)
    page = pypdf.PdfReader(io.BytesIO(made)).pages[0]
    assert float(page.mediabox.width) == pytest.approx(points, abs=1)
    svg = picture("tempo", selection.events, TempoOptions(), "svg", 25.0).decode("utf-8")
    found = re.search(r'width="([\d.]+)pt"', svg)
    assert found
    assert float(found[1]) == pytest.approx(points, abs=1)


def test_title_sources_and_cut_off_are_on_it(selection: Selection) -> None:
    plain = TempoOptions(caption=Caption("Rythme", "Tous"), lang="fr")
    options = sourced(plain, selection.events, selection.cut_off)
    made = picture("tempo", selection.events, options, "pdf", 17.0)
    told = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Rythme" in told
    assert "Sources" in told
    assert "Arrêté au" in told


def test_a_caption_that_names_its_sources_is_left_alone(selection: Selection) -> None:
    options = TempoOptions(caption=Caption("", "", "Own line"))
    assert sourced(options, selection.events, None) == options


def test_a_map_of_another_width_shows_the_same_places() -> None:
    view = fit([(50.0, 30.0), (33.9, 35.5)], 1180.0, 560.0)
    narrow = sized(MapOptions(view=view), 17.0).view
    assert narrow is not None
    for spot in ((50.0, 30.0), (33.9, 35.5)):
        (x, y), (x2, y2) = view.xy(*spot), narrow.xy(*spot)
        assert x2 / narrow.width == pytest.approx(x / view.width)
        assert y2 / narrow.height == pytest.approx(y / view.height)


def test_a_chart_that_is_none_is_told_with_those_there_are(selection: Selection) -> None:
    with pytest.raises(ValueError, match=r"'tmeline'.*timeline \(each event on its days"):
        picture("tmeline", selection.events, TempoOptions(), "png")


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_chart_gives_the_same_bytes(kind: PictureKind, selection: Selection) -> None:
    first = picture("tempo", selection.events, TempoOptions(), kind)
    assert picture("tempo", selection.events, TempoOptions(), kind) == first
