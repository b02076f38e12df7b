"""A store in a bucket: what one machine writes, the others read, row by row."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import obstore
import pandas as pd
import pyarrow as pa
import pytest
from deltalake import DeltaTable

from events import annotating, audit_log, claims, kept_file, originals, packs
from events.annotating import NewNote
from events.annotations import Subject
from events.bucket.files import OWN
from events.bucket.objects import Objects
from events.filters import Filters
from events.integrity import check
from events.maintenance import maintain
from events.query import Query
from events.store import Store, store_location
from events.store_errors import write_beside
from events.tables import SCHEMAS
from events.withdrawal import erase, withdrawn
from tests.hand_made import extractions, make_store
from tests.object_store import Shared

ALL = Filters()
DIGEST = "ab" * 32
# of the moment and the run of a load, and not of its articles
OF_LOADING = ("load_id", "loaded_at", "retrieved", "loaded", "at", "run", "number")


def rows(store: Store, name: str) -> list[dict[str, object]]:
    """The rows of a table, in an order of their own, without what each load tells anew."""
    table: pa.Table = store.read(name, [c for c in SCHEMAS[name].names if c not in OF_LOADING])
    return sorted(table.to_pylist(), key=lambda row: json.dumps(row, default=str, sort_keys=True))


def event_ids(query: Query) -> list[int]:
    return [int(i) for i in query.events(ALL)["event_id"]]


def test_another_machine_reads_every_row_of_a_folder(shared: Shared, tmp_path: Path) -> None:
    make_store(store_location())
    make_store(tmp_path / "folder")
    here = Store()
    shared.at("there")
    there, folder = Store(), Store(tmp_path / "folder")
    assert there.location != here.location
    for name in SCHEMAS:
        if name != "tokens":  # it names rows by the numbers of their load
            assert rows(there, name) == rows(folder, name), name
    assert check(there.location) == []
    assert len(rows(there, "events")) == 16
    told, wanted = Query(there.location), Query(folder.location)
    assert told.account(ALL) == wanted.account(ALL)
    pd.testing.assert_frame_equal(
        told.events(ALL).drop(columns=["loaded_at"], errors="ignore"),
        wanted.events(ALL).drop(columns=["loaded_at"], errors="ignore"),
    )


def test_a_reader_that_is_open_sees_what_another_machine_writes(
    shared: Shared, here: Store
) -> None:
    shared.at("there")
    query = Query(store_location())
    event = event_ids(query)[0]
    before = set(query.events(ALL)["type"])
    here.append_edit(event, "type", "ASSAULT", "a second look", "Ana")
    told = query.event(event)
    assert list(told["type"]) == ["ASSAULT"]
    assert "ASSAULT" not in before or len(told) == 1
    assert list(query.history()["who"]) == ["Ana"]


def test_notes_claims_packs_and_the_log_are_those_of_all(shared: Shared, here: Store) -> None:
    event = event_ids(Query(here.location))[0]
    annotating.write(here, NewNote(Subject("event", str(event)), "À relire."), "Ana")
    assert claims.claim(here.location, "Ana", [event], 5) == [event]
    packs.note_pack(here.location, ALL, "1", pd.Timestamp("2026-11-30", tz="UTC").to_pydatetime())
    shared.at("there")
    there = Store()
    annotating.write(there, NewNote(Subject("event", str(event)), "Relu."), "Ben")
    store_location()
    assert [note.text for note in annotating.read(there).notes] == ["À relire.", "Relu."]
    assert claims.claim(there.location, "Ben", [event], 5) == []
    assert packs.last_pack(there.location, ALL, "2") is not None
    shared.at("here")
    assert [entry.who for entry in audit_log.entries(store_location())] == ["Ana", "Ben"]
    assert audit_log.breaks(store_location()) == []
    assert check(store_location()) == []


def test_other_programs_read_the_tables_where_they_lie(shared: Shared, here: Store) -> None:
    event = event_ids(Query(here.location))[0]
    here.append_edit(event, "type", "ASSAULT", "why", "Ana")
    maintain(here)
    options = {**shared.variables, "AWS_ALLOW_HTTP": "true"}
    for name in SCHEMAS:
        table = DeltaTable(f"{shared.address}/{name}", storage_options=options)
        assert table.version() == here.open_table(name).version(), name
        found = table.to_pyarrow_table()
        assert found.num_rows == here.read(name, [SCHEMAS[name].names[0]]).num_rows, name


def test_only_what_is_new_travels(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.at("there")
    event = event_ids(Query(store_location()))[0]
    here.append_edit(event, "type", "ASSAULT", "why", "Ana")
    asked: list[str] = []
    fetch = Objects.pieces

    def noted(self: Objects, key: str) -> Iterator[bytes]:
        asked.append(key)
        return fetch(self, key)

    monkeypatch.setattr(Objects, "pieces", noted)
    assert list(Query(store_location()).event(event)["type"]) == ["ASSAULT"]
    # the new row, its entry in the log, the manifest, and the log of acts with what states it
    assert len(asked) == 5
    assert sum(key.endswith(".parquet") for key in asked) == 1
    store_location()
    assert len(asked) == 5


def test_an_act_takes_few_requests(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/store.md says."""
    here.append_edit(1, "type", "ASSAULT", "why", "Ana")
    asked: Counter[str] = Counter()

    def noted(name: str) -> Callable[..., Any]:
        first = getattr(Objects, name)

        def ask(self: Objects, *given: Any) -> Any:
            asked[name] += 1
            return first(self, *given)

        return ask

    for name in ("get", "put", "put_if", "delete", "pieces"):
        monkeypatch.setattr(Objects, name, noted(name))
    store_location()
    assert asked == {"get": 1}
    asked.clear()
    here.append_edit(1, "type", "AGREE", "why", "Ana")
    assert asked.total() == 13
    Store(shared.at("there").location).append_edit(1, "type", "ASSAULT", "why", "Ben")
    asked.clear()
    here.append_edit(1, "type", "AGREE", "why", "Ana")
    assert asked.total() == 21  # what the other one wrote is fetched, and its publishing seen to


