"""What a team leaves on the desk, for pictures: decisions, notes, tags, a case, graded outlets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from events import annotating, cases, outlet_grades
from events.annotating import NewNote
from events.annotations import Subject
from events.filters import Filters
from events.outlet_grades import OutletGrade
from events.query import Query
from events.records import records
from events.reviews import Decision, store_all
from events.store import Store

_NOTES = (
    ("event", "The ministry's own film shows another street: ask the bureau before we print it."),
    ("story", "Two sources, one agency: not confirmed yet."),
    ("day", "A public holiday there: offices are closed, fewer reports."),
    ("place", "Our correspondent works by phone here."),
)


def furnish(location: Path) -> None:
    """Write it into a store that has events with a day and a place."""
    store, query = Store(location), Query(location)
    table = query.by_story.events(Filters())
    rows = records(table[table["first"].notna() & (table["place_id"] != "")])[::-1]
    told = [Decision(int(row["event_id"]), "accepted") for row in rows[4:9]]
    store_all(query, told, "Ana")
    store_all(query, [Decision(int(rows[10]["event_id"]), "rejected")], "Ben")
    for (on, text), row, who in zip(_NOTES, rows, ("Ana", "Ben", "Ana", "Cleo"), strict=False):
        annotating.write(store, NewNote(_subject(on, row), text, pinned=on != "story"), who)
    annotating.tag(store, _subject("event", rows[0]), ["to check", "film"], "Ana")
    annotating.tag(store, _subject("story", rows[1]), ["for Friday"], "Ben")
    annotating.bookmark(store, _subject("event", rows[2]), "Ana")
    cases.save(store, "case", "Strikes on cities", {"type": ["ASSAULT"]}, "Ana")
    names = query.outlets()["outlet"].tolist()[:2]
    graded = zip(names, ("B", "C"), strict=False)
    grades = [OutletGrade(name, grade, "made for trying Frise out") for name, grade in graded]
    outlet_grades.give(store, grades, "Ana")


def _subject(on: Any, row: dict[Any, Any]) -> Subject:
    if on == "day":
        return Subject(on, row["first"].date().isoformat())
    if on == "place":
        return Subject(on, row["place_id"], row["place_name"])
    return Subject(on, str(row["event_id"]), row["headline"], int(row["article_id"]))
