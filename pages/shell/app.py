"""The app around the pages: set up once per session, then run the page named in the link."""

from __future__ import annotations

import streamlit as st

from pages.shell import (
    gone_widgets,
    history,
    link,
    look,
    navigation,
    person,
    screen_width,
    streamlit_words,
)

_OPENED = "frise_opened"


def is_open() -> bool:
    """Whether this session was opened by dashboard.py."""
    return bool(st.session_state.get(_OPENED))


def open_app() -> None:
    """Configure the page, read the link and run the page that it names."""
    gone_widgets.forget()
    st.session_state[_OPENED] = True
    st.set_page_config(
        "Frise", str(navigation.ICON), layout="wide", initial_sidebar_state="collapsed"
    )
    link.read_link()
    st.logo(str(navigation.LOGO), size="medium")
    page = st.navigation(navigation.pages(), position="top")
    look.apply_style(streamlit_words.style())
    history.keep()
    screen_width.listen()
    person.remember()
    page.run()
