"""Notes, tags, bookmarks and cases on the pages: written, listed, deleted, put back, opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from events import annotating, case_file, cases
from events.annotating import NewNote
from events.annotations import Subject
from events.citation import citation
from events.filters import Filters
from events.query import Query
from events.store import Store
from pages.shared import detail
from tests.pages.page_text import html_of


def _first(store: Path) -> dict[str, Any]:
    """A dated event with a place, of a story of several reports."""
    table = Query(store).by_story.events(Filters())
    kept = table[table["first"].notna() & (table["reports"] > 1) & (table["place_id"] != "")]
    return {str(name): value for name, value in kept.iloc[0].items()}


def test_a_note_and_a_tag_are_written_beside_the_event(own_store: Path, open_page: Any) -> None:
    row = _first(own_store)
    app = open_page("timeline", event=str(row["event_id"]))
    app.toggle(key="noted_open").set_value(True).run()
    app.text_area(key="noted_text").set_value("Seen on <film>.")
    app.button(key="noted_save").click().run()
    assert Query(own_store).annotations().notes == ()  # nobody gave a name
    app.text_input(key="noted_who").set_value("Ana").run()
    app.selectbox(key="noted_about").set_value("story")
    app.checkbox(key="noted_pin").set_value(True)
    app.button(key="noted_save").click().run()
    (note,) = Query(own_store).annotations().notes
    assert (note.text, note.who, note.pinned) == ("Seen on <film>.", "Ana", True)
    assert "Seen on &lt;film&gt;." in html_of(app)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert any("Seen on" in str(trace.get("hovertext")) for trace in figure["data"])
    app.toggle(key="noted_open").set_value(True).run()
    key = f"noted_tags_story_{row['event_id']}"
    app.multiselect(key=key).set_value(["to check"]).run()
    assert 'class="fr-tag"' in html_of(app)
    app.button(key="noted_bookmark").click().run()
    assert [b.who for b in Query(own_store).annotations().bookmarks] == ["Ana"]
    tagged = open_page("timeline", tag=["to check"])
    assert "1 event told" in "\n".join(m.value for m in tagged.markdown) + html_of(tagged)


def _pin(store: Path, row: dict[str, Any]) -> None:
    subject = Subject("event", str(row["event_id"]), "Missile", int(row["article_id"]))
    annotating.write(Store(store), NewNote(subject, "Look here.", pinned=True), "Ana")


def _first_chart(app: Any) -> str:
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)
    return json.dumps(drawn, ensure_ascii=False)


def test_a_pinned_note_has_its_flag_in_both_compared_views(own_store: Path, open_page: Any) -> None:
    row = _first(own_store)
    _pin(own_store, row)
    assert _first_chart(open_page("timeline")).count("Ana · Look here.") == 1
    compared = open_page("timeline", compare=f"actor:{row['sources'][0]}")
    assert _first_chart(compared).count("Ana · Look here.") == 2


def test_a_pinned_note_has_its_flag_over_the_main_events(own_store: Path, open_page: Any) -> None:
    _pin(own_store, _first(own_store))
    assert "Look here. (Ana)" in _first_chart(open_page("overview"))


def test_notes_on_what_a_large_store_does_not_load_are_counted(
    own_store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pin(own_store, _first(own_store))
    monkeypatch.setattr(detail, "LARGE", 3)
    monkeypatch.setattr(detail, "MARKS_LIMIT", 3)
    told = _first_chart(open_page("timeline"))
    assert "Each bar counts" in told
    assert "Pinned notes not told here: 1." in told


def test_notes_are_listed_deleted_and_put_back(own_store: Path, open_page: Any) -> None:
    row, store = _first(own_store), Store(own_store)
    subject = Subject("event", str(row["event_id"]), "Missile", int(row["article_id"]))
    note = annotating.write(store, NewNote(subject, "Seen on film."), "Ana")
    annotating.tag(store, subject, ["x"], "Ana")
    annotating.bookmark(store, subject, "Ana")
    app = open_page("notes")
    app.session_state["frise_name"] = "Ben"
    assert "Report: Missile" in html_of(app)
    app.text_input(key="notes_words").set_value("nothing").run()
    assert "No note has these words" in html_of(app)
    app.text_input(key="notes_words").set_value("FILM").run()
    app.button(key=f"note_delete_{note}").click().run()
    assert Query(own_store).annotations().written() == ()
    app.segmented_control(key="desk_list").set_value("tags").run()
    app.button(key="tag_drop_x").click().run()
    app.segmented_control(key="desk_list").set_value("bookmarks").run()
    assert "Missile" in html_of(app)
    app.segmented_control(key="desk_list").set_value("deleted").run()
    app.button(key=f"back_note_{note}").click().run()
    app.button(key="back_tag_x").click().run()
    told = Query(own_store).annotations()
    assert (len(told.written()), list(told.colours)) == (1, ["x"])


def _rewritten_by_ben(own_store: Path, open_page: Any) -> tuple[Store, str, AppTest]:
    """A note of Ana's, which Ben has open to write it anew."""
    store = Store(own_store)
    note = annotating.write(store, NewNote(Subject("day", "2024-11-21"), "One."), "Ana")
    app = open_page("notes")
    app.session_state["frise_name"] = "Ben"
    app.button(key=f"note_change_{note}").click().run()
    return store, note, app


