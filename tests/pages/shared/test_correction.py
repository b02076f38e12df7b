"""The form of corrections in the evidence panel, its history, and events that are added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from events.editing import correct
from events.filters import Filters
from events.query import Query
from tests.pages.page_text import html_of

STRIKE = Filters(types=("ASSAULT",), text="Dnipro")


def _strike(folder: Path) -> int:
    return int(Query(folder).events(STRIKE)["event_id"].iloc[0])


def _event(folder: Path, event: int) -> dict[Any, Any]:
    return Query(folder).event(event).iloc[0].to_dict()


def _form(open_page: Any, folder: Path) -> AppTest:
    event = _strike(folder)
    article = str(_event(folder, event)["article_id"])
    app: AppTest = open_page("articles", event=str(event), article=article)
    return app.toggle(key="correct_open").set_value(True).run()


def _field(widgets: Any, name: str) -> Any:
    return next(w for w in widgets if str(w.key).startswith("fix_") and str(w.key).endswith(name))


def test_the_form_opens_beside_an_edit_of_another_event(own_store: Path, open_page: Any) -> None:
    query, event = Query(own_store), _strike(own_store)
    others = query.events(Filters())["event_id"]
    correct(query, int(others[others != event].iloc[0]), {"weight": "0"}, "", "Ben")
    app = _form(open_page, own_store)
    assert not app.exception
    assert _field(app.selectbox, "_type").value == "ASSAULT"


def test_what_is_changed_is_saved_signed_shown_and_taken_back(
    own_store: Path, open_page: Any
) -> None:
    event = _strike(own_store)
    before = _event(own_store, event)
    app = _form(open_page, own_store)
    _field(app.selectbox, "_type").set_value("PROTEST").run()
    _field(app.selectbox, "_mode").set_value("riot")
    _field(app.multiselect, "_sources").set_value(["MLI", "Les Loups"]).run()
    assert "Type: Assault → Protest" in html_of(app)
    app.button(key="fix_save").click().run()
    assert Query(own_store).edits().empty  # nobody signed it
    app.text_input(key="fix_who").set_value("Ana")
    app.text_input(key="fix_why").set_value("read it").run()
    app.button(key="fix_save").click().run()
    assert not app.exception
    row = _event(own_store, event)
    assert (row["type"], row["mode"], row["sources"]) == ("PROTEST", "riot", ["MLI", "X:Les Loups"])
    assert {*Query(own_store).edits()["field"]} == {"type", "mode", "sources"}
    assert "by Ana" in html_of(app)
    [undo] = [b for b in app.button if str(b.key).startswith("edit_undo_")]
    assert undo.label == "Take these back"
    undo.click().run()
    assert not [b for b in app.button if str(b.key).startswith("edit_undo_")]
    row = _event(own_store, event)
    assert (row["type"], row["sources"]) == (before["type"], before["sources"])
    assert "Type: Protest → Assault" in html_of(app)


def test_a_name_given_meanwhile_is_not_written_over(own_store: Path, open_page: Any) -> None:
    """A run that another field began knows nothing of it yet: it may set no name, not even ""."""
    app = _form(open_page, own_store)
    for _each in range(2):
        assert not app.text_input(key="fix_who").proto.set_value
        _field(app.text_input, "_headline").set_value("A line").run()
    app.text_input(key="fix_who").set_value("Ana").run()
    app.button(key="fix_save").click().run()
    app.toggle(key="correct_open").set_value(True).run()
    assert app.text_input(key="fix_who").value == "Ana"  # given once, it stands in the next form


def test_who_writes_later_sees_the_other_first(own_store: Path, open_page: Any) -> None:
    event = _strike(own_store)
    app = _form(open_page, own_store)
    _field(app.selectbox, "_status").set_value("claimed").run()
    app.text_input(key="fix_who").set_value("Ana").run()
    correct(Query(own_store), event, {"weight": "0"}, "", "Ben")
    app.button(key="fix_save").click().run()
    assert "Ben changed this meanwhile: Importance: not told → background" in html_of(app)
    assert len(Query(own_store).edits()) == 1
    app.button(key="fix_save").click().run()
    row = _event(own_store, event)
    assert (row["status"], row["weight"]) == ("claimed", 0)  # Ben's stays


def test_no_event_is_listed_as_left_out_and_comes_back(own_store: Path, open_page: Any) -> None:
    event, all_ = _strike(own_store), Query(own_store).count(Filters())
    app = _form(open_page, own_store)
    app.text_input(key="fix_who").set_value("Ana").run()
    app.button(key="fix_none").click().run()
    assert Query(own_store).count(Filters()) == all_ - 1
    listed = open_page("left_out", list="rejected", event=str(event))
    assert "Persons said that these are no events" in html_of(listed)
    [undo] = [b for b in listed.button if str(b.key).startswith("edit_undo_")]
    undo.click().run()
    assert Query(own_store).count(Filters()) == all_ - 1  # nobody signed it
    listed.text_input(key="asked_who").set_value("Ben").run()
    [undo] = [b for b in listed.button if str(b.key).startswith("edit_undo_")]
    undo.click().run()
    assert Query(own_store).count(Filters()) == all_


def test_a_day_by_hand_and_an_interval(own_store: Path, open_page: Any) -> None:
    app = _form(open_page, own_store)
    _field(app.selectbox, "_date").set_value("another").run()
    _field(app.selectbox, "_date_precision").set_value("month").run()
    _field(app.date_input, "_date_first").set_value("2024-06-15")
    app.text_input(key="fix_who").set_value("Ana").run()
    app.button(key="fix_save").click().run()
    row = _event(own_store, _strike_of(own_store))
    assert (str(row["first"])[:10], str(row["last"])[:10]) == ("2024-06-01", "2024-06-30")
    assert (row["precision"], row["date_basis"]) == ("month", "corrected")


def _strike_of(folder: Path) -> int:
    return int(Query(folder).edits()["event_id"].iloc[0])


def test_a_missed_event_is_added_at_its_words(own_store: Path, open_page: Any) -> None:
    row = _event(own_store, _strike(own_store))
    app = open_page("articles", article=str(row["article_id"]))
    app.toggle(key="add").set_value(True).run()
    app.text_input(key="add_words").set_value("no such words").run()
    assert not [b for b in app.button if b.key == "add_now"]
    text = str(Query(own_store).article(int(row["article_id"]))["text"].iloc[0])
    words = " ".join(text.split()[1:3])
    app.text_input(key="add_words").set_value(words).run()
    app.selectbox(key="add_type").set_value("THREATEN")
    app.text_input(key="add_who").set_value("Ana").run()
    app.button(key="add_now").click().run()
    assert not app.exception
    event = int(Query(own_store).edits()["event_id"].iloc[0])
    added = _event(own_store, event)
    assert (added["type"], added["edited"], words in added["quote"]) == ("THREATEN", True, True)
    assert text[added["start"] : added["end"]] == added["quote"]
    assert app.toggle(key="correct_open").value
