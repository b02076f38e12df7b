from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import fs as delta_files

from events.batches import read_rows
from events.filters import Filters
from events.integrity import check
from events.maintenance import maintain
from events.model import Extraction, Published
from events.query import Query
from events.store import (
    Store,
    StoreDamaged,
    StoreError,
    StoreMissing,
    store_location,
)
from events.table_rows import rejected_row

Make = Callable[..., Extraction]
ALL = Filters()
ROOT = Path(__file__).resolve().parents[2]


def test_what_was_stored_is_read(store: Store) -> None:
    events = Query(store.location).events(ALL)
    assert sorted(events["event_id"]) == [n * 10 + k for n in (1, 2, 3) for k in (1, 2, 3, 4)]


def test_loading_twice_changes_nothing(store: Store, extraction: Make) -> None:
    query = Query(store.location)
    before, version = query.events(ALL), query.version()
    again = store.append([extraction(1), extraction(2, "en"), extraction(3)])
    assert again.added == ()
    assert sorted(again.known) == [1, 2, 3]
    assert query.version() == version
    assert query.events(ALL).equals(before)


def test_the_same_article_twice_in_one_batch_is_stored_once(
    tmp_path: Path, extraction: Make
) -> None:
    store = Store(tmp_path / "store")
    assert store.append([extraction(1), extraction(1)]).added == (1,)
    assert Query(store.location).count(ALL) == 4


def test_a_resolved_article_is_a_new_revision_and_the_latest_counts(
    store: Store, extraction: Make
) -> None:
    first = extraction(1)
    chosen = Published.given(dt.date(2025, 3, 1), "chosen by a person")
    revised = replace(
        first, article=replace(first.article, published=chosen), events=first.events[:1]
    )
    store.append([revised], revise=True)
    query = Query(store.location)
    article = query.article(1).iloc[0]
    assert article["revision"] == 2
    assert str(article["published"].date()) == "2025-03-01"
    assert list(query.article_events(1)["event_id"]) == [11]
    assert query.count(ALL) == 9


def test_events_without_their_article_row_are_not_read(store: Store, extraction: Make) -> None:
    before = Query(store.location).events(ALL)
    late = extraction(9)
    written: list[str] = []

    class Killed(Store):
        def append_rows(self, name: str, *rest: object) -> None:
            if name == "articles":
                raise KeyboardInterrupt
            written.append(name)
            super().append_rows(name, *rest)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        Killed(store.location).append([late])
    assert "events" in written
    assert Query(store.location).events(ALL).equals(before)
    store.append([late])  # the second try is whole, and nothing of the first one shows
    assert list(Query(store.location).article_events(9)["event_id"]) == [91, 92, 93, 94]


def test_a_part_of_a_run_counts_once(store: Store, extraction: Make) -> None:
    parts = [pa.Table.from_batches([read_rows([extraction(n)])]) for n in (7, 8)]
    for turn in range(2):  # the second time, the run is handed in again
        for number, part in enumerate(parts, start=1):
            done = store.append_read(part, revise=True, run="night", part=number)
            assert len(done.added) == 1 - turn
    articles = Query(store.location).articles(ALL)
    assert list(articles.loc[articles["article_id"] > 6, "revision"]) == [1, 1]
    assert store.append_read(parts[0], revise=True, run="day", part=1).added == (7,)


def test_lone_surrogates_are_stored_with_offsets_kept(tmp_path: Path, extraction: Make) -> None:
    store = Store(tmp_path / "store")
    store.append([extraction(1, text="\ud83d broken \x00 \u202b עברית")])
    assert Query(store.location).article(1)["text"].iloc[0] == "\ufffd broken \x00 \u202b עברית"


def test_rejected_files_are_listed_once(store: Store) -> None:
    row = rejected_row("a.txt", "the file is empty", "", "0 bytes", "Leave it out.")
    store.append_rejected([row, row])
    store.append_rejected([row])
    rejected = Query(store.location).rejected()
    assert list(rejected["file"]) == ["a.txt"]
    assert rejected["advice"].iloc[0] == "Leave it out."


def test_stories_are_kept_and_a_new_grouping_replaces_the_old(store: Store) -> None:
    query = Query(store.location)
    store.append_stories({11: 11, 21: 11, 31: 11})
    assert set(query.events(ALL).set_index("event_id")["story_id"].loc[[11, 21, 31]]) == {11}
    version = query.version()
    store.append_stories({21: 11, 31: 11})
    assert query.version() == version
    store.append_stories({11: 11, 31: 31})
    assert (query.events(ALL)["story_id"] == query.events(ALL)["event_id"]).all()


