"""Cases, views and notes in a file: carried to another store, once, and refused where odd."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from events import annotating, case_file, cases
from events.annotating import NewNote
from events.annotations import Annotations, Note, Subject
from events.cases import CaseRefused, Cases
from events.store import Store
from loaders import __main__ as command

PARAMS = {"v": ["2"], "actor": ["RUS"], "lanes": ["type"]}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    store.create()
    return store


def test_a_file_carries_cases_views_and_notes_to_another_store(
    store: Store, tmp_path: Path
) -> None:
    case = cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    cases.save(store, "view", "Attacks", {"type": ["ASSAULT"]}, "Ana")
    note = NewNote(Subject("event", "11", "Missile", 1), "seen on film", True, case)
    annotating.write(store, note, "Ana")
    data = case_file.written(cases.read(store).every, annotating.read(store))
    other = Store(tmp_path / "other")
    cases.save(other, "case", "Dnipro", {}, "Ben")
    brought = case_file.checked(data, cases.read(other), annotating.read(other))
    case_file.store_all(other, brought, "Ben")
    told = cases.read(other)
    assert [c.name for c in told.of("case")] == ["Dnipro", "Dnipro (2)"]
    assert [c.params for c in told.of("view")] == [{"type": ["ASSAULT"]}]
    (carried,) = annotating.read(other).notes
    assert (carried.brought, carried.who, carried.subject.about) == ("Ana", "Ben", "Missile")
    assert carried.case == told.of("case")[1].id
    again = case_file.checked(data, told, annotating.read(other))
    assert (again.known, again.rows, again.notes) == (2, [], [])


def _brought(store: Store, data: bytes, who: str = "Ben") -> case_file.Brought:
    """Take over what a file holds."""
    brought = case_file.checked(data, cases.read(store), annotating.read(store))
    case_file.store_all(store, brought, who)
    return brought


@pytest.mark.parametrize("earlier", [False, True])
def test_a_file_that_is_taken_over_twice_makes_nothing_new(
    store: Store, tmp_path: Path, earlier: bool
) -> None:
    """Whatever was renamed, noted or deleted here meanwhile; `earlier`: a file without ids."""
    case = cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    note = annotating.write(store, NewNote(Subject("day", "2024-11-21"), "x", case=case), "Ana")
    data = case_file.written(cases.read(store).every, annotating.read(store))
    if earlier:
        data = re.sub(rb'"id": "[0-9a-f]+",', b"", data)
    other = Store(tmp_path / "other")
    assert [len(told) for told in (_brought(other, data).rows, annotating.read(other).notes)] == [
        1,
        1,
    ]
    (taken,), (held,) = cases.read(other).of("case"), annotating.read(other).notes
    assert ((taken.id, held.id) == (case, note)) is not earlier
    cases.rename(other, taken.id, "Kyiv", "Ben")
    again = _brought(other, data)
    assert (again.known, again.rows, again.notes, again.problems) == (1, [], [], [])
    annotating.delete(other, held.id, "Ben")
    assert _brought(other, data).notes == []  # what was deleted here stays so
    cases.delete(other, taken.id, "Ben")
    _brought(other, data)
    assert [(c.id, c.name) for c in cases.read(other).of("case")] == [(taken.id, "Dnipro")]


def test_a_case_that_is_here_gets_the_notes_that_it_lacks_and_keeps_its_filters(
    store: Store, tmp_path: Path
) -> None:
    case = cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    other = Store(tmp_path / "other")
    _brought(other, case_file.written(cases.read(store).every, annotating.read(store)))
    annotating.write(store, NewNote(Subject("day", "2024-11-21"), "new", case=case), "Ana")
    cases.set_params(store, case, {"place": ["709930"]}, "Ana")
    again = _brought(other, case_file.written(cases.read(store).every, annotating.read(store)))
    assert [note.text for note in annotating.read(other).written(case)] == ["new"]
    assert [str(each) for each in again.problems] == [
        "cases 1: 'Dnipro' is here with other filters, which stay"
    ]
    assert [c.params for c in cases.read(other).of("case")] == [PARAMS]


def test_a_case_that_was_made_again_is_no_second_one(store: Store) -> None:
    """Also where the file has the id of the deleted one: the one that stands gets its notes."""
    old = cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    subject = Subject("day", "2024-11-21")
    kept, dropped = (
        annotating.write(store, NewNote(subject, text, case=old), "Ana") for text in ("kept", "no")
    )
    data = case_file.written(cases.read(store).every, annotating.read(store))
    annotating.delete(store, dropped, "Ana")
    cases.delete(store, old, "Ana")
    new = cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    for _ in range(2):
        assert (_brought(store, data).rows, cases.read(store).of("case")[0].id) == ([], new)
        told = {n.text: n.case for n in annotating.read(store).written() if n.id != kept}
        assert told == {"kept": new}
    cases.rename(store, new, "Kyiv", "Ana")
    _brought(store, data)  # no other stands in its place: it comes back
    assert [(c.id, c.name) for c in cases.read(store).of("case")] == [
        (old, "Dnipro"),
        (new, "Kyiv"),
    ]


def _note(text: str, **changed: str) -> dict[str, str]:
    return {"on": "day", "to": "2024-11-21", "text": text, **changed}


def test_the_second_note_of_an_id_changes_nothing_and_is_said(store: Store) -> None:
    notes = [_note("first", id="a"), _note("second", id="a"), _note("third"), _note("third")]
    entries = [
        {"id": "c", "name": "A", "params": {}, "notes": notes},
        {"id": "d", "name": "B", "params": {}, "notes": [_note("fourth", id="a")]},
    ]
    told = _brought(store, _file(cases=entries)).problems
    assert [str(each) for each in told] == [
        "'A', note 2: it stands twice in the file",
        "'B', note 1: it stands twice in the file",
    ]
    texts = [(n.case, n.text) for n in annotating.read(store).notes]
    assert texts == [("c", "first"), ("c", "third"), ("c", "third")]
    again = _brought(store, _file(cases=entries))
    assert (again.notes, len(again.problems)) == ([], 2)


def test_notes_that_are_here_with_other_words_stay_and_are_counted(store: Store) -> None:
    def taken(*notes: dict[str, str]) -> case_file.Brought:
        entry = {"id": "c", "name": "A", "params": {}, "notes": notes}
        return _brought(store, _file(cases=[entry]))

    assert taken(_note("one", id="a"), _note("two ", id="b"), _note("x ")).other_words == 0
    again = taken(_note("one", id="a"), _note("two ", id="b"), _note("x "))
    assert (again.other_words, again.notes) == (0, [])
    other = taken(_note("ONE", id="a"), _note("TWO", id="b"), _note("x"))
    assert (other.other_words, other.notes) == (2, [])
    assert [note.text for note in annotating.read(store).notes] == ["one", "two", "x"]
    annotating.delete(store, "b", "Ana")
    assert taken(_note("ONE", id="a"), _note("TWO", id="b")).other_words == 1


def test_many_notes_are_compared_in_a_moment() -> None:
    """Those of the file with those here: each is looked at a few times, not once for each other."""
    written = dt.datetime(2024, 11, 21, tzinfo=dt.UTC)
    subject = Subject("day", "2024-11-21")
    compared = Counter[str]()

    class Counted(Note):
        def __getattribute__(self, name: str) -> Any:
            compared[name] += name in ("id", "text")
            return super().__getattribute__(name)

    held = [Counted(f"a{n}", subject, str(n), False, "c", "Ana", written) for n in range(400)]
    compared.clear()
    notes = [_note(str(n), id=f"b{n}") for n in range(400)]
    entry = {"id": "c", "name": "A", "params": {}, "notes": notes}
    found = case_file.checked(_file(cases=[entry]), Cases(), Annotations(tuple(held)))
    assert len(found.notes) == 0
    assert compared.total() <= 4 * len(held)


def test_the_command_carries_them(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    file = str(tmp_path / "cases.json")
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    assert command.main(["cases", "export", file]) == 0
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "other"))
    assert command.main(["cases", "import", file]) == 1  # nobody signed
    assert command.main(["cases", "import", file, "--who", "Ben"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        f"{file}: 1 case or view",
        "1 case or view and 0 notes taken over, 0 cases and views here already",
    ]
    assert cases.read(Store(tmp_path / "other")).of("case")[0].params == PARAMS


def test_the_command_counts_notes_with_other_words(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(store.location))
    file = tmp_path / "cases.json"
    for words in ("one", "other"):
        entry = {"id": "c", "name": "A", "params": {}, "notes": [_note(words, id="a")]}
        file.write_bytes(_file(cases=[entry]))
        ended = command.main(["cases", "import", str(file), "--who", "Ben"])
    assert ended == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"{file}: 1 note is here with other words, which stay"


def _file(**changed: Any) -> bytes:
    return json.dumps({"frise": "cases", "version": 1, **changed}).encode()


def _view(**changed: Any) -> bytes:
    return _file(views=[{"name": "A", "params": {}, **changed}])


BAD: list[tuple[str, bytes]] = [
    ("no file of cases", b"\xff"),
    ("no file of cases", b"[" * 100_000),
    ("no file of cases", _file(version=9)),
    ("too large", b" " * (case_file.MOST_BYTES + 1)),
    ("no list", _file(views={"a": 1})),
    ("views 1: .* is no name", _view(name="\x00")),
    ("views 1: .*'from' was dropped|from=", _view(params={"from": ["2024-99-01"]})),
    ("no parameter of a link", _view(params={"A-B": ["x"]})),
    ("no parameter of a link", _view(params={"actor": [3]})),
    ("no parameter of a link", _view(params={"actor": ["x" * 201]})),
    ("is no event", _file(cases=[{"name": "A", "params": {},
                                  "notes": [{"on": "event", "to": "x", "text": "a"}]}])),
    ("odd", _file(cases=[{"name": "A", "params": {}, "notes": [3]}])),
]  # fmt: skip


@pytest.mark.parametrize(("words", "data"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_the_door_refuses_what_no_link_and_no_note_can_be(words: str, data: bytes) -> None:
    try:
        brought = case_file.checked(data, Cases(), Annotations())
    except CaseRefused as error:
        told = str(error)
    else:
        assert (brought.rows, brought.notes) == ([], [])
        told = "; ".join(map(str, brought.problems))
    assert re.search(words, told)


def test_one_id_names_one_thing_of_a_file_and_of_a_store(store: Store) -> None:
    entry = {"id": "ab", "params": {}}
    twice = _file(views=[entry | {"name": "A"}, entry | {"name": "B"}])
    brought = _brought(store, twice)
    assert [row["name"] for row in brought.rows] == ["A"]
    assert [str(each) for each in brought.problems] == ["views 2: it stands twice in the file"]
    other_kind = _brought(store, _file(cases=[entry | {"name": "C"}]))
    assert "of another thing" in str(other_kind.problems[0])
    assert not cases.read(store).of("case")
