"""The feeds of a list (OPML) that is given: they become sources, all or those that are chosen."""

from __future__ import annotations

from dataclasses import astuple

import pandas as pd
import streamlit as st

from events import settings
from events.aside_words import aside_line
from events.settings import SettingsError
from events.settings_writing import add_sources
from loaders.readers import UnreadableError
from loaders.sources.additions import Additions, feeds_of_list
from pages.articles_parts import loading
from pages.shell import look
from pages.shell.language import _, count, current, error_words
from pages.sources_parts import child

_KEY = "feed_list"
_ADDED = "frise_feeds_added"  # number of the last ones, until it was said


def draw() -> None:
    """The file, what it names, and the button that adds it."""
    look.head(_("Feeds of a list (OPML)"))
    if added := st.session_state.pop(_ADDED, 0):
        look.note(count("{n} source was added.", "{n} sources were added.", added))
    file = st.file_uploader(_("List of feeds, as feed readers export it"), key=f"{_KEY}_file")
    if file is None:
        return
    try:
        found = feeds_of_list(file.getvalue(), settings.sources())
    except UnreadableError as error:
        look.problem(aside_line(astuple(error.set_aside(file.name)), current()))
        return
    except SettingsError:  # said above
        return
    _choose(found)


def _choose(found: Additions) -> None:
    loading.list_under(_("Sources already"), found.known)
    loading.list_under(_("Set aside"), found.refused)
    if not found.tables:
        look.note(_("The list names no feed that could be added."))
        return
    shown = pd.DataFrame(found.tables)[["name", "url"]].set_axis([_("Name"), _("Feed")], axis=1)
    picked = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"{_KEY}_rows",
    )["selection"]["rows"]
    chosen = [found.tables[n] for n in picked] or list(found.tables)
    look.note(_("Without a choice of rows all are added."))
    words = count("Add {n} feed", "Add {n} feeds", len(chosen))
    if st.button(words, key=f"{_KEY}_add", type="primary"):
        _add(chosen)


def _add(tables: list[dict[str, object]]) -> None:
    try:
        add_sources(tables)
    except SettingsError as error:
        look.problem(error_words(error))
        return
    st.session_state[_ADDED] = len(tables)
    child.start()
    st.rerun()
