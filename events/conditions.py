"""What filters ask of articles and of texts, as Ibis conditions."""

from __future__ import annotations

import functools
import operator

import ibis
from ibis.expr import types as ir

from events.filters import Filters
from events.other_names import Wanted, wanted


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
