"""Names of countries and places in the reader's language, and codes of countries.

Countries come from Babel (CLDR); cities and own places from data/reference/place_names_fr.csv and
data/reference/places.csv. Every look-up falls back to the canonical name, never to an error.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from events.languages import language_codes

REFERENCE_DIR = Path(__file__).resolve().parents[1] / "data" / "reference"
_NO_COUNTRIES = {"ASC", "CPT", "DGA", "QUU", "TAA", "XAA", "XBB", "ZZZ"}  # CLDR's own codes
_EXTRA_ISO3 = {"XKX": "XK", "XKK": "XK"}


@functools.cache
def _iso2_by_code() -> dict[str, str]:
    """ISO alpha-3 and numeric codes -> alpha-2, from CLDR's territory aliases."""
    aliases: dict[str, list[str]] = get_global("territory_aliases")  # type: ignore[assignment]
    valid = Locale("en").territories
    codes = {
        code: twos[0]
        for code, twos in aliases.items()
        if len(code) == 3 and len(twos) == 1 and twos[0] in valid and len(twos[0]) == 2
    }
    return codes | _EXTRA_ISO3


@functools.cache
def _iso3_by_iso2() -> dict[str, str]:
    table = _iso2_by_code()
    # old codes (FXX, ROM, ...) stand beside the present ones; these few decide
    present = {"FR": "FRA", "RO": "ROU", "CD": "COD", "TL": "TLS", "XK": "XKX", "MM": "MMR"}
    present |= {"DE": "DEU", "RS": "SRB", "YE": "YEM", "RU": "RUS", "BY": "BLR", "SH": "SHN"}
    threes = {two: code for code, two in sorted(table.items()) if code.isalpha()}
    return threes | present


def iso2(code: str) -> str:
    """ISO alpha-2 of an alpha-3 or numeric code ("UKR" or "804" -> "UA"); "" where unknown."""
    return _iso2_by_code().get(code.upper(), "")


def iso3(code: str) -> str:
    """ISO alpha-3 of an alpha-2 or numeric code ("UA" or "804" -> "UKR"); "" where unknown."""
    two = code.upper() if len(code) == 2 else iso2(code)
    return _iso3_by_iso2().get(two, "")


@functools.cache
def country_name(code: str, lang: str = "en") -> str:
    """Name of a country (alpha-3 or alpha-2) in a language; the code itself where unknown."""
    two = code.upper() if len(code) == 2 else iso2(code)
    if newsroom := _newsroom_names().get(two, {}).get(lang):
        return newsroom
    try:
        return str(Locale(lang).territories.get(two) or code)
    except (UnknownLocaleError, ValueError):
        return str(Locale("en").territories.get(two) or code)


@functools.cache
def country_codes() -> tuple[str, ...]:
    """All ISO alpha-3 codes that have a CLDR name, sorted."""
    return tuple(sorted(set(_iso3_by_iso2().values()) - _NO_COUNTRIES))


def read_reference(name: str) -> list[dict[str, str]]:
    """Rows of data/reference/<name>; lines that begin with # are notes. [] without the file."""
    path = REFERENCE_DIR / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@functools.cache
def _newsroom_names() -> dict[str, dict[str, str]]:
    """ISO alpha-2 -> language -> the name that newsrooms write where CLDR has another."""
    return {row["country"]: row for row in read_reference("country_names.csv")}


@functools.cache
def _own_names() -> dict[tuple[str, str], str]:
    """(place id, language) -> display name of own places, the first of the names in the table."""
    names: dict[tuple[str, str], str] = {}
    for table in ("places.csv", "regions.csv"):
        for row in read_reference(table):
            for lang in language_codes():
                first = (row.get(lang) or "").split("|")[0].strip()
                if first:
                    names[row["id"], lang] = first
    return names


@functools.cache
def _city_names() -> dict[tuple[str, str, str], str]:
    """(canonical name, ISO alpha-3, language) -> name in that language."""
    return {
        (row["name"], row["country"], lang): row[lang].split("|")[0]
        for row in read_reference("place_names_fr.csv")
        for lang in language_codes()
        if row.get(lang)
    }


def place_name(place_id: str, name: str, country: str, lang: str = "en") -> str:
    """Display name of a place in the reader's language, else its canonical name.

    Arguments are the columns place_id, place_name and place_country of the event table.
    """
    if country and place_id == country:
        return country_name(country, lang)
    if (place_id, lang) in _own_names():
        return _own_names()[place_id, lang]
    return _city_names().get((name, country, lang), name)
