"""The frame around every page: filters, account, and messages where the store cannot be read."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from events import settings
from events.bucket.objects import StoreUnreachable
from events.filters import Filters
from events.settings import SettingsError
from events.store import StoreDamaged, StoreError, StoreMissing, StoreOutdated
from pages.articles_parts import first_load
from pages.shell import (
    account,
    app,
    filter_bar,
    garbage_collection,
    language,
    link,
    outdated,
    states,
    unknown_names,
)
from pages.shell.store_access import query

DASHBOARD = "dashboard.py"
# If twenty readers change a filter at once, all would wait for the last: threads that share a core
# finish together, and switching between them takes a quarter of the time.
_AT_ONCE = threading.BoundedSemaphore(2)


def show(
    draw: Callable[[Filters], None],
    filtered: bool = True,
    empty: Callable[[], None] = first_load.nothing_loaded,
) -> None:
    """Draw a page under the one set of filters; a store that is missing, older or broken is said.

    `filtered=False` omits the counts line (for pages that are not about events);
    `empty` is drawn instead of the page while no article has been loaded.
    """
    _through_the_dashboard()
    link.read_link()
    try:
        wrong = _in_the_way()
    except StoreMissing:
        _switch()
        link.write_link()
        empty()
        return
    if wrong is not None:
        _switch()
        wrong()
        return
    outdated.say_done()
    states.out_of_reach()
    # fixed for the run: it is asked for with every word
    with _AT_ONCE, language.fixed(language.current()):
        _draw(draw, filtered)


def _in_the_way() -> Callable[[], None] | None:
    """What is to be said in a page's place: settings that cannot hold, a store that is older or
    cannot be read. Raises StoreMissing."""
    try:
        settings.held()
        query().version()
    except StoreMissing:
        raise
    except SettingsError as error:
        return partial(states.bad_setting, error)
    except StoreOutdated:
        return outdated.offer
    except StoreUnreachable as error:
        return partial(states.unreachable, error)
    except StoreError as error:
        return partial(states.damaged, error)
    return None


def _draw(draw: Callable[[Filters], None], filtered: bool) -> None:
    try:
        unknown_names.check()
        filters = filter_bar.draw()
        link.write_link()
        if not filtered:
            draw(filters)
            return
        counts = account.draw(filters)
        if counts.loaded == 0:
            first_load.nothing_loaded()
        elif counts.shown == 0:
            states.nothing_matches(filters)
        else:
            draw(filters)
            garbage_collection.freeze(_page_of(draw), query().loads)
    except StoreDamaged as error:
        states.damaged(error)
    except Exception as error:  # the filters stay usable: the next view may work
        logging.exception("a page could not be drawn")
        states.broken(error)


def plain_page(draw: Callable[[], None]) -> None:
    """Draw a page that is of use where the store cannot be read (help, the log): what is wrong with
    the store is said above it."""
    _begin()
    try:
        wrong = _in_the_way()
    except StoreMissing:
        wrong = None
    if wrong is not None:
        wrong()
    draw()


def store_page(draw: Callable[[], None]) -> None:
    """Draw a page about the whole store, which no filter changes: without the filter bar."""
    _begin()
    try:
        wrong = _in_the_way()
    except StoreMissing:
        wrong = first_load.nothing_loaded
    if wrong is None:
        states.out_of_reach()
    try:
        with _AT_ONCE, language.fixed(language.current()):
            (wrong or draw)()
    except StoreDamaged as error:
        states.damaged(error)


def _begin() -> None:
    """What stands above a page without the filter bar, and its link."""
    _through_the_dashboard()
    _switch()
    link.write_link()


def _switch() -> None:
    """The choice of language, at the right as on every page."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        filter_bar.language_switch()


def _through_the_dashboard() -> None:
    """Run the set-up of dashboard.py first if this page was run without it.

    Before the first st.navigation a fresh server does not know the pages: the first link opened
    makes Streamlit run the file of that name in pages/ directly.
    """
    context = get_script_run_ctx()
    main = Path(context.main_script_path).name if context else ""
    if main == DASHBOARD and not app.is_open():
        app.open_app()
        st.stop()


def _page_of(draw: Callable[..., None]) -> str:
    """Name of a page's file; Streamlit runs each one under the module name "__main__"."""
    return Path(draw.__code__.co_filename).stem
