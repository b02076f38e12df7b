"""Several writers of one bucket: nothing is lost, double or half there, whoever dies when."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import obstore
import pytest
from deltalake import DeltaTable

from events import audit_log
from events.bucket import checking, lease
from events.bucket.checking import sweep
from events.bucket.objects import Objects, StoreUnreachable
from events.bucket.sending import StoreOvertaken
from events.bucket.working_copy import written
from events.filters import Filters
from events.integrity import check
from events.query import Query
from events.store import Store, StoreBusy, store_location
from tests.hand_made import extractions
from tests.object_store import Shared

ALL = Filters()
ROOT = Path(__file__).resolve().parents[3]
# a process that appends an article again, and is killed with its own hand where CALL is reached
KILLED = """
import os, signal
from events.bucket import {module}
from events.store import Store
from tests.hand_made import extractions
first = getattr({module}, "{name}")
def end(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)
{module}.{name} = end
Store().append(extractions()[:1], revise=True)
"""


def killed(shared: Shared, module: str, name: str) -> None:
    """Let this machine append a revision of an article and be killed at a function."""
    told = KILLED.format(module=module, name=name)
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=shared.environment())
    assert done.returncode == -signal.SIGKILL


def line(text: str) -> str:
    """A headline as an edit tells it."""
    return json.dumps({"text": text, "lang": "en"})


def edits(store: Store) -> list[tuple[int, str]]:
    rows = store.read("edits", ["edit_id", "who"]).to_pylist()
    return sorted((row["edit_id"], row["who"]) for row in rows)


def events(store: Store) -> list[int]:
    return [int(i) for i in Query(store.location).events(ALL)["event_id"]]


def listed(shared: Shared) -> set[str]:
    return {each["path"] for chunk in obstore.list(shared.objects()) for each in chunk}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease that is soon taken over."""
    monkeypatch.setattr(lease, "EXPIRES", 0.4)
    monkeypatch.setattr(lease, "BEAT", 0.1)


def test_two_writers_lose_nothing(shared: Shared, here: Store) -> None:
    event = events(here)[0]
    shared.at("there")
    machines = {"Ana": here, "Ben": Store()}
    wrong: list[Exception] = []

    def write(who: str) -> None:
        try:
            for number in range(5):
                machines[who].append_edit(event, "headline", line(f"{who} {number}"), "why", who)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    location = store_location()
    told = edits(Store(location))
    assert [number for number, _ in told] == list(range(1, 11))
    assert [who for _, who in told].count("Ana") == 5
    assert audit_log.breaks(location) == []
    assert len(audit_log.entries(location)) == 10
    assert check(location) == []


@pytest.mark.usefixtures("quick")
def test_who_waits_too_long_is_told(shared: Shared, here: Store) -> None:
    shared.at("there")
    there = Store()
    with here.lock():
        told = pytest.raises(StoreBusy, match=f"held {shared.address} for 1 s")
        with told, there.lock("edits", wait=1):  # renewed, longer than it lasts unrenewed
            pass
    with there.lock("edits", wait=1):
        pass


@pytest.mark.usefixtures("quick")
def test_a_lease_that_nobody_renews_is_taken_over(shared: Shared, here: Store) -> None:
    objects = Objects(shared.address)
    tag = objects.get(lease.KEY)
    assert tag
    assert objects.put_if(lease.KEY, b'{"owner": "somebody who died"}', tag[1])
    for _try in range(10):  # each of them shorter than it lasts: they count together
        with suppress(StoreBusy), here.lock(wait=0.1):
            break
    assert b'"owner": ""' in (objects.get(lease.KEY) or (b"", ""))[0]


