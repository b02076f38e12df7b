"""Odd lines in a file of edits, in one of cases and in the log: each is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from events import annotating, audit_log, case_file, cases, edit_lines
from events.filters import Filters
from events.query import Query
from events.store import EDITABLE, Store
from tests.hand_made import extractions

NESTED = "[" * 100_000 + "]" * 100_000
ODD = ["null", "[]", "3", '"a"', "{", "NaN", "1e999", NESTED, "{}", '{"event_id": null}', "\x00"]
VALUES: list[object] = [None, True, 3, -1e300, "", "a", [], [[]], [None], {}, {"a": {}}, "\x00" * 9]


@pytest.fixture
def query(tmp_path: Path) -> Query:
    Store(tmp_path / "store").append(extractions()[:3])
    return Query(tmp_path / "store")


@pytest.mark.parametrize("line", [*ODD, '{"event_id": 1e999, "field": "type", "value": "a"}'])
def test_an_odd_line_of_edits_is_said(query: Query, line: str) -> None:
    done = edit_lines.read(query, [line], "me")
    assert not done.edits
    assert len(done.problems) == 1
    assert done.problems[0].startswith("line 1: ")


@pytest.mark.parametrize("field", EDITABLE)
def test_an_odd_value_of_a_field_is_taken_or_said(query: Query, field: str) -> None:
    event_id = int(query.events(Filters())["event_id"].iloc[0])
    rows = [{"event_id": event_id, "field": field, "value": value} for value in VALUES]
    done = edit_lines.read(query, map(json.dumps, rows), "me")
    assert len(done.edits) + done.known + len(done.problems) == len(rows)


@pytest.mark.parametrize("entry", ["null", "3", "[]", "{}", '{"name": null, "params": 3}', NESTED])
@pytest.mark.parametrize("kind", ["cases", "views"])
def test_an_odd_entry_of_a_file_of_cases_is_said(query: Query, kind: str, entry: str) -> None:
    told = f'{{"frise": "cases", "version": {case_file.VERSION}, "{kind}": [{entry}]}}'
    store = Store(query.location)
    known = cases.read(store), annotating.read(store)
    if entry == NESTED:
        with pytest.raises(cases.CaseRefused, match="no file of cases"):
            case_file.checked(told.encode(), *known)
        return
    found = case_file.checked(told.encode(), *known)
    assert not found.rows
    assert len(found.problems) == 1


@pytest.mark.parametrize("line", [*ODD, '{"n": 1e999}'])
def test_an_odd_line_of_the_log_is_found(query: Query, line: str) -> None:
    with (query.location / audit_log.FILE).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert audit_log.breaks(query.location)
