"""The queries that read rows of the store, each an Ibis expression over a snapshot.

Counts over all events are not queried here but computed in memory (`events.counts`).
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from events.answers import Loaded
from events.columns_in_memory import Ints
from events.snapshot import Snapshot


def loaded(snapshot: Snapshot) -> Loaded:
    """Counts of articles, left-out rows and rejected files, which no filter changes."""
    found = snapshot.articles()
    found = found.filter(found["coder"] == "")
    sums = found.aggregate(n=found.count(), silent=(found["events"] == 0).sum().fill_null(0))
    totals = snapshot.fetch(sums).to_pylist()[0]
    rejected = snapshot.rejected()
    counted = snapshot.fetch(rejected.aggregate(n=rejected.count()))
    left = snapshot.of_articles("left_out")
    reasons = left.group_by("reason").aggregate(n=left.count()).order_by(ibis.desc("n"), "reason")
    left_out = tuple((row["reason"], row["n"]) for row in snapshot.fetch(reasons).to_pylist())
    return Loaded(totals["n"], totals["silent"], left_out, counted.column("n")[0].as_py())


def reader_versions(snapshot: Snapshot) -> ir.Table:
    """article_id and reader_version of the current articles that were read."""
    articles = snapshot.articles()
    read = articles.filter(articles["coder"] == "")
    return read.select("article_id", "reader_version").order_by("article_id")


def events_as_read(snapshot: Snapshot, article_id: int) -> ir.Table:
    """The current events of an article before persons' edits, in reading order."""
    rows, articles = snapshot.events_as_read(), snapshot.articles()
    mine = rows.filter(rows["article_id"] == article_id)
    current = mine.semi_join(articles, ["article_id", "load_id"])
    told = ("event_id", "type", "status", "part", "start", "end", "quote", "spans", "also")
    return current.select(*told).order_by(ibis.desc("part"), "start", "event_id")


def revisions_of_edited(snapshot: Snapshot) -> ir.Table:
    """The rows of events that anybody edited, of all revisions, as readers told them."""
    return snapshot.events_as_read().semi_join(snapshot.edits(), "event_id")


def rejected_events(snapshot: Snapshot) -> pa.Table:
    """What persons said to be no event, by article and place in it."""
    snapshot.rejected_events()  # a view is made when it is first asked for
    # in SQL of its own: asked after each edit, and Ibis takes as long to write it as DuckDB to run
    return snapshot.ask(
        "SELECT * FROM rejected_events ORDER BY article_id, part DESC, start, event_id"
    )


def alternatives(snapshot: Snapshot, event_id: int) -> ir.Table:
    """The other answers about one event, by field and rank."""
    rows = snapshot.alternatives()
    mine = rows.filter(rows["event_id"] == event_id)
    current = mine.semi_join(snapshot.articles(), ["article_id", "load_id"])
    return current.order_by("field", "rank")


def lost_edits(snapshot: Snapshot) -> pa.Table:
    """Standing edits about events that are neither among the current ones nor rejected."""
    snapshot.edits()  # a view is made when it is first asked for
    if snapshot.large() is None:
        lost = f"event_id IN ({', '.join(map(str, _edited_without_event(snapshot))) or 'NULL'})"
    else:
        lost = "event_id NOT IN (SELECT event_id FROM current_events)"
    rejected = "SELECT event_id FROM edited_rows WHERE rejected"
    return snapshot.ask(
        f"SELECT * FROM told_edits WHERE standing AND {lost} AND event_id NOT IN ({rejected}) "
        "ORDER BY edit_id"
    )


def _edited_without_event(snapshot: Snapshot) -> list[int]:
    """Events with standing edits that are not in memory."""
    edited = snapshot.ask("SELECT DISTINCT event_id FROM standing_edits").column("event_id")
    gone: list[int] = np.setdiff1d(edited, snapshot.whole().columns.number("event_id")).tolist()
    return gone


def outlets(snapshot: Snapshot) -> ir.Table:
    """The outlets of the current articles that were read, with their number and reliability."""
    articles = snapshot.articles()
    read = articles.filter(articles["coder"] == "", articles["source"] != "")
    named = read.group_by(outlet="source", reliability="reliability")
    told = named.aggregate(articles=read.count())
    return told.order_by(ibis.desc("articles"), "outlet")


