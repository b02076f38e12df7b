"""Headlines of event rows in a reader's language."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from events import certainty
from events.headline import (
    MOST,
    Fields,
    around,
    from_fields,
    headline_of,
    headline_of_plan,
    headline_without_status,
)
from events.headline_fields import LIKELY, WORDS_FILE, status_mark
from events.ontology import EVENT_TYPES, MODES
from events.spoken import spoken
from events.wording import label, languages

ROW: dict[str, Any] = {
    "headline": "Russia launches 188 drones at Ukraine",
    "headline_lang": "en",
    "type": "ASSAULT",
    "mode": "",
    "status": "reported",
    "sources": ["RUS"],
    "targets": ["UKR"],
    "place_id": "709930",
    "place_name": "Dnipro",
    "place_country": "UKR",
    "place_kind": "city",
    "attributes": '[["weapon", "drones", "drones"]]',
    "quote": "Russia launched 188 drones at Ukraine.",
}


@pytest.mark.parametrize(
    ("more", "lang", "line"),
    [
        ({}, "en", "Russia launches 188 drones at Ukraine"),
        ({}, "fr", "La Russie attaque l'Ukraine avec 188 drones à Dnipro"),
        ({"headline": ""}, "en", "Russia attacks Ukraine with 188 drones in Dnipro"),
        ({"status": "claimed"}, "fr", "La Russie aurait attaqué l'Ukraine avec 188 drones"),
        ({"type": "CONSULT"}, "fr", "La Russie mène des discussions avec l'Ukraine à Dnipro"),
        (
            {"type": "RETREAT", "mode": "ceasefire", "quote": "A truce."},
            "fr",
            "La Russie entame un cessez-le-feu avec l'Ukraine à Dnipro",
        ),
        ({"sources": [], "place_name": ""}, "fr", "L'Ukraine est la cible d'une attaque avec 188"),
        ({"sources": ["WEST"], "headline": ""}, "en", "The West attacks Ukraine"),
        ({"sources": [], "targets": []}, "fr", "Attaque à Dnipro avec 188 drones"),
        ({"headline": "", "headline_lang": ""}, "de", "Russland, Ukraine: Angriff, Dnipro"),
    ],
)
def test_the_line_of_a_row(more: dict[str, Any], lang: str, line: str) -> None:
    assert line in headline_of(ROW | more, lang)


def _row(kind: str, quote: str, **more: Any) -> dict[str, Any]:
    return ROW | {"type": kind, "quote": quote, "place_name": "", "attributes": "[]"} | more


NAMED = [  # type, sentence, what a French line says
    ("REJECT", "The ministry denied the report.", "oppose un démenti à l'Ukraine"),
    ("REJECT", "The ministry refused to answer.", "oppose un refus à l'Ukraine"),
    ("REJECT", "Russia vetoed the resolution.", "oppose un veto"),
    ("CONSULT", "The ministers met in the capital.", "rencontre l'Ukraine"),
    ("CONSULT", "They met before the summit.", "mène des discussions avec l'Ukraine"),  # of two
    ("SUPPORT", "The minister welcomed the deal.", "salue un accord"),
    ("SUPPORT", "The allies condemned the strike and backed Kyiv.", "soutient l'Ukraine"),
    ("ACCUSE", "The allies condemned the strike.", "condamne des frappes"),
]


@pytest.mark.parametrize(("kind", "quote", "act"), NAMED)
def test_the_act_is_called_as_its_sentence_calls_it(kind: str, quote: str, act: str) -> None:
    assert headline_of(_row(kind, quote), "fr") == f"La Russie {act}"


def test_the_marked_words_of_the_act_come_first() -> None:
    marked = {"spans": '[["actor", "text", 0, 5], ["trigger", "text", 16, 19]]', "part": "text"}
    row = _row("CONSULT", "They met before the summit.", start=11, **marked)
    assert headline_of(row, "fr") == "La Russie rencontre l'Ukraine"


LOW = 0.3
LIKELY_LINES = [  # type, certainties, place, the line
    ("ACCUSE", {}, "", "La Russie accuse l'Ukraine"),
    ("ACCUSE", {"sources": 0.9, "targets": LOW}, "", "La Russie porte des accusations"),
    ("ACCUSE", {"sources": LOW, "targets": LOW}, "", "«\u00a0It was said.\u00a0»"),
    ("ACCUSE", {"sources": LOW, "targets": 0.9}, "", "L'Ukraine est la cible d'accusations"),
    ("CONSULT", {"sources": LOW, "targets": LOW}, "Dnipro", "Consultations à Dnipro"),
    ("CONSULT", {"place": LOW}, "Dnipro", "La Russie mène des discussions avec l'Ukraine"),
    ("ASSAULT", {"targets": LOW}, "Ukraine", "La Russie attaque l'Ukraine"),
    ("ACCUSE", {"sources": None, "targets": float("nan")}, "", "La Russie accuse l'Ukraine"),
]


@pytest.mark.parametrize(("kind", "sure", "place", "line"), LIKELY_LINES)
def test_a_line_of_fields_names_no_party_that_is_likely_wrong(
    kind: str, sure: dict[str, float | None], place: str, line: str
) -> None:
    more = {f"certainty_{name}": value for name, value in sure.items()}
    where = {"place_id": "709930" if place == "Dnipro" else "", "place_name": place}
    where["place_kind"] = "city" if place == "Dnipro" else "country"
    assert headline_of(_row(kind, "It was said.", **where, **more), "fr") == line
    assert certainty.LIKELY == LIKELY


def test_every_mode_in_the_file_is_one_of_the_ontology() -> None:
    told = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))["modes"]
    assert {name.partition(".")[2] in MODES[name.partition(".")[0]] for name in told} == {True}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", list(EVENT_TYPES))
def test_no_line_is_a_class_alone(code: str, lang: str) -> None:
    quote = "The building burnt down in the night, and nobody said why it had."
    line = from_fields(Fields(code, "", "reported", ([], []), "", [], quote), lang)
    assert "The building burnt" in line
    assert label(code, lang) != line
    assert len(line) <= MOST


def _killing(code: str) -> Fields:
    dead = [("killed", "12", "12 killed")]
    return Fields(code, "", "reported", (["ISR"], ["LBN"]), "", dead, "12 killed.")


def test_a_headline_with_the_dead_of_a_short_sentence() -> None:
    assert from_fields(_killing("ASSAULT"), "fr") == "Israël attaque le Liban, 12 morts"
    for other in ("CONSULT", "REQUEST"):
        assert "12" not in from_fields(_killing(other), "fr")


def test_the_status_that_is_told_beside_a_headline_is_not_told_in_it() -> None:
    stored = ROW | {"status": "claimed", "headline": "Meeting in Dnipro (claimed)"}
    assert headline_without_status(stored, "en") == "Meeting in Dnipro"
    made = headline_without_status(stored, "fr")
    assert made == "La Russie attaque l'Ukraine avec 188 drones à Dnipro"


@pytest.mark.parametrize(
    ("more", "lang", "line"),
    [
        ({"headline": "Troops to leave Dnipro (planned)"}, "en", "Troops to leave Dnipro"),
        ({}, "fr", "La Russie prévoit d'attaquer l'Ukraine avec 188 drones à Dnipro"),
    ],
)
def test_a_plan_is_not_told_as_done_under_its_heading(
    more: dict[str, Any], lang: str, line: str
) -> None:
    assert headline_of_plan(ROW | {"status": "planned"} | more, lang) == line


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, "France: protest"),
        ({"quote_lang": "en"}, "France: “Le premier ministre a remis sa démission.”"),
        ({"parties": ([], []), "place": "Paris"}, "Protest in Paris"),
        ({"parties": ([], [])}, "“Le premier ministre a remis sa démission.”"),
    ],
)
def test_words_of_another_language_only_where_nothing_else_is_known(
    more: dict[str, Any], line: str
) -> None:
    quote = "Le premier ministre a remis sa démission."
    fields = Fields("PROTEST", "", "reported", (["FRA"], []), "", [], quote, quote_lang="fr")
    assert from_fields(replace(fields, **more), "en") == line


def test_what_is_planned_or_denied_is_not_told_as_done_beside_its_status() -> None:
    planned = ROW | {"status": "planned"}
    assert headline_without_status(planned, "fr").startswith("La Russie prévoit d'attaquer")
    denied = headline_without_status(ROW | {"status": "denied"}, "fr")
    assert denied == "Russie, Ukraine\u00a0: attaque, Dnipro"


def test_a_row_of_another_coder_has_no_offsets() -> None:
    marked = {"spans": '[["trigger", "text", 0, 6]]', "part": "text", "start": float("nan")}
    assert headline_of(ROW | marked | {"type": ""}, "fr") == ROW["quote"]


def test_a_name_with_an_article_opens_with_a_capital() -> None:
    line = from_fields(
        Fields("ASSAULT", "", "reported", (["the rebels"], []), "", [], "They attacked."), "en"
    )
    assert line.startswith("The rebels")


def test_a_report_in_the_readers_language_speaks_for_its_story() -> None:
    main = {"event_id": 1, "story_id": 9, "type": "REJECT", "status": "reported", "weight": 2.0}
    told = {"headline": "Joe Biden a rejeté les mandats", "headline_lang": "fr", "confidence": 0.5}
    twin = main | {"event_id": 2, "headline": "Biden rejected the warrants", "confidence": 0.4}
    other = twin | {"event_id": 3, "type": "ACCUSE", "headline": "Biden on trial"}
    reports = pd.DataFrame([each | {"headline_lang": "en"} for each in (other, twin)])
    found = spoken(pd.DataFrame([main | told]), reports, "en")
    assert found["headline"].tolist() == ["Biden rejected the warrants"]
    assert spoken(pd.DataFrame([main | told]), reports, "fr")["headline"].tolist() == [
        "Joe Biden a rejeté les mandats"
    ]


@pytest.mark.parametrize(
    ("quote", "act", "line"),
    [
        ("Ministers met.", "met", "Ministers met."),
        ("TEL-AVIV/KHAN YOUNÈS - Ministers met.", "met", "Ministers met."),
        ("NEW YORK (AP) — Ministers met.", "met", "Ministers met."),
        ("NATO - an alliance - met.", "met", "NATO - an alliance - met."),
        ("US-led forces met.", "met", "US-led forces met."),
        ("IRAN – Israel met it.", "met", "IRAN – Israel met it."),
        (
            "The office said the measures targeted the head of the commission, as well as prison "
            "officials accused of beating detainees.",
            "beating",
            "… as well as prison officials accused of beating detainees",
        ),
        (
            "States adopted in the small hours of the night their nineteenth package of sanctions "
            "since the full-scale invasion of the country by its neighbour four years before.",
            "invasion",
            "… invasion of the country by its neighbour four years before",
        ),
        ("A text that another coder wrote, of more than sixty characters.", "gone", None),
    ],
)
def test_the_words_around_an_act(quote: str, act: str, line: str | None) -> None:
    """Between marks where one is near, else between words; the beginning where the act is in it."""
    assert around(quote, act) == (line or "A text that another coder wrote, of more than sixty …")


@pytest.mark.parametrize("status", ["claimed", "planned", "denied"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_words_around_an_act_keep_its_status(status: str, lang: str) -> None:
    quote = (
        "The ministry, whose spokesman had been asked about it for days on end, said on Friday "
        "evening once more that its troops had attacked the village."
    )
    fields = Fields("ASSAULT", "", status, ((), ()), "", [], quote, trigger="attacked")
    line = from_fields(replace(fields, quote_lang="en"), lang)
    assert line.endswith(status_mark(status, lang))
    assert len(line) <= MOST
    assert (lang == "fr") == line.startswith("Attaque")


@pytest.mark.parametrize(
    ("front", "lang"),
    [
        ("It is not true, as many papers of the capital wrote after that night,", "en"),
        ("The ministry, asked for days on end, denied on Friday evening once more", "en"),
        ("Personne n'a prouvé, malgré des mois d'enquête dans tous les villages voisins,", "fr"),
    ],
)
def test_no_words_around_an_act_lose_its_denial(front: str, lang: str) -> None:
    act = {"en": "attacked", "fr": "attaqué"}[lang]
    quote = f"{front} that its troops {act} the village in the small hours of the night."
    fields = Fields("ASSAULT", "", "reported", ((), ()), "", [], quote, trigger=act)
    assert "…" not in from_fields(replace(fields, quote_lang=lang), lang)[:4]


def test_nouns_of_acts_are_words() -> None:
    """No pattern of another row stands in the place of a noun."""
    told = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    nouns = [word for row in (told["types"] | told["modes"]).values() for word in row.values()]
    assert nouns
    assert not [word for word in nouns if set("|\\*+?[(") & set(word)]
