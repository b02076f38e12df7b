"""Floors under the accuracy of dates: on own cases always, on public gold where given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from benchmarks.accuracy import with_section
from benchmarks.accuracy_dates import (
    CASES,
    FIRST_RUN,
    FRESH,
    cut,
    own_cases,
    score,
    timebank,
    when_hits,
)
from benchmarks.gold_folder import gold_folder, gold_set
from tests.skips import skip


@pytest.mark.parametrize("lang", sorted(path.stem for path in CASES.glob("*.tsv")))
def test_own_cases(lang: str) -> None:
    counts = score(own_cases(CASES / f"{lang}.tsv"), lang)
    assert counts.gold >= 40
    assert counts.f(counts.values) >= 99


def test_french_timebank_half() -> None:
    folder = gold_set(gold_folder(), "fr-timebank") or skip("FR-TimeBank")
    counts = score(map(timebank, sorted(folder.glob("*.tml"))), "fr")
    assert counts.gold == 129
    assert counts.f(counts.spans) >= 93
    assert counts.f(counts.values) >= 92


def test_when_of_giveme5w1h() -> None:
    folder = gold_set(gold_folder(), "giveme5w1h") or skip("Giveme5W1H")
    hits, total = when_hits(folder)
    assert total == 47
    assert hits >= 30


def test_the_scorer_counts_a_gold_date_once_and_a_wrong_value_as_a_span(tmp_path: Path) -> None:
    file = tmp_path / "one.tml"
    file.write_text(
        '<TimeML><DCT><TIMEX3 functionInDocument="CREATION_TIME" tid="t0" type="DATE" '
        'value="2024-11-26" /></DCT><TEXT>R&amp;D : <TIMEX3 tid="t1" type="DATE" '
        'value="2024-11-25">hier</TIMEX3>, <EVENT>vu</EVENT> <TIMEX3 tid="t2" type="DATE" '
        'value="2024-11-01">lundi</TIMEX3>, <TIMEX3 tid="t3" type="DURATION" value="P3D">trois '
        "jours</TIMEX3>.</TEXT></TimeML>",
        encoding="utf-8",
    )
    day, text, gold = timebank(file)
    assert (day, text) == (dt.date(2024, 11, 26), "R&D : hier, vu lundi, trois jours.")
    assert [(text[a:b], value) for a, b, value in gold] == [
        ("hier", "2024-11-25"),
        ("lundi", "2024-11-01"),
    ]
    counts = score([(day, text, gold)], "fr")
    assert (counts.gold, counts.found, counts.spans, counts.values) == (2, 2, 2, 1)


@pytest.mark.parametrize(
    ("value", "calendar"),
    [
        ("2024-11-21T21:45", "2024-11-21"),
        ("2003-W05-WE", "2003-W05"),
        ("2024-11", "2024-11"),
        ("1998", "1998"),
        ("2024-Q1", "2024"),
        ("199X", ""),
        ("P3D", ""),
        ("PAST_REF", ""),
        ("XXXX-SU", ""),
    ],
)
def test_values_are_cut_to_calendar_units(value: str, calendar: str) -> None:
    assert cut(value) == calendar


def test_a_section_is_replaced_and_the_others_stay() -> None:
    page = with_section(with_section("# Accuracy\n", "dates", "## Dates\n\nold"), "events", "e")
    page = with_section(page, "dates", "## Dates\n\nnew")
    assert "old" not in page
    assert page.count("## Dates") == 1
    assert "python -m benchmarks.accuracy dates" in page
    assert page.index("<!-- dates -->") < page.index("<!-- events -->")


@pytest.mark.parametrize("path", sorted(FRESH.glob("*.tsv")), ids=lambda p: p.stem)
def test_fresh_paragraphs_keep_their_floor(path: Path) -> None:
    counts = score(own_cases(path), path.stem.split("_")[0])
    assert path.stem in FIRST_RUN
    assert counts.f(counts.values) >= 89
