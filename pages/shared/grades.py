"""In the evidence panel: the grades of an event by the Admiralty code, why, and a person's own."""

from __future__ import annotations

import streamlit as st

from events.grading import CREDIBILITIES, CREDIBILITY
from events.grading_words import credibility_words, reliability_words, why
from events.store import Store
from pages.shared import decided, decision
from pages.shared.facts import Row
from pages.shell.escaping import escaped
from pages.shell.language import _, current, named
from pages.shell.store_access import query

_KEY = "story_grade"


def mark(row: Row) -> str:
    """Reliability and credibility in short: "B2"."""
    return f"{row['reliability']}{row['credibility']}"


def draw(row: Row) -> None:
    """The outlet's reliability, the story's credibility with what it rests on, and the form."""
    if row["coder"]:  # a row of a table is no report
        return
    grade = query().grade(int(row["story_id"]))
    outlet = str(row["source"]) or _("outlet unknown")
    lines = (
        named(outlet, reliability_words(str(row["reliability"]), current())),
        named(_("Credibility"), credibility_words(grade.credibility, current())),
        why(grade, current()),
    )
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
    head = f"{_('Grade')} {row['reliability']}{grade.credibility}"
    st.html(f'<p class="fr-head">{escaped(head)}</p><ul class="fr-list">{items}</ul>')
    if st.toggle(_("Grade this story"), key=f"{_KEY}_open"):
        _form(row, grade.basis == "person")


def _form(row: Row, by_hand: bool) -> None:
    with st.form(f"{_KEY}_form", border=False):
        st.selectbox(
            _("Credibility of the story"),
            CREDIBILITIES,
            index=None,
            key=_KEY,
            format_func=lambda grade: credibility_words(grade, current()),
        )
        decision.fields(_KEY)
        event = int(row["event_id"])
        st.form_submit_button(_("Grade it"), key=f"{_KEY}_now", on_click=_give, args=(event,))
    if by_hand:
        st.button(
            _("Take this back"),
            key=f"{_KEY}_back",
            on_click=_take_back,
            args=(int(row["story_id"]),),
        )


def _give(event_id: int) -> None:
    value = st.session_state.get(_KEY)
    if value is None:
        st.toast(_("Choose a grade first."))
        return
    why, who = decision.given(_KEY)
    told = {CREDIBILITY: str(value)}
    decided.write(event_id, who, lambda q: Store(q.location).append_edits(event_id, told, why, who))


def _take_back(story_id: int) -> None:
    """Let the rule grade it again: every grade of a report of it is taken back."""
    why, who = decision.given(_KEY)
    edits = query().edits()
    mine = edits[edits["standing"] & (edits["field"] == CREDIBILITY)]
    events = set(query().story(story_id)["event_id"]) & set(mine["event_id"])
    told = {"field": CREDIBILITY, "value": "", "why": why, "who": who}
    back = [{"event_id": int(event), **told} for event in sorted(events)]
    if events:
        first = int(min(events))
        decided.write(first, who, lambda q: Store(q.location).append_all_edits(back))
