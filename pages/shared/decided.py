"""A person's edit from a page: stored, its stories grouped again, and said where it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import streamlit as st

from events.bucket.objects import StoreUnreachable
from events.query import Query
from events.settings import SettingsError
from events.store import Store, StoreBusy, StoreError
from loaders.grouping import stories_follow
from pages.shared import decision
from pages.shell.language import _, error_words
from pages.shell.store_access import query

_WAIT = 2.0  # seconds for a load that goes on


def write(event_id: int, who: str, edit: Callable[[Query], object]) -> bool:
    """Make an edit of an event and let its stories follow; False, and why, where it is refused."""
    if not who:
        st.toast(decision.unsigned())
        return False
    done: list[object] = []
    try:
        with following([event_id]):
            done.append(edit(query()))
    except (StoreError, SettingsError, ValueError) as error:
        st.toast(error_words(error))
    return bool(done)


@contextmanager
def following(event_ids: Collection[int]) -> Iterator[None]:
    """Around edits of these events: their stories follow, after the load where one goes on. Raises
    what the edits raise."""
    done = False
    try:
        with stories_follow(Store(query().location), event_ids, _WAIT):
            yield
            done = True
    except StoreBusy:
        if not done:
            raise
        st.toast(_("Saved. Its stories follow after the load that goes on."))
    except StoreUnreachable as error:
        if not done:
            raise
        told = _("Saved, but its stories could not be grouped again: {problem}")
        st.toast(told.format(problem=error_words(error)))
