"""Names, parents, roll-up and search of actors, and the sanity of their tables."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from events import reference
from events.languages import language_codes
from events.registry import actor, actors, country, name, roll_up, search


@pytest.mark.parametrize(
    ("code", "lang", "shown"),
    [
        ("RUS", "fr", "Russie"),
        ("RUS", "de", "Russland"),
        ("NATO", "fr", "OTAN"),
        ("UKR", "uk", "Україна"),
        ("UKR.GOV", "fr", "Ukraine (gouvernement)"),
        ("X:Northern Dockers Union", "fr", "Northern Dockers Union"),
        ("P:Volodymyr Zelenskyy", "fr", "Volodymyr Zelenskyy"),
        ("HEZ", "xx", "Hezbollah"),
    ],
)
def test_name_in_the_readers_language(code: str, lang: str, shown: str) -> None:
    assert name(code, lang) == shown


@pytest.mark.parametrize(
    ("code", "level", "rolled"),
    [
        ("P:Volodymyr Zelenskyy", "person", "P:Volodymyr Zelenskyy"),
        ("P:Volodymyr Zelenskyy", "government", "UKR.GOV"),
        ("P:Volodymyr Zelenskyy", "state", "UKR"),
        ("P:Emmanuel Macron", "bloc", "EU"),
        ("FRA", "government", "FRA"),
        ("FRA", "bloc", "EU"),
        ("UKR", "bloc", "UKR"),
        ("WAG", "state", "RUS"),
        ("HEZ", "state", "HEZ"),
        ("NATO", "state", "NATO"),
        ("UNIFIL", "bloc", "UNO"),
        ("X:Somebody", "bloc", "X:Somebody"),
    ],
)
def test_roll_up(code: str, level: str, rolled: str) -> None:
    assert roll_up(code, level) == rolled  # type: ignore[arg-type]


def test_roll_up_refuses_an_unknown_level() -> None:
    with pytest.raises(ValueError, match="person, government, state, bloc"):
        roll_up("FRA", "planet")  # type: ignore[arg-type]


def test_rolled_up_twice_is_rolled_up_once() -> None:
    for record in actors():
        once = roll_up(record.code, "bloc")
        assert roll_up(once, "bloc") == once


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("elysee", "FRA"),
        ("Kiev", "UKR"),
        ("KYIV", "UKR"),
        ("Zelensky", "P:Volodymyr Zelenskyy"),
        ("poutine", "P:Vladimir Putin"),
        ("Путин", "P:Vladimir Putin"),
        ("otan", "NATO"),
        ("cote d ivoire", "CIV"),
        ("RUS", "RUS"),
    ],
)
def test_search_finds_first(typed: str, code: str) -> None:
    assert search(typed, "fr")[0].code == code


def test_search_of_nothing_finds_nothing() -> None:
    assert search("  ", "fr") == []
    assert search("qqqzzz", "fr") == []


def test_country_of_a_group_is_not_its_parent() -> None:
    assert (country("HAM"), actor("HAM").parent) == ("PSE", "")
    assert country("P:Vladimir Putin") == "RUS"
    assert country("NATO") == ""


def test_codes_are_unique_over_tables() -> None:
    codes = [row["code"] for row in reference.states()]
    assert max(Counter(codes).values()) == 1
    assert not set(codes) & set(reference.organisations())


def test_every_parent_and_country_exists() -> None:
    known = {record.code for record in actors()}
    states = {row["code"] for row in reference.states()}
    for record in actors():
        parent = record.parent.removesuffix(".GOV")
        assert parent in known or not parent, record.code
        assert record.country in states or not record.country, record.code


def test_every_state_has_names_and_demonyms() -> None:
    states = {row["code"] for row in reference.states()}
    for lang in language_codes():
        assert all(row[f"name_{lang}"] for row in reference.states()), lang
    for lang in ("en", "fr", "de", "es", "uk", "ru"):
        with_one = {row.code for row in reference.demonyms(lang) if row.adjectives}
        # both Congos share theirs; the table gives it to the larger
        assert states - with_one <= {"COG"}, lang


def test_terms_end_after_they_begin_and_name_a_known_code() -> None:
    known = {record.code for record in actors()}
    for row in reference.office_holders():
        assert row.last is None or row.first <= row.last, row
        assert row.code in known, row


def test_enough_rows() -> None:
    assert len(reference.office_holders()) >= 400
    assert len(reference.organisations()) >= 150
    assert len(reference.states()) >= 197


def test_one_holder_at_a_time_for_heads_of_government() -> None:
    for office in ("prime_minister", "chancellor", "secretary_general"):
        terms: dict[str, list[reference.OfficeHolder]] = {}
        for row in reference.office_holders():
            if row.office == office:
                terms.setdefault(row.code, []).append(row)
        for code, rows in terms.items():
            rows.sort(key=lambda row: row.first)
            for before, after in zip(rows, rows[1:], strict=False):
                assert before.last is not None, (code, before.person)
                assert before.last <= after.first, (code, before.person)


def test_aliases_belong_to_known_states_and_languages() -> None:
    states = {row["code"] for row in reference.states()}
    for row in reference.state_aliases():
        assert row.code in states
        assert row.lang == "*" or row.lang in language_codes()
        assert row.texts


def test_organisations_have_only_documented_keys() -> None:
    fine = {"kind", "parent", "country", "any", "bodies", *language_codes()}
    with (reference.REFERENCE_DIR / "organisations.toml").open("rb") as file:
        table = tomllib.load(file)
    for code, row in table.items():
        assert set(row) <= fine, code
        assert row["kind"] in {
            "bloc",
            "organisation",
            "armed_group",
            "party",
            "company",
            "media",
            "group",
        }
