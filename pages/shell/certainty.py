"""The filter of certainty on pages: its switch, what it is worth, and how many events it hides."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from events import wording
from events.answers import Account
from events.certainty import ANY, ENOUGH, reading
from events.certainty import shown as is_shown
from events.filters import Filters
from pages.shell import link
from pages.shell.language import _, count, current, number
from pages.shell.names import language_in_text
from pages.shell.store_access import query


def switch(filters: Filters) -> None:
    """The control, and what was measured of the events that it leaves."""
    st.session_state["filter_sure"] = filters.sure == ENOUGH
    st.toggle(_("Only events that are sure enough"), key="filter_sure", on_change=_chosen)
    st.caption(meaning(query().account(filters)))


def _chosen() -> None:
    _set(bool(st.session_state["filter_sure"]))


def _set(enough: bool) -> None:
    link.set_filters(replace(link.filters(), sure=ENOUGH if enough else ANY))


def button(account: Account) -> None:
    """Shows the less sure events, or hides them again; nothing where there are none."""
    if not account.less_sure:
        return
    words = _("Show the less sure") if account.hides_less_sure else _("Hide the less sure")
    st.button(
        words,
        key="less_sure",
        type="tertiary",
        help=meaning(account),
        on_click=_set,
        args=(not account.hides_less_sure,),
    )


def meaning(account: Account) -> str:
    """What "sure enough" means, and how often such events were right where that was measured."""
    least = wording.format_tenths(reading().threshold, current())
    told = [_("Sure enough: the type is certain to at least {share}.").format(share=least)]
    if account.unmeasured < account.shown:
        told.append(_worth())
    if account.unmeasured:
        told.append(
            count(
                "{n} event shown has no certainty: words alone told it, or another coder.",
                "{n} events shown have no certainty: words alone told them, or another coder.",
                account.unmeasured,
            )
        )
    return " ".join(told)


def _worth() -> str:
    """The measured precision in whole tenths, rounded down."""
    measured = reading().measured
    if measured is None:
        return _("How often such events are right was not measured.")
    words = _(
        "Of those that are, {share} have the right type (measured on {n} events in news that the "
        "reader had not seen; languages: {languages}; in others it was not measured)."
    )
    languages = ", ".join(map(language_in_text, measured.languages))
    share = wording.format_tenths(math.floor(10 * measured.type + 1e-9) / 10, current())
    return words.format(share=share, n=number(measured.told), languages=languages)


def less_sure_words() -> str:
    """The name of the events that are not sure enough."""
    least = wording.format_tenths(reading().threshold, current())
    return _("Less sure than {share}").format(share=least)


def list_name(account: Account) -> str:
    """Their list, with their number."""
    return _("{name} ({n})").format(name=less_sure_words(), n=number(account.less_sure))


def less_sure(account: Account) -> str:
    """How many events are less sure: hidden, or among the shown."""
    least = wording.format_tenths(reading().threshold, current())
    words = (
        ("{n} report less sure than {share}", "{n} reports less sure than {share}")
        if account.hides_less_sure
        else ("{n} of them less sure than {share}", "{n} of them less sure than {share}")
    )
    return count(*words, account.less_sure, share=least)


def left_out(events: int) -> str:
    """Events of one article that are not sure enough to be listed."""
    return count("{n} less sure left out", "{n} less sure left out", events)


def more_events(events: int) -> str:
    """Events of a load that are stored and not shown by default."""
    return count(
        "{n} more event is less sure: stored, not shown.",
        "{n} more events are less sure: stored, not shown.",
        events,
    )


def reports_left_out(reports: int) -> str:
    """Reports of a story that are not sure enough to count."""
    return count(
        "{n} less sure report does not count here.",
        "{n} less sure reports do not count here.",
        reports,
    )


def shown(events: pd.DataFrame, asked: Mapping[str, Any] | None) -> pd.DataFrame:
    """The events that the filter of certainty shows, and the one that is asked about."""
    rows = is_shown(events, link.filters().sure)
    if asked is not None:
        rows |= events["event_id"] == asked["event_id"]
    return events[rows]
