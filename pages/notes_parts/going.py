"""From a note or bookmark to what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from events.annotations import Subject
from events.filters import Filters
from pages.shell import link
from pages.shell.language import _


def button(subject: Subject, key: str) -> None:
    """A button that opens the event, or shows the events of the day or place."""
    words = _("Open") if subject.event else _("Show its events")
    if st.button(words, key=f"go_{key}", type="tertiary"):
        _go(subject)


def _go(subject: Subject) -> None:
    if subject.event:
        link.set_view("event", subject.event)
        st.switch_page("pages/timeline.py")
    elif subject.on == "day":
        day = dt.date.fromisoformat(subject.key)
        link.set_filters(replace(Filters(), date_from=day, date_to=day))
        st.switch_page("pages/timeline.py")
    else:
        link.set_filters(replace(Filters(), places=(subject.key,)))
        st.switch_page("pages/map.py")