def test_an_edit_counts_until_it_is_taken_back(store: Store) -> None:
    query = Query(store.location)
    store.append_stories({11: 11, 21: 11})
    store.append_edit(21, "story_id", "21", "another strike")
    store.append_edit(11, "status", "claimed", "told by one side")
    store.append_edit(11, "status", "denied", "denied since")
    events = query.events(ALL).set_index("event_id")
    assert (events["status"].loc[11], events["status"].loc[21]) == ("denied", "reported")
    assert list(events["story_id"].loc[[11, 21]]) == [11, 21]
    assert query.count(Filters(statuses=("denied",))) == 4
    store.append_edit(21, "story_id", "", "a mistake")
    store.append_edit(11, "status", "", "a mistake")
    events = query.events(ALL).set_index("event_id")
    assert events["status"].loc[11] == "reported"
    assert list(events["story_id"].loc[[11, 21]]) == [11, 11]


@pytest.mark.parametrize(
    ("column", "value"), [("quote", "x"), ("status", "true"), ("story_id", "1; DROP")]
)
def test_an_edit_that_makes_no_sense_is_refused(store: Store, column: str, value: str) -> None:
    with pytest.raises(ValueError, match=column):
        store.append_edit(11, column, value, "")


def test_maintenance_changes_no_answer(store: Store, extraction: Make) -> None:
    for number in range(4, 12):
        store.append([extraction(number)])
    before = Query(store.location).events(ALL)
    months = before["first"].fillna(before["last"]).dt.strftime("%Y-%m").nunique(dropna=False)
    left = maintain(store)
    assert (left["events"], left["articles"], left["texts"], left["mentions"]) == (months, 1, 1, 1)
    for file in (store.location / "events").glob("month=*/*.parquet"):
        days = pq.read_table(file, columns=["first"], partitioning=None).column(0).to_pylist()
        assert days == sorted(days, key=lambda day: (day is None, day))
    assert Query(store.location).events(ALL).equals(before)


def test_a_missing_store_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="load articles first"):
        Query(tmp_path / "none").count(ALL)


@pytest.mark.parametrize("marker", ["", "{", "[]", '{"schema": "x"}', '{"schema": 99}'])
def test_an_unusable_marker_is_said(store: Store, marker: str) -> None:
    (store.location / "store.json").write_text(marker)
    with pytest.raises(StoreDamaged, match="store"):
        Query(store.location).count(ALL)


def test_a_missing_table_is_said(store: Store) -> None:
    (store.location / "events").rename(store.location / "gone")
    with pytest.raises(StoreDamaged, match="damaged at .*events"):
        Query(store.location).count(ALL)


def test_a_broken_data_file_is_said(store: Store) -> None:
    for file in (store.location / "events").rglob("*.parquet"):
        file.write_bytes(b"nothing")
    with pytest.raises(StoreDamaged, match="damaged"):
        Query(store.location).events(ALL)


def test_a_broken_log_is_said(store: Store) -> None:
    for file in (store.location / "events" / "_delta_log").glob("*.json"):
        file.write_text("{not json")
    with pytest.raises(StoreDamaged, match="damaged"):
        Query(store.location).events(ALL)


def test_the_location_is_one_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FRISE_STORE", str(tmp_path))
    assert store_location() == tmp_path
    assert store_location(tmp_path / "b") == tmp_path / "b"
    monkeypatch.delenv("FRISE_STORE")
    assert store_location() == ROOT / "data" / "store"
    with pytest.raises(StoreError, match="is no address of a store"):
        store_location("gs://bucket/store")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, extraction: Make) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store(tmp_path / "file" / "store").append([extraction(1)])


# A loader that reports each batch only after it was stored.
_LOADER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from conftest import make_extraction
from events.store import Store
store = Store(Path({location!r}))
print("ready", flush=True)
for first in range({start}, {stop}, 2):
    added = store.append([make_extraction(first), make_extraction(first + 1)]).added
    print("stored", *added, flush=True)
