"""Options of the map, on the page and as a picture."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.chart import ChartOptions
from charts.map.mercator import MapView
from charts.map.palette import ColourBy
from charts.map.points import Keep, in_address

BASE_URL = "/app/static/built"


@dataclass(frozen=True, kw_only=True)
class MapOptions(ChartOptions):
    """Options of a map of `width` x `height` pixels.

    mentions: MENTION_COLUMNS; places of the roles in `faint` become small grey marks. arcs: from
    who acts to who is acted upon. doubtful: events whose place is not sure as hollow marks; else
    they are left out and counted. labels: names of the places. view: what is shown first (None:
    what is drawn). viewpoint: "" draws disputed areas apart; "recognised" or "held" see
    docs/boundaries.md. colour: by quad class or by type.
    Of the map on a page alone: base_url, the folder of the outlines, and keep, where finer levels
    are kept until they are asked for.
    """

    mentions: pd.DataFrame | None = None
    faint: tuple[str, ...] = ("mentioned", "dateline")
    arcs: bool = False
    doubtful: bool = False
    labels: bool = True
    view: MapView | None = None
    height: float = 560.0
    viewpoint: str = ""
    colour: ColourBy = "quad"
    base_url: str = BASE_URL
    keep: Keep = in_address
