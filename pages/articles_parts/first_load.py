"""What every page shows while no article has been loaded: a newcomer's first page."""

from __future__ import annotations

import streamlit as st

from pages.articles_parts import loading
from pages.shell import look
from pages.shell.language import _


def nothing_loaded() -> None:
    """The page: what to do, and a button that does it."""
    look.title(_("No article has been loaded yet"))
    st.html(
        "<p>"
        + _(
            "Frise reads news articles and puts their dated events on a timeline, a map and a "
            "chart of who acts on whom. Every mark leads to the sentence it comes from."
        )
        + "</p>"
    )
    with st.container(horizontal=True):
        st.button(
            _("Load the sample articles"),
            type="primary",
            key="load_samples",
            disabled=loading.busy(),
            on_click=loading.ask,
            args=("samples",),
        )
        own = st.button(_("Load your own articles"), key="load_own", disabled=loading.busy())
    if own:
        st.switch_page("pages/articles.py")
    look.note(_("On the command line: python -m loaders load FOLDER"))
    loading.run()
