"""Before the first decision: why a name is asked for, what comes, and what waits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from events.records import records
from pages.shared import facts
from pages.shell import look, person
from pages.shell.escaping import escaped
from pages.shell.language import _, count
from pages.shell.store_access import reports

SHOWN = 5  # of the events that wait
_WHO = "review_who"


def draw(waiting: Sequence[int]) -> None:
    """The form for the name beside what waits to be read, most important first (event ids)."""
    left, right = look.split(0.7)
    with left:
        look.head(_("Who reads?"))
        look.note(
            _(
                "Your name stands beside each decision, so that others see who read an event and "
                "nobody reads it twice. It is asked for once a browser."
            )
        )
        with st.form("review_name", border=False):
            st.text_input(_("Your name"), key=_WHO, max_chars=person.MOST)
            st.form_submit_button(_("Begin"), key="review_begin", type="primary", on_click=_named)
        look.note(
            _(
                "Then one event after the other, its article beside with the words marked: A is "
                "right as told, X no event, a letter changes a field, U takes it back."
            )
        )
    with right:
        look.head(count("{n} event waits", "{n} events wait", len(waiting)))
        rows = {int(r["event_id"]): r for r in records(reports().events_with(waiting[:SHOWN]))}
        lines = [_line(rows[event]) for event in waiting[:SHOWN] if event in rows]
        st.html(f'<ul class="fr-list">{"".join(lines)}</ul>')


def _line(row: facts.Row) -> str:
    small = " · ".join(filter(None, (facts.when(row, short=True), str(row["source"]))))
    return f"<li>{escaped(facts.headline(row))}<br><small>{escaped(small)}</small></li>"


def _named() -> None:
    person.give(str(st.session_state[_WHO] or ""))
