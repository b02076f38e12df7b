"""Headlines of event rows in a reader's language."""

from __future__ import annotations

import tomllib
from typing import Any

import pandas as pd
import pytest

from events import certainty
from events.headline import (
    LIKELY,
    MOST,
    WORDS_FILE,
    Fields,
    from_fields,
    headline_of,
    headline_without_status,
)
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
    "attributes": '[["weapon", "drones", "drones"]]',
    "quote": "Russia launched 188 drones at Ukraine.",
}


@pytest.mark.parametrize(
    ("more", "lang", "line"),
    [
        ({}, "en", "Russia launches 188 drones at Ukraine"),
        ({}, "fr", "Russie, Ukraine\u00a0: attaque avec 188 drones, Dnipro"),
        ({"headline": ""}, "en", "Russia, Ukraine: attack with 188 drones, Dnipro"),
        ({"status": "claimed"}, "fr", "(non confirmé)"),
        ({"type": "CONSULT"}, "fr", "Russie, Ukraine\u00a0: consultations, Dnipro"),
        (
            {"type": "RETREAT", "mode": "ceasefire"},
            "fr",
            "Russie, Ukraine\u00a0: cessez-le-feu, Dnipro",
        ),
        ({"type": "RETREAT", "mode": "gone", "headline": ""}, "en", "withdrawal or truce"),
        ({"sources": [], "place_name": ""}, "fr", "Ukraine\u00a0: attaque avec 188 drones"),
        ({"sources": ["WEST"], "headline": ""}, "en", "The West, Ukraine: attack"),
        (
            {"type": "ACCUSE", "sources": ["ICC"], "place_name": ""}
            | {"quote": "The court issued arrest warrants for two ministers of Ukraine."},
            "fr",
            "Cour pénale internationale, Ukraine\u00a0: mandats d'arrêt",
        ),
        ({"type": "RETREAT", "mode": "ceasefire", "quote": "A truce."}, "fr", "feu, Dnipro"),
        ({"sources": [], "targets": []}, "fr", "Attaque avec 188 drones, Dnipro"),
    ],
)
def test_the_line_of_a_row(more: dict[str, Any], lang: str, line: str) -> None:
    assert line in headline_of(ROW | more, lang)


def _row(kind: str, quote: str, **more: Any) -> dict[str, Any]:
    return ROW | {"type": kind, "quote": quote, "place_name": "", "attributes": "[]"} | more


NAMED = [  # type, sentence, what a French line calls the act
    ("REJECT", "The ministry denied the report.", "démenti"),
    ("REJECT", "The ministry refused to answer.", "refus"),
    ("REJECT", "Russia vetoed the resolution.", "veto"),
    ("CONSULT", "The ministers met in the capital.", "rencontre"),
    ("CONSULT", "The ministers met before the summit.", "consultations"),  # words of two
    ("SUPPORT", "The minister welcomed the deal.", "approbation, accord"),
    ("SUPPORT", "The allies condemned the strike and backed Kyiv.", "soutien"),
    ("ACCUSE", "The allies condemned the strike.", "condamnation, frappes"),
    ("COERCE", "The president declared martial law.", "loi martiale"),
    ("CONSULT", "They met after the vote, hostages at their side.", "rencontre"),
]


@pytest.mark.parametrize(("kind", "quote", "act"), NAMED)
def test_the_act_is_called_as_its_sentence_calls_it(kind: str, quote: str, act: str) -> None:
    assert headline_of(_row(kind, quote), "fr") == f"Russie, Ukraine\u00a0: {act}"


LOW = 0.3
LIKELY_LINES = [  # type, certainties, place, the line
    ("ACCUSE", {}, "", "Russie, Ukraine\u00a0: accusation"),
    ("ACCUSE", {"sources": 0.9, "targets": LOW}, "", "Russie\u00a0: accusation"),
    ("ACCUSE", {"sources": LOW, "targets": LOW}, "", "Russie, Ukraine\u00a0: accusation"),
    ("ACCUSE", {"sources": LOW, "targets": 0.9}, "", "Russie, Ukraine\u00a0: accusation"),
    ("ASSAULT", {"sources": LOW, "targets": 0.9}, "", "Ukraine\u00a0: attaque"),
    ("CONSULT", {"sources": LOW, "targets": LOW}, "Dnipro", "Consultations, Dnipro"),
    ("CONSULT", {"place": LOW}, "Dnipro", "Russie, Ukraine\u00a0: consultations"),
    ("ASSAULT", {"targets": LOW}, "Ukraine", "Russie, Ukraine\u00a0: attaque"),
    ("ACCUSE", {"sources": None, "targets": float("nan")}, "", "Russie, Ukraine\u00a0: accusation"),
]


@pytest.mark.parametrize(("kind", "sure", "place", "line"), LIKELY_LINES)
def test_a_line_of_fields_names_no_party_that_is_likely_wrong(
    kind: str, sure: dict[str, float | None], place: str, line: str
) -> None:
    more = {f"certainty_{name}": value for name, value in sure.items()}
    where = {"place_id": "709930" if place == "Dnipro" else "", "place_name": place}
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
    line = from_fields(_killing("ASSAULT"), "fr")
    assert line == "Israël, Liban\u00a0: attaque, 12 morts"
    for other in ("CONSULT", "REQUEST"):
        assert "12" not in from_fields(_killing(other), "fr")


def test_the_status_that_is_told_beside_a_headline_is_not_told_in_it() -> None:
    stored = ROW | {"status": "claimed", "headline": "Russia, Ukraine: attack (claimed)"}
    assert headline_without_status(stored, "en") == "Russia, Ukraine: attack"
    made = headline_without_status(stored, "fr")
    assert made == "Russie, Ukraine\u00a0: attaque avec 188 drones, Dnipro"


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
