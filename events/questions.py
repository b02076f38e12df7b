"""The questions as Ibis expressions: from a snapshot and filters to tables and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import ibis
import pandas as pd
from ibis.expr import types as ir

from events.conditions import (
    article_conditions,
    asks_of_events,
    contains_words,
    event_conditions,
)
from events.filters import Filters
from events.registry import roll_up
from events.snapshot import Snapshot

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_TRUNCATE = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
AS_TOLD = "person"  # the level at which every code stands for itself
_LISTS = ("sources", "targets")


@dataclass(frozen=True)
class Options:
    """Values to choose from. Frames have `value` (str), `name` (str), `events` (int64).

    The counts are of events that pass all *other* filters. Places carry `country` as well.
    first, last: the days that dated events span, None where there is none.
    """

    actors: pd.DataFrame
    types: pd.DataFrame
    places: pd.DataFrame
    statuses: pd.DataFrame
    langs: pd.DataFrame
    sources: pd.DataFrame
    first: pd.Timestamp | None
    last: pd.Timestamp | None


@dataclass(frozen=True)
class Account:
    """Where every loaded event went: `shown` + the hidden ones = `loaded`.

    hidden: (reason, events), each event under the first reason of `conditions.REASONS` that
    holds. undated, unlocated: of the shown ones, those without date or place. articles: current
    articles; silent: those without any event. left_out: (reason, rows) of what reading left out.
    rejected: files and lines set aside.
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


def conditions(
    snapshot: Snapshot, events: ir.Table, filters: Filters
) -> dict[str, ir.BooleanValue]:
    """Reason -> condition; actors are matched under every code that rolls up to a wanted one."""
    if not filters.actors:
        return event_conditions(events, filters)
    wanted = set(filters.actors)
    known = snapshot.actor_codes() if filters.level != AS_TOLD else ()
    codes = wanted | {code for code in known if roll_up(code, filters.level) in wanted}
    parties = snapshot.parties()
    acting = parties.filter(parties["code"].isin(sorted(codes)))
    return event_conditions(events, filters, acting["event_id"])


def shown(snapshot: Snapshot, filters: Filters) -> ir.Table:
    """The events that pass every filter: EVENT_COLUMNS."""
    events = snapshot.events()
    return _passing(events, conditions(snapshot, events, filters))


def page(snapshot: Snapshot, filters: Filters, limit: int | None, offset: int) -> ir.Table:
    """The shown events by first day, undated last: at most `limit` of them, after `offset`."""
    events = shown(snapshot, filters)
    ordered = events.order_by(ibis.asc("first", nulls_first=False), "last", "event_id")
    return ordered.limit(limit, offset=offset)


def told(snapshot: Snapshot, filters: Filters) -> ir.Table:
    """All events with `hidden_by`: the first reason that hides them, "" for the shown ones."""
    events = snapshot.events()
    reasons = conditions(snapshot, events, filters)
    if not reasons:
        return events.mutate(hidden_by=ibis.literal(""))
    fails = [(~condition.fill_null(False), reason) for reason, condition in reasons.items()]
    return events.mutate(hidden_by=ibis.cases(*fails, else_=""))


def articles(snapshot: Snapshot, filters: Filters) -> ir.Table:
    """The articles in the filters, without their text."""
    found = snapshot.articles()
    found = _passing(found, article_conditions(found, filters))
    if filters.text:
        texts = snapshot.texts()
        matching = texts.filter(contains_words(texts, filters.text))
        found = found.semi_join(matching, ["article_id", "load_id"])
    if asks_of_events(filters):
        found = found.semi_join(shown(snapshot, replace(filters, text="")), "article_id")
    return found


def of_articles(
    snapshot: Snapshot, filters: Filters, name: str, article_id: int | None
) -> ir.Table:
    """Rows of `mentions` or `left_out`: of one article, or of all articles in the filters."""
    rows = snapshot.of_articles(name)
    if article_id is not None:
        return rows.filter(rows["article_id"] == article_id)
    if filters == Filters():
        return rows
    return rows.semi_join(articles(snapshot, filters), "article_id")


