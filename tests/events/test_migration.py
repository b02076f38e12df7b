"""Stores of older schemas, made by the versions that had them, are brought up to the present one:
all is kept."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from events import migration
from events.backup import backup, restore
from events.filters import Filters
from events.integrity import check, repair
from events.migration import migrate
from events.query import Query
from events.store import SCHEMA_VERSION, Store, StoreDamaged, StoreMissing, StoreOutdated
from loaders.older_articles import older_articles
from loaders.reread import reread
from tests.events.damage import a_file, a_loop, a_pipe, cut, data_file, log, of_another, removed

STORES = Path(__file__).parent / "stores"
EVERY = Filters()
Facts = dict[str, Any]


@pytest.fixture
def facts() -> Facts:
    """What the first version answered of the store before it was packed."""
    told: Facts = json.loads((STORES / "schema1.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with zipfile.ZipFile(STORES / "schema1.zip") as packed:
        packed.extractall(tmp_path)
    return tmp_path / "store"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A store of schema 2, with events that the learned reader told."""
    with zipfile.ZipFile(STORES / "schema2.zip") as packed:
        packed.extractall(tmp_path)
    return tmp_path / "store"


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A store of schema 3: certainties and other answers of the learned reader, no headlines."""
    with zipfile.ZipFile(STORES / "schema3.zip") as packed:
        packed.extractall(tmp_path)
    return tmp_path / "store"


@pytest.fixture
def told_by_3() -> Facts:
    """What the version with schema 3 answered of that store before it was packed."""
    found: Facts = json.loads((STORES / "schema3.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def told() -> Facts:
    """What the version with schema 2 answered of that store before it was packed."""
    found: Facts = json.loads((STORES / "schema2.json").read_text(encoding="utf-8"))
    return found


def _rows(table: pd.DataFrame, like: Facts) -> Facts:
    """The rows with the columns of the like, as JSON has them."""
    rows: Facts = json.loads(table[list(like)].to_json(orient="records", date_format="iso"))
    return rows


def _keyed(row: Mapping[Any, Any]) -> tuple[str, int, str]:
    return str(row["part"]), int(row["start"]), str(row["quote"])


def test_an_older_store_says_what_to_do(old: Path) -> None:
    with pytest.raises(StoreOutdated, match="loaders migrate"):
        Query(old).count(EVERY)
    with pytest.raises(StoreOutdated, match="keeps everything"):
        Store(old).append([])


def test_every_event_and_decision_is_kept(old: Path, facts: Facts) -> None:
    done = migrate(old)
    assert done.kept == old.with_name("store.schema1")
    assert done.rows["edits"] == len(facts["edits"]) > 3
    query = Query(old)
    events = query.events(EVERY).to_dict("records")
    assert len(events) == len(facts["events"])
    new = {(row["article_id"], row["type"], *_keyed(row)): row for row in events}
    stories: dict[int, set[int]] = {}
    for row in facts["events"]:
        found = new[(row["article_id"], row["type"], *_keyed(row))]
        stories.setdefault(row["story_id"], set()).add(found["story_id"])
        assert found["status"] == row["status"]  # a person's status among them
        assert list(found["sources"]) == row["sources"]
    # the same events stand together, and those apart stay apart
    assert all(len(ids) == 1 for ids in stories.values())
    assert len(set.union(*stories.values())) == len(stories)


def test_what_persons_said_is_kept_to_the_letter(old: Path, facts: Facts) -> None:
    migrate(old)
    query = Query(old)
    edits = query.edits().to_dict("records")
    told = [(e["edit_id"], e["field"], e["why"], e["who"], e["standing"]) for e in edits]
    assert told == [
        (e["edit_id"], e["field"], e["why"], e["who"], e["standing"]) for e in facts["edits"]
    ]
    ids = set(query.events(EVERY)["event_id"])
    assert {edit["event_id"] for edit in edits} <= ids
    assert json.loads((old / "views.json").read_text(encoding="utf-8")) == facts["views"]
    assert len(query.rejected()) == facts["rejected"]
    assert len(query.left_out(EVERY)) == facts["left_out"]


def test_articles_keep_their_text_and_their_date(old: Path, facts: Facts) -> None:
    migrate(old)
    query = Query(old)
    articles = query.articles(EVERY).to_dict("records")
    assert {(a["article_id"], a["published_basis"], a["events"]) for a in articles} == {
        (a["article_id"], a["published_basis"], a["events"]) for a in facts["articles"]
    }
    for row in query.events(EVERY).to_dict("records"):
        article = query.article(row["article_id"]).iloc[0]
        assert article[row["part"]][row["start"] : row["end"]] == row["quote"]


def _answers_as_before(location: Path, told: Facts, filters: Filters = EVERY) -> None:
    query = Query(location)
    tables = {
        "events": query.events(filters),
        "edits": query.edits(),
        "articles": query.articles(EVERY),
        "withdrawn": query.withdrawals(),
    }
    for name, table in tables.items():
        assert _rows(table, told[name][0]) == told[name]
    counts = {"rejected": query.rejected(), "left_out": query.left_out(EVERY)}
    counts["mentions"] = query.mentions(EVERY)
    assert {name: len(rows) for name, rows in counts.items()} == {n: told[n] for n in counts}
    assert json.loads((location / "views.json").read_text(encoding="utf-8")) == told["views"]
    assert check(location) == []


def test_a_store_of_schema_2_answers_as_before(second: Path, told: Facts) -> None:
    done = migrate(second)
    assert done.kept == second.with_name("store.schema2")
    assert done.rows["events"] >= len(told["events"])
    assert (done.rows["edits"], done.rows["alternatives"]) == (len(told["edits"]), 0)
    _answers_as_before(second, told)
    # the newest decisions, a revision and the withdrawal are among what was kept
    assert {edit["standing"] for edit in told["edits"]} == {True, False}
    assert max(article["revision"] for article in told["articles"]) > 1
    assert told["withdrawn"]


def test_what_was_not_stored_then_is_not_known(second: Path) -> None:
    migrate(second)
    events = Query(second).events(EVERY)
    assert events[["weight", "certainty_type", "certainty_place"]].isna().all(axis=None)
    assert Query(second).alternatives(int(events["event_id"].iloc[0])).empty


def test_a_store_of_schema_3_answers_as_before(third: Path, told_by_3: Facts) -> None:
    done = migrate(third)
    assert done.kept == third.with_name("store.schema3")
    _answers_as_before(third, told_by_3, Filters(sure="any"))
    query = Query(third)
    assert query.count(EVERY) == told_by_3["shown"] < len(told_by_3["events"])
    ids = query.events(Filters(sure="any"))["event_id"]
    assert sum(len(query.alternatives(int(i))) for i in ids) == told_by_3["alternatives"] > 0


def test_columns_of_schema_4_are_empty_in_an_older_store(third: Path) -> None:
    migrate(third)
    events = Query(third).events(EVERY)
    words = ["headline", "headline_lang", "bounds_text", "coder", "source_type"]
    assert (events[words] == "").all(axis=None)
    assert events[["bounds_from", "bounds_to"]].isna().all(axis=None)
    assert not events["bounds_reasons"].map(len).any()


@pytest.mark.parametrize("schema", [None, 4])
def test_a_store_of_schema_3_that_says_another_one_is_repaired(
    third: Path, schema: int | None, told_by_3: Facts
) -> None:
    (third / "store.json").unlink()
    if schema:
        (third / "store.json").write_text(json.dumps({"schema": schema, "id": "a"}))
    repair(third)
    _answers_as_before(third, told_by_3, Filters(sure="any"))


def test_a_store_of_schema_2_is_read_again(second: Path, told: Facts) -> None:
    migrate(second)
    articles = older_articles(Query(second), None)
    assert len(articles) == len(told["articles"])
    done = reread(Store(second), articles, dt.date(2024, 12, 10))
    query = Query(second)
    events = query.events(Filters(sure="any"))
    assert (done.lost, len(query.lost_edits())) == ([], 0)
    assert events["certainty_type"].notna().all()
    # most of what was told before is told now, under the same ids, and what is less sure is there
    before = {row["event_id"] for row in told["events"]}
    assert len(before & set(events["event_id"])) > 0.7 * len(before)
    assert 0 < len(query.events(Filters())) < len(events)
    assert not query.alternatives(int(events["event_id"].iloc[0])).empty
    assert "below the threshold" not in set(query.left_out(EVERY)["reason"])


def test_a_store_of_schema_2_that_lost_a_file_is_left_as_it_is(second: Path) -> None:
    next((second / "events").rglob("*.parquet")).unlink()
    with pytest.raises(StoreDamaged, match="events"):
        migrate(second)
    assert Store(second).schema() == 2


def test_a_store_of_schema_2_with_a_log_cut_is_left_as_it_is(second: Path) -> None:
    max((second / "edits" / "_delta_log").glob("*.json")).unlink()
    with pytest.raises(StoreDamaged, match="edits"):
        migrate(second)
    assert Store(second).schema() == 2


@pytest.mark.parametrize("schema", [1, 3])
def test_a_store_of_schema_2_that_says_another_one_is_repaired(
    second: Path, schema: int | None, told: Facts
) -> None:
    (second / "store.json").unlink()
    if schema:
        (second / "store.json").write_text(json.dumps({"schema": schema, "id": "a"}))
    assert check(second)
    repair(second)
    _answers_as_before(second, told)


def test_it_may_be_repeated(old: Path) -> None:
    migrate(old)
    before = Query(old).events(EVERY)
    assert migrate(old).rows == {}
    assert Query(old).events(EVERY).equals(before)


@pytest.mark.parametrize("last", ["edits", "articles"])
def test_a_kill_in_the_midst_loses_nothing(old: Path, last: str, facts: Facts) -> None:
    def killed(table: str) -> None:
        if table == last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(old, killed)
    assert Store(old).marker()["schema"] == 1
    migrate(old)
    assert len(Query(old).events(EVERY)) == len(facts["events"])


def test_a_kill_between_the_two_renames_is_mended(
    old: Path, monkeypatch: pytest.MonkeyPatch, facts: Facts
) -> None:
    rename = Path.rename

    def killed(path: Path, target: Path) -> Path:
        if path.suffix == ".migrating":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        migrate(old)
    monkeypatch.undo()
    assert not old.exists()
    migrate(old)
    assert Store(old).marker()["schema"] == SCHEMA_VERSION
    assert len(Query(old).events(EVERY)) == len(facts["events"])


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        migrate(tmp_path / "none")
    (tmp_path / "store.json").write_text('{"schema": 99}', encoding="utf-8")
    with pytest.raises(StoreDamaged, match="newer Frise"):
        migrate(tmp_path)


DAMAGE_TO_THE_FIRST: dict[str, Callable[[Path], object]] = {
    "a file lost": lambda at: removed(data_file(at, "events")),
    "a file cut": lambda at: cut(data_file(at, "events"), -40),
    "a file of another table": lambda at: of_another(
        data_file(at, "edits"), data_file(at, "mentions")
    ),
    "a file a pipe": lambda at: a_pipe(data_file(at, "articles")),
    "first log lost": lambda at: removed(log(at, "articles", 0)),
    "newest log nested deeply": lambda at: log(at, "events").write_text("[" * 100_000),
    "table lost": lambda at: removed(at / "edits"),
    "table a loop": lambda at: a_loop(at / "stories"),
    "table a file": lambda at: a_file(at / "articles"),
}


@pytest.mark.parametrize("name", DAMAGE_TO_THE_FIRST)
def test_a_damaged_store_of_schema_1_is_left_as_it_is(old: Path, name: str) -> None:
    DAMAGE_TO_THE_FIRST[name](old)
    before = sorted(old.rglob("*"))
    with pytest.raises(StoreDamaged, match=r"Nothing was changed") as error:
        migrate(old)
    assert "\n" not in str(error.value)
    assert "unknown>" not in str(error.value)
    assert [path for path in sorted(old.rglob("*")) if path.suffix != ".lock"] == before
    assert Store(old).schema() == 1


def test_files_that_no_log_of_schema_1_names_are_told(old: Path) -> None:
    lost = max((old / "events" / "_delta_log").glob("*.json"))
    actions = map(json.loads, lost.read_text(encoding="utf-8").splitlines())
    file = next(action["add"]["path"] for action in actions if "add" in action)
    lost.unlink()
    assert migrate(old).unnamed == [f"events/{file}"]


def test_an_older_store_is_backed_up_and_restored_as_it_is(old: Path, facts: Facts) -> None:
    file = old.with_name("frise.zip")
    assert backup(old, file) > 10
    restore(file, old.with_name("other"))
    with pytest.raises(StoreOutdated):
        check(old.with_name("other"))
    migrate(old.with_name("other"))
    assert len(Query(old.with_name("other")).events(EVERY)) == len(facts["events"])
    assert len(Query(old.with_name("other")).edits()) == len(facts["edits"])


@pytest.mark.parametrize("told", [None, b"{"])
def test_an_older_store_without_its_marker_is_repaired_as_an_older_one(
    old: Path, told: bytes | None, facts: Facts
) -> None:
    (old / "store.json").unlink()
    if told is not None:
        (old / "store.json").write_bytes(told)
    assert [damage.where for damage in check(old)] == [old / "store.json"]
    with pytest.raises(StoreDamaged):
        Store(old).append([])
    assert "run 'python -m loaders migrate'" in repair(old).lines[0]
    migrate(old)
    assert check(old) == []
    assert len(Query(old).events(EVERY)) == len(facts["events"])


def test_a_store_that_another_process_brought_up_to_date_meanwhile_is_left_alone(old: Path) -> None:
    migrate(old)
    assert migration._one_step(Store(old), 1, lambda _table: None, "Ana") == migration.Migrated()
    assert not old.with_name("store.schema1.2").exists()