def test_who_lost_the_lease_overwrites_nothing(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = events(here)[0]
    reader = Query(here.location)
    there = Store(shared.at("there").location)

    def overtaken() -> None:
        """Ana's machine sleeps after it wrote, and Ben's takes the lease over."""
        with written(here.location, 5):
            here.append_edit(event, "headline", line("Ana's"), "why", "Ana")
            assert edits(here) == [(1, "Ana")]
            with monkeypatch.context() as patch:
                patch.setattr(lease, "_holder", lambda objects: ("", objects.get(lease.KEY)[1]))
                there.append_edit(event, "headline", line("Ben's"), "why", "Ben")

    with pytest.raises(StoreOvertaken, match="nothing of this was stored"):
        overtaken()
    assert edits(here) == [(1, "Ben")]
    assert list(reader.event(event)["headline"]) == ["Ben's"]
    here.append_edit(event, "headline", line("Ana's"), "why", "Ana")
    assert edits(here) == [(1, "Ben"), (2, "Ana")]
    assert list(reader.event(event)["headline"]) == ["Ana's"]
    assert audit_log.breaks(here.location) == []
    assert check(here.location) == []


def test_a_reader_never_sees_what_is_not_yet_sent(shared: Shared, here: Store) -> None:
    event = events(here)[0]
    reader = Query(here.location)
    seen = [list(reader.event(event)["headline"])]

    def look() -> None:
        seen.append(list(reader.event(event)["headline"]))

    def interrupted() -> None:
        with written(here.location, 5):
            here.append_edit(event, "headline", line("Taken back"), "why", "Ana")
            other = threading.Thread(target=look)
            other.start()
            other.join()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    look()
    assert seen == [seen[0]] * 3
    assert edits(here) == []
    here.append_edit(event, "headline", line("Kept"), "why", "Ana")
    look()
    assert seen[-1] == ["Kept"]


def test_what_a_reader_saw_and_was_taken_back_is_read_anew(shared: Shared, here: Store) -> None:
    event = events(here)[0]
    reader = Query(here.location)
    was = list(reader.event(event)["headline"])

    def interrupted() -> None:
        with written(here.location, 5):
            here.append_edit(event, "headline", line("Taken back"), "why", "Ana")
            assert list(reader.event(event)["headline"]) == ["Taken back"]  # by the writer himself
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(reader.event(event)["headline"]) == was
    Store(shared.at("there").location).append_edit(event, "headline", line("Next"), "why", "Ben")
    assert list(reader.event(event)["headline"]) == ["Next"]


def test_an_answer_that_was_lost_is_no_defeat(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, event = Objects.put_if, events(here)[0]

    def twice(self: Objects, key: str, content: bytes, tag: str | None) -> str | None:
        """As a client that gets no answer, asks again, and is told that it came too late."""
        told = put(self, key, content, tag)
        return put(self, key, content, tag) if key == "contents.json" else told

    with monkeypatch.context() as patch:
        patch.setattr(Objects, "put_if", twice)
        here.append_edit(event, "headline", line("Kept"), "why", "Ana")
    shared.at("there")
    assert edits(Store()) == [(1, "Ana")]


@pytest.mark.usefixtures("quick")
def test_a_load_that_is_killed_before_its_commit_is_not_there(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    was, rows, objects = sorted(events(here)), here.article_rows(), listed(shared)
    killed(shared, "sending", "_committed")  # all objects are sent, nothing names them
    left = listed(shared) - objects
    assert len(left) > 10
    assert here.article_rows() == rows + 1  # in the folder alone, which nobody looked at yet
    shared.at("there")
    assert sorted(events(Store())) == was
    assert Store().article_rows() == rows
    shared.at("here")
    assert check(store_location()) == []
    assert here.article_rows() == rows
    here.append(extractions()[:1], revise=True)  # the next goes on
    assert here.article_rows() == rows + 1
    obstore.put(shared.objects(), "somebody/else.txt", b"not ours")
    sweep(shared.at("here"), 0)
    assert left <= listed(shared)  # young: somebody may be sending them
    monkeypatch.setattr(checking, "_LEAST", dt.timedelta(0))
    time.sleep(1.1)  # moments of objects are told in seconds
    assert sweep(shared.at("here"), 0) == len(left)
    assert not left & listed(shared)
    assert "somebody/else.txt" in listed(shared)
    shared.at("there")
    assert sorted(events(Store())) == was
    assert check(store_location()) == []


@pytest.mark.usefixtures("quick")
def test_what_was_committed_before_a_kill_is_kept(shared: Shared, here: Store) -> None:
    was = here.article_rows()
    killed(shared, "working_copy", "published")
    options = {**shared.variables, "AWS_ALLOW_HTTP": "true"}
    version = DeltaTable(f"{shared.address}/articles", storage_options=options).version()
    shared.at("there")
    there = Store()
    assert there.article_rows() == was + 1
    assert there.open_table("articles").version() == version + 1  # not yet where others look
    there.append_edit(events(there)[0], "headline", line("Next"), "why", "Ben")
    found = DeltaTable(f"{shared.address}/articles", storage_options=options)
    assert found.version() == version + 1
    shared.at("here")
    assert check(store_location()) == []


def test_what_others_look_for_is_put_there_however_often_that_failed(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, event = Objects.put, events(here)[0]

    def refuse(self: Objects, key: str, content: bytes | Path) -> None:
        if "_delta_log" in key:
            raise StoreUnreachable("{address} cannot be reached", address=self.address)
        put(self, key, content)

    with monkeypatch.context() as patch:
        patch.setattr(Objects, "put", refuse)
        here.append_edit(event, "headline", line("Stored"), "why", "Ana")
        with pytest.raises(StoreUnreachable):  # not before the entries of the first are there
            here.append_edit(event, "headline", line("Refused"), "why", "Ana")
    here.append_edit(event, "headline", line("Kept"), "why", "Ana")
    options = {**shared.variables, "AWS_ALLOW_HTTP": "true"}
    table = DeltaTable(f"{shared.address}/edits", storage_options=options)
    assert table.version() == here.open_table("edits").version()
    assert table.to_pyarrow_table().num_rows == len(edits(here)) == 2


def test_what_is_let_go_is_named_once(shared: Shared, here: Store) -> None:
    copy, most = shared.at("here"), 0
    for number in range(8):
        audit_log.record(here, "export", "Ana", f"file {number}")
        most = max(most, len(copy.held().contents.leaving))
    assert 0 < most <= 4
    assert not set(copy.held().contents.leaving) & listed(shared)


def test_what_cannot_be_sent_is_told_and_taken_back(
    shared: Shared, here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = events(here)[0]

    def refuse(self: Objects, key: str, content: bytes | Path) -> None:
        raise StoreUnreachable("{address} cannot be reached", address=self.address)

    with monkeypatch.context() as patch:
        patch.setattr(Objects, "put", refuse)
        with pytest.raises(StoreUnreachable):
            here.append_edit(event, "headline", line("Lost"), "why", "Ana")
    store_location()
    assert edits(here) == []
    assert check(here.location) == []
    here.append_edit(event, "headline", line("Kept"), "why", "Ana")
    assert edits(here) == [(1, "Ana")]
