"""Headlines read one by one against their sentence: ``python -m benchmarks.headlines``.

``benchmarks/gold/headlines.jsonl`` has a line an event: the sentence, the words of the act, the
fields that the reader told, the headline that was judged, and whether it is `true` (says nothing
that the sentence does not, and drops no negation, claim or plan), `whole` (no phrase is cut in its
midst) and `readable` (a newspaper could print it). `set` is "rules" for the hundred that the rules
were mended with, "second" for one after whose reading some kinds were mended too, "unseen" for one
that was read once, after the last change. The
judged headline is compared with the one that is made now: a judgement holds for that line alone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from events.model import Article, Event, Mention, Place, PlaceMention, Published
from loaders.find.actors import find_actors
from loaders.find.dates import read_dates
from loaders.find.places import find_places
from loaders.headlines.headline import with_headlines
from loaders.text.read import read_document

GOLD = Path(__file__).parent / "gold" / "headlines.jsonl"
VERDICTS = ("true", "whole", "readable")


@dataclass(frozen=True)
class Judged:
    """One judged headline: the row of the gold file, and the headline that is made now."""

    row: dict[str, Any]
    now: str

    @property
    def good(self) -> bool:
        return all(self.row[name] for name in VERDICTS)

    @property
    def same(self) -> bool:
        return bool(self.now == self.row["headline"])


def judged(path: Path = GOLD) -> list[Judged]:
    """Every row with the headline that is made of its sentence now."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Judged(row, made(row)) for row in rows]


def made(row: dict[str, Any]) -> str:
    """The headline of a row's sentence alone: what the article told before is not known to it."""
    is_title = row["part"] == "title"
    title, text = (row["quote"], "") if is_title else ("", row["quote"])
    day = row["published"]
    published = Published.given(dt.date.fromisoformat(day)) if day else Published.unknown()
    document = read_document(Article(1, title, text, row["lang"], published=published))
    dates, _undated = read_dates(document, document.article.published)
    places = find_places(document)
    actors = find_actors(document, places, document.article.published)
    event = _event(row)
    others = [event] if row["alone"] else [event, replace(event, id=2)]
    return with_headlines(document, others, dates, actors)[0].headline


def _event(row: dict[str, Any]) -> Event:
    start, end = row["trigger"]
    words = Mention(row["part"], start, end, row["quote"][start:end])
    return Event(
        id=1,
        article_id=1,
        type=row["type"],
        mode="",
        status=row["status"],
        date=None,
        sources=tuple(row["sources"]),
        targets=tuple(row["targets"]),
        place=_place(row),
        attributed_to=None,
        quote=row["quote"],
        part=row["part"],
        start=0,
        end=len(row["quote"]),
        trigger=words,
        attributes=tuple(tuple(told) for told in row["attributes"]),
    )


def _place(row: dict[str, Any]) -> PlaceMention | None:
    """The place that the fields name: id, name and country."""
    if not row["place"]:
        return None
    place_id, name, country = row["place"]
    place = Place(place_id, name, country, lat=None, lon=None, kind="city")
    return PlaceMention(row["part"], 0, 0, "", place)


def lines(rows: Sequence[Judged]) -> Iterable[str]:
    """The table, worst first, and a line of sums for each set."""
    for one in sorted(rows, key=lambda one: (one.good, one.row["set"])):
        missing = " ".join(f"not {name}" for name in VERDICTS if not one.row[name])
        kind = "fields" if one.row["fields"] else "sentence"
        changed = "" if one.same else f" | now: {one.now}"
        told = f"{one.row['set']:7} {kind:8} {missing or 'good'}"
        yield f"{told} | {one.row['headline']}{changed}"
    for name in dict.fromkeys(one.row["set"] for one in rows):
        yield sums(name, [one for one in rows if one.row["set"] == name])


def sums(name: str, rows: Sequence[Judged]) -> str:
    """How many of a set are good, how many are made of a sentence, and how many are still so."""
    of_sentence = [one for one in rows if not one.row["fields"]]
    counts = {verdict: sum(one.row[verdict] for one in rows) for verdict in VERDICTS}
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    return (
        f"{name}: {sum(one.good for one in rows)} of {len(rows)} are good ({told}); "
        f"{sum(one.good for one in of_sentence)} of {len(of_sentence)} made of a sentence; "
        f"{sum(one.same for one in rows)} are made the same of the sentence alone now"
    )


def main() -> None:
    print("\n".join(lines(judged())))


if __name__ == "__main__":
    main()
