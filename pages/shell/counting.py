"""What one line, one mark and one number of a page stand for: an event, that is a story of any
number of reports, or each report. Kept in the link (`rows=reports`); events by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st

from events import filter_words
from events.answers import Account
from events.filters import Filters
from pages.shell import link
from pages.shell.language import _, count, current, number

EVENTS, REPORTS = "", "reports"
_KEY = "filter_rows"
# fixed for files, which are made outside of a session
_FIXED: ContextVar[str | None] = ContextVar("fixed_rows", default=None)


@contextmanager
def fixed(rows: str) -> Iterator[None]:
    """Count EVENTS or REPORTS inside the block, with or without a session."""
    token = _FIXED.set(rows)
    try:
        yield
    finally:
        _FIXED.reset(token)


def chosen() -> str:
    """EVENTS or REPORTS."""
    told = _FIXED.get()
    return link.view("rows", EVENTS) if told is None else told


def switch() -> None:
    """The control: a line an event, or a line a report."""
    st.session_state[_KEY] = chosen()
    words = {EVENTS: _("an event"), REPORTS: _("a report")}
    st.segmented_control(
        _("One line, one mark is"),
        list(words),
        key=_KEY,
        format_func=lambda value: words[value],
        help=_("The reports of one event stand under it; its evidence lists them."),
        required=True,
        on_change=lambda: choose(st.session_state[_KEY]),
    )


def choose(rows: str) -> None:
    """Count EVENTS or REPORTS from now on."""
    link.set_view("rows", rows)


def button(account: Account) -> None:
    """Shows every report, or one line an event again; nothing where each event has one report."""
    if account.stories == account.shown:
        return
    other = EVENTS if chosen() else REPORTS
    words = _("Every report") if other == REPORTS else _("One line an event")
    st.button(words, key="rows_other", type="tertiary", on_click=choose, args=(other,))


def counted(rows: int) -> str:
    """A number of lines with what they are: ``87 events``, or ``112 reports``."""
    if chosen() == REPORTS:
        return count("{n} report", "{n} reports", rows)
    return count("{n} event", "{n} events", rows)


def told(account: Account) -> str:
    """How many events and reports are shown: ``87 events told in 112 of 139 reports``."""
    events = count("{n} event", "{n} events", account.stories)
    return count(  # the same form for singular and plural in English
        "{events} told in {n} of {loaded} reports",
        "{events} told in {n} of {loaded} reports",
        account.shown,
        events=events,
        loaded=number(account.loaded),
    )


def in_words(filters: Filters) -> str:
    """The filters in words, for the subtitle of a chart; with "every report" where it is so."""
    words = filter_words.in_words(filters, current())
    return f"{words} · {_('each report counts by itself')}" if chosen() == REPORTS else words


def reports_of(row: Mapping[str, Any]) -> str:
    """``3 reports`` of an event with several; "" of one report, or of a row that is a report."""
    reports = int(row.get("reports", 1))
    return count("{n} report", "{n} reports", reports) if reports > 1 else ""
