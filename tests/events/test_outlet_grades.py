"""The team's table of outlets, and the credibility of stories in a store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from events import audit_log, outlet_grades
from events.backup import backup, restore
from events.filters import Filters
from events.integrity import check, repair
from events.model import Extraction
from events.outlet_grades import GradesError, OutletGrade, give, parsed
from events.query import Query
from events.store import Store
from tests.events.conftest import make_extraction

ALL = Filters(sure="any")
STORY = 11  # told in both articles below


def _article(number: int, source: str, text: str) -> Extraction:
    made = make_extraction(number)
    return replace(made, article=replace(made.article, source=source, text=text))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    first = _article(1, "Le Monde", "KIEV (AFP) - La Russie a tiré.")
    made.append([first, _article(2, "The Guardian", "KYIV (Reuters) - Russia fired.")])
    made.append_stories({21: STORY, 11: STORY})
    return made


REFUSED = {
    "": "must name the columns",
    "outlet\nLe Monde": "must name the columns",
    "outlet,reliability\nLe Monde,G": "line 2: 'G' is no reliability of Le Monde",
    "outlet,reliability\n,B": "line 2 names no outlet",
    "outlet,reliability\nLe Monde": "line 2: ''",
    "outlet,reliability\n" + "x,A\n" * 20_002: "more than 20000 rows",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_a_table_that_cannot_hold_is_refused_in_words(text: str) -> None:
    with pytest.raises(GradesError, match=REFUSED[text]):
        parsed(text)


def test_a_table_is_taken_in_with_semicolons_and_other_columns() -> None:
    text = '\ufeffOutlet;Country;Reliability;why\r\n"le monde";FRA;b;"bonne; presse"\r\n;;;\r\n'
    assert parsed(text) == [OutletGrade("le monde", "B", "bonne; presse")]


def test_a_grade_reaches_events_filters_and_the_log(store: Store, tmp_path: Path) -> None:
    query = Query(store.location)
    before = query.version()
    assert set(query.events(ALL)["reliability"]) == {"F"}
    assert give(store, [OutletGrade("LE MONDE", "B", "known well")], "Ana") == 1
    assert give(store, [OutletGrade("Le Monde", "B", "known well")], "Ben") == 0
    assert query.version() != before
    told = query.events(ALL).set_index("source")["reliability"]
    assert set(told["Le Monde"]) == {"B"}
    assert set(told["The Guardian"]) == {"F"}
    assert query.count(replace(ALL, reliabilities=("B",))) == 4
    assert query.outlets()["reliability"].tolist() == ["B", "F"]
    assert audit_log.entries(store.location)[-1].of == "outlet Le Monde B"
    with pytest.raises(GradesError, match="give your name"):
        give(store, [OutletGrade("AFP", "A")], " ")
    backup(store.location, tmp_path / "frise.zip")
    give(store, [OutletGrade("Le Monde", "E")], "Ben")
    restore(tmp_path / "frise.zip", store.location)
    assert outlet_grades.read(store.location).reliability("le monde") == "B"


def test_a_table_that_nobody_can_read_is_damage(store: Store) -> None:
    give(store, [OutletGrade("Le Monde", "B")], "Ana")
    (store.location / outlet_grades.FILE).write_bytes(b"\xff\xfe")
    assert [damage.where.name for damage in check(store.location)] == [outlet_grades.FILE]
    repair(store.location)
    assert check(store.location) == []
    assert outlet_grades.read(store.location).rows == {}


def test_a_story_is_graded_by_its_origins_until_a_person_does(store: Store) -> None:
    query = Query(store.location)
    assert query.grade(STORY).origins == ("AFP", "Reuters")
    told = query.events(ALL).set_index("event_id")
    assert told.loc[[11, 21], "credibility"].tolist() == ["1", "1"]
    assert set(told["credibility"].drop([11, 21])) == {"6"}
    assert query.count(replace(ALL, credibilities=("1",))) == 2
    assert query.grade(12).origins == ("AFP",)
    store.append_edit(21, "credibility", "3", "heard otherwise", "Ana")
    assert query.stories(ALL).set_index("story_id").loc[STORY, "graded_by"] == "Ana"
    assert query.count(replace(ALL, credibilities=("3",))) == 2
    assert (query.grade(STORY).who, query.grade(STORY).why) == ("Ana", "heard otherwise")
    assert audit_log.entries(store.location)[-1].act == "story graded"
    store.append_edit(21, "credibility", "", "", "Ana")
    assert query.grade(STORY).credibility == "1"
    with pytest.raises(ValueError, match="'7' is no credibility"):
        store.append_edit(21, "credibility", "7", "", "Ana")
    assert json.loads((store.location / "manifest" / "log.json").read_text())["n"] == 2
