"""What the grades of stories are worked out of, beside the reports: texts of articles, grades by
persons."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from events.conditions import literal
from events.grading import CREDIBILITY
from events.tables import Row


@dataclass(frozen=True)
class StoredReports:
    """Asked of one version of the store. `ask` tells what SQL over its tables gives: edits,
    standing_edits, newest_articles and texts; `give` makes a table that it names."""

    ask: Callable[[str], pa.Table]
    give: Callable[[str, pa.Table], None]

    def texts_of(self, articles: Sequence[int]) -> dict[int, str]:
        """The texts of some articles by id."""
        self.give("articles_told", pa.table({"article_id": pa.array(articles, pa.int64())}))
        found = self.ask(
            "SELECT article_id, text FROM texts SEMI JOIN (SELECT article_id, load_id FROM "
            "newest_articles SEMI JOIN articles_told USING (article_id)) "
            "USING (article_id, load_id)"
        )
        ids, texts = (found.column(name).to_pylist() for name in ("article_id", "text"))
        return dict(zip(ids, texts, strict=True))

    @functools.cached_property
    def by_hand(self) -> list[Row]:
        """The grades of persons that stand, oldest first: event_id, value, who, why."""
        told = self.ask(
            "SELECT event_id, value, who, why FROM edits SEMI JOIN standing_edits USING (edit_id) "
            f"WHERE field = {literal(CREDIBILITY)} ORDER BY edit_id"
        )
        rows: list[Row] = told.to_pylist()
        return rows
