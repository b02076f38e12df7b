"""The date finder on the case files: every sentence checked by hand, in every language."""

from __future__ import annotations

import datetime as dt

import pytest

from events.model import Article, Published
from loaders.find.dates import (
    find_dates,
    find_expressions,
    intervals,
    resolve,
    unresolved,
    zone_notes,
)
from loaders.find.dates.cleaners import NEEDS_PUBLISHED
from loaders.find.dates.days import feast
from loaders.find.dates.grammar import grammar
from loaders.text.document import Document
from loaders.text.read import read_document
from loaders.text.words import languages
from tests.loaders.find import date_cases

FEWEST = {"fr": 120, "en": 120, "de": 60, "es": 60, "uk": 60, "ru": 60, "it": 40}


def document(text: str, lang: str = "fr", title: str = "") -> Document:
    return read_document(Article(1, title, text, lang), named=False)


@pytest.mark.parametrize("lang", sorted(FEWEST))
def test_every_language_has_its_cases_and_they_hold(lang: str) -> None:
    cases = date_cases.cases(lang)
    faults = {f"{lang}.tsv:{c.line} {c.text}": date_cases.faults(c) for c in cases}
    assert len(cases) >= FEWEST[lang]
    assert {line: fault for line, fault in faults.items() if fault} == {}


def test_every_word_table_with_dates_compiles() -> None:
    assert {"fr", "en", "de", "es", "uk", "ru", "it"} <= set(languages())
    for lang in languages():
        rules = grammar(lang)
        assert rules is None or rules.forms


def test_a_language_without_tables_yields_no_dates() -> None:
    given = Published.given(dt.date(2024, 11, 26))
    assert find_dates(document("On 3 May 2024.", "xx"), given) == []


def test_without_a_publication_date_only_what_stands_alone_is_resolved() -> None:
    doc = document("Hier, le 21 novembre, et en 2023. Le 4 mai 2022, il fut élu. La veille, rien.")
    found = find_expressions(doc)
    spans = resolve(found, doc, Published.unknown())
    assert [s.value for s in spans] == ["2023", "2022-05-04", "2022-05-03"]
    left = unresolved(found, doc, Published.unknown())
    assert [(one.text, one.reason) for one in left] == [
        ("Hier", NEEDS_PUBLISHED),
        ("le 21 novembre", NEEDS_PUBLISHED),
    ]


def test_a_month_known_as_publication_date_resolves_no_relative_day() -> None:
    month = Published(dt.date(2024, 11, 1), "inferred", "month", 0.9)
    assert find_dates(document("Hier, il pleuvait."), month) == []


def test_expressions_are_found_once_and_resolved_for_any_day() -> None:
    found = find_expressions(document("Mardi, il a plu. Le lendemain aussi."))
    for day in (dt.date(2024, 11, 26), dt.date(2025, 11, 25)):
        tuesday, wednesday = intervals(found, day)
        assert tuesday is not None
        assert wednesday is not None
        assert tuesday.first == day
        assert wednesday.first == day + dt.timedelta(days=1)
        assert (tuesday.basis, wednesday.basis) == ("relative", "anaphoric")


def test_known_and_implied_parts() -> None:
    given = Published.given(dt.date(2024, 11, 26))
    (span,) = find_dates(document("Le 21 novembre, un missile est tombé."), given)
    assert (span.known, span.implied) == (("month", "day"), ("year",))
    (span,) = find_dates(document("Le 21 novembre 2024, un missile est tombé."), given)
    assert (span.basis, span.implied) == ("explicit", ())


def test_a_zone_is_kept_and_shifts_no_date() -> None:
    given = Published.given(dt.date(2024, 11, 26))
    (span,) = find_dates(document("Lundi il a plu à 23 h 30 GMT."), given)[1:]
    assert (span.time, span.zone, span.first) == ("23:30", "GMT", dt.date(2024, 11, 25))
    (note,) = zone_notes([span])
    assert "2024-11-25" in note
    assert zone_notes(find_dates(document("Lundi, à 15 h GMT, et hier à 23 h."), given)) == []


def test_title_and_text_share_one_reading() -> None:
    doc = document("La veille, il était à Ankara.", title="Samedi, un accord")
    spans = find_dates(doc, Published.given(dt.date(2024, 11, 26)))
    assert [(s.part, s.value) for s in spans] == [
        ("title", "2024-11-23"),
        ("text", "2024-11-22"),
    ]


def test_an_impossible_day_is_left_out_and_not_invented() -> None:
    doc = document("Le 31 février 2024, rien.")
    found = find_expressions(doc)
    given = Published.given(dt.date(2024, 11, 26))
    assert resolve(found, doc, given) == []
    assert [one.reason for one in unresolved(found, doc, given)] == ["no such day in the calendar"]


def test_a_form_that_does_not_compile_is_named() -> None:
    from loaders.find.dates.grammar import _compile

    with pytest.raises(ValueError, match=r"fr\.toml: the form .*no_such_table"):
        _compile("fr", {}, "{no_such_table}", edges=True)


@pytest.mark.parametrize(
    ("year", "name", "day"),
    [
        (1818, "E+0", "1818-03-22"),
        (1943, "E+0", "1943-04-25"),
        (2003, "E+50", "2003-06-09"),
        (2024, "E-2", "2024-03-29"),
        (2010, "O+0", "2010-04-04"),
        (2024, "O+0", "2024-05-05"),
    ],
)
def test_feasts_move_with_easter(year: int, name: str, day: str) -> None:
    assert feast(year, name) == dt.date.fromisoformat(day)
