"""Every other file that persons' and articles' words leave in: notes, what changed, edits, cases,
grades, the log."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from events import annotating, audit_log, case_file, cases, edit_lines, gold_lines, outlet_grades
from events.annotating import NewNote
from events.annotations import Subject
from events.filters import Filters
from events.outlet_grades import OutletGrade
from events.plain_text import FORBIDDEN, guarded, unguarded
from events.query import Query
from events.store import Store
from exports.changes import to_changes
from exports.log_file import log_lines, log_to_csv
from exports.pack.bundle import make_pack
from exports.selection import select
from tests.exports.test_hostile import READERS
from tests.hostile import HARM, make_hostile_store

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dt.datetime]:
    """A hostile store, and a moment after which hostile persons edited, noted and graded."""
    location = tmp_path_factory.mktemp("hostile files") / "store"
    make_hostile_store(location)
    made, moment = Store(location), dt.datetime.now(dt.UTC)
    query = Query(location)
    ids = [int(event) for event in query.events(Filters())["event_id"]][: len(HARM)]
    edits = [
        {"event_id": n, "field": "status", "value": "denied", "why": h, "who": f"{h} \ud800 a"}
        for n, h in zip(ids, HARM, strict=True)
    ]
    done = edit_lines.read(query, map(json.dumps, edits), "")
    assert not done.problems
    edit_lines.store(query, done)
    for event, harm in zip(ids, HARM, strict=True):
        subject = Subject("event", str(event), harm, 1)
        annotating.write(made, NewNote(subject, f"{harm} a", by=f"{harm}\ud800"), f"{harm} b")
    rows = [OutletGrade(f"{harm} Post \udfff", "B", harm) for harm in HARM]
    outlet_grades.give(made, rows, "a\x1b[31m\ud800")
    cases.save(made, "case", "All", {}, "=1+1\x9b31m")
    return made, moment


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.long)])
def test_a_pack_with_notes_and_what_changed(store: tuple[Store, dt.datetime], lang: str) -> None:
    made, moment = store
    chosen = select(Query(made.location), Filters(), lang=lang, notes=True, since=moment)
    assert len(chosen.notes) == len(HARM)
    assert chosen.since is not None
    assert len(chosen.since.changes) == len(HARM)
    for name, data in make_pack(chosen):
        assert READERS[Path(name).suffix](data), name


@pytest.mark.parametrize("since", [None, LONG_AGO])
def test_what_changed_as_json(store: tuple[Store, dt.datetime], since: dt.datetime | None) -> None:
    made, moment = store
    told = to_changes(select(Query(made.location), Filters(), since=since or moment)).decode()
    assert json.loads(told)["changes"]
    assert not FORBIDDEN.search(told)
    assert not FORBIDDEN.search("".join(_texts(json.loads(told))))
    links = re.findall(r'"url": "([^"]*)"', told)
    assert links
    assert all(link.startswith("http") for link in links if link)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def test_lines_are_whole_and_come_back(store: tuple[Store, dt.datetime]) -> None:
    made, _moment = store
    query = Query(made.location)
    for lines in (list(edit_lines.lines(query)), list(gold_lines.gold_lines(query))):
        assert len(lines) >= len(HARM)
        assert [line.splitlines() for line in lines] == [[line] for line in lines]
        assert not FORBIDDEN.search("".join(lines))
    again = edit_lines.read(query, edit_lines.lines(query), "")
    assert (again.known, again.edits, again.problems) == (len(HARM), [], [])


def test_a_file_of_cases_comes_back(store: tuple[Store, dt.datetime], tmp_path: Path) -> None:
    made, _moment = store
    case = cases.read(made).of("case")[0]
    for number, harm in enumerate(HARM):
        note = NewNote(Subject("place", str(number), harm), f"{harm} a", case=case.id)
        annotating.write(made, note, "me")
    data = case_file.written([case], annotating.read(made))
    assert not FORBIDDEN.search(data.decode())
    make_hostile_store(tmp_path / "other")
    other = Store(tmp_path / "other")
    brought = case_file.checked(data, cases.read(other), annotating.read(other))
    assert (len(brought.rows), len(brought.notes), brought.problems) == (1, len(HARM), [])
    case_file.store_all(other, brought, "me")
    assert len(annotating.read(other).written()) == len(HARM)


def test_who_wrote_a_note_is_one_printable_line(store: tuple[Store, dt.datetime]) -> None:
    note = {"on": "day", "to": "2024-11-21", "text": "a", "who": "a\x1b[31m\n\ud800b"}
    document = {"frise": "cases", "version": 1, "views": []}
    document["cases"] = [{"name": "B", "params": {}, "notes": [note]}]
    known = cases.read(store[0]), annotating.read(store[0])
    brought = case_file.checked(json.dumps(document).encode(), *known)
    assert [each.by for each in brought.notes] == ["a [31m b"]


def test_the_table_of_outlets_runs_nothing_and_comes_back(
    store: tuple[Store, dt.datetime],
) -> None:
    known = outlet_grades.read(store[0].location).rows
    assert len(known) > 25
    written = outlet_grades.as_csv(known.values())
    assert not FORBIDDEN.search(written)
    cells = [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝＋－＠")]
    again = {row.outlet: (row.reliability, row.why) for row in outlet_grades.parsed(written)}
    assert again == {row.outlet: (row.reliability, row.why) for row in known.values()}


@pytest.mark.parametrize("text", ["=1+1", "＝1", " @a", "'quoted'", "'", "", "a=1", "-", "'=a"])
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_the_log_holds_nothing_that_a_terminal_obeys(store: tuple[Store, dt.datetime]) -> None:
    location = store[0].location
    assert not audit_log.breaks(location)
    assert len(audit_log.entries(location)) > len(HARM)
    for told in (log_lines(location), log_to_csv(audit_log.entries(location))):
        assert not FORBIDDEN.search(told.decode().replace("\r\n", "\n"))
