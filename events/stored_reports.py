"""What the grades of stories are worked out of, beside the reports: texts of articles, grades by
persons."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from events.grading import CREDIBILITY
from events.tables import Row


@dataclass(frozen=True)
class StoredReports:
    """Asked of one version of the store. `fetch` runs a question to its tables: the current
    articles, all texts, all edits with `standing`."""

    fetch: Callable[[ir.Table], pa.Table]
    articles: ir.Table
    texts: ir.Table
    edits: ir.Table

    def texts_of(self, articles: Sequence[int]) -> dict[int, str]:
        """The texts of some articles by id."""
        wanted = ibis.memtable({"article_id": list(articles)}, schema={"article_id": "int64"})
        mine = self.articles.semi_join(wanted, "article_id").select("article_id", "load_id")
        found = self.fetch(self.texts.semi_join(mine, ["article_id", "load_id"]))
        ids, texts = (found.column(name).to_pylist() for name in ("article_id", "text"))
        return dict(zip(ids, texts, strict=True))

    @functools.cached_property
    def by_hand(self) -> list[Row]:
        """The grades of persons that stand, oldest first: event_id, value, who, why."""
        mine = self.edits.filter(self.edits["standing"], self.edits["field"] == CREDIBILITY)
        told = mine.order_by("edit_id").select("event_id", "value", "who", "why")
        rows: list[Row] = self.fetch(told).to_pylist()
        return rows
