"""Who decides something and why: two fields of a form. The name is kept for the session."""

from __future__ import annotations

import streamlit as st

from pages.shell.language import _

_NAME = "frise_name"  # outlives the field, which is forgotten where it is not drawn


def fields(key: str) -> None:
    """The fields for name and reason of the form `key`, the name as it was given last."""
    st.session_state.setdefault(f"{key}_who", st.session_state.get(_NAME, ""))
    st.text_input(_("Your name"), key=f"{key}_who", max_chars=80)
    st.text_input(_("Reason"), key=f"{key}_why", max_chars=300)


def given(key: str) -> tuple[str, str]:
    """(reason, name) as given; without a form the name that was given last."""
    who = str(st.session_state.get(f"{key}_who", st.session_state.get(_NAME)) or "").strip()
    st.session_state[_NAME] = who
    return str(st.session_state.get(f"{key}_why") or "").strip(), who
