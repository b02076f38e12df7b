"""Places: found, told apart, in their roles; cases are data in tests/cases/places/."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.model import Article, PlaceMention
from loaders.find.places import find_places
from loaders.find.places.distance import kilometres
from loaders.find.places.gazetteer import (
    by_id,
    by_name,
    country_name,
    iso2,
    iso3,
)
from loaders.find.places.spelling import key, transliterations
from loaders.text.read import read_document
from tests.case_rows import case_rows

CASES = Path(__file__).resolve().parents[2] / "cases" / "places"


def places(text: str, lang: str, title: str = "") -> list[PlaceMention]:
    return find_places(read_document(Article(1, title, text, lang)))


def first(text: str, lang: str, name: str) -> PlaceMention:
    found = [m for m in places(text, lang) if m.text == name]
    assert found, f"{name!r} not found in {text!r}"
    return found[0]


@pytest.mark.parametrize(
    ("lang", "text", "name", "canonical", "country"), case_rows(CASES / "inflected.tsv")
)
def test_names_as_written(lang: str, text: str, name: str, canonical: str, country: str) -> None:
    place = first(text, lang, name).place
    assert place is not None
    assert (place.name, place.country) == (canonical, country)


@pytest.mark.parametrize(("lang", "text", "name", "role"), case_rows(CASES / "roles.tsv"))
def test_roles(lang: str, text: str, name: str, role: str) -> None:
    assert first(text, lang, name).role == role


@pytest.mark.parametrize(
    ("lang", "text", "name", "country", "lat", "lon"), case_rows(CASES / "qualified.tsv")
)
def test_qualifiers(lang: str, text: str, name: str, country: str, lat: str, lon: str) -> None:
    place = first(text, lang, name).place
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    assert place.country == country
    assert kilometres(place.lat, place.lon, float(lat), float(lon)) < 50


@pytest.mark.parametrize(("lang", "text", "words"), case_rows(CASES / "no_places.tsv"))
def test_no_place(lang: str, text: str, words: str) -> None:
    start = text.index(words)
    end = start + len(words)
    assert not [m for m in places(text, lang) if m.start < end and m.end > start]


def test_offsets_order_and_no_overlap() -> None:
    title = "Frappes sur Kharkiv"
    text = "KIEV, 3 mars (AFP) — Kharkiv et Odessa ont été visées.\nMoscou n'a rien dit."
    found = places(text, "fr", title)
    assert [m.part for m in found][:1] == ["title"]
    for mention in found:
        source = title if mention.part == "title" else text
        assert source[mention.start : mention.end] == mention.text
    body = [m for m in found if m.part == "text"]
    assert all(a.end <= b.start for a, b in zip(body, body[1:], strict=False))


def test_one_sense_per_article() -> None:
    text = "Police in London, Ontario, closed a bridge. Later, London reopened it in the evening."
    found = [m.place for m in places(text, "en") if m.text == "London"]
    assert [p.country for p in found if p] == ["CAN", "CAN"]


def test_an_unknown_name_stays_unresolved() -> None:
    found = places("The ferry stopped near Xuqrivanta yesterday.", "en")
    assert [m.place for m in found] in ([], [None])


def test_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Moscou a averti Kyiv. Des combats ont lieu à Bakhmout. Vladimir Poutine est à Sotchi."
    document = read_document(Article(1, "", text, "fr"), named=False)
    found = {m.text: (m.place.name if m.place else "", m.role) for m in find_places(document)}
    assert found["Moscou"] == ("Moscow", "government")
    assert found["Bakhmout"] == ("Bakhmut", "mentioned")
    assert found["Sotchi"] == ("Sochi", "mentioned")
    assert "Vladimir" not in found


def test_a_language_without_a_table_does_not_fail() -> None:
    assert isinstance(places("Wizyta w mieście Kraków.", "pl"), list)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_exact_offsets(text: str) -> None:
    document = read_document(Article(1, "", text, "uk"), named=False)
    for mention in find_places(document):
        assert text[mention.start : mention.end] == mention.text


@given(st.text(max_size=40))
def test_keys_are_stable(name: str) -> None:
    assert key(key(name)) == key(name)


def test_gazetteer_look_ups() -> None:
    assert "Ukraine" in {e.place.name for e in by_name("УКРАЇНА")}
    kremlin = by_id("kremlin")
    assert kremlin is not None
    assert kremlin.place.country == "RUS"
    assert by_id("no such place") is None
    assert by_name("Xuqrivanta") == ()
    assert (iso2("UKR"), iso3("UA"), country_name("GBR", "fr")) == ("UA", "UKR", "Royaume-Uni")


@pytest.mark.parametrize(
    ("cyrillic", "french"),
    [("Часів Яр", "tchassiv iar"), ("Вовчанськ", "vovtchansk"), ("Буча", "boutcha")],
)
def test_french_spelling(cyrillic: str, french: str) -> None:
    assert french in transliterations(cyrillic, ukrainian=True)


@pytest.mark.parametrize(
    ("text", "name", "source", "url", "country"), case_rows(CASES / "publishers.tsv")
)
def test_the_publisher_tells_places_apart(
    text: str, name: str, source: str, url: str, country: str
) -> None:
    article = Article(1, "", text, "en", source=source, url=url)
    found = {m.text: m.place for m in find_places(read_document(article))}
    place = found[name]
    assert place is not None
    assert place.country == country