def test_of_two_who_rewrite_a_note_the_later_sees_the_others_text_first(
    own_store: Path, open_page: Any
) -> None:
    store, note, app = _rewritten_by_ben(own_store, open_page)
    annotating.change(store, note, "Ana", text="Two.")
    app.text_area(key=f"noted_changed_{note}").set_value("Three.")
    app.button(key=f"noted_changed_{note}_save").click().run()
    assert annotating.read(store).notes[0].text == "Two."
    assert "<p>Two.</p>" in html_of(app)
    assert "Ana changed this note meanwhile" in html_of(app)
    assert app.text_area(key=f"noted_changed_{note}").value == "Three."
    app.button(key=f"noted_changed_{note}_save").click().run()
    assert annotating.read(store).notes[0].text == "Three."
    assert not app.text_area


def test_what_was_written_for_a_note_that_is_deleted_meanwhile_is_not_lost(
    own_store: Path, open_page: Any
) -> None:
    store, note, app = _rewritten_by_ben(own_store, open_page)
    annotating.delete(store, note, "Ana")
    app.text_area(key=f"noted_changed_{note}").set_value("Two.")
    app.button(key=f"noted_changed_{note}_save").click().run()
    assert annotating.read(store).written() == ()
    assert [each.value for each in app.code] == ["Two."]
    app.button(key="note_lost_save").click().run()
    (told,) = annotating.read(store).written()
    assert (told.text, told.who, told.subject.key) == ("Two.", "Ben", "2024-11-21")
    assert not app.code


def test_the_form_of_a_note_is_filled_again_after_another_page(
    own_store: Path, open_page: Any
) -> None:
    store = Store(own_store)
    new = NewNote(Subject("day", "2024-11-21"), "One.", pinned=True)
    note = annotating.write(store, new, "Ana")
    app = open_page("notes")
    app.session_state["frise_name"] = "Ben"
    app.button(key=f"note_change_{note}").click().run()
    for desk in ("tags", "notes"):
        app.segmented_control(key="desk_list").set_value(desk).run()
    assert app.text_area(key=f"noted_changed_{note}").value == "One."
    assert app.checkbox(key=f"noted_changed_{note}_pin").value
    app.button(key=f"noted_changed_{note}_save").click().run()
    (told,) = annotating.read(store).written()
    assert (told.text, told.pinned) == ("One.", True)


def test_a_case_holds_its_filters_and_its_notes(own_store: Path, open_page: Any) -> None:
    row, store = _first(own_store), Store(own_store)
    subject = Subject("event", str(row["event_id"]), "Missile", int(row["article_id"]))
    app = open_page("notes", desk="cases", type=["ASSAULT"])
    app.session_state["frise_name"] = "Ana"
    app.text_input(key="case_name").set_value("Strikes")
    app.button(key="case_save").click().run()
    (case,) = cases.read(store).of("case")
    assert (case.params["type"], case.who) == (["ASSAULT"], "Ana")
    assert app.text_input(key="case_name").value == ""
    annotating.write(store, NewNote(subject, "Of the case.", case=case.id), "Ana")
    event = str(row["event_id"])
    assert "Of the case." not in html_of(open_page("timeline", event=event))
    opened = open_page("timeline", event=event, case=case.id)
    assert "Of the case." in html_of(opened)
    assert opened.button(key="chip_case").label == r"Case\: Strikes ×"
    opened.session_state["frise_name"] = "Ben"
    opened.button(key="chip_case_keep").click().run()
    assert "type" not in cases.read(store).of("case")[0].params
    opened.button(key="chip_case").click().run()
    assert "case" not in opened.query_params


