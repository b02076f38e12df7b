"""Remove a source from the settings file, once it was confirmed; what it brought stays."""

from __future__ import annotations

import streamlit as st

from events import audit_log
from events.settings import SettingsError
from events.settings_writing import remove_source
from events.store import Store, StoreError
from loaders.sources.state import State
from pages.shell import look, person
from pages.shell.language import _, error_words, quoted

_ASKED = "sources_remove_asked"  # name of the source whose removal is to be confirmed


def button(name: str) -> None:
    """The button that asks whether a source shall go."""
    st.button(_("Remove"), key="sources_remove", on_click=_ask, args=(name,))


def confirm(name: str) -> bool:
    """The question, where it was asked of this source; whether the source was removed just now."""
    if st.session_state.get(_ASKED) != name:
        return False
    told = _("Remove the source {name}? It is looked at no more; what it brought stays.")
    look.problem(told.format(name=quoted(name)))
    with st.container(horizontal=True):
        sure = st.button(_("Remove this source"), key="sources_remove_now", type="primary")
        st.button(_("Keep it"), key="sources_keep", on_click=_ask, args=("",))
    return sure and _remove(name)


def _ask(name: str) -> None:
    st.session_state[_ASKED] = name


def _remove(name: str) -> bool:
    try:
        remove_source(name)
        if Store().exists():
            audit_log.record(Store(), "source removed", person.name(), f"source {name}")
        state = State(Store())
        if state.path.exists():
            state.forget(name)
    except (SettingsError, StoreError) as error:
        look.problem(error_words(error))
        return False
    _ask("")
    return True
