"""What the browser tells of a review is read with care, stored once, answered where it fails."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from events import claims
from events.editing import correct, newest_edit
from events.filters import Filters
from events.query import Query
from events.reviews import decided
from pages.review_parts import acts
from pages.review_parts.acts import VERDICTS
from pages.shell import counting

STRANGE: list[Any] = [
    None,
    "told",
    [None, 3, {}],
    [{"run": "r", "number": 1, "kind": "erase", "id": "1", "seen": 0}],
    [{"run": "r", "number": 1, "kind": "accepted", "id": "1; DROP", "seen": 0}],
    [{"run": "r", "number": "x", "kind": "accepted", "id": "1", "seen": 0}],
    [{"run": "r", "number": 1, "kind": "corrected", "id": "1", "seen": 0, "values": [1]}],
]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> acts.Session:
    session = acts.Session()
    monkeypatch.setattr(acts, "session", lambda: session)
    monkeypatch.setattr(
        "pages.review_parts.acts.decided.following", nullcontext
    )  # stories: test_correction.py
    return session


def act(number: int, kind: str, event: int, seen: int = 0, **values: str) -> dict[str, Any]:
    told = {"run": "r", "number": number, "kind": kind, "id": str(event), "seen": seen}
    return {**told, "who": "Ana", "values": values}


def told_by_browser(*told: dict[str, Any]) -> list[dict[str, Any]]:
    """Each act with the verdicts on its event before it."""
    return [
        each | {"before": [a for a in told[:n] if a["id"] == each["id"] and a["kind"] in VERDICTS]}
        for n, each in enumerate(told)
    ]


def states(folder: Path) -> dict[int, str]:
    rows = decided(Query(folder)).to_dict("records")
    return {int(row["event_id"]): row["state"] for row in rows}


@pytest.mark.parametrize("told", STRANGE, ids=str)
def test_what_is_no_act_is_left_out(told: Any) -> None:
    assert list(acts.read(told, "")) == []


def test_acts_are_stored_once_and_in_order(own_store: Path, now: acts.Session) -> None:
    one, two, three = Query(own_store).events(Filters(), limit=3)["event_id"].tolist()
    told = told_by_browser(
        act(1, "accepted", one),
        act(2, "corrected", two, type="PROTEST", made_up="x"),
        act(3, "rejected", three),
        act(4, "undo", three),
        act(5, "skip", three),
    )
    with counting.fixed(counting.REPORTS):
        acts.take(told[:2], "Ana")
        acts.take(told, "Ana")
        acts.take(told, "Ana")
    assert states(own_store) == {one: "accepted", two: "corrected"}
    assert Query(own_store).event(two)["type"].tolist() == ["PROTEST"]
    assert len(Query(own_store).history()) == 2  # what came together with its undoing is not stored
    assert (now.handled, now.skipped, now.mine, now.problems) == ({"r": 5}, [three], {one, two}, {})


@pytest.mark.parametrize("at_once", [True, False], ids=["in one message", "one by one"])
def test_what_a_killed_server_had_stored_is_not_stored_again(
    own_store: Path, monkeypatch: pytest.MonkeyPatch, now: acts.Session, at_once: bool
) -> None:
    """The browser sends all again to a server that knows nothing of it."""
    one, two, three = Query(own_store).events(Filters(), limit=3)["event_id"].tolist()
    told = told_by_browser(
        act(1, "accepted", one),
        act(2, "undo", one),
        act(3, "rejected", one),
        act(4, "corrected", two, type="PROTEST"),
        act(5, "undo", two),
        act(6, "corrected", two, status="denied"),
        act(7, "rejected", three),
        act(8, "undo", three),
    )
    with counting.fixed(counting.REPORTS):
        for n in [len(told)] if at_once else range(1, len(told) + 1):
            acts.take(told[:n], "Ana")
        stored = len(Query(own_store).history())
        again = acts.Session()
        monkeypatch.setattr(acts, "session", lambda: again)
        acts.take(told, "Ana")
        assert again.problems == now.problems == {}
    assert states(own_store) == {one: "rejected", two: "corrected"}
    history = Query(own_store).history()
    said = history[history["standing"] & (history["event_id"] == two)]
    assert dict(zip(said["field"], said["value"], strict=True)) == {"status": "denied"}
    assert len(history) == stored == (2 if at_once else 8)


ELSEWHERE = {"type": "PROTEST"}


@pytest.mark.parametrize("kind", ["accepted", "corrected", "rejected", "undo"])
def test_an_own_correction_elsewhere_is_not_taken_back_by_a_page_that_does_not_show_it(
    own_store: Path, now: acts.Session, kind: str
) -> None:
    event = int(Query(own_store).events(Filters(), limit=1)["event_id"].iloc[0])
    first, late = act(1, "accepted", event), act(2, kind, event, status="denied")
    with counting.fixed(counting.REPORTS):
        acts.take([first], "Ana")
        correct(Query(own_store), event, ELSEWHERE, "", "Ana")
        acts.take(told_by_browser(first, late), "Ana")
        assert "Ana changed this event meanwhile (type)" in now.problems[event]
        edits = Query(own_store).edits()
        assert sorted(edits.loc[edits["standing"], "field"]) == ["accepted", "type"]
        seen = newest_edit(Query(own_store), event)
        acts.take([act(3, "accepted", event, seen)], "Ana")  # it was looked at
    assert now.problems == {}
    assert Query(own_store).event(event)["type"].tolist() == ["PROTEST"]


def test_what_is_skipped_and_taken_back_leaves_edits_alone(
    own_store: Path, now: acts.Session
) -> None:
    event = int(Query(own_store).events(Filters(), limit=1)["event_id"].iloc[0])
    with counting.fixed(counting.REPORTS):
        acts.take([act(1, "skip", event)], "Ana")
        correct(Query(own_store), event, ELSEWHERE, "", "Ana")
        acts.take([act(2, "unskip", event)], "Ana")
    assert (now.skipped, now.problems, now.mine) == ([], {}, set())
    assert Query(own_store).event(event)["type"].tolist() == ["PROTEST"]


def test_nobody_signs_what_another_person_decided_in_this_browser(
    own_store: Path, now: acts.Session
) -> None:
    one, two = Query(own_store).events(Filters(), limit=2)["event_id"].tolist()
    told = [act(1, "accepted", one), act(1, "rejected", two) | {"who": "Ben", "run": "s"}]
    with counting.fixed(counting.REPORTS):
        acts.take(told, "Ben")
        assert now.handled == {"s": 1}
        acts.take(told, "Ana")
    rows = decided(Query(own_store)).to_dict("records")
    assert {row["event_id"]: row["who"] for row in rows} == {one: "Ana", two: "Ben"}


def test_an_act_of_the_other_list_stays_a_second_reading(
    own_store: Path, now: acts.Session
) -> None:
    event = int(Query(own_store).events(Filters(), limit=1)["event_id"].iloc[0])
    with counting.fixed(counting.REPORTS):
        acts.take([act(1, "rejected", event) | {"who": "Ben"}], "Ben")
        seen = newest_edit(Query(own_store), event)
        acts.take([act(1, "accepted", event, seen) | {"list": acts.AGAIN, "run": "s"}], "Ana")
    assert states(own_store) == {event: "rejected"}
    assert Query(own_store).edits()["field"].tolist() == ["second", "event"]


def test_what_cannot_be_stored_is_told_and_the_rest_is_stored(
    own_store: Path, now: acts.Session
) -> None:
    one, two, three = Query(own_store).events(Filters(), limit=3)["event_id"].tolist()
    correct(Query(own_store), one, {"weight": "0"}, "", "Ben")
    told = [
        act(1, "rejected", one),
        act(2, "corrected", two, date="soon"),
        act(3, "accepted", three),
    ]
    with counting.fixed(counting.REPORTS):
        acts.take(told, "Ana")
    assert "Ben" in now.problems[one]
    assert set(now.problems) == {one, two}
    assert states(own_store) == {one: "corrected", three: "accepted"}


def test_the_page_hands_on_what_nobody_else_reads(own_store: Path, open_page: Any) -> None:
    every = Query(own_store).by_story.events(Filters())["event_id"].tolist()
    claims.claim(own_store, "Ben", every[:2], 20)
    app = open_page("review")
    assert [box.key for box in app.text_input if box.key == "review_who"]
    assert not claims.held(own_store).get(every[2])
    app.text_input(key="review_who").set_value("Ana")
    app.button(key="review_begin").click().run()
    assert not app.exception
    held = claims.held(own_store)
    assert {held[event] for event in every[:2]} == {"Ben"}
    assert {held[event] for event in held if event not in every[:2]} == {"Ana"}
    assert len(held) == 2 + (len(every) - 2) // 2  # half of a short list is left to others


def test_what_a_person_has_before_him_stays_his_when_other_events_come(
    own_store: Path, open_page: Any
) -> None:
    """A load may bring events that come first in the order: they wait."""
    every = Query(own_store).by_story.events(Filters())["event_id"].tolist()
    claims.claim(own_store, "Ana", every[-1:], 20)  # the last of the order
    app = open_page("review")
    app.session_state["frise_name"] = "Ana"
    app.run()
    assert claims.held(own_store)[every[-1]] == "Ana"
    told = json.loads((own_store / claims.FILE).read_text(encoding="utf-8"))["Ana"][1]
    assert told[0] == every[-1]
