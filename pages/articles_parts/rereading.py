"""Articles that an older reader read: how many, a button to read them again, and the report."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from events.filters import Filters
from events.settings import SettingsError
from events.store import Store, StoreError
from loaders.older_articles import older_articles
from pages.articles_parts import loading
from pages.shell import certainty, escaping, link, look, person
from pages.shell.language import _, count, error_words, label, listed, named, number, quoted
from pages.shell.store_access import query

if TYPE_CHECKING:  # the reader takes a second to import: only where something is read
    from loaders.reread import Conflict, Reread

_ASKED = "frise_reread_asked"
_REPORT = "frise_reread_report"
_RUNNING = "frise_reread_running"  # what was done until now: a run may be cut short and go on
_PROBLEM = "frise_reread_problem"
_SLOT = "frise_reread_slot"
_NOTE = '<p class="fr-note" style="margin: 0">{}</p>'  # level with the button beside it


def draw(filters: Filters) -> None:
    """One quiet line while there are such articles in the filters; what the last run did."""
    older = len(older_articles(query(), filters))
    if older:
        _line(older)
    st.session_state[_SLOT] = st.container()
    if problem := st.session_state.pop(_PROBLEM, ""):
        look.problem(problem)
    report: Reread | None = st.session_state.get(_REPORT)
    if report is not None:
        _show(report)


def run(filters: Filters) -> None:
    """Read again where it was asked for, with progress, once the page is drawn.

    Whatever cuts it short, it goes on where it was: the store knows what is done.
    """
    if not st.session_state.get(_ASKED):
        return
    with st.session_state[_SLOT]:
        bar = st.progress(0.0, _("Getting the language models ready …"))
    from loaders.reread import Reread, reread

    report = st.session_state.setdefault(_RUNNING, Reread())
    before = report.articles

    def progress(done: int, whole: int) -> None:
        done, whole = before + done, before + whole
        told = _("{n} of {all} articles read again")
        bar.progress(done / max(1, whole), told.format(n=number(done), all=number(whole)))

    try:
        articles = older_articles(query(), filters)
        progress(0, len(articles))
        reread(Store(), articles, dt.date.today(), progress, report, person.name())
        st.session_state[_REPORT] = st.session_state.pop(_RUNNING)
    except (StoreError, SettingsError) as error:
        st.session_state[_PROBLEM] = error_words(error)
    st.session_state[_ASKED] = False
    st.rerun()


def _line(older: int) -> None:
    words = count(
        "{n} article was read by an older reader",
        "{n} articles were read by an older reader",
        older,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_NOTE.format(escaping.escaped(words)), width="content")
        st.button(
            _("Read them again") if older > 1 else _("Read it again"),
            key="reread",
            disabled=bool(st.session_state.get(_ASKED)),
            on_click=_ask,
        )


def _ask() -> None:
    st.session_state[_ASKED] = True
    _put_away()


def _put_away() -> None:
    st.session_state.pop(_REPORT, None)


def _show(report: Reread) -> None:
    """Articles, events and edits moved; where reader and persons differ; edits without an event."""
    found = [
        count("{n} event", "{n} events", report.events - report.less_sure),
        *([certainty.left_out(report.less_sure)] if report.less_sure else []),
        count("{n} edit moved", "{n} edits moved", report.moved),
    ]
    done = count("{n} article read again", "{n} articles read again", report.articles)
    words = escaping.escaped(named(done, listed(found)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="fr-line" role="status">{words}</p>', width="content")
        st.button(_("Close"), key="reread_close", type="tertiary", on_click=_put_away)
    head = _("Of events that persons corrected, the reader now says (the correction counts)")
    loading.list_under(head, [_conflict(each) for each in report.conflicts])
    loading.list_under(_("Not read again"), report.failed)
    if report.lost:
        _lost(len(report.lost))


def _conflict(found: Conflict) -> str:
    now, before = (", ".join(label(code) for code in each) for each in (found.now, found.before))
    told = _("{now} instead of {before}").format(now=now, before=before)
    return named(told, quoted(found.quote))


def _lost(edits: int) -> None:
    words = count("{n} edit has no event now", "{n} edits have no event now", edits)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_NOTE.format(escaping.escaped(words)), width="content")
        if st.button(_("What is left out"), key="reread_lost"):
            link.set_view("list", "lost")
            st.switch_page("pages/left_out.py")
