"""Notes, tags and bookmarks: what stands, what it is about, what survives."""

from __future__ import annotations

import datetime as dt
import multiprocessing as mp
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from events import annotating, audit_log
from events.annotating import AnnotationRefused, NewNote
from events.annotations import KEPT, Subject
from events.backup import backup, restore
from events.filters import Filters
from events.forgotten import forget_deleted
from events.integrity import check
from events.journal import ANNOTATIONS, Journal
from events.maintenance import maintain
from events.query import Query
from events.store import Store, StoreDamaged
from events.withdrawal import articles_of, erase, withdraw
from tests.events.conftest import make_extraction
from tests.events.damage import a_folder, a_pipe

ALL = Filters()
EVENT, STORY = Subject("event", "11", "Missile", 1), Subject("story", "21", "Missile", 2)
DAY, PLACE = Subject("day", "2024-11-21"), Subject("place", "709930", "Dnipro")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three articles, two of them of one story; tests write to copies."""
    store = Store(tmp_path_factory.mktemp("made") / "store")
    store.append([make_extraction(number) for number in (1, 2, 3)])
    store.append_stories({31: 21})
    return store.location


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    shutil.copytree(made, tmp_path / "store")
    return Store(tmp_path / "store")


def _note(store: Store, subject: Subject, text: str, pinned: bool = False, case: str = "") -> str:
    return annotating.write(store, NewNote(subject, text, pinned, case), "Ana")


def test_notes_are_of_the_event_its_story_its_day_and_its_place(store: Store) -> None:
    query = Query(store.location)
    for text, subject in {"e": EVENT, "s": STORY, "d": DAY, "p": PLACE}.items():
        _note(store, subject, text)
    annotating.tag(store, EVENT, ["false flag?"], "Ana")
    annotating.tag(store, STORY, ["missiles", "to check"], "Ben")
    told = query.with_annotations(query.events(ALL)).set_index("event_id")
    assert told["notes"].to_dict() == {
        11: 3, 12: 0, 13: 0, 14: 1, 21: 3, 22: 0, 23: 0, 24: 1, 31: 3, 32: 0, 33: 0, 34: 1,
    }  # fmt: skip
    assert told["tags"][told["tags"].str.len() > 0].to_dict() == {
        11: ["false flag?"], 21: ["missiles", "to check"], 31: ["missiles", "to check"],
    }  # fmt: skip
    row = {str(name): value for name, value in query.event(31).iloc[0].items()}
    assert sorted(note.text for note in query.notes_about(row)) == ["d", "p", "s"]
    assert (note := query.annotations().notes[0]).who == "Ana"
    assert dt.datetime.now(dt.UTC) - note.at < dt.timedelta(minutes=5)


def test_the_filter_by_tag_asks_events_and_their_stories(store: Store) -> None:
    query = Query(store.location)
    asked = Filters(tags=("missiles",))
    version = query.version()
    assert query.count(asked) == 0
    annotating.tag(store, STORY, ["missiles"], "Ana")
    assert query.events(asked)["event_id"].tolist() == [21, 31]
    assert query.by_story.count(asked) == 1
    assert dict(query.account(asked).hidden) == {"tag": 10}
    assert query.version() != version
    assert Filters.from_params(asked.to_params()) == (asked, [])
    annotating.rename(store, "missiles", "cruise missiles", "Ben")
    assert query.count(asked) == 0
    renamed = Filters(tags=("cruise missiles",))
    assert query.count(renamed) == 2
    annotating.drop(store, "cruise missiles", "Ben")
    assert (query.count(renamed), dict(query.annotations().colours)) == (0, {})
    annotating.drop(store, "cruise missiles", "Ben", deleted=False)
    assert query.count(renamed) == 2
    annotating.tag(store, STORY, [], "Ben")
    assert query.count(renamed) == 0


def test_a_deleted_tag_whose_name_is_used_again_begins_anew(store: Store) -> None:
    def held() -> dict[str, str]:
        return {str(each.subject.key): each.name for each in annotating.read(store).tagged}

    annotating.tag(store, STORY, ["to check"], "Ana")
    annotating.colour(store, "to check", "red", "Ana")
    annotating.drop(store, "to check", "Ben")
    annotating.tag(store, EVENT, ["to check"], "Cleo")
    assert held() == {"11": "to check"}
    annotating.tag(store, Subject("event", "12"), ["urgent"], "Cleo")
    annotating.drop(store, "to check", "Cleo")
    annotating.rename(store, "urgent", "to check", "Cleo")
    assert held() == {"12": "to check"}  # a new name that was deleted hides nothing
    colours = annotating.read(store).colours
    annotating.drop(store, "to check", "Ana", deleted=False)
    assert held() == {"11": "to check", "12": "to check", "21": "to check"}
    told = annotating.read(store)
    assert (told.colours, told.dropped) == (colours, {})


def test_a_note_is_changed_deleted_and_put_back(store: Store) -> None:
    query, now = Query(store.location), dt.datetime.now(dt.UTC)
    note = _note(store, EVENT, " one \n\n two  ", case="c1")
    annotating.change(store, note, "Ben", text="three", pinned=True)
    (told,) = query.annotations().written()
    assert (told.text, told.pinned, told.who, told.changed_by) == ("three", True, "Ana", "Ben")
    assert query.annotations().written("c1") == (told,)
    assert query.annotations().written("c2") == ()
    annotating.delete(store, note, "Ben")
    assert query.annotations().written() == ()
    for gone in (note, "0" * 16):
        with pytest.raises(annotating.NoteDeleted):
            annotating.change(store, gone, "Ana", text="four")
    assert [each.id for each in query.annotations().deleted(now)] == [note]
    assert query.annotations().deleted(now + KEPT + dt.timedelta(days=1)) == ()
    annotating.delete(store, note, "Ana", deleted=False)
    assert query.annotations().written()[0].text == "three"
    annotating.delete(store, note, "Ana")
    forget_deleted(store, now + KEPT + dt.timedelta(days=1))
    assert b"three" not in (store.location / "annotations.jsonl").read_bytes()
    assert check(store.location) == []


def test_bookmarks_are_a_persons_own(store: Store) -> None:
    for who in ("Ana", "Ben"):
        annotating.bookmark(store, EVENT, who)
    annotating.bookmark(store, EVENT, "Ana", kept=False)
    (mark,) = Query(store.location).annotations().bookmarks
    said = [(e.act, e.who, e.of) for e in audit_log.entries(store.location)]
    assert said[-2:] == [
        ("bookmark set", "Ben", "event 11"),
        ("bookmark removed", "Ana", "event 11"),
    ]
    assert (mark.who, mark.subject.event) == ("Ben", 11)


REFUSED: list[tuple[str, Callable[[Store], object]]] = [
    ("the note is empty", lambda s: _note(s, EVENT, " \n\x00")),
    ("of 4001 characters", lambda s: _note(s, EVENT, "x" * 4001)),
    ("'0' is no event", lambda s: _note(s, Subject("event", "0"), "x")),
    ("is no day that", lambda s: _note(s, Subject("day", "2024-02-30"), "x")),
    ("is no place that", lambda s: _note(s, Subject("place", ""), "x")),
    ("tags are for events", lambda s: annotating.tag(s, DAY, ["x"], "Ana")),
    ("no name of a tag", lambda s: annotating.tag(s, EVENT, ["x" * 41], "Ana")),
    ("no colour of a tag", lambda s: annotating.colour(s, "x", "#123456", "Ana")),
    ("give your name", lambda s: annotating.tag(s, EVENT, ["x"], " ")),
]


@pytest.mark.parametrize(("words", "do"), REFUSED, ids=[words for words, _ in REFUSED])
def test_what_cannot_be_noted_is_said(
    words: str, do: Callable[[Store], object], store: Store
) -> None:
    with pytest.raises(AnnotationRefused, match=words):
        do(store)
    assert not (store.location / "annotations.jsonl").exists()


def test_notes_go_with_their_article_and_come_back_with_a_backup(
    store: Store, tmp_path: Path
) -> None:
    query = Query(store.location)
    note = _note(store, EVENT, "a secret")
    annotating.change(store, note, "Ben", text="another secret")
    _note(store, STORY, "kept")
    annotating.tag(store, EVENT, ["x"], "Ana")
    maintain(store)
    backup(store.location, tmp_path / "a.zip")
    withdraw(store, articles_of(store, ["1"]), "a retraction", "Ben")
    assert query.lost_annotations().notes == ()
    erase(store, articles_of(store, ["1"]), "a court", "Ben")
    assert [each.text for each in query.annotations().notes] == ["kept"]
    assert b"secret" not in (store.location / "annotations.jsonl").read_bytes()
    assert check(store.location) == []
    restore(tmp_path / "a.zip", store.location)
    assert [n.text for n in Query(store.location).annotations().notes] == ["another secret", "kept"]


def test_what_is_noted_of_an_event_that_went_is_listed_or_moved(store: Store) -> None:
    query = Query(store.location)
    for subject in (Subject("event", "99", "gone", 1), EVENT):
        _note(store, subject, subject.about)
        annotating.tag(store, subject, ["x"], "Ana")
    lost = query.lost_annotations()
    assert ([n.text for n in lost.notes], len(lost.tagged)) == (["gone"], 1)
    annotating.move(store, {99: 12})
    assert query.lost_annotations().events() == frozenset()
    assert query.events(Filters(tags=("x",)))["event_id"].tolist() == [12, 11]
    known_then = Query(store.location, known_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    assert known_then.annotations().notes == ()


def _write_many(location: Path, who: str, until: int) -> None:
    for number in range(until):
        annotating.write(Store(location), NewNote(EVENT, f"{who} {number}"), who)


def test_two_writers_and_a_kill_lose_nothing(store: Store) -> None:
    context = mp.get_context("fork")
    writers = [
        context.Process(target=_write_many, args=(store.location, who, n))
        for who, n in (("Ana", 15), ("Ben", 10_000))
    ]
    for each in writers:
        each.start()
    writers[0].join()
    while len(Query(store.location).annotations().notes) < 30:
        time.sleep(0.01)
    assert writers[1].pid
    os.kill(writers[1].pid, signal.SIGKILL)
    writers[1].join()
    _note(store, EVENT, "after")
    told = [note.text for note in Query(store.location).annotations().notes]
    bens = [text for text in told if text.startswith("Ben")]
    assert [text for text in told if text.startswith("Ana")] == [f"Ana {n}" for n in range(15)]
    assert bens == [f"Ben {n}" for n in range(len(bens))]
    assert (told[-1], check(store.location)) == ("after", [])


HARMS: dict[str, Callable[[Journal], object]] = {
    "a folder": lambda j: a_folder(j.path),
    "a pipe": lambda j: a_pipe(j.path),
    "empty": lambda j: j.path.write_bytes(b""),
    "garbage": lambda j: j.path.write_bytes(b"\xff\x00\n[1]\n"),
    "a line that nobody wrote": lambda j: j.path.write_bytes(j.path.read_bytes() + b"{}\n"),
    "no end of the last line": lambda j: j.path.write_bytes(j.path.read_bytes()[:-1]),
    "a head of garbage": lambda j: j.head.write_text("x", encoding="utf-8"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_damage_of_a_journal_is_said_and_nothing_written_over(harm: str, store: Store) -> None:
    journal = Journal(store.location, ANNOTATIONS)
    _note(store, EVENT, "one")
    HARMS[harm](journal)
    assert [*journal.damage()]
    with pytest.raises(StoreDamaged):
        Query(store.location).count(ALL)
    with pytest.raises(StoreDamaged):
        _note(store, EVENT, "two")


def test_a_line_that_a_kill_cut_is_taken_away_and_a_lost_one_is_damage(store: Store) -> None:
    journal = Journal(store.location, ANNOTATIONS)
    _note(store, EVENT, "kept")
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole + whole[:40])
    _note(store, EVENT, "next")
    assert [row["text"] for c in journal.read() for row in c.rows] == ["kept", "next"]
    journal.path.write_bytes(whole)
    assert [path for path, _ in journal.damage()] == [journal.path]
