"""Credibility by the origins of reports: the cases of tests/cases/grading.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from events.credits import Credits, credits_of
from events.grading import BASES, Telling, grade, telling

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "grading.toml").read_text())["case"]
PLACES = {"Dnipro": ("city", "UKR"), "Kyiv": ("city", "UKR"), "Ukraine": ("country", "UKR")}


def tellings(reports: list[dict[str, Any]]) -> list[Telling]:
    """The reports of a case as they come from the store."""
    found = []
    for each in reports:
        copied = reports[each["copy"] - 1] if "copy" in each else None
        days = each.get("day", "2024-11-21")
        first, last = pd.to_datetime((days or "NaT").split("/"))[[0, -1]]
        kind, country = PLACES.get(each.get("place", ""), ("", ""))
        row = {
            "type": "ASSAULT", "status": each.get("status", "reported"), "first": first,
            "last": last, "place_name": each.get("place", ""), "place_kind": kind,
            "place_country": country, "attributed_to": each.get("by", ""),
            "source": each["outlet"], "origin": (copied or each)["outlet"],
            "quote": each.get("quote", each["text"]),
        }  # fmt: skip
        original = credits_of(copied["text"]) if copied else Credits()
        found.append(telling(row, credits_of(each["text"]), original))
    return found


def test_there_are_sixty_cases_of_every_grade() -> None:
    assert len(CASES) >= 60
    assert {case["grade"] for case in CASES} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_credibility(case: dict[str, Any]) -> None:
    found = grade(tellings(case["reports"]))
    assert (int(found.credibility), case["why"]) == (case["grade"], case["why"]), found
    assert found.basis in BASES
    assert bool(found.origins) == (found.basis != "unknown")


CREDITS = {
    "KYIV, Nov 21 (Reuters) - Troops moved.": ({"Reuters"}, set(), False),
    "Par l'AFP\n\nTexte.\n\n© 2024 AFP": ({"AFP"}, set(), False),
    "Texte.\n\nLe Figaro avec AFP et Reuters": ({"AFP", "Reuters"}, set(), False),
    "L'AFP a interrogé le maire. Un texte long.": (set(), set(), False),
    "Le sommet (APA 2024) se tient.\n\nLa map est là.": (set(), set(), False),
    "Two officials told the Wall Street Journal.": (set(), {"Wall Street Journal"}, False),
    "Selon l’agence Reuters, la ville est prise.": (set(), {"Reuters"}, False),
    "Le monde a changé, selon le ministre.": (set(), set(), False),
    "The New York Times has reported it.": (set(), {"New York Times"}, False),
}  # fmt: skip


@pytest.mark.parametrize("text", CREDITS)
def test_what_an_article_says_of_its_origin(text: str) -> None:
    agencies, cites, own = CREDITS[text]
    assert credits_of(text) == Credits(frozenset(agencies), frozenset(cites), own)
