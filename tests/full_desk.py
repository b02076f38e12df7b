"""A store whose desk is full: ten thousand events, notes, tags, bookmarks, outlets and acts of the
log, and as many cases and views as are allowed.

``python -m tests.full_desk FOLDER`` makes one to look at the pages with.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from unittest.mock import patch

from benchmarks.synthetic import write_events
from events import annotating, audit_log, cases, outlet_grades
from events.annotating import NewNote
from events.annotations import Subject
from events.filters import Filters
from events.journal import ANNOTATIONS, CASES, Journal, Row
from events.outlet_grades import OutletGrade
from events.query import Query
from events.store import Store

ROWS = 10_000
_DELETED = 0.1  # share of the notes
_PEOPLE = ("Ana", "Ben", "Cleo")
_KINDS = ("export", "edit", "accepted", "note written", "load done")


def make_full(folder: Path, rows: int = ROWS) -> None:
    """Write it into a new store at `folder`."""
    store = write_events(rows, folder)
    table = Query(folder).events(Filters(sure="any"), columns=("event_id", "article_id"))
    subjects = [
        Subject("event", str(event), f"Act number {n}", int(article))
        for n, (event, article) in enumerate(table.itertuples(index=False, name=None))
    ]
    with patch.object(os, "fsync"):  # nobody's work: it need not survive the machine
        _annotate(store, subjects)
        _keep_cases(store)
        outlet_grades.give(
            store,
            [OutletGrade(f"Outlet {n}", "ABCDEF"[n % 6], "read daily") for n in range(rows)],
            "Ana",
        )
        for n in range(rows):
            audit_log.record(store, _KINDS[n % 5], _PEOPLE[n % 3], f"event {n}")


def _annotate(store: Store, subjects: list[Subject]) -> None:
    notes = [
        NewNote(subject, f"Note {n}: to be compared with the film.", pinned=n % 3 == 0)
        for n, subject in enumerate(subjects)
    ]
    annotating.write_all(store, notes, "Ana")
    journal = Journal(store.location, ANNOTATIONS)
    names = [f"tag {n}" for n in range(len(subjects))]
    rows: list[Row] = [{"kind": "colour", "name": name, "colour": "blue"} for name in names]
    for n, subject in enumerate(subjects):
        about: Row = {"on": subject.on, "to": subject.key, "about": subject.about}
        about |= {"article": subject.article}
        rows += [{"kind": "tag", "name": names[n], **about}, {"kind": "bookmark", **about}]
    for note in annotating.read(store).notes[: int(_DELETED * len(subjects))]:
        rows.append({"kind": "note", "id": note.id, "deleted": True})
    journal.append(store, rows, "Ana")


def _keep_cases(store: Store) -> None:
    rows: list[Row] = [
        {"id": f"{kind}{n}", "kind": kind, "name": f"{kind} {n}", "params": {"type": ["ASSAULT"]}}
        for kind in ("case", "view")
        for n in range(cases.MOST_CASES)
    ]
    Journal(store.location, CASES).append(store, rows, "Ana")


if __name__ == "__main__":
    make_full(Path(sys.argv[1]))