def withdrawals(snapshot: Snapshot) -> ir.Table:
    """The decisions that stand, newest first, with title and source where they are still there."""
    return snapshot.withdrawals().order_by(ibis.desc("number"))


def edits(snapshot: Snapshot) -> ir.Table:
    """Edits made by persons, newest first."""
    return snapshot.edits().order_by(ibis.desc("edit_id"))


def rejected(snapshot: Snapshot) -> ir.Table:
    """Files and lines that were set aside, newest first."""
    return snapshot.rejected().order_by(ibis.desc("at"), "file")


def articles(snapshot: Snapshot, ids: Ints | None) -> ir.Table:
    """The articles of the ids (None: all that were read), newest first, without their text."""
    articles = snapshot.articles()
    found = _among(articles, ids) if ids is not None else articles.filter(articles["coder"] == "")
    return found.order_by(ibis.desc("published", nulls_first=False), "title", "article_id")


def article(snapshot: Snapshot, article_id: int) -> ir.Table:
    """The article of the id with its text, if there is one."""
    articles = snapshot.articles()
    found = articles.filter(articles["article_id"] == article_id)
    return found.join(snapshot.texts(), ["article_id", "load_id"])


def versions(snapshot: Snapshot, article_id: int) -> ir.Table:
    """The articles of the same address and outlet as one, oldest first, itself among them; parts of
    one file are no versions of each other."""
    articles = snapshot.articles()
    mine = articles.filter((articles["article_id"] == article_id) & (articles["url"] != ""))
    same = articles.semi_join(mine, ["url", "source"])
    others = same.filter(same["article_id"] != article_id).anti_join(mine, ["sha256"])
    return others.union(mine).order_by("retrieved", "article_id")


def article_days(snapshot: Snapshot) -> ir.Table:
    """The days of publication, once each, oldest first."""
    articles = snapshot.articles()
    days = articles.filter(articles["published"].notnull()).select(day="published")
    return days.distinct().order_by("day")


def texts(snapshot: Snapshot, article_ids: Sequence[int]) -> ir.Table:
    """article_id and text of some articles, by publication, those of unknown day last."""
    articles = snapshot.articles()
    found = articles.filter(articles["article_id"].isin(list(article_ids)))
    dated = found.select("article_id", "load_id", "published", "retrieved")
    whole = snapshot.texts().join(dated, ["article_id", "load_id"])
    ordered = whole.order_by(ibis.asc("published", nulls_first=False), "retrieved", "article_id")
    return ordered.select("article_id", "text")


def mentions(snapshot: Snapshot, ids: Ints | None) -> ir.Table:
    """Mentions in the articles of the ids, in reading order."""
    rows = _among(snapshot.of_articles("mentions"), ids)
    return rows.order_by("article_id", ibis.desc("part"), "start", "kind")


def unresolved_names(snapshot: Snapshot) -> ir.Table:
    """article_id and text of each place that is named in any article and could not be resolved."""
    return _nowhere(snapshot.of_articles("mentions")).select("article_id", "text")


def _nowhere(rows: ir.Table) -> ir.Table:
    return rows.filter(rows["kind"] == "place", rows["lat"].isnull())


def unresolved(snapshot: Snapshot, ids: Ints | None) -> ir.Table:
    """Unresolved place names in the articles of the ids, with their counts, most first."""
    nowhere = _nowhere(_among(snapshot.of_articles("mentions"), ids))
    counted = nowhere.group_by("text").aggregate(mentions=nowhere.count())
    return counted.order_by(ibis.desc("mentions"), "text")


def left_out(snapshot: Snapshot, ids: Ints | None) -> ir.Table:
    """What was left out of the articles of the ids, with their title and source, by reason."""
    rows = _among(snapshot.of_articles("left_out"), ids)
    named = snapshot.articles().select("article_id", "title", "source")
    ordered = ("reason", "article_id", "start", "end", ibis.desc("part"), "text")
    return rows.join(named, "article_id").order_by(*ordered)


def _among(rows: ir.Table, ids: Ints | None) -> ir.Table:
    """The rows of the articles named; all of them for None."""
    if ids is None:
        return rows
    if len(ids) == 1:  # with ==, DuckDB skips the parts of files that do not contain the id
        return rows.filter(rows["article_id"] == int(ids[0]))
    wanted = ibis.memtable({"article_id": ids}, schema={"article_id": "int64"})
    return rows.semi_join(wanted, "article_id")
