"""Who decides something and why: two fields of a form. The name is kept for the browser."""

from __future__ import annotations

import streamlit as st

from pages.shell import person
from pages.shell.language import _

_ASKED, _ASKED_WHO = "frise_unsigned", "asked_who"


def fields(key: str) -> None:
    """The fields for name and reason of the form `key`, the name as it was given last,
    also where it was emptied."""
    # What is set here, be it empty, is written over what a person gives while this runs.
    if person.name() and not str(st.session_state.get(f"{key}_who") or "").strip():
        st.session_state[f"{key}_who"] = person.name()
    st.text_input(_("Your name"), key=f"{key}_who", max_chars=person.MOST)
    st.text_input(_("Reason"), key=f"{key}_why", max_chars=300)


def given(key: str) -> tuple[str, str]:
    """(reason, name) as given; without a form the name that was given last."""
    told = str(st.session_state.get(f"{key}_who") or "").strip()
    who = person.give(told) if told else person.name()
    return str(st.session_state.get(f"{key}_why") or "").strip(), who


def unsigned() -> str:
    """What to say where nobody gave a name; `ask` asks for it then."""
    st.session_state[_ASKED] = True
    return _("Give your name: others will read who decided it.")


def ask() -> None:
    """A field for the name where a decision without a form was not signed."""
    if st.session_state.get(_ASKED) and not person.name():
        hint = _("once a browser")
        key, most = _ASKED_WHO, person.MOST
        st.text_input(_("Your name"), key=key, max_chars=most, placeholder=hint, on_change=_told)


def _told() -> None:
    person.give(str(st.session_state[_ASKED_WHO] or ""))
