"""The pages and their names; addresses never change with the language."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from pages.parts.language import _

ROOT = Path(__file__).resolve().parents[2]
ICON = ROOT / "static" / "frise.svg"
LOGO = ROOT / "static" / "frise-name.svg"


def pages() -> list[Page]:
    """The pages in the order of the navigation; the first is the one that opens."""
    names = {
        "overview": _("Overview"),
        "timeline": _("Timeline"),
        "map": _("Map"),
        "actors": _("Actors"),
        "articles": _("Articles"),
        "briefing": _("Briefing"),
        "left_out": _("Left out"),
        "help": _("Help"),
    }
    first = "overview"
    shown = [
        st.Page(
            f"pages/{path}.py",
            title=title,
            # the first page is served without a name, which Streamlit reserves all the same
            url_path="start" if path == first else path,
            default=path == first,
        )
        for path, title in names.items()
    ]
    # typed with its name, the first page answers too
    return [*shown, st.Page(overview, title=names[first], url_path=first, visibility="hidden")]


def overview() -> None:
    """The start page under its own name."""
    from pages.parts import frame, overview_page

    frame.show(overview_page.draw)
