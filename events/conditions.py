"""Filters as Ibis conditions, one a reason, in the order in which an event is hidden."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

import ibis
from ibis.expr import types as ir

from events.filters import Filters

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


@ibis.udf.scalar.builtin(signature=(("array<string>", "array<string>"), "boolean"))
def list_has_any(values, wanted):  # type: ignore[no-untyped-def]
    """DuckDB: whether two lists share a value."""


@ibis.udf.scalar.builtin(signature=(("string",), "string"))
def strip_accents(text):  # type: ignore[no-untyped-def]
    """DuckDB: the text without accents."""


def event_conditions(
    events: ir.Table, filters: Filters, codes: Sequence[str]
) -> dict[str, ir.BooleanValue]:
    """What an event must fulfil, by the reason told when it does not.

    `codes` are the actor codes that stand for `filters.actors` at the roll-up level.
    """
    conditions = article_conditions(events, filters)
    if filters.date_from or filters.date_to:
        conditions["undated"] = events["first"].notnull() | events["last"].notnull()
        conditions["outside the dates"] = _touches(events, filters)
    if filters.actors:
        wanted = _texts(codes)
        conditions["actor"] = list_has_any(events["sources"], wanted) | list_has_any(
            events["targets"], wanted
        )
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
        columns = ("quote", "title", "place_name", "source")
        conditions["text"] = contains_words(events, columns, filters.text)
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


def contains_words(table: ir.Table, columns: Sequence[str], text: str) -> ir.BooleanValue:
    """Every word stands in one of the columns; case, accents and apostrophes do not count."""
    joined = functools.reduce(operator.add, (table[c].fill_null("") + "\n" for c in columns))
    folded = folded_text(joined)
    found = [folded.contains(folded_text(ibis.literal(word))) for word in text.split()]
    return functools.reduce(operator.and_, found)


def folded_text(text: ir.StringValue) -> ir.StringValue:
    """Lower case, without accents, with the plain apostrophe."""
    folded: ir.StringValue = strip_accents(text.lower().replace("\u2019", "'"))
    return folded


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


def _texts(values: Sequence[str]) -> ir.ArrayValue:
    array: ir.ArrayValue = ibis.literal(list(values), type="array<string>")
    return array
