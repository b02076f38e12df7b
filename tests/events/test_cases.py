"""Cases and saved views: kept, renamed, deleted and put back, carried in a file."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from events import annotating, case_file, cases
from events.annotating import NewNote
from events.annotations import KEPT, Annotations, Subject
from events.cases import CaseRefused, Cases
from events.forgotten import forget_deleted
from events.store import Store
from loaders import __main__ as command

PARAMS = {"v": ["2"], "actor": ["RUS"], "lanes": ["type"]}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    store.create()
    return store


def test_a_case_is_renamed_deleted_and_put_back(store: Store) -> None:
    now = dt.datetime.now(dt.UTC)
    case = cases.save(store, "case", "  Dnipro   strike ", PARAMS, "Ana")
    assert cases.save(store, "case", "Dnipro strike", PARAMS, "Ben") == case
    cases.rename(store, case, "Dnipro", "Ben")
    cases.set_params(store, case, {"place": ["709930"]}, "Ben")
    cases.note_briefing(store, case, "Dnipro", 12, "ab", "Ana")
    with pytest.raises(CaseRefused, match="is taken"):
        cases.save(store, "case", "Dnipro", PARAMS, "Cleo")  # another question of that name
    told = cases.read(store).case(case)
    assert told
    assert (told.name, told.params, told.who) == ("Dnipro", {"place": ["709930"]}, "Ana")
    assert [(b.title, b.reports, b.who) for b in told.briefings] == [("Dnipro", 12, "Ana")]
    cases.delete(store, case, "Ben")
    assert cases.read(store).of("case") == []
    assert [c.id for c in cases.read(store).deleted(now)] == [case]
    assert cases.read(store).deleted(now + KEPT + dt.timedelta(days=1)) == []
    cases.delete(store, case, "Ben", deleted=False)
    assert cases.read(store).of("case")
    cases.delete(store, case, "Ben")
    annotating.write(store, NewNote(Subject("day", "2024-11-21"), "x", case=case), "Ana")
    forget_deleted(store, now + KEPT + dt.timedelta(days=1))
    assert (cases.read(store), annotating.read(store).notes) == (Cases(), ())


def test_a_name_that_was_taken_meanwhile_is_not_had_twice(store: Store) -> None:
    case = cases.save(store, "case", "Dnipro", PARAMS, "Ana")
    cases.delete(store, case, "Ana")
    with pytest.raises(CaseRefused, match="not in the store"):
        cases.rename(store, case, "Kyiv", "Ben")
    with pytest.raises(CaseRefused, match="not in the store"):
        cases.set_params(store, case, {}, "Ben")
    cases.save(store, "case", "Dnipro", {}, "Ben")
    cases.delete(store, case, "Ana", deleted=False)
    told = {c.name: (c.id == case, c.params) for c in cases.read(store).of("case")}
    assert told == {"Dnipro": (False, {}), "Dnipro (2)": (True, PARAMS)}


def test_views_of_an_earlier_version_are_kept_and_changed_here(store: Store) -> None:
    old = {"A": {"lang": ["fr"]}, "B": {"actor": ["RUS"]}, "odd": 3}
    (store.location / "views.json").write_text(json.dumps(old), encoding="utf-8")
    told = {view.name: view for view in cases.read(store).of("view")}
    assert told["A"].params == {"v": ["2"], "article_lang": ["fr"]}
    cases.rename(store, told["A"].id, "C", "Ana")
    cases.delete(store, told["B"].id, "Ana")
    (store.location / "views.json").unlink()
    left = {v.name: v.params for v in cases.read(store).of("view")}
    assert left == {"C": told["A"].params}
    with pytest.raises(CaseRefused, match="not in the store any more"):
        cases.rename(store, "f" * 16, "D", "Ana")
    cases.save(store, "view", "D", {}, "Ana")
    with pytest.raises(CaseRefused, match="is taken"):
        cases.rename(store, told["A"].id, "D", "Ana")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"b": "c"}}'])
def test_a_damaged_file_of_views_is_no_view(store: Store, text: str) -> None:
    (store.location / "views.json").write_text(text, encoding="utf-8")
    assert cases.read(store).every == ()


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


REFUSED: list[tuple[str, Callable[[Store], object]]] = [
    ("is no name", lambda s: cases.save(s, "case", " ", {}, "Ana")),
    ("is no name", lambda s: cases.save(s, "view", "x" * 61, {}, "Ana")),
    ("give your name", lambda s: cases.save(s, "case", "x", {}, "")),
]


@pytest.mark.parametrize(("words", "do"), REFUSED)
def test_what_cannot_be_kept_is_said(
    words: str, do: Callable[[Store], object], store: Store
) -> None:
    with pytest.raises(CaseRefused, match=words):
        do(store)
