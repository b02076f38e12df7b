"""The pages of what the team decided: Outlets, Log, and the grade of a story in the evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events import annotating, audit_log, outlet_grades
from events.annotating import NewNote
from events.annotations import Subject
from events.filters import Filters
from events.outlet_grades import OutletGrade
from events.query import Query
from events.store import Store
from tests.pages.page_text import html_of


def test_the_log_is_empty_then_lists_filters_and_says_what_is_broken(
    own_store: Path, open_page: Any
) -> None:
    store, log = Store(own_store), own_store / audit_log.FILE
    assert "begins with the next load" in html_of(open_page("log"))
    outlet_grades.give(store, [OutletGrade("Le Monde", "B")], "Ana")
    audit_log.record(store, "export", "", "file frise-events.csv: 84 reports")
    app = open_page("log", "fr")
    assert app.dataframe[0].value["Acte"].tolist() == ["a pris un fichier", "a coté des médias"]
    assert app.dataframe[0].value["Quoi"].tolist()[1] == "média Le Monde B"
    app.multiselect(key="log_kind").set_value(["grade"]).run()
    assert app.dataframe[0].value["Qui"].tolist() == ["Ana"]
    app.multiselect(key="log_who").set_value(["sans nom"])
    log.write_bytes(log.read_bytes().replace(b"Ana", b"Eve"))
    assert "Line 1 of the log: it was changed" in html_of(open_page("log"))
    log.unlink()
    log.mkdir()
    assert "damaged" in html_of(open_page("log"))


def test_damaged_notes_do_not_hide_who_did_what(own_store: Path, open_page: Any) -> None:
    store = Store(own_store)
    annotating.write(store, NewNote(Subject("day", "2024-11-21"), "x"), "Ana")
    (own_store / "annotations.jsonl").write_bytes(b"{}\n")
    app = open_page("log")
    assert "annotations.jsonl" in html_of(app)
    assert "The chain holds" in html_of(app)
    assert app.dataframe[0].value["Act"].tolist() == ["wrote a note"]
    (own_store / audit_log.FILE).write_bytes(b"{}\n")
    app = open_page("log")
    said = html_of(app)
    assert "annotations.jsonl" in said
    assert "Line 1 of the log" in said


@pytest.mark.parametrize("name", ["x%20y", "s3://no-such-bucket.invalid/x"])
def test_a_store_that_cannot_be_located_is_said_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Any
) -> None:
    monkeypatch.setenv("FRISE_STORE", name if "://" in name else str(tmp_path / name))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    app = open_page("log")
    assert not app.exception
    assert "fr-problem" in "".join(each.body for each in app.get("html"))


def test_an_outlet_is_graded_by_form_and_by_table(own_store: Path, open_page: Any) -> None:
    app = open_page("outlets")
    outlet = str(Query(own_store).outlets()["outlet"].iloc[0])
    app.button(key="outlet_grade_now").click().run()
    assert "Choose the outlet and a grade first" in html_of(app)
    app.selectbox(key="outlet_grade_name").set_value(outlet)
    app.selectbox(key="outlet_grade_value").set_value("B")
    app.button(key="outlet_grade_now").click().run()
    assert "give your name" in html_of(app)
    app.text_input(key="outlet_grade_who").set_value("Ana")
    app.button(key="outlet_grade_now").click().run()
    assert not app.exception
    assert "1 outlet graded" in html_of(app)
    assert app.dataframe[0].value["By"].tolist()[0] == "Ana"
    assert outlet_grades.read(own_store).reliability(outlet) == "B"


def test_a_name_that_was_given_is_not_asked_for_again(own_store: Path, open_page: Any) -> None:
    outlet = str(Query(own_store).outlets()["outlet"].iloc[0])
    app = open_page("outlets")
    app.text_input(key="outlet_grade_import_who").set_value("Ana").run()
    assert "outlet_grade_import_who" not in {field.key for field in app.text_input}
    app.text_input(key="outlet_grade_who").set_value(" ").run()
    assert app.text_input(key="outlet_grade_who").value == "Ana"
    app.selectbox(key="outlet_grade_name").set_value(outlet)
    app.selectbox(key="outlet_grade_value").set_value("C")
    app.text_input(key="outlet_grade_who").set_value("")
    app.button(key="outlet_grade_now").click().run()
    (grade,) = outlet_grades.read(own_store).rows.values()
    assert (grade.reliability, grade.who) == ("C", "Ana")


def test_a_person_grades_a_story_and_takes_it_back(own_store: Path, open_page: Any) -> None:
    told = Query(own_store).stories(Filters()).iloc[0]
    story = int(told["story_id"])
    app = open_page("left_out", event=str(told["event_id"]))
    app.toggle(key="story_grade_open").set_value(True).run()
    app.selectbox(key="story_grade").set_value("4")
    app.text_input(key="story_grade_who").set_value("Ana")
    app.text_input(key="story_grade_why").set_value("one side only")
    app.button(key="story_grade_now").click().run()
    assert not app.exception
    assert Query(own_store).grade(story).credibility == "4"
    assert "Graded by Ana. one side only" in html_of(app)
    app.button(key="story_grade_back").click().run()
    assert Query(own_store).grade(story).basis != "person"
    acts = [e.act for e in audit_log.entries(own_store)]
    assert acts == ["story graded", "edit taken back"]
