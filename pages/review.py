"""Review: what the reader told, one event after the other, beside its article."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from events import wording
from events.certainty import reading
from events.disagreement import disputed
from events.filters import Filters
from events.query import Query
from events.review_order import COLUMNS, review_order
from events.reviews import decided
from pages.review_parts import acts, agreement, ask_name, review_queue
from pages.shared import detail, evidence
from pages.shell import frame, link, look, person
from pages.shell.language import _, count, current, number
from pages.shell.store_access import query, reports


def draw(filters: Filters) -> None:
    """The queue of one list, under it the evidence of an event that was opened, and what two
    persons read."""
    look.title(_("Review"), _subtitle())
    order = _order(query(), query().version(), filters)
    if not person.name():
        ask_name.draw(review_queue.to_read(order, False, ""))
        return
    second = link.view("read") == acts.AGAIN
    _lists(second)
    if detail.is_large(filters):
        told = _("The {n} newest events are in the queue: narrow the filters for others.")
        look.note(told.format(n=number(len(order))))
    review_queue.draw(review_queue.Waiting(order, second))
    row = evidence.chosen()
    if row is not None:
        evidence.panel(row)
    agreement.draw()


def _subtitle() -> str:
    """What is shown elsewhere and what that is worth, and how often events stood as told here."""
    told = [_("Shown elsewhere: what persons accepted or corrected, and what is sure enough.")]
    measured = reading().measured
    if measured is not None:
        share = wording.format_tenths(math.floor(10 * measured.type + 1e-9) / 10, current())
        told.append(_("Of the sure enough {share} have the right type.").format(share=share))
    done = decided(reports())
    if len(done):
        right = wording.format_share(float((done["state"] == "accepted").mean()), current())
        one = "Of {n} event that persons read, {share} was right as told."
        many = "Of {n} events that persons read, {share} were right as told."
        told.append(count(one, many, len(done), share=right))
    return " ".join(told)


def _lists(second: bool) -> None:
    st.session_state["review_list"] = acts.AGAIN if second else acts.UNREAD
    names = {acts.UNREAD: _("Not read yet"), acts.AGAIN: _("Second reading")}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            _("List"),
            list(names),
            key="review_list",
            format_func=lambda name: names[name],
            label_visibility="collapsed",
            required=True,
            on_change=lambda: link.set_view("read", st.session_state["review_list"]),
        )
        if second:
            look.note(_("What others decided, as it was read: your verdict changes nothing."))


@st.cache_data(show_spinner=False, max_entries=8)
def _order(_query: Query, version: str, filters: Filters) -> pd.DataFrame:
    """The order of review of the events that the filters show, and of what persons said to be none
    where nothing is filtered."""
    table = detail.recent(filters)
    every = reports().events(filters) if not detail.is_large(filters) else table
    rejected = reports().rejected_events() if filters == Filters(sure=filters.sure) else every[:0]
    asked = pd.concat([table[list(COLUMNS)], rejected[list(COLUMNS)]], ignore_index=True)
    return review_order(asked, set(disputed(every)))


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
