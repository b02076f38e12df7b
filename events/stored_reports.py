"""What the grades of stories are worked out of, beside the reports: texts of articles, grades by
persons."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from events.conditions import literal
from events.credits import NOTHING_SAID, Credits, credits_of
from events.grading import CREDIBILITY
from events.tables import Row

_MOST = 50_000  # articles of which it is kept what they say


@dataclass(frozen=True)
class StoredReports:
    """Asked of one version of the store. `ask` tells what SQL over its tables gives: edits,
    standing_edits, newest_articles and texts; `give` makes a table that it names."""

    ask: Callable[[str], pa.Table]
    give: Callable[[str, pa.Table], None]
    _said: dict[int, Credits] = field(default_factory=dict)

    def after_edits(self) -> StoredReports:
        """The same once edits came: what texts say stays."""
        return replace(self)

    def credits_of(self, articles: Sequence[int]) -> dict[int, Credits]:
        """What the texts of some articles say, by id; each is read once a load."""
        new = [article for article in articles if article not in self._said]
        if len(self._said) > _MOST:
            self._said.clear()
            new = list(articles)
        if new:
            told = {article: credits_of(text) for article, text in self.texts_of(new).items()}
            self._said.update(dict.fromkeys(new, NOTHING_SAID) | told)
        return {article: self._said[article] for article in articles}

    def texts_of(self, articles: Sequence[int]) -> dict[int, str]:
        """The texts of some articles by id."""
        self.give("articles_told", pa.table({"article_id": pa.array(articles, pa.int64())}))
        # by one column alone: DuckDB passes over texts while it reads; with two it reads them all
        found = self.ask(
            "SELECT article_id, load_id, text FROM texts "
            "WHERE article_id IN (SELECT article_id FROM articles_told)"
        )
        if pc.count_distinct(found.column("article_id")).as_py() < found.num_rows:
            found = self._of_newest(found)
        ids, texts = (found.column(name).to_pylist() for name in ("article_id", "text"))
        return dict(zip(ids, texts, strict=True))

    def _of_newest(self, found: pa.Table) -> pa.Table:
        """Those of the current revisions: others are of earlier ones, or were left by a kill."""
        self.give("texts_told", found)
        return self.ask(
            "SELECT article_id, text FROM texts_told "
            "SEMI JOIN newest_articles USING (article_id, load_id)"
        )

    @functools.cached_property
    def by_hand(self) -> list[Row]:
        """The grades of persons that stand, oldest first: event_id, value, who, why."""
        told = self.ask(
            "SELECT event_id, value, who, why FROM edits SEMI JOIN standing_edits USING (edit_id) "
            f"WHERE field = {literal(CREDIBILITY)} ORDER BY edit_id"
        )
        rows: list[Row] = told.to_pylist()
        return rows
