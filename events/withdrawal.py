"""Taking articles out of every page, count and export, with a reason; and erasing their words.

A withdrawn article stays in the store and can be put back. An erased one loses its text, mentions,
quotes and notes for good: the files that held them are written anew and the old ones deleted at
once. What stays is its id, the hash of its file, when, who and why, so that later loads refuse it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from deltalake import DeltaTable

from events import audit_log, kept_file, manifest, token_table
from events.edited_events import ADDED, added_event
from events.forgotten import erase_annotations
from events.originals import forget
from events.store import Store
from events.store_errors import told_if_not_written
from events.store_tables import writer_properties
from events.tables import Row

_OF_ARTICLES = (
    "texts", "mentions", "left_out", "alternatives", "events", "articles", "copies",
)  # fmt: skip


@dataclass(frozen=True)
class Withdrawn:
    """A standing decision: `action` is "withdrawn" or "erased"."""

    action: str
    why: str
    who: str
    at: dt.datetime

    def __str__(self) -> str:
        by = f" by {self.who}" if self.who else ""
        return f"{self.action} on {self.at:%Y-%m-%d}{by}: {self.why}"


def withdrawn(store: Store) -> dict[int, Withdrawn]:
    """article_id -> the decision that stands, of articles that are withdrawn or erased now."""
    if not store.exists():
        return {}
    table = store.read("withdrawals", ["number", "article_id", "action", "why", "who", "at"])
    rows = sorted(table.to_pylist(), key=lambda row: row["number"])
    newest = {row["article_id"]: row for row in rows}
    return {
        article: Withdrawn(row["action"], row["why"], row["who"], row["at"])
        for article, row in newest.items()
        if row["action"] != "restored"
    }


def articles_of(store: Store, named: Collection[str], run: str = "") -> dict[int, str]:
    """Id -> hash of the articles named by id or address, and of those that a load brought.

    Raises ValueError for a name that nothing in the store has.
    """
    rows = store.read("articles", ["article_id", "url", "sha256", "run"]).to_pylist()
    found = {row["article_id"]: row["sha256"] for row in rows if run and row["run"] == run}
    if run and not found:
        raise ValueError(f"no article came with a load named {run!r}; a load prints its name")
    for name in named:
        mine = [row for row in rows if name in (str(row["article_id"]), row["url"])]
        if not mine:
            raise ValueError(
                f"no article has the id or address {name!r}; exports name the ids of articles"
                f"{_erased(store)}"
            )
        found |= {row["article_id"]: row["sha256"] for row in mine}
    if not found:
        raise ValueError("name an article by its id or address, or a load by --run")
    return found


def _erased(store: Store, most: int = 5) -> str:
    """The articles that were erased last, as more words of an error: their addresses went too."""
    told = [(each.at, i, each) for i, each in withdrawn(store).items() if each.action == "erased"]
    if not told:
        return ""
    newest = "; ".join(f"{i} was {each}" for _at, i, each in sorted(told, reverse=True)[:most])
    return f". Of erased articles no address is kept ({len(told)}, the newest: {newest})"


def withdraw(store: Store, articles: Mapping[int, str], why: str, who: str = "") -> None:
    """Take articles (id -> hash of the file) out. Raises ValueError without a reason."""
    _decide(store, articles, "withdrawn", why, who)


def restore_articles(store: Store, articles: Collection[int], why: str, who: str = "") -> None:
    """Put withdrawn articles back. Raises ValueError for one that is erased or not withdrawn."""
    standing = withdrawn(store)
    for article in articles:
        told = standing.get(article)
        if told is None:
            raise ValueError(f"article {article} is not withdrawn")
        if told.action == "erased":
            raise ValueError(f"article {article} was {told}: there is nothing left to put back")
    _decide(store, dict.fromkeys(articles, ""), "restored", why, who)


def erase(store: Store, articles: Mapping[int, str], why: str, who: str = "") -> None:
    """Withdraw articles and remove their words from every file of the store, at once.

    The edits of their events, and notes on them, go too: they may quote. Old files are deleted
    although a reader may still hold them: its next look finds the new ones. The files that they
    came in go too (`events.originals`), with what else stands in them; of a store in a bucket those
    on another machine once it looks there again. Backups and stores put aside are left.
    """
    _decide(store, articles, "erased", why, who)
    forget(store.location, articles.values())
    with store.lock_all():
        store.open_all()
        events = _events_of(store, articles)
        for name in _OF_ARTICLES:
            _rewrite(store, name, f"article_id IN ({_listed(articles)})")
        if events:
            for name in ("edits", "stories"):
                _rewrite(store, name, f"event_id IN ({_listed(events)})")
        erase_annotations(store, articles, set(events))
        token_table.renew(store, withdrawn(store))
        _delete_old_files(store, token_table.NAME)
        with told_if_not_written(kept_file.folder(store.location)):
            kept_file.forget(store.location)


def _events_of(store: Store, articles: Collection[int]) -> list[int]:
    """Events of the articles, those too that persons added."""
    rows = store.read("events", ["event_id", "article_id"]).to_pylist()
    read = [row["event_id"] for row in rows if row["article_id"] in articles]
    edits = store.read("edits", ["event_id", "field", "value"]).to_pylist()
    added = [edit for edit in edits if edit["field"] == ADDED and edit["value"]]
    mine = [e["event_id"] for e in added if added_event(e["value"]).article_id in articles]
    return [*read, *mine]


def _listed(ids: Collection[int]) -> str:
    return ", ".join(str(int(i)) for i in sorted(ids))


def _rewrite(store: Store, name: str, predicate: str) -> None:
    """Write the files without the rows, and delete the old ones with the log that names them."""
    table: DeltaTable = store.open_table(name)
    table.delete(predicate, writer_properties=writer_properties(name))
    _delete_old_files(store, name)


def _delete_old_files(store: Store, name: str) -> None:
    table = DeltaTable(str(store.location / name))
    table.create_checkpoint()
    table.vacuum(0, dry_run=False, enforce_retention_duration=False)
    manifest.write(store.location, name, DeltaTable(str(store.location / name)))


def _decide(store: Store, articles: Mapping[int, str], action: str, why: str, who: str) -> None:
    if not why.strip():
        raise ValueError("a reason must be given: it is what others will read")
    store.create()
    with store.lock("edits"):
        number = max(store.column("withdrawals", "number"), default=0)
        now = dt.datetime.now(dt.UTC)
        rows: list[Row] = [
            {"number": number + place, "article_id": article, "action": action, "why": why,
             "who": who, "at": now, "sha256": told}
            for place, (article, told) in enumerate(articles.items(), start=1)
        ]  # fmt: skip
        named = ", ".join(str(article) for article in articles)
        audit_log.record(store, action, who, f"article {named}", rows)
        store.write("withdrawals", rows)
