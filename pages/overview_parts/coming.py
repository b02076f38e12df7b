"""What is coming: announced acts of the days after the cut-off, and what became of earlier ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from events.announced import AHEAD, STATES, coming
from events.filters import Filters
from pages.shared import listing
from pages.shell import look
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, day
from pages.shell.store_access import reports

A_PAGE = 4


def draw(filters: Filters) -> None:
    """The open plans with a link to their evidence; nothing where nothing was ever announced."""
    plans = reports().announced(filters, current())
    if plans.empty:
        return
    cut_off = reports().cut_off(filters)
    ahead = coming(plans, cut_off)
    until = _("until {day}").format(day=day(cut_off + AHEAD, short=True)) if cut_off else ""
    st.html(f'<p class="fr-head">{escaped(_("What is coming"))} <i>· {escaped(until)}</i></p>')
    if ahead.empty:
        look.note(_("Nothing is announced for the 30 days after the cut-off."))
    else:
        listing.headlines(ahead, "coming", a_page=A_PAGE)
    if fates := _fates(plans):
        look.note(fates)


def _fates(plans: pd.DataFrame) -> str:
    """What became of the announced acts whose days are over; "" where there are none."""
    found = plans["plan_state"].value_counts()
    happened, overdue, unseen, unknown = (int(found.get(state, 0)) for state in STATES[1:])
    told = (
        (happened, count("{n} announced act happened", "{n} announced acts happened", happened)),
        (overdue, count("{n} is overdue", "{n} are overdue", overdue)),
        (unseen, count("{n} was not seen since", "{n} were not seen since", unseen)),
        (
            unknown,
            count(
                "{n} has no day, nor does its article",
                "{n} have no day, nor do their articles",
                unknown,
            ),
        ),
    )
    return " · ".join(words for number, words in told if number)
