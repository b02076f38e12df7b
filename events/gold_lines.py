"""Persons' decisions as annotated news, to learn from: an article a line, in the form of
training/gold.

Only what somebody decided about is told: `events` are what is right, as it stands, `not` what is no
event, and `partial` says that the rest of the text was not judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from events.plain_text import as_json
from events.query import Query
from events.records import records
from events.reviews import decided

Row = Mapping[Any, Any]


def gold_lines(query: Query) -> Iterator[str]:
    """The articles of which somebody decided about an event, with what was decided."""
    states = decided(query)
    ids = [int(event) for event in states["event_id"]]
    rejected = query.rejected_events()
    rejected = rejected[rejected["event_id"].isin(ids)]
    right = query.events_with(ids)
    articles = sorted({*right["article_id"].tolist(), *rejected["article_id"].tolist()})
    for article in articles:
        of = query.article(article)
        if len(of):
            both = (rows[rows["article_id"] == article] for rows in (right, rejected))
            told, none = (records(rows) for rows in both)
            yield as_json(_unit(of.iloc[0].to_dict(), told, none))


def _unit(article: Row, told: Iterable[Row], none: Iterable[Row]) -> dict[str, Any]:
    published = article["published"]
    return {
        "id": str(article["article_id"]),
        "lang": article["lang"],
        "title": article["title"],
        "published": None if pd.isna(published) else published.isoformat()[:10],
        "source": f"decided:{article['source']}",
        "events": [{**_words(article, row), **_fields(row)} for row in told],
        "not": [{**_words(article, row), "why": "other"} for row in none],
        "text": article["text"],
        "partial": True,
    }


def _words(article: Row, row: Row) -> dict[str, Any]:
    """The words that tell an event, and which occurrence of them it is."""
    marks = [mark for mark in json.loads(row["spans"] or "[]") if mark[0] == "trigger"]
    _kind, part, start, end = marks[0] if marks else ("", row["part"], row["start"], row["end"])
    text = str(article[part])
    words = text[start:end]
    before = sum(text.startswith(words, at) for at in range(start))
    where = {"in": "title"} if part == "title" else {}
    return {"a": words, "n": before + 1, **where}


def _fields(row: Row) -> dict[str, Any]:
    sources, targets = ([str(code) for code in row[side]] for side in ("sources", "targets"))
    day = _day(row)
    return {
        "t": [row["type"]],
        "s": sources,
        "st": [None] * len(sources),
        "o": targets,
        "ot": [None] * len(targets),
        "d": day,
        "db": "clause" if day else "none",
        "p": row["place_name"] or None,
        "x": row["status"],
        "by": row["attributed_to"] or None,
        "w": None if pd.isna(row["weight"]) else int(row["weight"]),
    }


def _day(row: Row) -> str | None:
    """The day or interval, of an open one its known side."""
    days = [row[name] for name in ("first", "last") if not pd.isna(row[name])]
    told = list(dict.fromkeys(day.isoformat()[:10] for day in days))
    return "/".join(told) if told else None
