"""Names and codes of countries and places for readers."""

from __future__ import annotations

import pytest

from events.geography import country_codes, country_name, iso2, iso3, place_name


@pytest.mark.parametrize(
    ("two", "three", "number"),
    [("UA", "UKR", "804"), ("FR", "FRA", "250"), ("CD", "COD", "180"), ("XK", "XKX", "")],
)
def test_codes(two: str, three: str, number: str) -> None:
    assert iso3(two) == three
    assert iso2(three) == two
    assert not number or iso3(number) == three


def test_unknown_codes_are_empty() -> None:
    assert iso2("QQQ") == ""
    assert iso3("QQ") == ""


def test_all_codes_map_back() -> None:
    codes = country_codes()
    assert 240 <= len(codes) <= 255
    assert all(iso3(iso2(code)) == code for code in codes)


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("TUR", "fr", "Turquie"),
        ("TUR", "en", "Turkey"),
        ("UKR", "uk", "Україна"),
        ("QQQ", "fr", "QQQ"),
        ("DEU", "xx", "Germany"),
    ],
)
def test_country_names(code: str, lang: str, name: str) -> None:
    assert country_name(code, lang) == name


@pytest.mark.parametrize(
    ("place", "lang", "name"),
    [
        (("2800866", "Brussels", "BEL"), "fr", "Bruxelles"),
        (("2800866", "Brussels", "BEL"), "en", "Brussels"),
        (("RUS", "Russia", "RUS"), "fr", "Russie"),
        (("black_sea", "Black Sea", ""), "fr", "mer Noire"),
        (("USA.CA", "California", "USA"), "fr", "Californie"),
        (("1", "Nowhere", "FRA"), "fr", "Nowhere"),
    ],
)
def test_place_names(place: tuple[str, str, str], lang: str, name: str) -> None:
    assert place_name(*place, lang) == name
