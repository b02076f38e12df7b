"""Own gold of stories, and the events that the pipeline tells of its texts.

benchmarks/gold/stories holds pairs of short reports, `same` or not (pairs, hard, kinds, work), and
the acts of the sample articles (samples): the words that tell each act, article by article. In
kinds.jsonl half of the pairs of each kind, chosen by their ids, were not looked at while the joins
were made ("held"); work.jsonl was written beside them to fit by.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from events.identity import article_id
from events.model import Article, Published
from events.table_rows import rows_of
from loaders.pipeline import extract
from loaders.readers import read_path

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "benchmarks" / "gold" / "stories"
SAMPLES = ROOT / "data" / "samples"
TODAY = dt.date(2026, 1, 1)
DAYS = ("first", "last", "published", "bounds_from", "bounds_to")
NUMBERS = ("lat", "lon", "certainty_type")

Pair = dict[str, Any]
Row = dict[str, Any]


def lines(name: str) -> list[dict[str, Any]]:
    """The lines of a file of the gold, without ".jsonl"."""
    text = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def held_back(pair: Pair) -> bool:
    """Whether a pair of kinds.jsonl belongs to the half that was not looked at."""
    return bool(hashlib.sha256(pair["id"].encode()).digest()[0] % 2)


def sides(pair: Pair) -> tuple[list[Row], list[Row], list[Row]]:
    """The event rows of one side, of the other, and of all articles of the pair.

    A side with `words` is what these words of its title tell; one without a text is what its words
    tell in the text of the other side.
    """
    one, other = pair["a"], pair["b"]
    first = events_of(_article(one, "a"))
    told = _telling(first, one, "title") if "words" in one else first
    beside = [events_of(_article(each, f"beside {n}")) for n, each in enumerate(_beside(pair))]
    around = [row for rows in beside for row in rows]
    if "text" in other:
        second = events_of(_article(other, "b"))
        return told, second, [*first, *second, *around]
    return told, _telling(first, {**one, **other}, "text"), [*first, *around]


def _beside(pair: Pair) -> list[dict[str, Any]]:
    return list(pair.get("beside", ()))


def sample_events() -> tuple[list[Row], dict[int, str]]:
    """The event rows of the samples, and the act of each by event id; a telling that is no
    annotated act is one of its own."""
    head, *acts = lines("samples")
    names = {title: name for name, title in head["articles"].items()}
    articles = [item for item in read_path(SAMPLES) if isinstance(item, Article)]
    rows, act_of = [], {}
    for article in articles:
        spans = dict(_spans(article, names[article.title], acts))
        for row in events_of(article):
            rows.append({**row, "article": names[article.title]})
            act_of[row["event_id"]] = _act(row, spans)
    return rows, act_of


def _spans(
    article: Article, name: str, acts: list[dict[str, Any]]
) -> Iterator[tuple[tuple[str, int, int], str]]:
    """(part, start, end) in the article -> the act that these words tell."""
    for act in acts:
        for told, part, words in act["told"]:
            if told == name:
                start = (article.title if part == "title" else article.text).index(words)
                yield (part, start, start + len(words)), act["act"]


def _act(row: Row, spans: dict[tuple[str, int, int], str]) -> str:
    part, at = _trigger(row)
    found = [act for (p, start, end), act in spans.items() if p == part and start <= at < end]
    return found[0] if found else f"event {row['event_id']}"


def _telling(rows: list[Row], report: dict[str, Any], part: str) -> list[Row]:
    """The rows of which a telling stands in the `words` of a part of a report."""
    start = report[part].index(report["words"])
    end = start + len(report["words"])
    return [r for r in rows if any(p == part and start <= n < end for p, n in _tellings(r))]


def _tellings(row: Row) -> list[tuple[str, int]]:
    also = json.loads(row["also"] or "[]")
    return [_trigger(row), *((part, start) for _, part, start, _ in also)]


def _trigger(row: Row) -> tuple[str, int]:
    spans = json.loads(row["spans"] or "[]")
    told = [(part, start) for kind, part, start, _ in spans if kind == "trigger"]
    return told[0] if told else (row["part"], row["start"])


def _article(report: dict[str, Any], source: str) -> Article:
    return Article(
        id=article_id(report["text"], source),
        title=report.get("title", ""),
        text=report["text"],
        lang=report["lang"],
        source=source,
        published=Published.given(dt.date.fromisoformat(report["published"])),
    )


@functools.cache
def events_of(article: Article) -> list[Row]:
    """The rows of an article's events, with what grouping needs of the article."""
    found = rows_of(extract(article, TODAY), 1, 1)
    joined = {"published": article.published.date}
    return [{**row, **joined} for row in found["events"]]


def as_table(rows: list[Row]) -> pd.DataFrame:
    """The rows as a table with the dtypes of EVENT_COLUMNS that grouping needs."""
    table = pd.DataFrame(rows)
    for name in DAYS:
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    for name in NUMBERS:
        table[name] = table[name].astype("float64")
    return table
