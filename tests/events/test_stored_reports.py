"""What texts say of their origin is read once a load."""

from __future__ import annotations

import pyarrow as pa

from events.credits import NOTHING_SAID, credits_of
from events.stored_reports import StoredReports

TEXTS = {1: "KYIV, Nov 21 (Reuters) - Troops moved.", 2: "Le sommet se tient.", 3: "© 2024 AFP"}


class Store:
    """Texts by article id, as the tables of a store give them; what was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def give(self, _name: str, table: pa.Table) -> None:
        self.asked.append(table.column("article_id").to_pylist())

    def ask(self, _sql: str) -> pa.Table:
        mine = [article for article in self.asked[-1] if article in TEXTS]
        texts = [TEXTS[article] for article in mine]
        return pa.table({"article_id": mine, "load_id": [7] * len(mine), "text": texts})


def test_an_article_is_read_once_until_a_load() -> None:
    store = Store()
    reports = StoredReports(store.ask, store.give)
    assert reports.credits_of([1, 2]) == {1: credits_of(TEXTS[1]), 2: NOTHING_SAID}
    later = reports.after_edits()
    assert later.credits_of([2, 3, 9]) == {
        2: NOTHING_SAID,
        3: credits_of(TEXTS[3]),
        9: NOTHING_SAID,
    }
    assert later.credits_of([9, 1]) == {9: NOTHING_SAID, 1: credits_of(TEXTS[1])}
    assert store.asked == [[1, 2], [3, 9]]
    assert StoredReports(store.ask, store.give).credits_of([1])
    assert store.asked[2:] == [[1]]
