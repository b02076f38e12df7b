"""Actors in sentences: tests/cases/actors.tsv, with and without a language model."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.model import ActorMention, Article, Place, PlaceMention, Published
from loaders.find.actors import find_actors
from loaders.find.places import find_places
from loaders.text.document import Document
from loaders.text.models import model
from loaders.text.read import read_document
from tests.skips import skip

CASES = Path(__file__).resolve().parents[2] / "cases" / "actors.tsv"


def _cases() -> list[tuple[str, str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(r[0], r[1], r[2], r[3] if len(r) > 3 else "") for r in rows if r[0][0] != "#"]


def _found(text: str, lang: str, day: str, named: bool = False) -> list[ActorMention]:
    published = Published.given(dt.date.fromisoformat(day)) if day else Published.unknown()
    return find_actors(read_document(Article(1, "", text, lang), named), [], published)


def _check(case: tuple[str, str, str, str], named: bool) -> None:
    lang, day, text, wanted = case
    found = _found(text, lang, day, named)
    parts = [part.strip() for part in wanted.split("|") if part.strip()]
    if not parts:
        assert [m.text for m in found if not m.code.startswith("X:")] == []
    for part in parts:
        if part.startswith("!"):
            at = text.index(part[1:])
            assert not [m for m in found if m.start <= at < m.end and m.code[:2] != "X:"]
            continue
        mention, said = part.split("=")
        code, form, *person = said.split("/")
        same = [m for m in found if m.text == mention and m.code == code and m.form == form]
        assert same, [(m.text, m.code, m.form) for m in found]
        assert not person or person[0] in {m.person for m in same}


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case[0]}:{case[2][:40]}")
def test_by_rules_alone(case: tuple[str, str, str, str]) -> None:
    _check(case, named=False)


@pytest.mark.parametrize(
    "case",
    [case for case in _cases() if case[0] in ("fr", "en")],
    ids=lambda case: f"{case[0]}:{case[2][:40]}",
)
def test_with_a_model(case: tuple[str, str, str, str]) -> None:
    if model(case[0]) is None:
        skip("language models")
    _check(case, named=True)


def test_enough_cases() -> None:
    count = {lang: sum(case[0] == lang for case in _cases()) for lang in ("fr", "en", "de", "es")}
    assert min(count["fr"], count["en"]) >= 60
    assert min(count["de"], count["es"]) >= 15


def _document(text: str, lang: str = "fr", title: str = "") -> Document:
    return read_document(Article(1, title, text, lang), False)


def _place(text: str, name: str, role: str) -> PlaceMention:
    start = text.index(name)
    place = Place("1", name, "POL", 52.2, 21.0, "city")
    return PlaceMention("text", start, start + len(name), name, place, role)  # type: ignore[arg-type]


def test_role_of_a_place_decides_for_a_capital() -> None:
    text = "Selon Varsovie, le train partira."
    document = _document(text)
    day = Published.given(dt.date(2024, 11, 26))
    assert find_actors(document, [_place(text, "Varsovie", "mentioned")], day) == []
    found = find_actors(document, [_place(text, "Varsovie", "government")], day)
    assert [(m.text, m.code, m.kind) for m in found] == [("Varsovie", "POL", "government")]


@pytest.mark.parametrize(("text", "codes"), [("Atlanta", set()), ("Batumi", {"GEO"})])
def test_a_region_named_like_a_state_is_no_party(text: str, codes: set[str]) -> None:
    document = read_document(Article(1, "", f"Thousands marched in {text}, Georgia.", "en"))
    found = find_actors(document, find_places(document), Published.unknown())
    assert {m.code for m in found} == codes


def test_an_event_place_is_no_government() -> None:
    text = "Moscou accueille un sommet."
    document = _document(text)
    assert find_actors(document, [_place(text, "Moscou", "event")], Published.unknown()) == []


def test_office_without_publication_date_has_no_person() -> None:
    found = _found("Le président américain a signé.", "fr", "")
    assert [(m.code, m.person, m.office) for m in found] == [("USA", "", "president")]


def test_out_of_term_is_less_sure_and_has_no_office() -> None:
    before, during = (
        _found("Joe Biden a parlé.", "fr", day)[0] for day in ("2000-05-05", "2022-05-05")
    )
    assert (before.office, during.office) == ("", "president")
    assert before.confidence < during.confidence


def test_agent_is_surer_than_adjective_and_pronoun() -> None:
    found = _found("Hamas fighters saw a Syrian bus. NATO met. The alliance left.", "en", "")
    sure = {m.form: m.confidence for m in found}
    assert sure["agent"] > sure["adjective"]
    assert sure["name"] > sure["pronoun"]


def test_police_at_home_where_one_country_is_in_question() -> None:
    text = "La police a dispersé la foule à Lodz."
    document = _document(text)
    found = find_actors(document, [_place(text, "Lodz", "event")], Published.unknown())
    assert [(m.text, m.code) for m in found] == [("police", "POL")]
    assert found[0].confidence < 0.5
    assert find_actors(document, [], Published.unknown()) == []


def test_dealing_with_a_state_is_not_being_at_home_there() -> None:
    assert [m.code for m in _found("The president threatened Russia.", "en", "2020-01-01")] == [
        "RUS"
    ]


def test_title_comes_first_and_offsets_count_in_it() -> None:
    document = _document("La Chine proteste.", title="Le Japon proteste")
    found = find_actors(document, [], Published.unknown())
    assert [(m.part, m.code) for m in found] == [("title", "JPN"), ("text", "CHN")]


def test_unknown_names_stay_visible_under_their_own_name() -> None:
    if model("en") is None:
        skip("language models")
    found = _found("Martha Ellsworth met Harold Finch in a park.", "en", "", named=True)
    assert {m.code for m in found} >= {"X:Martha Ellsworth", "X:Harold Finch"}
    assert all(m.confidence <= 0.5 for m in found)


_TEXT = (
    "le la président russe , . Moscou de la Défense l’ OTAN the Israeli troops U.S. 's He il "
    "Poutine forces ukrainiennes and et États-Unis 😀 ministre « » 100 d' -- of Ukraine he"
)
_WORDS = st.sampled_from([*_TEXT.split(), "\n", "\u00a0"])


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=40), st.sampled_from(["fr", "en", "de", "ru", "xx"]))
def test_any_text_yields_exact_sorted_mentions_apart(parts: list[str], lang: str) -> None:
    text = " ".join(parts)
    found = _found(text, lang, "2024-11-26")
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
