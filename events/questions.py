"""The questions as Ibis expressions: rows of events, and what of articles is in the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from events.columns_in_memory import Ints
from events.conditions import article_conditions, asks_of_events, contains_words
from events.filters import Filters
from events.row_filters import Sieve
from events.snapshot import Snapshot


@dataclass(frozen=True)
class Account:
    """Where every loaded event went: `shown` + the hidden ones = `loaded`.

    hidden: (reason, events), each event under the first reason of `events.row_filters` that holds,
    by name. undated, unlocated, doubtful: of the shown ones, those without date, without place,
    with a place that is not sure. articles: current articles; silent: those without any event.
    left_out: (reason, rows) of what reading left out. rejected: files and lines set aside.
    """

    loaded: int
    shown: int
    hidden: tuple[tuple[str, int], ...]
    undated: int
    unlocated: int
    articles: int
    silent: int
    left_out: tuple[tuple[str, int], ...]
    rejected: int
    doubtful: int = 0


@dataclass(frozen=True)
class Loaded:
    """What an account tells of the store whatever the filters."""

    articles: int
    silent: int
    left_out: tuple[tuple[str, int], ...]
    rejected: int


def loaded(snapshot: Snapshot) -> Loaded:
    """Articles, left-out rows and rejected files of the store."""
    found = snapshot.articles()
    sums = found.aggregate(n=found.count(), silent=(found["events"] == 0).sum().fill_null(0))
    totals = snapshot.fetch(sums).to_pylist()[0]
    rejected = snapshot.rejected()
    counted = snapshot.fetch(rejected.aggregate(n=rejected.count()))
    return Loaded(
        totals["n"], totals["silent"], _left_out_counts(snapshot), counted.column("n")[0].as_py()
    )


def account(sieve: Sieve, known: Loaded) -> Account:
    """See `Account`."""
    held, shown = sieve.held, sieve.passing()
    hidden = ((reason, int(rows.sum())) for reason, rows in sieve.hidden())
    return Account(
        loaded=held.size,
        shown=int(shown.sum()),
        hidden=tuple(sorted((reason, n) for reason, n in hidden if n)),
        undated=int((shown & held.undated).sum()),
        unlocated=int((shown & held.unlocated).sum()),
        articles=known.articles,
        silent=known.silent,
        left_out=known.left_out,
        rejected=known.rejected,
        doubtful=int((shown & held.doubtful).sum()),
    )


def rows(snapshot: Snapshot, event_ids: Ints, columns: Sequence[str]) -> ir.Table:
    """The events of the ids, in their order."""
    events = snapshot.events()
    named = [name for name in columns if name != "event_id"]
    told = {"event_id": event_ids, "place": range(len(event_ids))}
    order = ibis.memtable(told, schema={"event_id": "int64", "place": "int64"})
    found = events.select("event_id", *named).join(order, "event_id").order_by("place")
    return found.select(*columns)


def matching(snapshot: Snapshot, text: str) -> ir.Table:
    """event_id of every event with all the words."""
    events = snapshot.events()
    return events.filter(contains_words(events, text)).select("event_id")


def articles(snapshot: Snapshot, filters: Filters, telling: Ints) -> ir.Table:
    """The articles in the filters, without their text.

    `telling`: the articles that tell an event which passes the filters, search words aside.
    """
    found = snapshot.articles()
    conditions = article_conditions(found, filters)
    found = found.filter(*conditions.values()) if conditions else found
    if filters.text:
        texts = snapshot.texts()
        named = texts.filter(contains_words(texts, filters.text))
        found = found.semi_join(named, ["article_id", "load_id"])
    if asks_of_events(filters):
        wanted = ibis.memtable({"article_id": telling}, schema={"article_id": "int64"})
        found = found.semi_join(wanted, "article_id")
    return found


def _left_out_counts(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    left = snapshot.of_articles("left_out")
    counted = left.group_by("reason").aggregate(n=left.count()).order_by(ibis.desc("n"), "reason")
    return tuple((row["reason"], row["n"]) for row in snapshot.fetch(counted).to_pylist())
