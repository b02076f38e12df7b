"""What a session knew of widgets that went is forgotten; those that stay still answer."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import app as shell_app
from pages.shell import gone_widgets, navigation


def _page() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from pages.shell import gone_widgets

    gone_widgets.forget()
    ctx = get_script_run_ctx()
    assert ctx is not None
    known = ctx.session_state._state._new_widget_state.widget_metadata
    runs = len(st.session_state.setdefault("known", []))
    st.session_state["known"].append(len(known))
    st.selectbox("Other options, another widget", [runs, "always"])

    def pressed() -> None:
        st.session_state["pressed"] = st.session_state.get("pressed", 0) + 1

    st.button("Stays", key="stays", on_click=pressed)


def test_what_went_is_forgotten() -> None:
    app = AppTest.from_function(_page).run()
    for _ in range(5):
        app.run()
    assert not app.exception
    assert app.session_state["known"] == [0, 2, 2, 2, 2, 2]  # those that the run before drew


def test_callbacks_of_what_stays_are_called() -> None:
    app = AppTest.from_function(_page).run().run()
    for _ in range(3):
        app.button(key="stays").click().run()
    assert not app.exception
    assert app.session_state["pressed"] == 3
    assert app.button(key="stays").value is True


def test_each_run_of_the_dashboard_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[bool] = []
    monkeypatch.setattr(gone_widgets, "forget", lambda: called.append(True))
    monkeypatch.setattr(navigation, "pages", dict)
    with pytest.raises(Exception, match="."):  # there are no pages
        shell_app.open_app()
    assert called == [True]


def test_nothing_is_forgotten_where_there_is_no_session() -> None:
    gone_widgets.forget()