def test_a_name_that_was_refused_stays_in_its_field(own_store: Path, open_page: Any) -> None:
    cases.save(Store(own_store), "case", "Strikes", {"type": ["ASSAULT"]}, "Ana")
    app = open_page("notes", desk="cases", type=["CONSULT"])
    app.session_state["frise_name"] = "Ana"
    app.text_input(key="case_name").set_value("Strikes")
    app.button(key="case_save").click().run()
    assert "is taken" in app.toast[0].value
    assert app.text_input(key="case_name").value == "Strikes"
    app.text_input(key="case_name").set_value("Talks")
    app.button(key="case_save").click().run()
    assert [c.name for c in cases.read(Store(own_store)).of("case")] == ["Strikes", "Talks"]


def test_a_case_is_deleted_by_its_button(own_store: Path, open_page: Any) -> None:
    case = cases.save(Store(own_store), "case", "Strikes", {"type": ["ASSAULT"]}, "Ana")
    app = open_page("notes", desk="cases")
    app.session_state["frise_name"] = "Ana"
    app.button(key=f"case_drop_{case}").click().run()
    assert [toast.value for toast in app.toast] == [
        "Deleted. For 30 days it can be put back under Notes."
    ]
    assert cases.read(Store(own_store)).of("case") == []


def test_what_of_a_file_of_cases_is_here_with_other_words_is_said(
    own_store: Path, open_page: Any
) -> None:
    case = cases.save(Store(own_store), "case", "Strikes", {"type": ["ASSAULT"]}, "Ana")
    day = Subject("day", "2024-11-21")
    first, second = (
        annotating.write(Store(own_store), NewNote(day, text, case=case), "Ana") for text in "ab"
    )
    written = cases.read(Store(own_store)).every, Query(own_store).annotations()
    data = case_file.written(*written)
    app = open_page("notes", "fr", desk="cases")
    for note, told in ((first, "1 note est ici"), (second, "2 notes sont ici")):
        annotating.change(Store(own_store), note, "Ana", text="c")
        app.file_uploader(key="cases_given").upload("a.json", data, "application/json").run()
        app.button(key="cases_take").click().run()
        assert f"{told} avec d’autres mots, qui restent" in html_of(app)
    cases.set_params(Store(own_store), case, {}, "Ana")
    app.button(key="cases_take").click().run()
    assert "Laissé de côté\u00a0: cases 1\u00a0: &#x27;Strikes&#x27; est ici" in html_of(app)


CITED = [
    ("en", {}, "Le Journal, “A title”, 21 November 2024, https://example.org/a"),
    ("fr", {}, "Le Journal, «\u00a0A title\u00a0», 21 novembre 2024, https://example.org/a"),
    ("en", {"url": "", "published": None}, "Le Journal, “A title”, undated"),
    ("fr", {"published_basis": "inferred", "url": "", "source": ""},
     "média inconnu, «\u00a0A title\u00a0», vers le 21 novembre 2024"),
    ("en", {"published_basis": "inferred", "published_precision": "month", "url": ""},
     "Le Journal, “A title”, about November 2024"),
    ("fr", {"published_basis": "inferred", "published_precision": "year", "url": ""},
     "Le Journal, «\u00a0A title\u00a0», vers 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "changed", "line"), CITED)
def test_a_citation_names_outlet_title_day_and_address(
    lang: str, changed: dict[str, Any], line: str, store: Path
) -> None:
    row = Query(store).events(Filters(), limit=1)
    named = {"source": "Le Journal", "title": " A  title", "url": "https://example.org/a"}
    told: dict[Any, Any] = row.iloc[0].to_dict() | named | {"published_basis": "given"}
    told["published"] = pd.Timestamp("2024-11-21")
    assert citation(told | changed, lang) == line
    assert citation(told | changed, lang, "B2") == f"{line} [B2]"
