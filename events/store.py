"""The store: append-only Delta tables in a folder. What is appended, and in which order.

An article's events, mentions, left-out rows and text are written first, its article row last: that
row is the commit. Nothing is ever updated in place; an article that is read again is appended as a
new revision. Several processes may read while one loads; loads take turns (file lock), edits have a
lock of their own and never wait for a load. How tables are opened, locked and written stands in
`events.store_tables`; joining their small files in `events.maintenance`.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, Transaction

from events.batches import committed, read_rows
from events.corrections import FIELDS, check_alone
from events.edit_log import log_edits
from events.edited_events import ACCEPTED, ADDED, EVENT, SECOND, check_decision
from events.grading import CREDIBILITIES, CREDIBILITY
from events.identity import stable_id
from events.model import Extraction
from events.rule_stories import RuleStories, newest
from events.store_errors import (
    EditedMeanwhile,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNotWritten,
    StoreOutdated,
)
from events.store_tables import LOCKS, MARKER, SCHEMA_VERSION, StoreTables, store_location
from events.tables import FACTS, SCHEMAS, Row, in_order
from events.tokens import of_rows

__all__ = [
    "EDITABLE",
    "LOCKS",
    "MARKER",
    "SCHEMA_VERSION",
    "Appended",
    "EditedMeanwhile",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreMissing",
    "StoreNotWritten",
    "StoreOutdated",
    "store_location",
]
EDITABLE = (*FIELDS, EVENT, ADDED, ACCEPTED, SECOND, "story_id", "joined", CREDIBILITY)


@dataclass(frozen=True)
class Appended:
    """What an append did: ids now stored, and ids that were in the store before."""

    added: tuple[int, ...] = ()
    known: tuple[int, ...] = ()


class Store(StoreTables):
    """A store at a folder. Writing creates it; `open_table` is for reading."""

    def append(
        self, extractions: Sequence[Extraction], revise: bool = False, run: str = ""
    ) -> Appended:
        """`append_read` of articles as values."""
        unique = {e.article.id: e for e in extractions}
        read = pa.Table.from_batches([read_rows(unique.values())])
        return self.append_read(read, revise, run)

    def append_read(
        self, read: pa.Table, revise: bool = False, run: str = "", part: int | None = None
    ) -> Appended:
        """Store articles with all they yielded: rows of events.batches.EXTRACTED, each article
        once, none that failed. When this returns, they are safe.

        An article whose id is in the store is left as it is; with `revise` (its publication date
        was chosen by a person, say) it becomes the newest revision of itself. `run` names the load.
        `part` is the number, from 1, of a part of a run that may be handed in again, in order: a
        part that is stored, or one before it, changes nothing.
        """
        self.create()
        ids = [int(i) for i in read.column("article_id").to_pylist()]
        with self.lock():
            opened = self.open_all()
            if part is not None and (opened["articles"].transaction_version(run) or 0) >= part:
                return Appended((), tuple(ids))
            revisions = self._revisions(opened["articles"], ids)
            fresh = [revise or i not in revisions for i in ids]
            numbers = {i: revisions.get(i, 0) + 1 for i in ids}
            kept = read.filter(pa.array(fresh, pa.bool_()))  # also where there are none
            tables = committed(kept, secrets.randbits(62), numbers, run)
            # the words that a search finds them by
            tables["tokens"] = of_rows(tables["articles"], tables["events"], tables["texts"])
            told = Transaction(run, part) if part is not None else None
            for name in (*FACTS[:-1], "tokens", "articles"):
                if tables[name].num_rows:
                    is_last = name == "articles"
                    self.append_rows(name, tables[name], opened[name], told if is_last else None)
        added = tuple(i for i, is_new in zip(ids, fresh, strict=True) if is_new)
        return Appended(added, tuple(i for i in ids if i not in set(added)))

    def append_rejected(self, rows: Sequence[Row]) -> None:
        """Record files that were set aside (`events.tables.rejected_row`); each only once."""
        self.create()
        unique = {row["reject_id"]: row for row in rows}
        with self.lock():
            known = set(self.column("rejected", "reject_id"))
            self.write("rejected", [row for key, row in unique.items() if key not in known])

    def append_stories(self, stories: Mapping[int, int], articles: int = 0) -> None:
        """Store a new grouping of all reports into stories (event id -> story id) if it differs.

        `articles` is `article_rows` of the store when it was grouped, 0 where unknown.
        """
        self.create()
        joined = {event: story for event, story in stories.items() if event != story}
        with self.lock():
            number, covered, known = self._newest_grouping()
            if joined != known or (articles and articles != covered):
                told = [(0, articles), *sorted(joined.items())]
                self.write("stories", _story_rows(number + 1, told))

    def append_regrouped(
        self, stories: Mapping[int, int], articles: int, wait: float | None = None
    ) -> None:
        """Store the stories of some days' reports; those of all other reports are unchanged.

        Raises StoreBusy where a load goes on for `wait` seconds (None: those of the setting).
        """
        self.create()
        with self.lock(wait=wait):
            number, _, known = self._newest_grouping()
            changed = {e: s for e, s in stories.items() if known.get(e, e) != s}
            told = [(-1, articles), *sorted(changed.items())]
            self.write("stories", _story_rows(number + 1, told))

    def grouping(self) -> tuple[int, RuleStories]:
        """Number of article rows that the newest grouping covers, and event id -> story id by rule.

        Reports that are alone in their story, or its earliest, are not in the mapping.
        """
        _, covered, known = self._newest_grouping()
        return covered, known

    def article_rows(self) -> int:
        """Rows of the article table, revisions and all: grows with each append."""
        return len(self.column("articles", "article_id")) if self.exists() else 0

    def append_copies(self, copies: Mapping[int, int]) -> None:
        """Store which article each article copies (its own id: none), where that is new."""
        self.create()
        with self.lock():
            table = self.read("copies", list(SCHEMAS["copies"].names))
            rows = sorted(zip(*(table.column(i).to_pylist() for i in range(3)), strict=True))
            known = {article: origin for _, article, origin in rows}
            number = max((row[0] for row in rows), default=0) + 1
            new = {a: o for a, o in copies.items() if known.get(a, a) != o}
            told = sorted(new.items())
            self.write(
                "copies", [{"number": number, "article_id": a, "copy_of": o} for a, o in told]
            )

    def append_edit(self, event_id: int, column: str, value: str, why: str, who: str = "") -> None:
        """One of `append_edits`."""
        self.append_edits(event_id, {column: value}, why, who)

    def append_edits(
        self,
        event_id: int,
        values: Mapping[str, str],
        why: str,
        who: str = "",
        seen: int | None = None,
    ) -> None:
        """Store what a person says of an event, field by field; "" undoes earlier edits of a field.

        A field is one of events.corrections.FIELDS, `event` ("no": it is none), `added` (the words
        of an event that was missed), `accepted` and `second` (events.reviews), credibility (1 to 6,
        of its story), story_id (the id of the story that the report belongs to) or joined (event_id
        of a report whose story the whole story of this event is merged into).
        Nothing is overwritten: the newest edit counts when read. `seen`: the newest edit of the
        event that the person had seen; EditedMeanwhile is raised where there is a newer one.
        Raises ValueError for another field or value.
        """
        told = {"event_id": event_id, "why": why, "who": who}
        rows = [told | {"field": field, "value": value} for field, value in values.items()]
        self.append_all_edits(rows, {event_id: seen})

    def append_all_edits(
        self, edits: Sequence[Row], seen: Mapping[int, int | None] | None = None
    ) -> None:
        """Store edits of several events at once, all or none: rows of event_id, field, value, why
        and who, as of `append_edits`; `seen`: that of each event."""
        for edit in edits:
            _check(edit["field"], edit["value"])
        self.create()
        with self.lock("edits"):
            known = self.read("edits", ["edit_id", "event_id", "field", "who"]).to_pylist()
            _nothing_newer(known, seen or {})
            number, now = max(map(_edit_number, known), default=0), dt.datetime.now(dt.UTC)
            rows = [{**e, "edit_id": number + n, "at": now} for n, e in enumerate(edits, start=1)]
            log_edits(self, rows)
            self.write("edits", rows)

    def move_edits(self, moved: Mapping[int, int]) -> int:
        """Let what persons decided about events hold for others (old event id -> new event id).

        Standing edits are appended anew under the new ids, with who and why; those of the old ids
        are taken back. Returns how many were moved.
        """
        with self.lock("edits"):
            rows = sorted(self.read("edits", SCHEMAS["edits"].names).to_pylist(), key=_edit_number)
            standing = {(row["event_id"], row["field"]): row for row in rows}
            # an event that a person added stays where it was added
            moved = {old: to for old, to in moved.items() if not _is_added(standing, old)}
            number, new = (rows[-1]["edit_id"] if rows else 0), []
            for (event, _column), row in standing.items():
                target = moved.get(event, event)
                value = row["value"]
                if row["field"] == "joined" and value:
                    value = str(moved.get(int(value), int(value)))
                if row["value"] and (target, value) != (event, row["value"]):
                    new += [row | {"value": ""}] if target != event else []
                    new += [row | {"event_id": target, "value": value}]
            told = [row | {"edit_id": number + n} for n, row in enumerate(new, start=1)]
            self.write("edits", told)
        return sum(1 for row in told if row["value"])

    def split(self, event_id: int, why: str, who: str = "") -> None:
        """Take a report out of its story; no later load puts it back."""
        self.append_edit(event_id, "story_id", str(stable_id("split", event_id)), why, who)

    def join(self, event_id: int, other: int, why: str, who: str = "") -> None:
        """Merge the story of one report into that of another report."""
        self.append_edit(event_id, "joined", str(other), why, who)

    def append_tables(self, tables: dict[str, pa.Table]) -> None:
        """Store what `events.tables.rows_of` gave of many articles: those last. Each table is taken
        out of `tables` as it is written, so that its memory is free for the next."""
        self.create()
        with self.lock():
            opened = self.open_all()
            for name in (*FACTS[:-1], "tokens", "articles"):
                if name in tables and tables[name].num_rows:
                    self.append_rows(name, in_order(name, tables.pop(name)), opened[name])

    def append_table(self, name: str, table: pa.Table) -> None:
        """Append rows as they are, for tables made elsewhere. Under the lock."""
        self.create()
        with self.lock():
            self.append_rows(name, in_order(name, table.cast(SCHEMAS[name])))

    def stored(self, ids: Iterable[int]) -> set[int]:
        """Those of some articles that are in the store."""
        if not self.exists():
            return set()
        known = self.read("articles", ["article_id"]).column("article_id")
        return set(known.filter(pc.is_in(known, pa.array(set(ids), pa.int64()))).to_pylist())

    def published_bases(self) -> dict[int, str]:
        """Article id -> basis of its publication date, from the newest revision."""
        if not self.exists():
            return {}
        table = self.read("articles", ["revision", "article_id", "published_basis"])
        rows = zip(*(table.column(i).to_pylist() for i in range(3)), strict=True)
        return {article: basis for _, article, basis in sorted(rows)}

    def _newest_grouping(self) -> tuple[int, int, RuleStories]:
        """Its number (0 for none), article rows covered, reports that do not lead their story."""
        return newest(self.read("stories", ["grouping", "event_id", "story_id"]))

    def _revisions(self, articles: DeltaTable, ids: Iterable[int]) -> dict[int, int]:
        """Newest stored revision of each of the ids that is in the store."""
        table = self.read("articles", ["article_id", "revision"], opened=articles)
        wanted = pa.array(set(ids), pa.int64())
        told = table.filter(pc.is_in(table.column("article_id"), wanted))
        found: dict[int, int] = {}
        for article, revision in zip(*(column.to_pylist() for column in told.columns), strict=True):
            found[article] = max(revision, found.get(article, 0))
        return found


def _check(field: str, value: str) -> None:
    """Raise ValueError for a field or value that no event can have."""
    if field not in EDITABLE:
        raise ValueError(f"an edit of {field!r}: only {', '.join(EDITABLE)} can be edited")
    if not value:
        return
    if field in FIELDS:
        check_alone(field, value)
    elif field in (EVENT, ADDED, ACCEPTED, SECOND):
        check_decision(field, value)
    elif field == CREDIBILITY:
        if value not in CREDIBILITIES:
            raise ValueError(f"{value!r} is no credibility: 1 (confirmed) to 6 (cannot be judged)")
    elif not value.isdecimal():
        raise ValueError(f"{value!r} is no {field}")


def _nothing_newer(edits: Sequence[Row], seen: Mapping[int, int | None]) -> None:
    told = ((row, seen.get(row["event_id"])) for row in edits)
    newer = [row for row, last in told if last is not None and row["edit_id"] > last]
    if newer:
        raise EditedMeanwhile(
            "{who} changed this event meanwhile ({fields}): look at it, then save again",
            who=newer[-1]["who"] or "?",
            fields=", ".join(dict.fromkeys(row["field"] for row in newer)),
        )


def _is_added(standing: Mapping[tuple[int, str], Row], event_id: int) -> bool:
    edit = standing.get((event_id, ADDED))
    return edit is not None and bool(edit["value"])


def _edit_number(row: Row) -> int:
    return int(row["edit_id"])


def _story_rows(number: int, told: Iterable[tuple[int, int]]) -> list[Row]:
    return [{"grouping": number, "event_id": e, "story_id": s} for e, s in told]
