"""Dates as heads of articles write them."""

from __future__ import annotations

import pytest

from loaders.readers.written_date import before_date, stamped_date, written_date

DATES = {
    "Politique, jeudi 21 novembre 2024, p. 16": "2024-11-21 day",
    "le 1er mai 2020": "2020-05-01 day",
    "November 21, 2024 Thursday": "2024-11-21 day",
    "May 2, 2002, Thursday,, FINAL EDITION": "2002-05-02 day",
    "Nov. 21st, 2024": "2024-11-21 day",
    "Donnerstag, 21. November 2024": "2024-11-21 day",
    "21 de noviembre de 2024": "2024-11-21 day",
    "21 ноября 2024 г., четверг": "2024-11-21 day",
    "2018 年 10 月 7 日 17:04": "2018-10-07 day",
    "2024-11-21T08:00Z": "2024-11-21 day",
    "21.11.2024": "2024-11-21 day",
    "2024 Nov 19": "2024-11-19 day",
    "mai 2018": "2018-05-01 month",
    "Copyright 2020": None,
    "120 novembre 2024 soldats": "2024-11-01 month",
    "2024-13-45": None,
    "mardi": None,
    "": None,
}


@pytest.mark.parametrize(("line", "told"), DATES.items(), ids=DATES)
def test_dates_in_words(line: str, told: str | None) -> None:
    found = written_date(line, "head")
    assert (found and f"{found.date} {found.precision}") == told
    assert found is None or found.evidence[0].removeprefix('head: "').removesuffix('"') in line


@pytest.mark.parametrize(("digits", "told"), [("20241121", "2024-11-21"), ("20241399", None)])
def test_dates_in_numbers(digits: str, told: str | None) -> None:
    found = stamped_date(digits, "number")
    assert (found and str(found.date)) == told


def test_what_stands_before_a_date() -> None:
    assert before_date("Politique, jeudi 21 novembre 2024, p. 16") == "Politique, jeudi "
    assert before_date("Politique") == ""
