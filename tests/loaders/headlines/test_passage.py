"""What falls before the clause of a headline: tests/cases/headline_passages.tsv."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from events.model import DateSpan, Event, Mention
from loaders.headlines.passage import passage
from tests.case_rows import case_rows

CASES = Path(__file__).resolve().parents[2] / "cases" / "headline_passages.tsv"
DAY = dt.date(2024, 12, 3)


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


@pytest.mark.parametrize(("lang", "dated", "words", "quote", "part"), case_rows(CASES))
def test_what_falls_and_what_stays(
    lang: str, dated: str, words: str, quote: str, part: str
) -> None:
    day = DateSpan("text", 0, 0, "", DAY, DAY, precision="day", basis="explicit", value=str(DAY))
    date = day if dated == "yes" else None
    assert passage(_event(words, quote, date), lang).text == part
