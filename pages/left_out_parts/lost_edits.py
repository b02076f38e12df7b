"""What persons decided about events that are not told any more."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from events.records import records
from events.settings import SettingsError
from events.store import Store, StoreError
from pages.shared import decision, edit_words, facts
from pages.shared.facts import Row
from pages.shell import look
from pages.shell.language import _, error_words, number
from pages.shell.store_access import query

_KEY = "take_back"
_EDIT = f"{_KEY}_edit"
_BACK = "frise_taken_back"  # what the edit had decided, until it was said
MOST_ROWS = 500


def draw() -> None:
    """The list, why an edit may stand in it, and a form that takes one back."""
    if told := st.session_state.pop(_BACK, ""):
        look.note(_("Taken back: {edit}.").format(edit=told))
    rows = records(query().lost_edits())
    if not rows:
        look.note(_("Every edit has its event."))
        return
    look.note(
        _(
            "The present reader does not tell these events, or their article was withdrawn. An "
            "edit counts again as soon as its event is told."
        )
    )
    if len(rows) > MOST_ROWS:
        look.note(_("The newest {n} are listed.").format(n=number(MOST_ROWS)))
        rows = rows[:MOST_ROWS]
    shown = {
        _("Decision"): [edit_words.decided(row) for row in rows],
        _("When"): [facts.moment(row["at"]) for row in rows],
        _("By"): [str(row["who"]) for row in rows],
        _("Reason"): [str(row["why"]) for row in rows],
        _("Event"): [str(row["event_id"]) for row in rows],
    }
    st.dataframe(pd.DataFrame(shown), hide_index=True)
    _form({int(row["edit_id"]): row for row in rows})


def _form(edits: dict[int, Row]) -> None:
    with st.container(width=480), st.form(_KEY, border=False):
        st.selectbox(
            _("Take an edit back"),
            list(edits),
            index=0 if len(edits) == 1 else None,
            key=_EDIT,
            format_func=lambda edit: _named(edits[edit]) if edit in edits else "",
            placeholder=_("Edit"),
        )
        decision.fields(_KEY)
        if st.form_submit_button(_("Take it back"), key=f"{_KEY}_now"):
            _take_back(edits)


def _named(row: Row) -> str:
    """What was decided, by whom and why: the event itself is not told any more."""
    return " · ".join(filter(None, (edit_words.decided(row), str(row["who"]), str(row["why"]))))


def _take_back(edits: dict[int, Row]) -> None:
    edit = edits.get(st.session_state[_EDIT])
    why, who = decision.given(_KEY)
    if edit is None:
        look.problem(_("Choose the edit first."))
        return
    if not who:
        look.problem(decision.unsigned())
        return
    try:
        Store().append_edit(int(edit["event_id"]), str(edit["field"]), "", why, who)
    except (StoreError, SettingsError, ValueError) as error:
        look.problem(error_words(error))
        return
    st.session_state[_BACK] = _named(edit)
    st.rerun()
