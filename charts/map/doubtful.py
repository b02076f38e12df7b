"""Events whose place is doubtful: counted but not drawn, or drawn as hollow marks on request.

An event's place is doubtful below `events.model.PLACE_SURE`. Counted tables (PLACE_COLUMNS) hold
sure events only (`Query.places` with `sure`).
"""

from __future__ import annotations

import pandas as pd
import pydeck as pdk

from charts.map.palette import Palette
from charts.map.place_marks import AREA_RADIUS_KM, Spot, spots
from charts.map.points import spot_tip
from charts.sheet.theme import rgb
from events.model import PLACE_SURE
from events.wording import translator

KIND = "doubtful"


def is_doubtful(table: pd.DataFrame) -> pd.Series:
    """Which events of `table` (EVENT_COLUMNS) have a place that is not sure."""
    if "place_confidence" not in table:
        return pd.Series(False, index=table.index)
    return table["lat"].notna() & (table["place_confidence"] < PLACE_SURE)


def sure_of_place(table: pd.DataFrame) -> pd.DataFrame:
    """The events without those whose place is doubtful."""
    return table[~is_doubtful(table)]


def on_map(table: pd.DataFrame, doubtful: bool = False) -> pd.Series:
    """Which rows of `table` (EVENT_COLUMNS or PLACE_COLUMNS) the map draws.

    doubtful: hollow marks are drawn too.
    """
    located = table["lat"].notna() & table["lon"].notna()
    return located if doubtful else located & ~is_doubtful(table)


def doubtful_spots(table: pd.DataFrame, lang: str) -> list[Spot]:
    """The doubtful places, largest first."""
    return spots(table[is_doubtful(table)], lang)


def doubtful_layers(found: list[Spot], colours: Palette, lang: str) -> list[pdk.Layer]:
    """Faint rings, for areas as large as the area's disc; a picked ring has the kind "doubtful"."""
    rows = [_record(spot, colours, lang) for spot in found]
    return [
        pdk.Layer(
            "ScatterplotLayer", rows, id="doubtful", pickable=True, stroked=True, filled=False,
            get_position="position", get_radius="radius", radius_min_pixels=4,
            radius_max_pixels=26, get_line_color="colour", get_line_width=1.6,
            line_width_units="'pixels'",
        )
    ]  # fmt: skip


def _record(spot: Spot, colours: Palette, lang: str) -> dict[str, object]:
    name, _, rest = spot_tip(spot, lang).partition("\n")
    words = translator(lang)("place doubtful")
    return {
        "kind": KIND,
        "place_ids": spot.place_id,
        "events": spot.events,
        "tip": f"{name}\n{words}\n{rest}",
        "position": [round(spot.lon, 4), round(spot.lat, 4)],
        "radius": AREA_RADIUS_KM.get(spot.kind, 12.0) * 1000,
        "colour": [*rgb(colours.of(spot)), 190],
    }
