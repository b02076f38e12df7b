"""The place of a coded row, with the coder's precision."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import cast

from events.model import Place, PlaceKind
from loaders.find.places.distance import kilometres
from loaders.find.places.gazetteer import by_id, by_name
from loaders.readers.coded.actors import actor_table, fips_state, state_of
from loaders.readers.coded.cells import NOT_TOLD
from loaders.readers.coded.layout import PlaceColumns

NEAR_KM = 30  # a place of that name and country so near is the gazetteer's


def place_of(columns: PlaceColumns, cell: Callable[[str], str]) -> Place | None:
    """The place of a row; None where it tells neither degrees nor a country."""
    country = _country(columns, cell)
    lat, lon = _degrees(cell(columns.lat), 90), _degrees(cell(columns.lon), 180)
    named = ((cell(column), kind) for column, kind in columns.names.items())
    name, told = next(((n, k) for n, k in named if n and n != NOT_TOLD), ("", "city"))
    kind = cast(PlaceKind, columns.precisions.get(cell(columns.precision), told))
    if kind == "country" and country or (lat is None or lon is None) and country:
        return by_country(country)
    if lat is None or lon is None:
        return None
    name = name or f"{lat:.3f}, {lon:.3f}"
    if columns.id and cell(columns.id):
        return Place(cell(columns.id), name, country, lat, lon, kind)
    return _placed(name, country, lat, lon, kind)


def by_country(code: str) -> Place | None:
    """A whole country, as the gazetteer has it."""
    found = by_id(code)
    return found.place if found else None


@functools.lru_cache(maxsize=65_536)
def _placed(name: str, country: str, lat: float, lon: float, kind: PlaceKind) -> Place:
    """The gazetteer's place of that name near by, else one of its own: its degrees are its id."""
    plain = name.split(",")[0]
    for entry in by_name(plain) or by_name(without_kind(plain)):
        known = entry.place
        if known.country == country and known.lat is not None and known.lon is not None:
            near = kilometres(lat, lon, known.lat, known.lon) <= NEAR_KM
            if near and known.kind == kind:
                return known
    return Place(f"@{lat:.4f},{lon:.4f}", name, country, lat, lon, kind)


def without_kind(name: str) -> str:
    """ "Gao town" is Gao."""
    head, _, last = name.rpartition(" ")
    return head if head and last.casefold() in actor_table()["places"]["kinds"] else name


def _country(columns: PlaceColumns, cell: Callable[[str], str]) -> str:
    told = (cell(column) for column in columns.country)
    read = fips_state if columns.fips else state_of
    return next((code for text in told if text and (code := read(text))), "")


def _degrees(text: str, most: int) -> float | None:
    """Degrees as a number, with a decimal comma where a spreadsheet wrote one."""
    try:
        found = float(text.replace(",", ".") if text.count(",") == 1 else text)
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= most else None
