"""`reread`: the present reader over texts that are in the store; what persons decided is kept.

Each article is read again and appended as a new revision. An event whose trigger is told again has
the same id, and so its edits. Where the trigger is gone, its edits move to the event of the same
type whose quote overlaps most; those that find none are listed, and come back when one is told.
A run that was stopped goes on where it was: the store knows which reader read each article.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa

from events import annotating, audit_log
from events.batches import rows_in
from events.model import Article, Published
from events.query import Query
from events.records import records
from events.store import Store
from loaders import pool
from loaders.batch import failures, sound
from loaders.grouping import Touched, group_stories
from loaders.load_report import events_in_words
from loaders.storing import sure_events

BATCH = 32
# notes that reading makes itself: the others are what the article's file said
_OF_READING = re.compile(
    r"read as meant: |characters lost in a wrong encoding |language not identified "
    r"|no language model for '|the text is read to character \d|no learned reader: "
    r"|published \d{4}-\d\d-\d\d, but "
    r'|"[^"]+": (?:kept as \d|.* month and day cannot be told apart)',
    re.DOTALL,
)
Row = Mapping[Any, Any]
Progress = Callable[[int, int], None]  # articles read again, of how many


@dataclass(frozen=True)
class Conflict:
    """An edited event of which the reader now says another type or status than it did; `now` and
    `before` are (type, status)."""

    now: tuple[str, str]
    before: tuple[str, str]
    quote: str

    def __str__(self) -> str:
        now, before = ", ".join(self.now), ", ".join(self.before)
        return f"{now} (it said {before}): {self.quote!r}"


@dataclass
class Reread:
    """What a run did. `less_sure`: of the events, those that are not shown by default.
    `conflicts`: where the reader now says something else of an event that a
    person edited; `lost`: edits whose event is not told any more; `failed`: articles that stay as
    they were."""

    articles: int = 0
    events: int = 0
    less_sure: int = 0
    moved: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report in words, a line each."""
        events = events_in_words(self.events, self.less_sure)
        told = [f"{self.articles} articles read again: {events}; {self.moved} edits moved"]
        told += [f"the reader now says: {line}" for line in self.conflicts]
        told += [f"edit without an event: {line}" for line in self.lost]
        return told + [f"not read: {line}" for line in self.failed]


def reread(
    store: Store,
    articles: Sequence[int],
    today: dt.date,
    progress: Progress = lambda _done, _all: None,
    done: Reread | None = None,
    who: str = "",
) -> Reread:
    """Read the articles again. What is stored when it is interrupted stays. Raises StoreError.

    `done` is what an interrupted run did that this one goes on with: it is added to, batch by
    batch, so that who asked has the whole report whenever it stops.
    """
    query, done = Query(store.location), done or Reread()
    audit_log.record(store, "reread", who, f"{len(articles)} articles")
    touched = Touched(store)
    edited = set(query.edits()["event_id"]) | query.annotations().events()
    try:
        for first in range(0, len(articles), BATCH):
            batch = articles[first : first + BATCH]
            _one_batch(store, query, batch, today, edited, touched, done)
            progress(min(first + BATCH, len(articles)), len(articles))
    finally:
        if done.articles:
            group_stories(store, touched)
    done.lost = [_edit_line(row) for row in records(Query(store.location).lost_edits())]
    return done


def _one_batch(
    store: Store,
    query: Query,
    articles: Iterable[int],
    today: dt.date,
    edited: set[int],
    touched: Touched,
    done: Reread,
) -> None:
    rows = [row for row in map(query.article, articles) if not row.empty]
    read = pool.read([article_of(row.iloc[0].to_dict()) for row in rows], today)
    moved: dict[int, int] = {}
    part = Reread()  # told once the batch is stored: one that is cut is read again
    errors = failures(read)
    for row, error in zip(rows, errors, strict=True):
        if error:
            part.failed.append(f"{row['title'].iloc[0]}: {error}")
    ready = sound(read)
    for article_id, told in _told(ready):
        before = query.events_as_read(article_id)
        mine = before[before["event_id"].isin(edited)]
        moved |= _moves(mine, told)
        part.conflicts += _conflicts(mine, told, moved)
    touched.add(ready)
    store.append_read(ready, revise=True)
    touched.rows += ready.num_rows
    done.conflicts += part.conflicts
    done.failed += [line for line in part.failed if line not in done.failed]
    done.articles += ready.num_rows
    events = rows_in(ready, "events").num_rows
    done.events += events
    done.less_sure += events - sure_events(ready)
    if moved:
        done.moved += store.move_edits(moved)
        annotating.move(store, moved)


