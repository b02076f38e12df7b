"""Decisions of a review: their states, their undoing, two readers, the order, and claims."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from events import audit_log, claims
from events.agreement import agreements, kappa, read_by_two
from events.corrections import EditRefused
from events.editing import correct, newest_edit
from events.filters import Filters
from events.gold_lines import gold_lines
from events.model import Extraction
from events.query import Query
from events.review_order import COLUMNS, review_order
from events.reviews import Decision, TakenBack, Verdict, decided, progress, read_by, store_all
from events.store import EditedMeanwhile, Store
from tests.events.conftest import by_reader


def decide(query: Query, told: Decision | TakenBack, who: str) -> None:
    """Store it; raises why it cannot be stored."""
    for why in store_all(query, [told], who).values():
        raise why


ACCUSE = {"type": "ACCUSE"}
TOLD = (
    Decision(11, "accepted", seen=0),
    Decision(12, "corrected", ACCUSE, 0),
    Decision(13, "rejected", seen=0),
)


def states(query: Query) -> dict[int, str]:
    return {int(row["event_id"]): row["state"] for row in decided(query).to_dict("records")}


def test_each_verdict_is_a_state_and_is_undone(store: Store) -> None:
    query = Query(store.location)
    for decision, who in zip(TOLD, ("Ana", "Ana", "Ben"), strict=True):
        decide(query, decision, who)
    assert states(query) == {11: "accepted", 12: "corrected", 13: "rejected"}
    assert decided(query)["who"].tolist() == ["Ben", "Ana", "Ana"]
    told = progress(decided(query), [11, 12, 13, 14])
    assert told == {"unread": 1, "accepted": 1, "corrected": 1, "rejected": 1}
    assert [read_by(decided(query), [11, 13, 14], who) for who in ("Ana", "Ben")] == [1, 1]
    assert query.event(11)["edited"].tolist() == [True]  # whatever its certainty, it is shown
    assert 13 not in query.events(Filters(sure="any"))["event_id"].tolist()
    for decision, who in zip(TOLD, ("Ana", "Ana", "Ben"), strict=True):
        decide(query, TakenBack(decision.event_id, 0, [decision]), who)
    assert states(query) == {}
    acts = [entry.act for entry in audit_log.entries(store.location)]
    back = ["review taken back", "edit taken back", "review taken back"]
    assert acts == ["accepted", "edit", "rejected", *back]
    assert query.event(12)["type"].tolist() == ["AID"]
    assert len(query.event(13)) == 1


def test_an_event_is_read_by_whom_it_has_its_state_from_not_by_who_came_last(store: Store) -> None:
    query = Query(store.location)
    for who, type_ in (("Cleo", "CONSULT"), ("Ana", "ACCUSE")):
        decide(query, Decision(12, "corrected", {"type": type_}, newest_edit(query, 12)), who)
    decide(query, Decision(12, "accepted", seen=newest_edit(query, 12)), "Ben")
    assert states(query) == {12: "corrected"}
    found = [read_by(decided(query), [12], who) for who in ("Cleo", "Ana", "Ben")]
    assert found == [0, 1, 0]


def test_what_was_rejected_can_be_accepted_and_that_undone(store: Store) -> None:
    query = Query(store.location)
    decide(query, Decision(11, "rejected"), "Ana")
    again = Decision(11, "accepted", seen=newest_edit(query, 11))
    decide(query, again, "Ana")
    assert states(query) == {11: "accepted"}
    decide(query, TakenBack(11, again.seen or 0, [again]), "Ana")
    assert states(query) == {11: "rejected"}


def test_what_is_told_otherwise_since_is_unread_again(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    query = Query(store.location)
    decide(query, Decision(11, "accepted"), "Ana")
    again = extraction(1)
    store.append([again], revise=True)
    assert states(query) == {11: "accepted"}
    other = replace(again.events[0], type="PROTEST")
    store.append([replace(again, events=(other, *again.events[1:]))], revise=True)
    assert states(query) == {}


def test_a_decision_is_checked(store: Store) -> None:
    query = Query(store.location)
    for wrong in ({"type": "WAR"}, {"event": "no"}, {}):
        with pytest.raises(EditRefused):
            decide(query, Decision(11, "corrected", wrong), "Ana")
    with pytest.raises(EditRefused, match="not in the store"):
        decide(query, Decision(999, "accepted"), "Ana")
    seen = newest_edit(query, 11)
    correct(query, 11, ACCUSE, "", "Ben")
    with pytest.raises(EditedMeanwhile, match="Ben"):
        decide(query, Decision(11, "accepted", seen=seen), "Ana")
    with pytest.raises(EditedMeanwhile, match="Ben"):
        decide(query, TakenBack(11, 0), "Ana")


def test_what_comes_together_is_stored_at_once(store: Store) -> None:
    query = Query(store.location)
    told = [*TOLD, Decision(14, "corrected", {"type": "WAR"}), Decision(999, "accepted")]
    assert set(store_all(query, told, "Ana")) == {14, 999}
    assert states(query) == {11: "accepted", 12: "corrected", 13: "rejected"}
    assert query.edits()["at"].nunique() == 1
    back = [TakenBack(11, 0, TOLD[:1]), TakenBack(13, 0, TOLD[2:])]
    assert store_all(query, back, "Ana") == {}
    assert states(query) == {12: "corrected"}
    edits = len(query.history())
    assert store_all(query, back, "Ana") == {}
    assert len(query.history()) == edits


def test_what_another_changes_while_it_is_stored_is_refused_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    query, really, calls = Query(store.location), Store.append_all_edits, iter([True])

    def after_ben(self: Store, *told: Any) -> None:
        if next(calls, False):
            correct(Query(store.location), 11, {"status": "denied"}, "", "Ben")
        really(self, *told)

    monkeypatch.setattr(Store, "append_all_edits", after_ben)
    refused = store_all(query, TOLD, "Ana")
    assert [(event, "Ben" in str(why)) for event, why in refused.items()] == [(11, True)]
    assert states(query) == {11: "corrected", 12: "corrected", 13: "rejected"}


def test_a_second_reading_changes_nothing_and_is_compared(store: Store) -> None:
    query = Query(store.location)
    said: list[tuple[int, Verdict, Verdict]] = [
        (11, "accepted", "accepted"),
        (12, "corrected", "rejected"),
        (13, "rejected", "rejected"),
    ]
    for event, first, _second in said:
        values = ACCUSE if first == "corrected" else {}
        decide(query, Decision(event, first, values), "Ana")
    before = states(query)
    for event, _first, second in said:
        decide(query, Decision(event, second, second=True), "Ben")
    assert states(query) == before
    pairs = read_by_two(query)
    assert sorted(pairs["event_id"]) == [11, 12, 13]
    (found,) = agreements(pairs)
    assert (found.readers, found.both, found.same) == (("Ana", "Ben"), 3, 2)
    assert found.kappa == pytest.approx(0.5)
    decide(query, TakenBack(12, 2, [Decision(12, "rejected", second=True)]), "Ben")
    assert sorted(read_by_two(query)["event_id"]) == [11, 13]


def test_kappa_is_that_of_the_textbook() -> None:
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("y", "y")]) is None


def test_main_events_doubtful_fields_and_disagreements_come_first(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    made = extraction(4)
    sure, weight = (0.95, 0.55, 0.6, 0.8), (2, 2, 1, 0)
    events = map(by_reader, made.events, sure, weight)
    store.append([replace(made, events=tuple(events))])
    table = Query(store.location).events(Filters(sure="any"), columns=COLUMNS)
    mine = table[table["event_id"] > 40]
    found = review_order(mine, {int(mine.loc[mine["event_id"] == 43, "story_id"].iloc[0])})
    assert found["event_id"].tolist() == [42, 43, 41, 44]
    assert found["main"].tolist() == [True, False, True, False]
    assert found["doubtful"].ne("").tolist() == [True, True, False, False]
    assert found["disputed"].tolist() == [False, True, False, False]
    assert review_order(table.head(0), set()).empty


def test_two_people_do_not_read_the_same(store: Store) -> None:
    at, now = store.location, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert claims.claim(at, "Ana", range(20), 4, now) == [0, 1, 2, 3]
    assert claims.claim(at, "Ben", range(20), 4, now) == [4, 5, 6, 7]
    assert claims.claim(at, "Ana", range(2, 20), 4, now) == [2, 3, 8, 9]
    assert claims.held(at, now)[4] == "Ben"
    later = now + claims.LASTING
    assert claims.claim(at, "Cem", range(10), 3, later) == [0, 1, 2]
    (at / claims.FILE).write_text("{", encoding="utf-8")
    assert claims.claim(at, "Cem", range(10), 1, later) == [0]


def test_a_short_list_is_shared(store: Store) -> None:
    at, now = store.location, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert claims.claim(at, "Ana", range(20), 20, now) == [*range(10)]
    assert claims.claim(at, "Ben", range(20), 20, now) == [*range(10, 15)]
    assert claims.claim(at, "Ana", range(20), 20, now) == [*range(8)]
    later = now + claims.LASTING
    assert claims.claim(at, "Ana", range(5), 20, later) == [*range(5)]
    assert claims.claim(at, "Ben", range(5), 20, later) == []
    assert claims.claim(at, "Ana", range(5), 20, later) == [0, 1, 2]  # Ben came meanwhile
    assert claims.claim(at, "Ben", range(5), 20, later) == [3]
    assert claims.claim(at, "Cem", [4], 20, later) == [4]


def test_decisions_are_annotated_articles_to_learn_from(store: Store) -> None:
    query = Query(store.location)
    assert list(gold_lines(query)) == []
    decide(query, Decision(11, "accepted"), "Ana")
    decide(query, Decision(14, "corrected", {"sources": '["RUS"]', "date": "none"}), "Ana")
    decide(query, Decision(13, "rejected"), "Ana")
    (unit,) = map(json.loads, gold_lines(query))
    assert (unit["id"], unit["partial"], len(unit["not"])) == ("1", True, 1)
    told = {event["t"][0]: event for event in unit["events"]}
    assert told["ASSAULT"]["d"] == "2024-11-21"
    assert (told["MOBILIZE"]["s"], told["MOBILIZE"]["d"]) == (["RUS"], None)
    for words in (*unit["events"], *unit["not"]):
        assert unit["text"].count(words["a"]) >= words["n"] == 1
