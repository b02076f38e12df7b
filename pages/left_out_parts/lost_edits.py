"""What persons decided about events that are not told any more."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shared import facts
from pages.shared.facts import Row
from pages.shell import look
from pages.shell.language import _, label, named, number
from pages.shell.store_access import query, records

MOST_ROWS = 500


def draw() -> None:
    """The list, and why an edit may stand in it."""
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
        _("Decision"): [_decided(row) for row in rows],
        _("When"): [facts.moment(row["at"]) for row in rows],
        _("By"): [str(row["who"]) for row in rows],
        _("Reason"): [str(row["why"]) for row in rows],
        _("Event"): [str(row["event_id"]) for row in rows],
    }
    st.dataframe(pd.DataFrame(shown), hide_index=True)


def _decided(row: Row) -> str:
    if row["field"] == "status":
        return named(_("Status"), label(str(row["value"])))
    joined = row["field"] == "joined"
    return _("story joined with another") if joined else _("taken out of its story")