def bins(snapshot: Snapshot, filters: Filters, unit: Unit, by: str) -> ir.Table:
    """BIN_COLUMNS: see `Query.bins`."""
    events = shown(snapshot, filters)
    dated = events.filter(events["first"].notnull() | events["last"].notnull())
    keyed = _keyed(snapshot, dated, by, filters)
    begin = keyed["first"].truncate(_TRUNCATE[unit])
    coarse = keyed["first"].isnull() | keyed["last"].isnull()
    coarse |= begin != keyed["last"].truncate(_TRUNCATE[unit])
    end = begin + ibis.interval(1, unit=_TRUNCATE[unit]) - ibis.interval(days=1)
    placed = keyed.select(
        "key",
        "quad",
        coarse=coarse,
        first=coarse.ifelse(keyed["first"], begin.cast("date")),
        last=coarse.ifelse(keyed["last"], end.cast("date")),
    )
    groups = placed.group_by("first", "last", "key", "quad", "coarse")
    return groups.aggregate(events=placed.count()).order_by("first", "last", "key", "quad")


def dyads(snapshot: Snapshot, filters: Filters) -> ir.Table:
    """DYAD_COLUMNS: see `Query.dyads`."""
    columns = ("event_id", "quad", "score", "sources", "targets")
    pairs = shown(snapshot, filters).select(*columns)
    for column, name in (("sources", "source"), ("targets", "target")):
        pairs = _unnested(snapshot, pairs, column, name, filters)
    pairs = pairs.filter((pairs["source"] != "") | (pairs["target"] != "")).distinct()
    counted = pairs.group_by("source", "target").aggregate(
        score=pairs["score"].mean(), **_counts(pairs)
    )
    return counted.order_by(ibis.desc("events"), "source", "target")


def places(snapshot: Snapshot, filters: Filters) -> ir.Table:
    """PLACE_COLUMNS: see `Query.places`."""
    events = shown(snapshot, filters)
    located = events.filter(events["place_id"] != "")
    keys = ("place_id", "place_name", "place_country", "place_kind", "lat", "lon")
    counted = located.group_by(*keys).aggregate(**_counts(located))
    return counted.order_by(ibis.desc("events"), "place_name", "place_id")


def account(snapshot: Snapshot, filters: Filters) -> Account:
    """See `Account`."""
    rows = told(snapshot, filters)
    grouped = rows.group_by("hidden_by").aggregate(
        n=rows.count(),
        undated=(rows["first"].isnull() & rows["last"].isnull()).sum(),
        unlocated=(rows["place_id"] == "").sum(),
    )
    by = {row["hidden_by"]: row for row in snapshot.fetch(grouped).to_pylist()}
    passed = by.pop("", {"n": 0, "undated": 0, "unlocated": 0})
    hidden = tuple((reason, row["n"]) for reason, row in sorted(by.items()))
    found = snapshot.articles()
    sums = found.aggregate(n=found.count(), silent=(found["events"] == 0).sum().fill_null(0))
    totals = snapshot.fetch(sums).to_pylist()[0]
    return Account(
        loaded=passed["n"] + sum(n for _, n in hidden),
        shown=passed["n"],
        hidden=hidden,
        undated=passed["undated"],
        unlocated=passed["unlocated"],
        articles=totals["n"],
        silent=totals["silent"],
        left_out=_left_out_counts(snapshot),
        rejected=_count(snapshot, snapshot.rejected()),
    )


def options(snapshot: Snapshot, filters: Filters) -> Options:
    """See `Options`."""
    free = {
        name: shown(snapshot, filters.without(name))
        for name in ("actors", "types", "places", "statuses", "langs")
    }
    spans = shown(snapshot, replace(filters, date_from=None, date_to=None))
    days = spans.aggregate(first=spans["first"].min(), last=spans["last"].max())
    span = snapshot.fetch(days).to_pylist()[0]
    return Options(
        actors=_actor_options(snapshot, free["actors"], filters),
        types=_values(snapshot, free["types"], "type"),
        places=_place_options(snapshot, free["places"]),
        statuses=_values(snapshot, free["statuses"], "status"),
        langs=_values(snapshot, free["langs"], "lang"),
        sources=_values(snapshot, shown(snapshot, filters), "source"),
        first=pd.Timestamp(span["first"]) if span["first"] else None,
        last=pd.Timestamp(span["last"]) if span["last"] else None,
    )


def _passing(table: ir.Table, wanted: dict[str, ir.BooleanValue]) -> ir.Table:
    return table.filter(*wanted.values()) if wanted else table


def _counts(table: ir.Table) -> dict[str, ir.Scalar]:
    quads = {f"quad_{q}": (table["quad"] == q).sum().fill_null(0) for q in (1, 2, 3, 4)}
    return {"events": table.count(), **quads}


def _count(snapshot: Snapshot, table: ir.Table) -> int:
    return int(snapshot.fetch(table.aggregate(n=table.count())).column("n")[0].as_py())


