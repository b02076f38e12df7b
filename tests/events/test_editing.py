"""Persons' corrections: every field, what is refused, what follows, and how they are taken back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from events import edit_lines
from events.columns import HISTORY_COLUMNS
from events.corrections import FIELDS, EditRefused, corrected, value_of
from events.edited_events import AddedEvent
from events.editing import add, correct, newest_edit, reject, take_back
from events.filters import Filters
from events.maintenance import maintain
from events.model import Extraction
from events.query import Query
from events.store import EditedMeanwhile, Store
from events.withdrawal import erase, withdraw

Make = Callable[..., Extraction]
ALL = Filters()
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "corrections.toml").read_text(encoding="utf-8")
)["case"]
KYIV = (
    '{"id": "703448", "name": "Kyiv", "country": "UKR", "kind": "city", "lat": 50.45, "lon": 30.5}'
)


def event_of(query: Query, event_id: int = 11) -> dict[Any, Any]:
    return query.event(event_id).iloc[0].to_dict()


@pytest.fixture(scope="module")
def row(made_store_of_three: Path) -> dict[Any, Any]:
    """The event as it was read."""
    return event_of(Query(made_store_of_three))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['field']} {case['value']}")
def test_a_value_is_told_or_refused(row: dict[Any, Any], case: dict[str, Any]) -> None:
    if case.get("refused"):
        with pytest.raises(EditRefused, match=case["refused"]):
            corrected(row, {case["field"]: case["value"]})
        return
    told = corrected(row, {case["field"]: case["value"]})
    assert value_of(case["field"], told) == case["value"]
    assert {name: str(told[name]) for name in case["columns"]} == case["columns"]


def test_every_field_has_a_value_told_and_one_refused() -> None:
    for told in (True, False):
        assert {c["field"] for c in CASES if told != bool(c.get("refused"))} == set(FIELDS)


def test_an_edit_is_in_rows_counts_filters_search_and_stories(store: Store) -> None:
    query = Query(store.location)
    values = {"type": "PROTEST", "mode": "riot", "sources": "[]", "targets": '["MLI"]',
              "date": "2024-06-01/2024-06-30/month", "place": KYIV}  # fmt: skip
    correct(query, 11, values, "read it", "Ana")
    row = event_of(query)
    assert (row["type"], row["quad"], row["mode"], row["place_name"]) == (
        "PROTEST",
        4,
        "riot",
        "Kyiv",
    )
    assert (row["sources"], row["targets"], row["edited"]) == ([], ["MLI"], True)
    assert query.count(Filters(types=("PROTEST",))) == query.count(Filters(actors=("MLI",))) == 1
    assert query.events(Filters(text="Mali"))["event_id"].tolist() == [11]
    assert query.events(Filters(text="Kyiv"))["event_id"].tolist() == [11]
    assert "Kyiv" in query.places(ALL)["place_name"].tolist()
    assert (query.count(ALL), query.account(ALL).by_hand) == (12, 1)


@pytest.mark.parametrize("edited", [11, 21])
def test_a_story_is_by_hand_where_any_of_its_reports_is(store: Store, edited: int) -> None:
    store.append_stories({11: 11, 21: 11}, 3)
    query = Query(store.location)
    correct(query, edited, {"weight": "0"}, "read it", "Ana")
    assert query.by_story.account(ALL).by_hand == query.account(ALL).by_hand == 1
    assert query.by_story.account(ALL).stories == query.account(ALL).shown - 1


def test_what_was_saved_at_once_is_taken_back_at_once(store: Store) -> None:
    query = Query(store.location)
    before = event_of(query)
    correct(query, 11, {"weight": "0"}, "", "Ben")
    correct(query, 11, {"type": "COERCE", "status": "claimed", "weight": "2"}, "", "Ana")
    take_back(query, newest_edit(query, 11), "", "Ana")
    found = event_of(query)
    assert (found["type"], found["status"], found["weight"]) == (before["type"], "reported", 0)
    correct(query, 11, {"type": "COERCE", "status": "claimed"}, "", "Ana")
    saved = newest_edit(query, 11)
    correct(query, 11, {"type": "PROTEST"}, "later", "Ana")
    take_back(query, saved, "", "Ana")  # of that save only the status still stands
    assert (event_of(query)["type"], event_of(query)["status"]) == ("PROTEST", "reported")


def test_history_tells_old_and_new_and_every_edit_can_be_taken_back(store: Store) -> None:
    query = Query(store.location)
    correct(query, 11, {"type": "PROTEST"}, "read it", "Ana")
    correct(query, 11, {"type": "COERCE", "weight": "2"}, "read it again", "Ben")
    history = query.history()
    told = history[["who", "field", "old", "new", "standing"]].to_numpy().tolist()
    assert told == [
        ["Ben", "weight", "none", "2", True],
        ["Ben", "type", "PROTEST", "COERCE", True],
        ["Ana", "type", "ASSAULT", "PROTEST", False],
    ]
    assert list(history) == list(HISTORY_COLUMNS)
    take_back(query, int(history["edit_id"].iloc[1]), "", "Ana")
    assert event_of(query)["type"] == "PROTEST"
    with pytest.raises(EditRefused, match="does not stand"):
        take_back(query, 1, "", "Ana")


def test_an_event_without_an_edit_has_no_newest_one_beside_others(store: Store) -> None:
    query = Query(store.location)
    assert (newest_edit(query, 11), newest_edit(query, 12)) == (0, 0)
    correct(query, 11, {"weight": "0"}, "", "Ana")
    assert newest_edit(query, 11) > 0
    assert newest_edit(query, 12) == 0
    correct(query, 12, {"weight": "0"}, "", "Ana", newest_edit(query, 12))


def test_the_later_of_two_writers_sees_the_other_first(store: Store) -> None:
    mine, theirs = Query(store.location), Query(store.location)
    seen = newest_edit(mine, 11)
    correct(theirs, 11, {"weight": "0"}, "", "Ben", newest_edit(theirs, 11))
    correct(theirs, 21, {"weight": "0"}, "another event", "Ben")
    with pytest.raises(EditedMeanwhile, match="Ben changed this event meanwhile .weight."):
        correct(mine, 11, {"status": "denied"}, "", "Ana", seen)
    correct(mine, 11, {"status": "denied"}, "", "Ana", newest_edit(mine, 11))
    assert (event_of(mine)["weight"], event_of(mine)["status"]) == (0, "denied")


def test_what_is_no_event_is_in_no_count_and_comes_back(store: Store) -> None:
    query = Query(store.location)
    reject(query, 11, "a quote of a film", "Ana")
    assert (query.count(ALL), len(query.event(11)), len(query.event_or_rejected(11))) == (11, 0, 1)
    assert query.rejected_events()["event_id"].tolist() == [11]
    assert query.lost_edits().empty
    take_back(query, newest_edit(query, 11), "it is one", "Ana")
    assert (query.count(ALL), len(query.rejected_events())) == (12, 0)


def missed(article: int, extraction: Extraction) -> AddedEvent:
    text = extraction.article.text
    start = text.index("L’Ukraine")
    return AddedEvent(
        article, "text", start, len(text), text[start:], start + 12, start + 20, "ACCUSE"
    )


def test_an_added_event_lives_with_its_article(store: Store, extraction: Make) -> None:
    query, words = Query(store.location), missed(1, extraction(1))
    new = add(query, words, {"sources": '["UKR"]', "date": "2024-11-21/2024-11-21/day"}, "", "Ana")
    row = event_of(query, new)
    assert (row["quote"], row["source"], row["sources"]) == (words.quote, "Élysée Matin", ["UKR"])
    assert (row["edited"], str(row["first"])[:10]) == (True, "2024-11-21")
    assert query.article_events(1)["event_id"].tolist()[-1] == new
    asked = Filters(text="dénoncé l’attaque", types=("ACCUSE",))
    assert query.events(asked)["event_id"].tolist() == [new]
    with pytest.raises(EditRefused, match="already"):
        add(query, words, {}, "", "Ben")
    store.append([extraction(1)], revise=True)  # read again: other rows of the article
    maintain(store)
    assert event_of(query, new)["quote"] == words.quote
    store.move_edits({new: 11})
    assert len(query.event(new)) == 1
    correct(query, new, {"type": "REJECT"}, "", "Ben")
    assert event_of(query, new)["type"] == "REJECT"
    withdraw(store, {1: ""}, "a hoax")
    assert query.event(new).empty
    erase(store, {1: ""}, "a court ordered it")
    assert query.edits().empty


def test_words_of_an_added_event_must_stand_in_the_article(store: Store, extraction: Make) -> None:
    words = missed(1, extraction(1))
    told = json.loads(words.value())
    with pytest.raises(EditRefused, match="does not say"):
        add(
            Query(store.location),
            AddedEvent(**{**told, "quote": "x" * len(words.quote)}),
            {},
            "",
            "A",
        )
    with pytest.raises(EditRefused, match="must lie"):
        AddedEvent(**{**told, "trigger_end": told["end"] + 1})


BAD = {"type": "WAR", "mode": "x", "event": "yes", "added": "{}", "quote": "x", "joined": "x"}


@pytest.mark.parametrize("field", BAD)
def test_the_store_takes_no_value_that_no_event_can_have(store: Store, field: str) -> None:
    with pytest.raises(ValueError, match=f"{field}|article"):
        store.append_edit(11, field, BAD[field], "")
    assert Query(store.location).edits().empty


def test_edits_are_carried_to_another_store_of_the_same_articles(
    store: Store, extraction: Make, tmp_path: Path
) -> None:
    query = Query(store.location)
    correct(query, 11, {"type": "COERCE", "mode": "none", "sources": "[]"}, "read it", "Ana")
    new = add(query, missed(1, extraction(1)), {"sources": '["UKR"]'}, "missed", "Ana")
    reject(query, 21, "a film", "Ben")
    store.join(12, 22, "one aid", "")
    told = list(edit_lines.lines(query))
    assert (json.loads(told[0])["old"], json.loads(told[2])["old"]) == ("ASSAULT", ["RUS"])
    other = Store(tmp_path / "other")
    other.append([extraction(1), extraction(2)])
    there = Query(other.location)
    wrong = ["{", '{"event_id": 999, "field": "type", "value": "AID", "who": "A"}',
             '{"event_id": 12, "field": "weight", "value": 7, "who": "A"}']  # fmt: skip
    done = edit_lines.read(there, [*told, *wrong], "")
    assert [problem.split(":")[0] for problem in done.problems] == [
        f"line {n}" for n in (7, 8, 9, 10)
    ]
    assert "signed by nobody" in done.problems[0]
    edit_lines.store(there, done)
    assert event_of(there)["type"] == "COERCE"
    assert event_of(there, new)["sources"] == ["UKR"]
    assert there.rejected_events()["event_id"].tolist() == [21]
    again = edit_lines.read(there, told, "Cleo")
    assert (len(again.edits), again.known) == (1, 6)


@pytest.mark.parametrize(
    "line",
    ["[]", "3", "null", '"x"', '{"event_id": 1e400, "field": "type", "value": "AID"}',
     '{"event_id": 1e30, "field": "type", "value": "AID"}', "[" * 100_000, '{"event_id": null}'],
)  # fmt: skip
def test_a_line_that_is_no_edit_is_said(line: str, store: Store) -> None:
    done = edit_lines.read(Query(store.location), [line], "Ana")
    assert (done.edits, [problem.split(":")[0] for problem in done.problems]) == ([], ["line 1"])