def _told(read: pa.Table) -> Iterator[tuple[int, list[Row]]]:
    """Of each article the rows of its events."""
    columns = (read.column(name).to_pylist() for name in ("article_id", "events"))
    yield from zip(*columns, strict=True)


def article_of(row: Row) -> Article:
    """An article of the store (ARTICLE_COLUMNS) as it came: a date that was inferred is left to
    the reader, one that was given or chosen stays; of its notes, those of its file."""
    given = row["published_basis"] == "given" and not pd.isna(row["published"])
    published = _published(row) if given else Published.unknown()
    moment: dt.datetime | None = None
    if not pd.isna(row["retrieved"]):
        moment = row["retrieved"].to_pydatetime()
    return Article(
        id=int(row["article_id"]),
        title=str(row["title"]),
        text=str(row["text"]),
        lang=str(row["lang"]),
        source=str(row["source"]),
        url=str(row["url"]),
        published=published,
        retrieved=moment,
        sha256=str(row["sha256"]),
        reader=str(row["reader"]),
        notes=tuple(note for note in map(str, row["notes"]) if not _OF_READING.match(note)),
    )


def _published(row: Row) -> Published:
    evidence = tuple(str(line) for line in row["published_evidence"])
    precision: Any = row["published_precision"] or "day"
    sure = float(row["published_confidence"])
    return Published(row["published"].date(), "given", precision, sure, evidence)


def _moves(before: pd.DataFrame, told: Sequence[Row]) -> dict[int, int]:
    """Old id -> new id of edited events whose trigger is not told any more."""
    ids = {event["event_id"] for event in told}
    gone = before[~before["event_id"].isin(ids)]
    found = ((int(row["event_id"]), _nearest(row, told)) for row in records(gone))
    return {old: new for old, new in found if new is not None}


def _nearest(row: Row, told: Sequence[Row]) -> int | None:
    """The event of the same type whose quote, or another telling of it, shares most words."""
    shares = [
        (max(_overlap(row, *telling) for telling in _tellings(event)), -event["event_id"])
        for event in told
        if event["type"] == row["type"]
    ]
    best = max(shares, default=(0, 0))
    return -best[1] if best[0] > 0 else None


def _tellings(event: Row) -> list[tuple[str, int, int]]:
    """Part, start and end of the quote of an event and of its other tellings."""
    also = ((part, start, end) for _, part, start, end in json.loads(event["also"] or "[]"))
    return [(event["part"], event["start"], event["end"]), *also]


def _overlap(row: Row, part: str, start: int, end: int) -> int:
    """Characters that the quote and the other tellings of the old event share with a stretch."""
    return max(min(e, end) - max(s, start) if p == part else 0 for p, s, e in _tellings(row))


def _conflicts(
    before: pd.DataFrame, told: Sequence[Row], moved: Mapping[int, int]
) -> list[Conflict]:
    new = {event["event_id"]: event for event in told}
    found = []
    for row in records(before):
        event = new.get(moved.get(row["event_id"], row["event_id"]))
        if event and (event["type"], event["status"]) != (row["type"], row["status"]):
            was = (str(row["type"]), str(row["status"]))
            now = (str(event["type"]), str(event["status"]))
            found.append(Conflict(now, was, str(row["quote"])[:80]))
    return found


def _edit_line(row: Row) -> str:
    return f"{row['field']} = {row['value']!r} by {row['who'] or 'nobody named'}: {row['why']}"
