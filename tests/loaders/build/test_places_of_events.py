"""Events stand where they happen, not where they are told or where someone comes from."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from events.model import Article, Published
from loaders.pipeline import extract

CASES = Path(__file__).resolve().parents[2] / "cases" / "places" / "aside.tsv"


def _cases() -> list[list[str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("lang", "kind", "place", "text"), _cases())
def test_the_event_stands_where_it_happens(lang: str, kind: str, place: str, text: str) -> None:
    came = Published(dt.date(2024, 11, 22), "given", "day")
    article = Article(1, "", text, lang, published=came)
    events = [e for e in extract(article, dt.date(2024, 11, 22)).events if e.type == kind]
    assert events
    found = events[0].place
    name = found.place.name if found is not None and found.place is not None else "-"
    assert name == place
