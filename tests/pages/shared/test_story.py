"""The story in the evidence panel: differences shown, reports split and joined, all taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.filters import Filters
from events.query import Query
from events.store import Store
from tests.pages.page_text import html_of

STRIKE = Filters(types=("ASSAULT",), text="Dnipro")


def _stories(folder: Path) -> dict[int, int]:
    events = Query(folder).events(Filters())
    return dict(zip(events["event_id"], events["story_id"], strict=True))


def _strikes(folder: Path) -> list[int]:
    """The reports of the strike on Dnipro, which the rules brought together."""
    found = Query(folder).events(STRIKE)
    return [int(e) for e in found.loc[found["story_id"].duplicated(keep=False), "event_id"]]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Denied (Northern Wire)"), ("fr", "Démenti (Northern Wire)")],
)
def test_the_differences_are_shown(own_store: Path, open_page: Any, lang: str, words: str) -> None:
    events = Query(own_store).events(STRIKE).set_index("event_id").loc[_strikes(own_store)]
    wire = events.index[events["source"] == "Northern Wire"][0]
    Store(own_store).append_edit(int(wire), "status", "denied", "denied since")
    app = open_page("timeline", lang, event=str(wire))
    assert not app.exception
    assert words in html_of(app)
    assert ("they contradict each other" if lang == "en" else "ils se contredisent") in html_of(app)
    head = "Where reports disagree" if lang == "en" else "Où les récits se contredisent"
    assert head in html_of(app)
    listed = " ".join(button.label for button in open_page("timeline", lang).button)
    assert ("· disputed" if lang == "en" else "· contesté") in listed


def test_a_report_is_taken_out_and_put_back(own_store: Path, open_page: Any) -> None:
    before = _stories(own_store)
    strike = _strikes(own_store)[0]
    app = open_page("timeline", event=str(strike))
    app.toggle(key="story_correct").set_value(True).run()
    app.text_input(key="story_who").input("M. Aubry")
    app.text_input(key="story_why").input("another plant")
    app.button(key="story_split").click().run()
    assert not app.exception
    after = _stories(own_store)
    assert [e for e in after if after[e] != before[e]] == [strike]
    assert "M. Aubry" in html_of(app)
    assert "another plant" in html_of(app)
    [undo] = [b for b in app.button if str(b.key).startswith("story_undo_")]
    undo.click().run()
    assert _stories(own_store) == before
    assert not [b for b in app.button if str(b.key).startswith("story_undo_")]


def test_one_press_takes_another_report_out_for_good(own_store: Path, open_page: Any) -> None:
    one, other, *_rest = _strikes(own_store)
    before = _stories(own_store)
    app = open_page("timeline", event=str(one))
    app.session_state["frise_name"] = "M. Aubry"
    app.button(key=f"part_{other}").click().run()
    assert not app.exception
    after = _stories(own_store)
    assert [event for event in after if after[event] != before[event]] == [other]
    assert f"report_{other}" not in {str(b.key) for b in app.button}


def test_two_stories_are_joined_and_parted_again(own_store: Path, open_page: Any) -> None:
    before = _stories(own_store)
    strike = _strikes(own_store)[0]
    app = open_page("timeline", event=str(strike))
    app.toggle(key="story_correct").set_value(True).run()
    other = app.selectbox(key="story_other")
    app.text_input(key="story_who").input("M. Aubry")
    other.set_value(next(o for o in _offered(own_store, strike) if before[o] != before[strike]))
    app.button(key="story_join").click().run()
    assert not app.exception
    after = _stories(own_store)
    assert len(set(after.values())) == len(set(before.values())) - 1
    [undo] = [b for b in app.button if str(b.key).startswith("story_undo_")]
    undo.click().run()
    assert _stories(own_store) == before


def _offered(folder: Path, event_id: int) -> list[int]:
    from pages.shared.story import near_stories

    row = Query(folder).event(event_id).to_dict("records")[0]
    return list(near_stories({str(name): value for name, value in row.items()}))


def test_without_another_story_chosen_nothing_is_joined(own_store: Path, open_page: Any) -> None:
    before = _stories(own_store)
    app = open_page("timeline", event=str(_strikes(own_store)[0]))
    app.toggle(key="story_correct").set_value(True).run()
    app.button(key="story_join").click().run()
    assert not app.exception
    assert _stories(own_store) == before
    assert Query(own_store).edits().empty


def test_a_busy_store_is_said(
    own_store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from events.store import StoreBusy

    def busy(*_args: object) -> None:
        raise StoreBusy("another load holds the lock")

    app = open_page("timeline", event=str(_strikes(own_store)[0]))
    app.toggle(key="story_correct").set_value(True).run()
    app.text_input(key="story_who").input("M. Aubry")
    monkeypatch.setattr(Store, "append_edit", busy)
    app.button(key="story_split").click().run()
    assert not app.exception
    assert "another load" in app.toast[0].value