"""


def _loader(location: Path, start: int, stop: int) -> subprocess.Popen[str]:
    code = _LOADER.format(
        root=str(ROOT),
        tests=str(Path(__file__).parent),
        location=str(location),
        start=start,
        stop=stop,
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def _reported(output: str) -> set[int]:
    whole = [line for line in output.splitlines(keepends=True) if line.endswith("\n")]
    return {int(n) for line in whole if line.startswith("stored") for n in line.split()[1:]}


def test_a_kill_loses_nothing_reported_and_leaves_nothing_partial(tmp_path: Path) -> None:
    location, chance = tmp_path / "store", random.Random(5)
    reported: set[int] = set()
    for _ in range(2):
        process = _loader(location, 1, 1001)
        assert process.stdout
        told = "".join(process.stdout.readline() for _ in range(chance.randint(2, 6)))
        time.sleep(chance.uniform(0, 0.06))
        os.kill(process.pid, signal.SIGKILL)
        reported |= _reported(told + process.communicate()[0])
        _assert_whole(location, reported)
    assert reported


def _assert_whole(location: Path, reported: set[int]) -> None:
    query = Query(location)
    events = query.events(ALL)
    articles = set(query.articles(ALL)["article_id"])
    assert reported <= articles
    assert events["event_id"].is_unique
    assert set(events["article_id"]) == articles
    assert (events.groupby("article_id").size() == 4).all()
    mentions = query.mentions(ALL).groupby("article_id").size()
    assert set(mentions.index) == articles
    assert (mentions == 4).all()


def test_two_loads_and_a_reader_at_once(tmp_path: Path) -> None:
    location = tmp_path / "store"
    Store(location).create()
    loads = [_loader(location, 1, 13), _loader(location, 7, 21)]
    query, counts = Query(location), []
    while any(load.poll() is None for load in loads):
        counts.append(query.count(ALL))
        time.sleep(0.02)
    assert [load.wait() for load in loads] == [0, 0]
    for load in loads:
        load.communicate()
    assert counts == sorted(counts)
    assert all(count % 4 == 0 for count in counts)
    assert sorted(query.articles(ALL)["article_id"]) == list(range(1, 21))
    assert query.count(ALL) == 80


def test_the_schema_version_is_written(store: Store) -> None:
    told = json.loads((store.location / "store.json").read_text())
    assert (told["schema"], len(told["id"])) == (4, 16)


def stories_of(query: Query, *events: int) -> list[int]:
    return list(query.events(ALL).set_index("event_id")["story_id"].loc[list(events)])


def test_a_report_split_off_stays_apart_whatever_is_grouped_later(store: Store) -> None:
    query = Query(store.location)
    store.append_stories({11: 11, 21: 11, 31: 11})
    store.split(11, "another strike", "M. Aubry")
    alone, *others = stories_of(query, 11, 21, 31)
    assert others == [11, 11]
    assert alone not in (11, 21, 31)
    store.append_stories({11: 21, 21: 21, 31: 21})  # now another report leads
    assert stories_of(query, 11, 21, 31) == [alone, 21, 21]
    assert query.story(21)["event_id"].tolist() == [21, 31]
    store.append_edit(11, "story_id", "", "a mistake", "M. Aubry")
    assert stories_of(query, 11, 21, 31) == [21, 21, 21]


def test_joined_stories_stay_joined_whatever_is_grouped_later(store: Store) -> None:
    query = Query(store.location)
    store.append_stories({12: 12, 22: 12})
    store.join(22, 31, "the same aid", "M. Aubry")
    store.join(31, 33, "a chain")
    assert stories_of(query, 12, 22, 31, 33) == [33, 33, 33, 33]
    store.append_regrouped({12: 22, 22: 22}, 3)
    assert stories_of(query, 12, 22, 31, 33) == [33, 33, 33, 33]
    store.append_edit(31, "joined", "", "a mistake")
    assert stories_of(query, 12, 22, 31, 33) == [31, 31, 31, 33]
    edits = query.edits()
    assert list(edits["standing"]) == [False, False, True]
    assert (edits["who"].iloc[-1], edits["why"].iloc[-1]) == ("M. Aubry", "the same aid")


def test_a_grouping_of_some_days_leaves_the_others(store: Store) -> None:
    query = Query(store.location)
    store.append_stories({11: 11, 21: 11, 31: 11}, 3)
    store.append_regrouped({31: 31, 32: 22, 22: 22}, 4)
    assert stories_of(query, 11, 21, 31, 32) == [11, 11, 31, 22]
    articles, stories = store.grouping()
    assert (articles, dict(stories)) == (4, {21: 11, 32: 22})
    store.append_stories({21: 11}, 4)
    assert stories_of(query, 21, 31, 32) == [11, 31, 32]


def test_copies_share_their_origin(store: Store, extraction: Make) -> None:
    query = Query(store.location)
    other = extraction(5)
    store.append([replace(other, article=replace(other.article, source="Le Soir"))])
    store.append_copies({5: 1})
    events = query.events(ALL).set_index("event_id")
    assert (events["copy_of"].loc[51], events["origin"].loc[51]) == (1, "Élysée Matin")
    assert (events["copy_of"].loc[11], events["origin"].loc[11]) == (1, "Élysée Matin")
    version = query.version()
    store.append_copies({5: 1, 1: 1})
    assert query.version() == version
    store.append_copies({5: 5})
    assert query.events(ALL).set_index("event_id")["origin"].loc[51] == "Le Soir"


def test_reading_hands_no_python_file_to_arrow(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arrow's threads abort a process that ends while they still hold a Python object."""
    monkeypatch.setattr(delta_files, "DeltaStorageHandler", None)
    assert store.article_rows() > 0


@pytest.mark.parametrize(
    "name",
    ["my store", "Données é", "Новости 新闻", "a?b*c", 'it\'s "x" {a,b}', "#;$~=+&<>`", "x" * 200],
)
def test_a_store_in_a_folder_of_any_name_is_read(
    name: str, tmp_path: Path, extraction: Make
) -> None:
    store = Store(tmp_path / name / "store")
    store.append([extraction(1)])
    store.append([extraction(2)])
    maintain(store)
    query = Query(store_location(store.location))
    assert query.events(Filters()).shape[0] == 8
    assert query.count(Filters(text="Dnipro")) > 0
    assert check(store.location) == []


@pytest.mark.parametrize("name", ["50% off", "a[b]", "a^b", "a|b", "a\\b", "a\tb"])
def test_a_folder_that_delta_cannot_use_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot hold a store"):
        store_location(tmp_path / name)
