"""Sentences made of an event's fields (tests/cases/field_headlines.toml), and their rows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from events.headline import MOST, Fields, from_fields
from events.headline_fields import table
from events.ontology import EVENT_TYPES, MODES
from events.sentence_acts import FILE
from events.sentence_names import contracted, in_place, joined

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "field_headlines.toml").read_text(encoding="utf-8")
)["case"]
ROWS = [
    (kind, row)
    for kind, rows in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
    for row in rows
]
FORMS = {"en": (3, 5), "fr": (4, 6)}  # of a verb in brackets


def _fields(case: dict[str, Any], lang: str) -> Fields:
    place, kind, country = case.get("place", ("", "", ""))
    told = [(name, case[name], case[name]) for name in ("weapon", "killed") if name in case]
    sure = dict(zip(("sources", "targets", "place"), case.get("certainty", ()), strict=False))
    return Fields(
        case.get("type", "ASSAULT"),
        case.get("mode", ""),
        case.get("status", "reported"),
        (case.get("sources", ()), case.get("targets", ())),
        place,
        told,
        case.get("quote", "It was said."),
        kind,
        country,
        case.get("teller", ""),
        case.get("trigger", ""),
        case.get("quote_lang", "" if "trigger" in case else {"en": "fr", "fr": "en"}[lang]),
        sure,
    )


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_sentence_of_the_fields(case: dict[str, Any], lang: str) -> None:
    assert from_fields(_fields(case, lang), lang) == case[lang]


def test_a_doer_and_a_class_of_an_own_sentence_give_its_words() -> None:
    case = {"type": "ACCUSE", "sources": ["RUS"], "quote": "Moscow said who did it."}
    own = _fields(case, "fr")  # of an English sentence
    assert from_fields(own, "en") == "Russia: “Moscow said who did it.”"
    assert from_fields(own, "fr") == "La Russie porte des accusations"


def test_a_long_line_loses_its_place_first() -> None:
    case = {"type": "SANCTION", "sources": ["USA", "GBR"], "targets": ["ECOWAS"]}
    line = from_fields(_fields(case | {"place": ["Washington", "city", "USA"]}, "en"), "en")
    assert "Washington" not in line
    assert len(line) <= MOST


@pytest.mark.parametrize(("kind", "row"), ROWS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_row_of_an_act_is_whole(kind: str, row: dict[str, Any], lang: str) -> None:
    about = row.get("about", {}).get(lang, "")
    said = [each for each in (*row[lang], about) if each]
    assert len(row[lang]) == 3
    assert all("{target}" not in each for each in row[lang][1:])
    for verb in (found for each in said for found in re.findall(r"\[([^\]]+)\]", each)):
        assert len(verb.split("|")) in FORMS[lang], verb
    assert all(each.count("[") == 1 for each in said)
    assert row.get("mode", "") in ("", *MODES.get(kind, ()))
    names = {thing["name"] for thing in table()["things"]}
    assert {*row.get("things", "").split("|")} - {""} <= names
    assert bool(about) <= bool(row.get("things"))


def test_every_type_is_told_by_a_verb() -> None:
    assert {kind for kind, _row in ROWS} == {*EVENT_TYPES}


@pytest.mark.parametrize(
    ("place", "country", "words"),
    [
        ("RD Congo", "COD", "en RD Congo"),
        ("Barbade", "BRB", "à la Barbade"),
        ("Vatican", "VAT", "au Vatican"),
        ("Cité du Vatican", "VAT", "en Cité du Vatican"),
    ],
)
def test_in_a_state_in_french(place: str, country: str, words: str) -> None:
    assert in_place(place, "country", country, "fr") == words


def test_the_name_of_a_person_is_not_contracted() -> None:
    assert contracted(f"à {joined(['P:Le Drian'], 'fr').text}", "fr") == "à Le\u00a0Drian"


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("GBR", "the United Kingdom", "le Royaume-Uni"),
        ("MEX", "Mexico", "le Mexique"),
        ("COD", "DR Congo", "la République démocratique du Congo"),
        ("KOR", "South Korea", "la Corée du Sud"),
        ("CUB", "Cuba", "Cuba"),
        ("UNO", "the United Nations", "l'ONU"),
        ("EU", "the European Union", "l'Union européenne"),
        ("HAM", "Hamas", "le Hamas"),
        ("WEST", "the West", "l'Occident"),
        ("SYR:REB", "Syrian rebels", "les rebelles syriens"),
        ("SYR:CVL", "Syrians", "des Syriens"),
        ("CHE:PTY", "a Swiss political party", "un parti politique suisse"),
        ("CHN:CVL", "Chinese people", "des Chinois"),
        ("?:UAF", "unidentified armed men", "des hommes armés non identifiés"),
        ("FRA.GOV", "France", "la France"),
        ("IMF", "the International Monetary Fund", "le FMI"),
        ("BRICS", "BRICS", "les BRICS"),
        ("FIFA", "FIFA", "la FIFA"),
        ("LR", "Les Républicains", "les Républicains"),
        ("UNITEDRUSSIA", "United Russia", "United Russia"),
        ("KOR:CVL", "South Koreans", "des Sud-Coréens"),
        ("DEU:CVL", "Germans", "des Allemands"),
        ("FRA:CVL", "French people", "des Français"),
        ("X:Somebody", "Somebody", "Somebody"),
    ],
)
def test_a_name_has_its_article(code: str, english: str, french: str) -> None:
    assert (joined([code], "en").text, joined([code], "fr").text) == (english, french)