def _left_out_counts(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    rows = snapshot.of_articles("left_out")
    counted = rows.group_by("reason").aggregate(n=rows.count()).order_by(ibis.desc("n"), "reason")
    return tuple((row["reason"], row["n"]) for row in snapshot.fetch(counted).to_pylist())


def _keyed(snapshot: Snapshot, table: ir.Table, by: str, filters: Filters) -> ir.Table:
    """The table with `key`: the column binned by, as text; one row an actor for a list."""
    columns = ["event_id", "first", "last", "quad"]
    if not by:
        return table.select(*columns, key=ibis.literal(""))
    if by == "actor":
        both = table.select(*columns, both=table["sources"].concat(table["targets"]))
        return _unnested(snapshot, both, "both", "key", filters).distinct()
    if by == "dyad":
        return _dyad_keyed(snapshot, table.select(*columns, *_LISTS), filters)
    if by in _LISTS:
        actors = _unnested(snapshot, table.select(*columns, by), by, "key", filters)
        return actors.distinct()
    return table.select(*columns, key=table[by].cast("string"))


def _dyad_keyed(snapshot: Snapshot, table: ir.Table, filters: Filters) -> ir.Table:
    """One row a pair of different actors, "" where an event has none."""
    pairs = _unnested(snapshot, table, "sources", "source", filters)
    pairs = _unnested(snapshot, pairs, "targets", "target", filters)
    source, target = pairs["source"], pairs["target"]
    is_dyad = (source != "") & (target != "") & (source != target)
    named = pairs.mutate(key=is_dyad.ifelse(source + ">" + target, ""))
    rows = named.drop("source", "target").distinct()
    paired = rows.filter(rows["key"] != "")
    alone = rows.filter(rows["key"] == "").anti_join(paired, "event_id")
    return paired.union(alone)


def _unnested(
    snapshot: Snapshot, table: ir.Table, column: str, name: str, filters: Filters
) -> ir.Table:
    """One row an actor of the list, named at the roll-up level; "" stands for an empty list."""
    nobody = ibis.literal([""], type="array<string>")
    codes = (table[column].length() > 0).ifelse(table[column], nobody)
    return _at_level(snapshot, table.mutate(**{name: codes.unnest()}).drop(column), name, filters)


def _at_level(snapshot: Snapshot, rows: ir.Table, name: str, filters: Filters) -> ir.Table:
    """The rows with the codes in `name` rolled up to the filters' level."""
    if filters.level == AS_TOLD:
        return rows
    known = snapshot.actor_codes()
    rolled = {"code": list(known), "rolled": [roll_up(code, filters.level) for code in known]}
    levels = ibis.memtable(rolled, schema={"code": "string", "rolled": "string"})
    joined = rows.left_join(levels, rows[name] == levels["code"])
    at_level = ibis.coalesce(joined["rolled"], joined[name])
    return joined.mutate(**{name: at_level}).drop("code", "rolled")


def _values(snapshot: Snapshot, events: ir.Table, column: str) -> pd.DataFrame:
    """value, name, events of one column, most events first."""
    counted = events.group_by(value=events[column]).aggregate(events=events.count())
    return _option_frame(snapshot, counted.mutate(name=counted["value"]), ("value", "name"))


def _place_options(snapshot: Snapshot, events: ir.Table) -> pd.DataFrame:
    located = events.filter(events["place_id"] != "")
    keys = {"value": "place_id", "name": "place_name", "country": "place_country"}
    counted = located.group_by(**{new: located[old] for new, old in keys.items()}).aggregate(
        events=located.count()
    )
    return _option_frame(snapshot, counted, tuple(keys))


def _actor_options(snapshot: Snapshot, events: ir.Table, filters: Filters) -> pd.DataFrame:
    """Actors on either side; an event counts once for each of its actors."""
    parties = snapshot.parties().semi_join(events, "event_id")
    named = _at_level(snapshot, parties.rename(value="code"), "value", filters).distinct()
    counted = named.group_by("value").aggregate(events=named.count())
    return _option_frame(snapshot, counted.mutate(name=counted["value"]), ("value", "name"))


def _option_frame(snapshot: Snapshot, counted: ir.Table, texts: Sequence[str]) -> pd.DataFrame:
    ordered = counted.order_by(ibis.desc("events"), "value").select(*texts, "events")
    kinds: dict[str, Any] = {**dict.fromkeys(texts, "str"), "events": "int64"}
    frame: pd.DataFrame = snapshot.fetch(ordered).to_pandas().astype(kinds)
    return frame
