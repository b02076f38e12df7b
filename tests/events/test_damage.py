"""Each way to damage a store (`tests.events.damage`): noticed, said, not written over, repaired."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from events import annotating, outlet_grades
from events.annotating import NewNote
from events.annotations import Subject
from events.filters import Filters
from events.integrity import check, repair
from events.maintenance import maintain
from events.model import Extraction
from events.query import Query
from events.store import Store, StoreError
from tests.events.conftest import by_reader, make_extraction
from tests.events.damage import AS_ELSEWHERE, HARMS, OTHERS, TABLES, Harm, a_pipe, data_file

Held = dict[str, list[int]]
KEYS = {"edits": "edit_id", "events": "event_id", "articles": "article_id", "texts": "article_id",
        "alternatives": "event_id", "mentions": "article_id", "left_out": "article_id",
        "withdrawals": "number", "stories": "event_id", "copies": "article_id",
        "rejected": "reject_id"}  # fmt: skip


def small(number: int) -> Extraction:
    """An article with one event, of which the learned reader knows other answers."""
    made = make_extraction(number)
    return replace(made, events=(by_reader(made.events[0], 0.9),))


# what is tried with a damaged store; each may say that it cannot, and nothing else
WORKS: dict[str, Callable[[Path], object]] = {
    "read": lambda at: Query(at).events(Filters()),
    "load": lambda at: Store(at).append([small(9)]),
    "maintain": lambda at: maintain(Store(at)),
}


def filled(location: Path, joined: bool) -> Path:
    """A store of three articles in three commits, with two edits; its small files joined."""
    store = Store(location)
    for number in (1, 2, 3):
        store.append([small(number)])
        if joined and number == 2:
            maintain(store)
    store.append_edit(11, "status", "claimed", "only one side says so", "Ana")
    store.append_edit(21, "status", "denied", "taken from the ministry", "Ben")
    for text in ("seen on film", "not on film"):
        annotating.write(store, NewNote(Subject("event", "11"), text), "Ana")
    return location


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """By whether its small files were joined: made once, tests harm copies."""
    return {
        joined: filled(tmp_path_factory.mktemp("sound") / "store", joined)
        for joined in (False, True)
    }


@pytest.fixture(scope="module")
def before(sound: dict[bool, Path]) -> dict[bool, Held]:
    return {joined: held(location) for joined, location in sound.items()}


@pytest.mark.parametrize("harm", ["a line", "a pipe", "garbage", "one long field"])
def test_a_damaged_table_of_outlets_is_set_aside_with_its_readable_rows_kept(
    harm: str, sound: dict[bool, Path], tmp_path: Path
) -> None:
    at = tmp_path / "store"
    shutil.copytree(sound[False], at)
    table = at / outlet_grades.FILE
    table.write_text("outlet,reliability\nLe Monde,B\nTASS,Q\nAFP,A\n", encoding="utf-8")
    if harm == "a pipe":
        a_pipe(table)
    elif harm != "a line":
        table.write_bytes(b"\xff\x00" if harm == "garbage" else b"[" * 200_000)
    before = data_file(at, "events").stat().st_ino
    assert [str(each.where) for each in check(at)] == [str(table)]
    assert not works(WORKS["read"], at)
    assert f"{outlet_grades.FILE}.damaged" in repair(at).lines[0]
    assert check(at) == []
    grades = {row.outlet: row.reliability for row in outlet_grades.read(at).rows.values()}
    assert grades == ({"Le Monde": "B", "AFP": "A"} if harm == "a line" else {})
    assert data_file(at, "events").stat().st_ino == before  # the tables stay where they are
    assert os.path.lexists(table.with_name(f"{table.name}.damaged"))


def held(location: Path) -> Held:
    """The ids of the rows of each table."""
    store = Store(location)
    return {name: sorted(store.column(name, key)) for name, key in KEYS.items()}


def works(work: Callable[[Path], object], at: Path) -> bool:
    """Whether it is done; False where it says what is wrong. Any other error is a fault."""
    try:
        work(at)
    except StoreError as error:
        if str(at) not in str(error):
            raise
        return False
    return True


def files_of(at: Path) -> dict[Path, bytes]:
    """All files but the locks, which whoever looks may make."""
    found = (p for p in at.rglob("*") if p.is_file() and p.suffix != ".lock")
    return {path: path.read_bytes() for path in found}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.long] * (n in AS_ELSEWHERE)) for n in HARMS]
)
def test_damage_is_noticed_never_written_over_and_repaired(
    name: str, sound: dict[bool, Path], before: dict[bool, Held], tmp_path: Path
) -> None:
    harm, at = HARMS[name], tmp_path / "store"
    shutil.copytree(sound[harm.joined], at)
    harm.do(at)
    assert bool(check(at)) == harm.found
    _go_on_or_say_it(harm, at)
    told = repair(at)
    views_alone = name in ("views garbage", "views a pipe", "views a folder")
    assert bool(told.kept) == (harm.found and not views_alone)
    assert check(at) == []
    _keeps_its_rows(harm, held(at), before[harm.joined])
    assert Store(at).append([small(10)]).added == (10,)


def _go_on_or_say_it(harm: Harm, at: Path) -> None:
    files = files_of(at)
    for work, do in WORKS.items():
        done = works(do, at)
        assert done == (work in harm.goes_on.split()) or work in harm.may.split(), work
        if not done and files_of(at) != files:  # what went on before may have written
            assert "load" in harm.goes_on + harm.may


def _keeps_its_rows(harm: Harm, now: Held, before: Held) -> None:
    for table, ids in before.items():
        if table not in harm.lost.split():
            assert [i for i in now[table] if i in set(ids)] == ids, table


def test_there_are_ways_enough() -> None:
    assert len(HARMS) > 57
    for names in (set(HARMS), set(HARMS) - AS_ELSEWHERE):
        assert {name.split(":")[0] for name in names} >= {*TABLES, *OTHERS}
    assert set(HARMS) > AS_ELSEWHERE
