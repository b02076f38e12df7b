"""The pages and their titles; addresses do not depend on the language."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from pages.shell.language import _

ROOT = Path(__file__).resolve().parents[2]
ICON = ROOT / "static" / "frise.svg"
LOGO = ROOT / "static" / "frise-name.svg"
# file in pages/ -> title, in the order of the navigation; the first is the start page
PAGES: dict[str, str] = {
    "overview": "Overview",
    "timeline": "Timeline",
    "map": "Map",
    "actors": "Actors",
    "articles": "Articles",
    "review": "Review",
    "sources": "Sources",
    "notes": "Notes",
    "outlets": "Outlets",
    "briefing": "Briefing",
    "left_out": "Left out",
    "log": "Log",
    "help": "Help",
}
FIRST = next(iter(PAGES))


def pages() -> list[Page]:
    """The argument of st.navigation, with titles in the reader's language."""
    # the start page is served without a name, but Streamlit reserves its name
    shown = [_page(name, "start" if name == FIRST else name) for name in PAGES]
    # so that the start page also opens under its name
    return [*shown, _page(FIRST, FIRST, hidden=True)]


def _page(name: str, address: str, hidden: bool = False) -> Page:
    return st.Page(
        f"pages/{name}.py",
        title=_(PAGES[name]),
        url_path=address,
        default=name == FIRST and not hidden,
        visibility="hidden" if hidden else "visible",
    )
