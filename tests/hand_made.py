"""A small store with known contents, from tests/cases/pages/articles.toml: no model, no pipeline.

``python -m tests.hand_made FOLDER`` makes one to look at the pages with.
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from pathlib import Path
from typing import Any

from events.filters import Filters
from events.identity import article_id, stable_id
from events.model import (
    Article,
    DateSpan,
    Event,
    Extraction,
    LeftOut,
    Mention,
    Place,
    PlaceMention,
    Published,
)
from events.query import Query
from events.store import Store
from loaders.stories.stories import group_reports

CASES = Path(__file__).parent / "cases" / "pages" / "articles.toml"
RETRIEVED = dt.datetime(2024, 12, 3, 8, 30, tzinfo=dt.UTC)


def make_store(folder: Path) -> list[Extraction]:
    """Write the articles into a new store at `folder` and return what was written."""
    made = extractions()
    store = Store(folder)
    store.append(made)
    store.append_stories(group_reports(Query(folder).events(Filters())))
    return made


def extractions() -> list[Extraction]:
    """The hand-made articles with their events."""
    with CASES.open("rb") as file:
        return [_extraction(raw) for raw in tomllib.load(file)["article"]]


def _extraction(raw: dict[str, Any]) -> Extraction:
    text = raw["text"].strip()
    published = Published.unknown("no date in the text")
    if raw["published"]:
        published = Published.given(dt.date.fromisoformat(raw["published"]))
    article = Article(
        article_id(text, raw["source"]),
        raw["title"],
        text,
        raw["lang"],
        raw["source"],
        raw.get("url", ""),
        published,
        RETRIEVED,
        "0" * 64,
        "hand",
    )
    events = tuple(_event(article, given) for given in raw.get("event", ()))
    return Extraction(
        article,
        dates=tuple(e.date for e in events if e.date),
        places=tuple(e.place for e in events if e.place),
        events=events,
        left_out=(LeftOut("no event", text[-20:], "text", len(text) - 20, len(text)),),
    )


def _event(article: Article, raw: dict[str, Any]) -> Event:
    quote = raw["quote"]
    start = article.text.index(quote)

    def mention(words: str) -> Mention:
        after = article.text.find(words, start)
        at = after if after >= 0 else article.text.index(words)
        return Mention("text", at, at + len(words), words)

    return Event(
        id=stable_id("event", article.id, raw["type"], start),
        article_id=article.id,
        type=raw["type"],
        mode="",
        status=raw.get("status", "reported"),
        date=_date(mention(raw["date"][0]), raw["date"]) if "date" in raw else None,
        sources=tuple(raw["sources"]),
        targets=tuple(raw["targets"]),
        place=_place(mention(raw["place"][0]), raw["place"]) if "place" in raw else None,
        attributed_to=raw.get("attributed_to"),
        quote=quote,
        part="text",
        start=start,
        end=start + len(quote),
        trigger=mention(raw["trigger"]),
        actor_mentions=tuple(mention(words) for words in raw.get("actors", ())),
        confidence=raw["confidence"],
        reasons=tuple(raw.get("reasons", ())),
    )


def _date(words: Mention, raw: list[str]) -> DateSpan:
    _, first, last, precision, basis = raw
    day = dt.date.fromisoformat
    return DateSpan(
        words.part,
        words.start,
        words.end,
        words.text,
        day(first) if first else None,
        day(last) if last else None,
        precision,  # type: ignore[arg-type]
        basis,  # type: ignore[arg-type]
        first,
        open_end=not last,
    )


def _place(words: Mention, raw: list[Any]) -> PlaceMention:
    place = Place(raw[1], raw[2], raw[3], raw[4], raw[5], raw[6])
    return PlaceMention(words.part, words.start, words.end, words.text, place, "event")


if __name__ == "__main__":
    make_store(Path(sys.argv[1]))
