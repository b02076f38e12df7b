"""Rows of event tables in the store: written many at once, and looked up to be compared.

Each is an article whose `reader` is "coded/<coder>/<table>" (`events.coders`), with one event.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from events.coders import CODED
from events.model import Extraction
from events.store import Store
from events.table_rows import rows_of
from events.tables import Row, arrow
from events.tokens import of_rows

_TABLES = ("events", "texts", "articles")


@dataclass
class Staged:
    """Rows as columns, until they are written: `rows` of them."""

    rows: int = 0
    _ready: dict[str, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))

    def add(self, rows: Sequence[tuple[Extraction, int]], run: str) -> None:
        """More rows, each with its revision."""
        load_id = secrets.randbits(62)
        made = [rows_of(row, load_id, revision, run) for row, revision in rows]
        for name in _TABLES if made else ():
            told: list[Row] = [row for tables in made for row in tables[name]]
            self._ready[name].append(arrow(name, told))
        if made:  # a search finds a row by its title and quote, not by every column
            events, texts, articles = (self._ready[name][-1] for name in _TABLES)
            self._ready["tokens"].append(of_rows(articles, events, texts.slice(0, 0)))
        self.rows += len(made)

    def write(self, store: Store) -> int:
        """Store them in one commit; how many they were."""
        written = self.rows
        if written:
            tables = {name: pa.concat_tables(parts) for name, parts in self._ready.items()}
            self._ready.clear()
            store.append_tables(tables)
            pa.default_memory_pool().release_unused()
        self.rows = 0
        return written


@dataclass(frozen=True)
class StoredRow:
    """A stored row: `article` its id, `day` its first day, `country` of its place ("" nowhere)."""

    article: int
    title: str
    country: str
    source_type: str
    day: dt.date | None


def known_rows(store: Store) -> dict[int, tuple[int, str]]:
    """article_id -> newest revision and hash of its words, of every row that is stored."""
    if not store.exists():
        return {}
    told = store.read("articles", ["article_id", "revision", "sha256", "reader"])
    mine = told.filter(pc.starts_with(told["reader"], CODED)).sort_by("revision")
    columns = (mine.column(i).to_pylist() for i in range(3))
    return {article: (n, digest) for article, n, digest in zip(*columns, strict=True)}


def rows_of_table(store: Store, reader: str) -> Iterator[StoredRow]:
    """The rows of one table in their newest revision, withdrawn ones too."""
    names = ["article_id", "load_id", "revision", "reader", "title"]
    articles = store.read("articles", names)
    mine = articles.filter(pc.equal(articles["reader"], reader)).sort_by("revision")
    columns = (mine.column(name).to_pylist() for name in ("article_id", "load_id", "title"))
    newest = {article: (load_id, title) for article, load_id, title in zip(*columns, strict=True)}
    told = ["article_id", "load_id", "place_country", "source_type", "first"]
    events = store.read("events", told)
    events = events.filter(pc.is_in(events["article_id"], pa.array(newest, pa.int64())))
    cells = (events.column(name).to_pylist() for name in told)
    for article, load_id, country, source_type, day in zip(*cells, strict=True):
        if newest[article][0] == load_id:
            yield StoredRow(article, newest[article][1], country, source_type, day)