def test_what_grows_at_its_end_travels_in_few_pieces(shared: Shared, here: Store) -> None:
    for number in range(20):
        audit_log.record(here, "export", "Ana", f"file {number}")
    copy = shared.at("here")
    kept = copy.held().contents.files["log.jsonl"]
    assert kept.size == (here.location / "log.jsonl").stat().st_size
    assert len(kept.pieces) <= 5
    assert sum(size for _, size in kept.pieces) == kept.size
    shared.at("there")
    assert [entry.of for entry in audit_log.entries(store_location())][-1] == "file 19"
    audit_log.record(Store(), "export", "Ben", "file 20")
    shared.at("here")
    assert len(audit_log.entries(store_location())) == 21
    assert audit_log.breaks(store_location()) == []


def test_erased_words_leave_the_bucket_and_the_other_copies(shared: Shared, here: Store) -> None:
    shared.at("there")
    there = Store()
    article = extractions()[0].article
    assert article.text in there.read("texts", ["text"]).column("text").to_pylist()
    beside = [
        (originals.folder(at) / "ab" / DIGEST, kept_file.folder(at) / kept_file.NAME)
        for at in (here.location, there.location)
    ]
    for place in (place for places in beside for place in places):
        place.parent.mkdir(parents=True)
        place.write_text(article.text, encoding="utf-8")
    erase(here, {article.id: DIGEST}, "a court ordered it", "Ana")
    left = [[place.exists() for place in places] for places in beside]
    assert left == [[False, False], [True, True]]  # until that machine looks
    listed = [each["path"] for chunk in obstore.list(shared.objects()) for each in chunk]
    words = article.text[:30].encode()
    assert not [p for p in listed if words in bytes(obstore.get(shared.objects(), p).bytes())]
    shared.at("there")
    store_location()
    files = [Path(around, name) for around, _, names in os.walk(there.location) for name in names]
    assert not [path for path in files if words in path.read_bytes()]
    assert not any(place.exists() for place in beside[1])
    assert article.id in withdrawn(Store())


def test_a_claim_that_stands_is_not_sent_again(shared: Shared, here: Store) -> None:
    copy, now = shared.at("here"), dt.datetime.now(dt.UTC)

    def numbers(*claimed: dt.datetime) -> list[int]:
        first = copy.held().contents.number
        told = []
        for moment in claimed:
            assert claims.claim(here.location, "Ana", [1, 2], 2, moment) == [1, 2]
            told.append(copy.held().contents.number - first)
        return told

    half = now + claims.LASTING / 2
    assert numbers(now, now + dt.timedelta(minutes=4), half, half) == [1, 1, 2, 2]
    assert claims.claim(here.location, "Ana", [2], 2, half) == [2]  # another one is
    assert claims.held(here.location, half) == {2: "Ana"}


def test_what_is_of_this_machine_outlives_another_store_in_the_bucket(
    shared: Shared, here: Store, made_store: Path
) -> None:
    shared.at("there")
    there = Store()
    for name in OWN:
        (there.location / name).write_text("{}", encoding="utf-8")
    shared.at("here")
    with here.lock_all():
        write_beside(here.location / "store.json", (made_store / "store.json").read_text() + " ")
    shared.at("there")
    assert store_location() == there.location
    assert (there.location / "store.json").read_text().endswith(" ")
    assert [name for name in OWN if (there.location / name).read_text() == "{}"] == [*OWN]


def test_joined_files_are_the_same_rows(shared: Shared, here: Store) -> None:
    here.append(extractions()[:1], revise=True)
    shared.at("there")
    query = Query(store_location())
    before = sorted(event_ids(query))
    shared.at("here")
    maintain(here)
    shared.at("there")
    assert sorted(event_ids(query)) == before
    assert check(store_location()) == []
