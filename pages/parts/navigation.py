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
    return [
        st.Page(f"pages/{path}.py", title=title, url_path=path, default=not i)
        for i, (path, title) in enumerate(names.items())
    ]
