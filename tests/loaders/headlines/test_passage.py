"""What falls before the clause of a headline: tests/cases/headline_passages.tsv."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from events.model import DateSpan, Event, Mention
from loaders.headlines.passage import passage

CASES = Path(__file__).resolve().parents[2] / "cases" / "headline_passages.tsv"
DAY = dt.date(2024, 12, 3)


def _cases() -> list[list[str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.reader((row for row in file if row[0] != "#"), delimiter="\t"))


def _event(words: str, quote: str, date: DateSpan | None) -> Event:
    at = quote.index(words)
    return Event(
        id=1,
        article_id=1,
        type="ASSAULT",
        mode="",
        status="reported",
        date=date,
        sources=(),
        targets=(),
        place=None,
        attributed_to=None,
        quote=quote,
        part="text",
        start=0,
        end=len(quote),
        trigger=Mention("text", at, at + len(words), words),
    )


@pytest.mark.parametrize(("lang", "dated", "words", "quote", "part"), _cases())
def test_what_falls_and_what_stays(
    lang: str, dated: str, words: str, quote: str, part: str
) -> None:
    day = DateSpan("text", 0, 0, "", DAY, DAY, precision="day", basis="explicit", value=str(DAY))
    date = day if dated == "yes" else None
    assert passage(_event(words, quote, date), lang).text == part
