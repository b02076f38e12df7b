"""One chart as a picture of a stated width: PNG of up to 300 dots an inch, SVG, PDF; no browser.

The chart is laid out again for the width, so that text keeps its size on paper: a picture of
17 cm is 17 cm wide in a document, with type of 8 points.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import log2
from typing import Any, Literal, TypeVar

import pandas as pd

from charts.backends.files import to_pdf, to_png, to_svg
from charts.chart import ChartOptions
from charts.map.options import MapOptions
from charts.registry import still_of
from charts.sheet.caption import footer
from exports.door import Door

PictureKind = Literal["png", "svg", "pdf"]
Options = TypeVar("Options", bound=ChartOptions)
PIXELS_PER_CM = 96.0 / 2.54


def picture(
    chart: str,
    table: Any,
    options: ChartOptions,
    file_format: PictureKind,
    width_cm: float = 0.0,
    dpi: int = 150,
) -> bytes:
    """A chart of charts/registry.py, by its name, as a file of `file_format`.

    `width_cm` 0 keeps the width of `options`. `dpi` counts for PNG alone, from 72 to 300. Raises
    ValueError where no chart has the name.
    """
    asked = sized(options, width_cm) if width_cm else options
    passed = Door().table(table) if isinstance(table, pd.DataFrame) else table
    figure = still_of(chart)(passed, asked).figure
    if file_format == "png":
        return to_png(figure, min(300, max(72, dpi)))
    return to_svg(figure) if file_format == "svg" else to_pdf(figure)


def sized(options: Options, width_cm: float) -> Options:
    """The options of a chart for another width; a map keeps the area it shows."""
    width = width_cm * PIXELS_PER_CM
    if isinstance(options, MapOptions) and options.view:
        view, share = options.view, width / options.view.width
        zoom = view.zoom + log2(share)
        view = replace(view, width=width, height=view.height * share, zoom=zoom)
        return replace(options, width=width, view=view)
    return replace(options, width=width)


def sourced(options: Options, events: pd.DataFrame, cutoff: dt.date | None) -> Options:
    """The options with sources and cut-off as footer if the chart's caption has none.

    `events` needs the columns source and article_id.
    """
    caption = options.caption
    if caption.footer:
        return options
    return replace(options, caption=replace(caption, footer=footer(events, cutoff, options.lang)))
