"""Cases and saved views: kept, renamed, deleted and put back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from events import annotating, cases
from events.annotating import NewNote
from events.annotations import KEPT, Subject
from events.cases import CaseRefused, Cases
from events.forgotten import forget_deleted
from events.store import Store

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
