"""Damage in a bucket is noticed, said in its words, and never written over."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import obstore
import pytest

from events.bucket import contents as told
from events.bucket.working_copy import of_folder, written
from events.filters import Filters
from events.integrity import check, repair
from events.query import Query
from events.store import Store, StoreDamaged, StoreMissing, store_location
from tests.hand_made import extractions
from tests.object_store import Shared

Damage = Callable[[Shared, str], None]


def events(store: Store) -> int:
    return len(Query(store.location).events(Filters()))


def file_of(store: Store, table: str) -> str:
    """The path of a file of rows."""
    copy = of_folder(store.location)
    assert copy
    found = sorted(copy.held().contents.files)
    return next(path for path in found if path.startswith(f"{table}/") and told.is_of_rows(path))


def key_of(store: Store, path: str) -> str:
    """The last object of a file."""
    copy = of_folder(store.location)
    assert copy
    return copy.held().contents.files[path].keys(path)[-1]


def named(shared: Shared) -> Mapping[str, told.Kept]:
    """The files that the bucket says it holds."""
    return told.parsed(bytes(obstore.get(shared.objects(), told.KEY).bytes()), None).files


def lose(shared: Shared, key: str) -> None:
    obstore.delete(shared.objects(), [key])


def change(shared: Shared, key: str) -> None:
    content = bytearray(obstore.get(shared.objects(), key).bytes())
    content[len(content) // 2] ^= 1
    obstore.put(shared.objects(), key, bytes(content))


@pytest.mark.parametrize(
    ("damage", "path"),
    [(lose, "events"), (change, "log.jsonl")],
)
def test_what_is_whole_here_is_sent_again(
    shared: Shared, here: Store, damage: Damage, path: str
) -> None:
    here.append_edit(next(iter(Query(here.location).events(Filters())["event_id"])), "type",
                     "ASSAULT", "why", "Ana")  # fmt: skip
    path = path if "." in path else file_of(here, path)
    damage(shared, key_of(here, path))
    found = check(store_location())
    assert [str(each.where.relative_to(here.location)) for each in found] == [path]
    assert f"{shared.address}/{path}: " in str(found[0])
    assert "the copy on this machine is whole" in str(found[0])
    assert repair(store_location()).lines == (
        f"{shared.address}/{path}: sent again from the copy on this machine",
    )
    shared.at("there")
    assert check(store_location()) == []
    assert events(Store()) == 16


@pytest.mark.parametrize("damage", [lose, pytest.param(change, marks=pytest.mark.long)])
def test_what_no_machine_has_any_more_is_damage_as_in_a_folder(
    shared: Shared, here: Store, damage: Damage
) -> None:
    path = file_of(here, "articles")
    damage(shared, key_of(here, path))
    shutil.rmtree(here.location.parent)
    shared.at("there")
    there = Store()
    found = check(there.location)
    assert [str(each.where.relative_to(there.location)) for each in found] == [path]
    assert path in named(shared)
    told_of = repair(there.location).lines
    assert any(line.startswith("articles: ") for line in told_of)
    assert path not in named(shared)
    assert check(store_location()) == []


def test_a_damaged_table_is_not_written_over(shared: Shared, here: Store) -> None:
    lose(shared, key_of(here, "articles/_delta_log/00000000000000000001.json"))
    shutil.rmtree(here.location.parent)
    there = Store(shared.at("there").location)
    was = named(shared)
    with pytest.raises(StoreDamaged, match=f"{shared.address}/articles"):
        there.append(extractions()[:1], revise=True)
    assert named(shared) == was


def lose_the_folder(store: Store) -> None:
    shutil.rmtree(store.location)


def lose_files(store: Store) -> None:
    for table in ("texts", "mentions"):
        (store.location / file_of(store, table)).unlink()


def flip_a_bit(store: Store) -> None:
    path = store.location / file_of(store, "texts")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_a_copy_that_was_deleted_is_fetched_by_who_reads(shared: Shared, here: Store) -> None:
    query = Query(here.location)
    assert len(query.events(Filters())) == 16
    lose_the_folder(here)
    assert events(here) == 16
    assert len(query.events(Filters())) == 16


@pytest.mark.parametrize(
    "damage_copy",
    [lose_the_folder, pytest.param(lose_files, marks=pytest.mark.long), flip_a_bit],
)
def test_a_damaged_copy_takes_nothing_from_the_bucket(
    shared: Shared, here: Store, damage_copy: Callable[[Store], None]
) -> None:
    """Although nobody ran a check, and the server stayed open."""
    was = {path: kept for path, kept in named(shared).items() if told.is_of_rows(path)}
    damage_copy(here)
    here.append_edit(1, "type", "ASSAULT", "why", "Ana")
    now = named(shared)
    assert {path: now.get(path) for path in was} == was
    shared.at("there")
    assert check(store_location()) == []
    assert events(Store()) == 16


def test_a_copy_that_is_damaged_while_somebody_writes_is_not_sent(
    shared: Shared, here: Store
) -> None:
    was = named(shared)

    def write(damage_copy: Callable[[Store], None]) -> None:
        with written(here.location, 5):
            damage_copy(here)

    for damage_copy in (lose_the_folder, flip_a_bit):
        with pytest.raises(StoreDamaged):
            write(damage_copy)
        assert named(shared) == was

    def lose_and_write(store: Store) -> None:
        lose_files(store)
        (store.location / "views.json").write_text("{}")

    write(lose_and_write)
    assert named(shared).keys() == was.keys() | {"views.json"}
    with written(here.location, 5):  # what was lost is back before the next writes
        assert (here.location / file_of(here, "texts")).is_file()
    assert check(store_location()) == []


@pytest.mark.parametrize("content", [None, pytest.param(b"[]", marks=pytest.mark.long)])
def test_a_lost_list_of_contents_is_damage_that_a_copy_mends(
    shared: Shared, here: Store, content: bytes | None
) -> None:
    if content is None:
        lose(shared, told.KEY)
    else:
        obstore.put(shared.objects(), told.KEY, content)
    with pytest.raises(StoreDamaged, match=f"{shared.address}/contents.json"):
        events(here)
    with pytest.raises(StoreDamaged, match=r"contents\.json"):
        here.append(extractions()[:1], revise=True)
    found = check(store_location())
    assert f"{shared.address}/contents.json: " in str(found[0])
    assert "Nothing yet" in str(found[0])
    flip_a_bit(here)
    (here.location / file_of(here, "events")).unlink()
    lines = repair(store_location()).lines
    assert "contents.json: sent again, with all that this machine knew" in lines[0]
    assert "as number 2. What other machines wrote since is not in it" in lines[0]
    assert len(lines) == 1
    shared.at("there")
    assert events(Store()) == 16
    assert check(store_location()) == []


def test_a_machine_that_knows_nothing_of_the_contents_tells_its_folder(
    shared: Shared, here: Store
) -> None:
    was = named(shared).keys()
    lose(shared, told.KEY)
    (here.location.parent / "held.json").unlink()
    assert "as number 1." in repair(store_location()).lines[0]
    assert named(shared).keys() == was
    assert check(store_location()) == []


def test_a_machine_that_never_saw_the_store_tells_nothing(shared: Shared, here: Store) -> None:
    obstore.put(shared.objects(), told.KEY, b"[]")
    shared.at("there")
    with pytest.raises(StoreDamaged, match=r"contents\.json"):
        repair(store_location())
    assert bytes(obstore.get(shared.objects(), told.KEY).bytes()) == b"[]"
    shared.at("here")
    repair(store_location())
    assert check(store_location()) == []


def test_contents_that_somebody_mended_meanwhile_are_left(shared: Shared, here: Store) -> None:
    was, copy = named(shared), of_folder(here.location)
    assert copy
    assert copy.tell_again() is None
    assert named(shared) == was


def test_entries_of_logs_lie_where_other_programs_look(shared: Shared, here: Store) -> None:
    here.append_edit(1, "type", "ASSAULT", "why", "Ana")
    path = "events/_delta_log/00000000000000000000.json"
    lose(shared, path)
    assert "its copy for other programs is missing" in str(check(store_location())[0])
    repair(store_location())
    assert check(store_location()) == []
    assert bytes(obstore.get(shared.objects(), path).bytes()) == (here.location / path).read_bytes()


def test_contents_name_no_file_outside_of_the_store() -> None:
    kept = {"../x": told.Kept("sum", 1), "/x": told.Kept("sum", 1), "a/x": told.Kept("sum", 1)}
    for path, one in kept.items():
        content = told.Contents({path: one}).as_json()
        if path == "a/x":
            assert told.parsed(content, '"tag"').files == {path: one}
        else:
            with pytest.raises(ValueError, match="leads out of the store"):
                told.parsed(content, '"tag"')


def test_a_damaged_copy_is_mended_from_the_bucket(shared: Shared, here: Store) -> None:
    (here.location / file_of(here, "texts")).write_bytes(b"no rows")
    (here.location / file_of(here, "events")).unlink()
    (here.location / "manifest" / "articles.json").write_text("{}", encoding="utf-8")
    assert check(store_location()) == []
    assert events(here) == 16


def test_a_copy_that_forgot_what_it_held_is_compared(shared: Shared, here: Store) -> None:
    (here.location.parent / "held.json").write_text("{", encoding="utf-8")
    (here.location / "manifest" / "articles.json").write_text("{}", encoding="utf-8")
    store_location()
    assert check(here.location) == []
    here.append(extractions()[:1], revise=True)
    shared.at("there")
    assert check(store_location()) == []
    assert Store().article_rows() == here.article_rows()


def test_no_store_is_said_by_its_address(shared: Shared, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=f"there is no store at {shared.address}; load"):
        events(Store())
    assert not list(obstore.list(shared.objects()))  # reading leaves nothing there
