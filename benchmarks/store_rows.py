"""The rows of a store as they can be compared with those of another one of the same articles."""

from __future__ import annotations

from events.store import Store
from events.tables import COMMITTED, SCHEMAS


def rows_of(store: Store, name: str) -> list[str]:
    """The rows of a table that are current, sorted, without what differs from commit to commit."""
    articles = store.read("articles", ["article_id", "load_id"]).to_pylist()
    current = {(row["article_id"], row["load_id"]) for row in articles}
    leave = {*COMMITTED, "retrieved"} - {"load_id"}
    columns = [column for column in SCHEMAS[name].names if column not in leave]
    rows = store.read(name, columns).to_pylist()
    return sorted(repr(row) for row in rows if (row["article_id"], row.pop("load_id")) in current)
