"""Rows of the journals that go for good: of erased articles, and what was deleted long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from events import cases
from events.annotations import KEPT, OF_EVENTS, standing
from events.journal import ANNOTATIONS, CASES, Journal, Row
from events.store import Store


def erase_annotations(store: Store, articles: Collection[int], events: Collection[int]) -> None:
    """Notes, tags and bookmarks on events of the articles: their words and headlines may quote.
    Call it under the store's locks."""

    def of_them(row: Row) -> bool:
        about_event = row.get("on") in OF_EVENTS and int(row["to"]) in events
        return about_event or row.get("article", 0) in articles

    journal = Journal(store.location, ANNOTATIONS)
    rows = [row for commit in journal.read() for row in commit.rows if of_them(row)]
    notes = {row["id"] for row in rows if row["kind"] == "note"}
    journal.rewrite(lambda row: not of_them(row) and row.get("id") not in notes)


def forget_deleted(store: Store, now: dt.datetime) -> None:
    """Notes, cases and views that were deleted more than KEPT ago, and notes of such cases. Call it
    under the store's locks."""
    kept_cases, kept_notes = (Journal(store.location, name) for name in (CASES, ANNOTATIONS))
    every = cases.standing(kept_cases.read()).every
    gone = {case.id for case in every if case.deleted and now - case.deleted > KEPT}
    told = standing(kept_notes.read()).notes
    notes = {
        note.id
        for note in told
        if note.case in gone or (note.deleted and now - note.deleted > KEPT)
    }
    kept_notes.rewrite(lambda row: row.get("id") not in notes)
    kept_cases.rewrite(lambda row: row["id"] not in gone)
