"""Saved views under "More": open one, keep the present one, delete one."""

from __future__ import annotations

import streamlit as st

from events import cases
from pages.shell import open_case, signing
from pages.shell.escaping import plain, shortened
from pages.shell.language import _

_NAME = "view_name"


def draw() -> None:
    """The saved views. One that is deleted can be put back on the page of notes."""
    signing.ask("view")
    st.text_input(
        _("Save this view as"),
        key=_NAME,
        placeholder=_("Name, then Enter"),
        max_chars=cases.MOST_NAME,
        on_change=_save_present,
    )
    for view in open_case.known().of("view"):
        opened, forgotten = st.columns([6, 1.3], vertical_alignment="center")
        opened.button(
            plain(shortened(view.name, 28)),
            key=f"view_open_{view.id}",
            width="stretch",
            on_click=open_case.open_case,
            args=(view,),
        )
        forgotten.button(
            "×",
            key=f"view_drop_{view.id}",
            help=_("Forget this view"),
            on_click=open_case.delete,
            args=(view,),
        )


def _save_present() -> None:
    name, params = str(st.session_state[_NAME] or "").strip(), open_case.present()
    if name and signing.signed(lambda store, who: cases.save(store, "view", name, params, who)):
        st.session_state[_NAME] = ""
        st.toast(_("View saved."))
