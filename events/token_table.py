"""The table of tokens: whose words it lacks, and making it anew of the tables that it is made of.

A store of before it has none, and an article that a program without it loaded is not in it:
whoever searches makes up for what is missing in memory, and maintenance writes it down.
"""

from __future__ import annotations

import os
from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import write_deltalake

from events import manifest
from events.store import Store
from events.store_errors import told_if_not_written
from events.store_tables import writer_properties
from events.tables import SCHEMAS
from events.tokens import (
    ARTICLES,
    COVERED,
    EVENT,
    EVENTS,
    TEXTS,
    Ints,
    TokenRows,
    made_with,
    merged,
    numbers,
    of_rows,
)

NAME = "tokens"


def covered(tokens: pa.Table) -> Ints:
    """Numbers of the article rows whose words are in the table, as they are made now."""
    is_told = pc.and_(pc.equal(tokens["part"], COVERED), pc.equal(tokens["token"], made_with()))
    told = tokens.filter(is_told).column("rows")
    parts = [lists.flatten().to_numpy() for lists in told.chunks]
    found: Ints = np.concatenate([np.empty(0, np.int64), *parts])
    return found


def of_edited(events: pa.Table) -> pa.Table:
    """Tokens of event rows as persons edited them: `event_key`, `quote` and `headline`."""
    found = TokenRows()
    told = (events.column(name).to_pylist() for name in ("event_key", "quote", "headline"))
    for number, *words in zip(*told, strict=True):
        found.add(EVENT, number, *(each or "" for each in words))
    return found.table()


def lacks_words(store: Store, without: Collection[int]) -> bool:
    """Whether there are articles, but those `without` (ids), whose words are not in the table."""
    if not os.path.lexists(store.location / NAME):
        return store.article_rows() > 0
    tokens = store.read(NAME, ["token", "part", "rows"])
    return bool(len(lacking(_newest(store, without), tokens)))


def renew(store: Store, without: Collection[int]) -> None:
    """Write the table anew, a row a token and part: the words of the newest revision of each
    article but those `without` (ids), and no others. Call it under the store's lock."""
    with told_if_not_written(store.location / NAME):
        opened = store.open_all()[NAME]
        before = store.read(NAME, SCHEMAS[NAME].names, None, opened)
        after = _renewed(store, before, without)
        if not after.equals(before):
            properties = writer_properties(NAME)
            write_deltalake(opened, after, mode="overwrite", writer_properties=properties)
            manifest.write(store.location, NAME, store.open_table(NAME))


def _renewed(store: Store, tokens: pa.Table, without: Collection[int]) -> pa.Table:
    articles = _newest(store, without)
    events = store.read("events", list(EVENTS[:3]))
    mine = events.filter(np.isin(numbers(events), numbers(articles)))
    current = np.concatenate([numbers(articles), numbers(mine, "event_id")])
    fresh = lacking(articles, tokens)
    if fresh.num_rows:
        rows, texts = store.read("events", list(EVENTS)), store.read("texts", list(TEXTS))
        kept = merged(tokens, np.setdiff1d(current, numbers(fresh)))
        tokens = pa.concat_tables([kept, of_rows(fresh, rows, texts)])
    return merged(tokens, current)


def lacking(articles: pa.Table, tokens: pa.Table) -> pa.Table:
    """The article rows whose words are not in the table."""
    return articles.filter(~np.isin(numbers(articles), covered(tokens)))


def _newest(store: Store, without: Collection[int]) -> pa.Table:
    """ARTICLES of the newest revision of each article."""
    rows = store.read("articles", [*ARTICLES, "revision"])
    keys = [("article_id", "ascending"), ("revision", "descending"), ("load_id", "descending")]
    ordered = rows.sort_by(keys)
    ids = ordered.column("article_id").to_numpy()
    first = np.append(True, np.diff(ids) != 0)[: len(ids)]
    left = np.fromiter(without, np.int64, len(without))
    return ordered.filter(first & ~np.isin(ids, left))
