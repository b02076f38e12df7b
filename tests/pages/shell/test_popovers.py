"""What is folded into a button is made once it is opened; a choice in it changes the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.shell import look
from pages.shell.store_access import query


def test_lists_of_choices_are_sent_once_they_are_opened(store: Path, open_page: Any) -> None:
    app = open_page("timeline")
    assert not app.get("slider")
    assert "compare_with" not in {box.key for box in app.selectbox}
    for key in ("period", "more", "compare"):
        app.session_state[key] = True
    app.run()
    assert [slider.key for slider in app.slider] == ["filter_confidence"]
    assert "compare_with" in {box.key for box in app.selectbox}


def test_a_choice_in_a_fold_holds_for_the_page(store: Path, open_page: Any) -> None:
    app = open_page("timeline")
    app.session_state["period"] = True
    app.run()
    app.button(key="period_30").click().run()
    assert not app.exception
    assert any(button.key.startswith("chip_date_from") for button in app.button if button.key)
    newest = query().article_days()["day"].max().date()
    assert str(newest) in app.query_params["to"]


def test_the_style_stands_on_the_page_itself() -> None:
    """Among the toasts, where Streamlit puts pure style, a toast would sweep it away."""

    def styled() -> None:
        import streamlit as st

        from pages.shell import look

        look.apply_style()
        st.toast("done")

    style = (Path(look.__file__).parent / "look.css").read_text(encoding="utf-8")
    bodies = [
        element.proto.body for element in AppTest.from_function(styled).run().main.get("html")
    ]
    assert sum(style in body for body in bodies) == 1


def test_what_follows_the_chips_stays_in_its_place(store: Path, open_page: Any) -> None:
    """A page whose parts move is built anew by the browser, charts and map too."""
    without, with_one = open_page("map"), open_page("map", type="ASSAULT")
    assert len(without.main.children) == len(with_one.main.children)
