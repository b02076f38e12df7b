"""One chart as a picture of a stated width: PNG of up to 300 dots an inch, SVG, PDF; no browser.

The chart is laid out anew for the width, so that its words keep their size on paper: a picture of
17 cm is 17 cm wide in a document, with type of 8 points.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from math import log2
from typing import Any, Literal

import pandas as pd

from charts import still
from charts.chart import Caption
from charts.map.mercator import MapView
from charts.sheet.caption import footer

PictureKind = Literal["png", "svg", "pdf"]
PIXELS_PER_CM = 96.0 / 2.54


def picture(
    drawer: str,
    table: Any,
    options: Mapping[str, Any],
    kind: PictureKind,
    width_cm: float = 0.0,
    dpi: int = 150,
) -> bytes:
    """A chart of `charts.still`, by the name of its function, as a file of `kind`.

    `width_cm` 0 keeps the width of `options`. `dpi` counts for PNG alone, from 72 to 300.
    """
    asked = sized(options, width_cm) if width_cm else dict(options)
    figure = getattr(still, drawer)(table, **asked).figure
    if kind == "png":
        return still.to_png(figure, min(300, max(72, dpi)))
    return still.to_svg(figure) if kind == "svg" else still.to_pdf(figure)


def sized(options: Mapping[str, Any], width_cm: float) -> dict[str, Any]:
    """The options of a chart for another width: a map keeps what it shows, a network its shape."""
    width = width_cm * PIXELS_PER_CM
    asked: dict[str, Any] = {**options, "width": width}
    view = options.get("view")
    if isinstance(view, MapView):
        share = width / view.width
        asked["view"] = replace(
            view, width=width, height=view.height * share, zoom=view.zoom + log2(share)
        )
    elif "height" in options and "width" in options:
        asked["height"] = options["height"] * width / options["width"]
    return asked


def sourced(
    options: Mapping[str, Any], events: pd.DataFrame, cutoff: dt.date | None, lang: str
) -> dict[str, Any]:
    """The options with sources and cut-off beneath, where the chart's caption says none.

    `events` needs the columns source and article_id.
    """
    caption = options.get("caption") or Caption()
    if caption.footer:
        return dict(options)
    return {**options, "caption": replace(caption, footer=footer(events, cutoff, lang))}
