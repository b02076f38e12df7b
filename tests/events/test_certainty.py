"""Events that are not sure enough: kept, hidden by default, counted, shown when asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from events.certainty import ANY, NOT_SURE, Measured, reading, word_of
from events.certainty_words import least_sure
from events.filter_words import in_words
from events.filters import Filters
from events.maintenance import maintain
from events.model import Extraction
from events.query import Query
from events.store import Store
from events.withdrawal import erase
from exports.receipt import receipt
from exports.selection import select
from tests.events.conftest import by_reader, make_extraction

ALL = Filters(sure=ANY)


def _made(number: int) -> Extraction:
    """Two events that the reader tells, sure and doubtful, and two of words alone."""
    made = make_extraction(number)
    sure, doubtful, *others = made.events
    return replace(made, events=(by_reader(sure, 0.9), by_reader(doubtful, 0.3, 0), *others))


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    store.append([_made(1), _made(2)])
    return store


def test_what_is_not_sure_enough_is_hidden_and_counted(kept: Store) -> None:
    query = Query(kept.location)
    assert set(query.events(Filters())["event_id"]) == {11, 13, 14, 21, 23, 24}
    account = query.account(Filters())
    assert (account.loaded, account.shown, account.hidden) == (8, 6, ((NOT_SURE, 2),))
    assert (account.less_sure, account.hidden_otherwise, account.unmeasured) == (2, 0, 4)
    assert list(query.less_sure(Filters())["event_id"]) == [12, 22]
    assert list(query.hidden(Filters())["hidden_by"]) == [NOT_SURE, NOT_SURE]


def test_all_are_shown_when_asked_for(kept: Store) -> None:
    query = Query(kept.location)
    account = query.account(ALL)
    assert (account.shown, account.hidden, account.less_sure) == (8, (), 2)
    assert not account.hides_less_sure
    assert query.events_by_article(ALL) == {1: 4, 2: 4}
    assert query.events_by_article(Filters()) == {1: 3, 2: 3}


def test_the_count_says_how_many_more_would_be_shown(kept: Store) -> None:
    """An event that another filter hides too does not count as less sure."""
    query = Query(kept.location)
    aid = Filters(types=("AID",))
    assert query.account(aid).hidden == ((NOT_SURE, 2), ("type", 6))
    assault = query.account(Filters(types=("ASSAULT",)))
    assert (assault.hidden, assault.less_sure) == ((("type", 6),), 0)
    assert query.count(replace(aid, sure=ANY)) == query.count(aid) + 2


def test_what_a_person_decided_about_is_never_hidden(kept: Store) -> None:
    kept.append_edit(12, "status", "claimed", "only one side says so", "Ana")
    query = Query(kept.location)
    assert 12 in set(query.events(Filters())["event_id"])
    assert query.account(Filters()).less_sure == 1
    kept.append_edit(12, "status", "", "taken back", "Ana")
    assert 12 not in set(query.events(Filters())["event_id"])


@pytest.mark.parametrize("asked", [Filters(), ALL, Filters(langs=("fr",)), replace(ALL, text="a")])
def test_articles_do_not_go_with_their_events(kept: Store, asked: Filters) -> None:
    kept.append([replace(make_extraction(3), events=())])
    query = Query(kept.location)
    assert len(query.articles(asked)) == 3
    assert query.articles(replace(asked, types=("AID",))).empty == (asked.sure != ANY)


def test_links_and_words() -> None:
    assert Filters().to_params() == {}
    assert ALL.to_params() == {"sure": ["any"]}
    assert Filters.from_params({"sure": "any"}) == (ALL, [])
    dropped = Filters.from_params({"sure": "perhaps"})
    assert (dropped[0], len(dropped[1])) == (Filters(), 1)
    assert in_words(Filters(), "en") == "Certainty of the type: at least 6 in 10"
    assert in_words(Filters(), "fr") == "Certitude du type\u00a0: au moins 6 sur 10"
    assert in_words(ALL, "en") == "All events, no filter"
    assert Filters(sure=ANY).without("sure") == Filters()


def test_exports_hold_what_was_filtered_and_say_what_was_not(kept: Store) -> None:
    query = Query(kept.location)
    told = receipt(select(query, Filters()))
    assert (told.exported, told.loaded, told.left_out) == (6, 8, ((NOT_SURE, 2),))
    assert "at least 6 in 10" in told.filters
    assert receipt(select(query, ALL)).exported == 8


def test_what_the_reader_knows_is_kept(kept: Store) -> None:
    rows = Query(kept.location).events(ALL).set_index("event_id")
    known = rows[["weight", "certainty_type", "certainty_place"]]
    assert known.loc[[11, 12]].values.tolist() == [[2, 0.9, 0.9], [0, 0.3, 0.3]]
    assert known.loc[[13, 14]].isna().all(axis=None)


def test_other_answers_are_those_of_the_newest_revision(kept: Store) -> None:
    query = Query(kept.location)
    told = query.alternatives(11)[["field", "rank", "value", "certainty"]]
    assert told.values.tolist() == [
        ["place", 1, "", 0.3], ["type", 1, "COERCE", 0.2], ["type", 2, "THREATEN", 0.1]
    ]  # fmt: skip
    assert query.alternatives(13).empty
    changed = replace(_made(1).events[0], alternatives=(("type", "REJECT", 0.4),))
    kept.append([replace(_made(1), events=(changed,))], revise=True)
    maintain(kept)
    assert query.alternatives(11)["value"].tolist() == ["REJECT"]


def test_other_answers_of_an_erased_article_are_gone(kept: Store) -> None:
    erase(kept, {1: ""}, "a court ordered it")
    assert Query(kept.location).alternatives(11).empty
    assert set(kept.column("alternatives", "article_id")) == {2}


def test_events_without_other_answers_write_no_file_of_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.append([make_extraction(1)])
    assert not list((store.location / "alternatives").rglob("*.parquet"))
    assert Query(store.location).alternatives(11).empty


def test_opening_reads_no_other_answers(kept: Store) -> None:
    for file in (kept.location / "alternatives").glob("*.parquet"):
        file.write_bytes(b"nothing")
    assert len(Query(kept.location).events(ALL)) == 8


WEIGHTS = """[told]
threshold = 0.6
[measured]
threshold = {at}
told = {told}
type = 0.8
languages = ["fr"]
"""


def test_a_figure_of_another_threshold_is_not_told(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(WEIGHTS.format(at=0.6, told=9))
    assert reading(file).measured == Measured(9, 0.8, ("fr",))
    other = tmp_path / "other.toml"
    other.write_text(WEIGHTS.format(at=0.5, told=9))
    assert (reading(other).threshold, reading(other).measured) == (0.6, None)


@pytest.mark.parametrize(("at", "told", "named"), [("2", 9, "threshold"), ("0.6", '"x"', "told")])
def test_a_wrong_figure_is_named(tmp_path: Path, at: str, told: object, named: str) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(WEIGHTS.format(at=at, told=told))
    with pytest.raises(ValueError, match=rf"measured.*{named}"):
        reading(file)


def test_a_certainty_in_a_word() -> None:
    assert [word_of(p) for p in (0.75, 0.74, 0.5, 0.49)] == ["sure", "likely", "likely", "doubtful"]


@pytest.mark.parametrize(
    ("certainties", "told"),
    [
        (
            {"type": 0.9, "sources": 0.4, "place": 0.6},
            {"en": "doubtful: who", "fr": "douteux\u00a0: qui"},
        ),
        ({"type": 0.9, "date": 0.7}, {"en": "likely: when", "fr": "probable\u00a0: quand"}),
        ({"type": 0.9}, {"en": "", "fr": ""}),
        ({}, {"en": "", "fr": ""}),
    ],
)
def test_the_least_sure_part_is_named(certainties: dict[str, float], told: dict[str, str]) -> None:
    row = {f"certainty_{name}": value for name, value in certainties.items()}
    assert {lang: least_sure(row, lang) for lang in told} == told
