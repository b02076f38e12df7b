"""Popovers: their content is made and sent when one is opened, without the rest of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from pages.shell import link

Width = Literal["stretch", "content"]


def popover(words: str, key: str, draw: Callable[[], None], width: Width = "content") -> None:
    """A button that opens the content of `draw`; a choice in it reruns the whole page."""
    _popover(words, key, draw, width, link.shown())


@st.fragment
def _popover(
    words: str, key: str, draw: Callable[[], None], width: Width, shown: link.Shown
) -> None:
    opened = st.popover(words, key=key, on_change="rerun", width=width)
    if opened.open:
        with opened:
            draw()
    if link.shown() != shown:
        st.rerun()
