"""Grading one outlet by a form, and the whole table as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from events import audit_log, outlet_grades
from events.grading import RELIABILITIES
from events.grading_words import reliability_words
from events.outlet_grades import OutletGrade, OutletGrades
from events.settings import SettingsError
from events.store import Store, StoreError, store_location
from pages.shared import decision
from pages.shell import look, person, signing
from pages.shell.language import _, count, current, error_words

_KEY, _DONE = "outlet_grade", "frise_outlets_graded"
_TABLE_FILE = "frise-outlets.csv"
_NAME, _GRADE, _FILE = f"{_KEY}_name", f"{_KEY}_value", f"{_KEY}_file"


def choose(outlet: str) -> None:
    """Put an outlet into the form."""
    st.session_state[_NAME] = outlet


def draw(outlets: Sequence[str], grades: OutletGrades) -> None:
    """The form for one outlet, the upload of a table, and the table as a file."""
    changed = st.session_state.pop(_DONE, None)
    if changed is not None:
        look.note(count("{n} outlet graded.", "{n} outlets graded.", changed))
    _one(outlets)
    _table(grades)


def _one(outlets: Sequence[str]) -> None:
    look.head(_("Grade an outlet"))
    with st.form(_KEY, border=False):
        known = list(dict.fromkeys([*outlets, st.session_state.get(_NAME) or ""]))
        st.selectbox(
            _("Outlet"), [name for name in known if name], index=None, key=_NAME,
            accept_new_options=True, placeholder=_("choose, or write a name"),
        )  # fmt: skip
        st.selectbox(
            _("Reliability"), RELIABILITIES, index=None, key=_GRADE,
            format_func=lambda grade: reliability_words(grade, current()),
            placeholder=_("A to F"),
        )  # fmt: skip
        decision.fields(_KEY)
        if st.form_submit_button(_("Grade it"), key=f"{_KEY}_now"):
            name, grade = st.session_state.get(_NAME), st.session_state.get(_GRADE)
            if name and grade:
                why, who = decision.given(_KEY)
                _give([OutletGrade(str(name).strip()[:200], str(grade), why)], who)
            else:
                look.problem(_("Choose the outlet and a grade first."))


def _table(grades: OutletGrades) -> None:
    look.head(_("The table of your team"))
    look.note(
        _("A CSV file with the columns outlet and reliability (A to F), and why if you wish.")
    )
    signing.ask(f"{_KEY}_import")
    with st.form(f"{_KEY}_import", border=False, clear_on_submit=True):
        given = st.file_uploader(_("Table of outlets (CSV)"), type=["csv"], key=_FILE)
        if st.form_submit_button(_("Take the table in"), key=f"{_KEY}_import_now"):
            _import(given.getvalue() if given else b"")
    if grades.rows:
        st.download_button(
            _("The table (CSV)"),
            partial(_written, grades, person.name()),
            file_name=_TABLE_FILE,
            mime="text/csv",
            key=f"{_KEY}_download",
            on_click="ignore",
        )


def _written(grades: OutletGrades, who: str) -> str:
    audit_log.record_leaving(store_location(), who, _TABLE_FILE)
    return outlet_grades.as_csv(grades.rows.values())


def _import(data: bytes) -> None:
    if not data:
        look.problem(_("Choose the file first."))
        return
    try:
        rows = outlet_grades.parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        look.problem(_("The file is not UTF-8: save the table as CSV in UTF-8."))
    except outlet_grades.GradesError as error:
        look.problem(error_words(error))
    else:
        _give(rows, person.name())


def _give(rows: Sequence[OutletGrade], who: str) -> None:
    try:
        changed = outlet_grades.give(Store(), rows, who)
    except (StoreError, SettingsError, outlet_grades.GradesError) as error:
        look.problem(error_words(error))
        return
    st.session_state[_DONE] = changed
    st.rerun()
