"""Events stand where they happen, not where they are told or where someone comes from."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from events.model import PLACE_SURE, Article, Published
from loaders.pipeline import extract

CASES = Path(__file__).resolve().parents[2] / "cases" / "places"
CAME = dt.date(2024, 11, 22)


def _cases(name: str) -> list[list[str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("lang", "kind", "place", "text"), _cases("aside.tsv"))
def test_the_event_stands_where_it_happens(lang: str, kind: str, place: str, text: str) -> None:
    assert _first_place(lang, kind, text)[0] == place


@pytest.mark.parametrize(("lang", "kind", "place", "drawn", "text"), _cases("whereabouts.tsv"))
def test_the_words_for_the_place_stand_apart(
    lang: str, kind: str, place: str, drawn: str, text: str
) -> None:
    assert _first_place(lang, kind, text) == (place, drawn)


def _first_place(lang: str, kind: str, text: str) -> tuple[str, str]:
    """Name of the place of the first event of that type, "-" for none; whether it is drawn."""
    article = Article(1, "", text, lang, published=Published(CAME, "given", "day"))
    events = [event for event in extract(article, CAME).events if event.type == kind]
    assert events
    found = events[0].place
    if found is None or found.place is None:
        return "-", "-"
    return found.place.name, "yes" if found.confidence >= PLACE_SURE else "no"
