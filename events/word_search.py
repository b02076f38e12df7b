"""The search for words, as an Ibis condition on the folded texts of the store."""

from __future__ import annotations

import functools
import operator

import ibis
from ibis.expr import types as ir

from events.other_names import Wanted, wanted


def contains_words(table: ir.Table, text: str) -> ir.BooleanValue:
    """Every word is in the column `search`; case, accents and punctuation do not count.

    A known name also matches any other name of the same place, actor or person.
    """
    found = [_stands_in(table["search"], name) for name in wanted(text)]
    return functools.reduce(operator.and_, found, ibis.literal(True))


def _stands_in(search: ir.StringColumn, name: Wanted) -> ir.BooleanValue:
    words = functools.reduce(operator.and_, (search.contains(word) for word in name.words))
    return words | search.re_search(name.pattern) if name.others else words
