"""Who uses this browser: the name that a person gave, kept in a cookie. There is no sign-in."""

from __future__ import annotations

from urllib.parse import quote, unquote

import streamlit as st

MOST = 80  # characters
_NAME = "frise_name"  # in the session and the cookie
_YEAR = 31_536_000  # seconds
_SCRIPT = """
export default function ({ data }) {
  const kept = "; path=/; SameSite=Strict; max-age=" + data.age;
  document.cookie = data.cookie + "=" + data.name + kept;
}
"""
_keep = st.components.v2.component("frise_person", js=_SCRIPT)


def name() -> str:
    """The name that was given last in this browser; "" before anybody gave one."""
    if _NAME not in st.session_state:
        cookie = st.context.cookies.get(_NAME, "")
        st.session_state[_NAME] = unquote(cookie)[:MOST] if isinstance(cookie, str) else ""
    return str(st.session_state[_NAME])


def give(told: str) -> str:
    """Keep a name; the name without outer spaces."""
    st.session_state[_NAME] = told.strip()[:MOST]
    return str(st.session_state[_NAME])


def remember() -> None:
    """Let the browser keep a name that it does not have yet."""
    cookie = quote(name())
    if cookie and st.context.cookies.get(_NAME, "") != cookie:
        with st.container(key="frise_person_holder"):  # hidden by look.css
            _keep(key="frise_person", data={"cookie": _NAME, "name": cookie, "age": _YEAR})
