"""Filters as Ibis conditions, one a reason, in the order in which an event is hidden."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

import ibis
from ibis.expr import types as ir

from events.filters import Filters
from events.other_names import Wanted, wanted

# reasons why an event is hidden, in the order they are tried; the first that holds is told
REASONS = (
    "after the as-of date",
    "language",
    "undated",
    "outside the dates",
    "actor",
    "type",
    "unlocated",
    "place",
    "status",
    "confidence",
    "text",
)


def event_conditions(
    events: ir.Table, filters: Filters, acting: ir.IntegerColumn | None = None
) -> dict[str, ir.BooleanValue]:
    """What an event must fulfil, by the reason told when it does not.

    `acting` holds the ids of the events in which one of `filters.actors` takes part; None where
    no actor is asked for.
    """
    conditions = article_conditions(events, filters)
    if filters.date_from or filters.date_to:
        conditions["undated"] = events["first"].notnull() | events["last"].notnull()
        conditions["outside the dates"] = _touches(events, filters)
    if acting is not None:
        conditions["actor"] = events["event_id"].isin(acting)
    if filters.places:
        conditions["unlocated"] = events["place_id"] != ""
        conditions["place"] = _somewhere(events, filters.places)
    for reason, column, values in (
        ("type", "type", filters.types),
        ("status", "status", filters.statuses),
    ):
        if values:
            conditions[reason] = events[column].isin(values)
    if filters.min_confidence:
        conditions["confidence"] = events["confidence"] >= filters.min_confidence
    if filters.text:
        conditions["text"] = contains_words(events, filters.text)
    return {reason: conditions[reason] for reason in REASONS if reason in conditions}


def article_conditions(articles: ir.Table, filters: Filters) -> dict[str, ir.BooleanValue]:
    """The conditions that an article alone can answer: language and as-of date."""
    conditions: dict[str, ir.BooleanValue] = {}
    if filters.as_of:
        day = ibis.literal(filters.as_of)
        told = articles["published"].isnull() | (articles["published"] <= day)
        conditions["after the as-of date"] = told & (articles["retrieved"].date() <= day)
    if filters.langs:
        conditions["language"] = articles["lang"].isin(filters.langs)
    return conditions


def asks_of_events(filters: Filters) -> bool:
    """Whether a filter is on that only events can answer."""
    dated = filters.date_from or filters.date_to
    listed = filters.actors or filters.types or filters.places or filters.statuses
    return bool(dated or listed or filters.min_confidence)


def contains_words(table: ir.Table, text: str) -> ir.BooleanValue:
    """Every word stands in `search`; case, accents and punctuation do not count.

    In place of a known name any other name of the same place, actor or person may stand.
    """
    found = [_stands_in(table["search"], name) for name in wanted(text)]
    return functools.reduce(operator.and_, found, ibis.literal(True))


def _stands_in(search: ir.StringColumn, name: Wanted) -> ir.BooleanValue:
    words = functools.reduce(operator.and_, (search.contains(word) for word in name.words))
    return words | search.re_search(name.pattern) if name.others else words


def _touches(events: ir.Table, filters: Filters) -> ir.BooleanValue:
    """The interval shares a day with the wanted one; an open side reaches everywhere."""
    touches = [ibis.literal(True)]
    if filters.date_from:
        touches.append(events["last"].isnull() | (events["last"] >= filters.date_from))
    if filters.date_to:
        touches.append(events["first"].isnull() | (events["first"] <= filters.date_to))
    return functools.reduce(operator.and_, touches)


def _somewhere(events: ir.Table, places: Sequence[str]) -> ir.BooleanValue:
    columns = ("place_id", "place_name", "place_country")
    return functools.reduce(operator.or_, (events[c].isin(places) for c in columns))
