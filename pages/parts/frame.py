"""What stands around every page: language, link, style, filters, and what to say on trouble."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from events.filters import Filters
from events.store import StoreDamaged, StoreMissing
from pages.parts import (
    account,
    bar,
    history,
    known,
    language,
    link,
    look,
    own_words,
    room,
    settled,
    states,
)
from pages.parts.data import query

DASHBOARD = "dashboard.py"
_OPENED = "frise_opened"
# Of twenty readers who press at the same moment all would wait for the last: threads that take
# turns at one core finish together, and a quarter of the time goes to the turns.
_AT_ONCE = threading.BoundedSemaphore(2)


def show(
    draw: Callable[[Filters], None],
    filtered: bool = True,
    empty: Callable[[], None] = states.nothing_loaded,
) -> None:
    """Draw a page under the one set of filters; a store that is missing or broken is said.

    `filtered=False` leaves out the line of what is shown (pages that are not about events);
    `empty` draws what stands in the page's place while nothing has been loaded.
    """
    _through_the_dashboard()
    link.read_link()
    try:
        query().version()
    except StoreMissing:
        _switch()
        link.write_link()
        empty()
        return
    except StoreDamaged as error:
        _switch()
        states.damaged(error)
        return
    # settled for the run: it is asked for with every word
    with _AT_ONCE, language.fixed(language.current()):
        _draw(draw, filtered)


def _draw(draw: Callable[[Filters], None], filtered: bool) -> None:
    try:
        known.check()
        filters = bar.draw()
        link.write_link()
        if not filtered:
            draw(filters)
            return
        counts = account.draw(filters)
        if counts.loaded == 0:
            states.nothing_loaded()
        elif counts.shown == 0:
            states.nothing_matches(filters)
        else:
            draw(filters)
            settled.settle(draw.__module__, query().version())
    except StoreDamaged as error:
        states.damaged(error)
    except Exception as error:  # the filters stay in reach: the next view may work
        logging.exception("a page could not be drawn")
        states.broken(error)


def plain_page(draw: Callable[[], None]) -> None:
    """Draw a page that needs no store: articles to load, help."""
    _through_the_dashboard()
    _switch()
    link.write_link()
    try:
        draw()
    except StoreMissing:
        states.nothing_loaded()
    except StoreDamaged as error:
        states.damaged(error)


def _switch() -> None:
    """The choice of language, at the right as on every page."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        bar.language_switch()


def _through_the_dashboard() -> None:
    """Run dashboard.py's part first when this page was run without it.

    A fresh server knows nothing of st.navigation yet: the very first link that is opened makes
    Streamlit run the page of that name in pages/ by itself.
    """
    context = get_script_run_ctx()
    main = Path(context.main_script_path).name if context else ""
    if main == DASHBOARD and not st.session_state.get(_OPENED):
        open_app()
        st.stop()


def open_app() -> None:
    """Set the page up, read the link and run the page that it names."""
    st.session_state[_OPENED] = True
    from pages.parts.navigation import ICON, LOGO, pages

    st.set_page_config("Frise", str(ICON), layout="wide", initial_sidebar_state="collapsed")
    link.read_link()
    st.logo(str(LOGO), size="medium")
    page = st.navigation(pages(), position="top")
    look.apply_style(own_words.style())
    history.keep()
    room.listen()
    page.run()
