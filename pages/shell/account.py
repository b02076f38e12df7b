"""The counts line: shown + hidden = loaded, with links to what is not shown."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from events.answers import Account
from events.filters import Filters
from pages.shell import certainty, counting, link
from pages.shell.language import _, count, number
from pages.shell.store_access import query


def line(account: Account, in_days: bool = False) -> str:
    """The counts in one line. in_days: a period is asked for, so that undated events are in it by
    their bounds alone."""
    parts = [counting.told(account)]
    if account.less_sure:
        parts.append(certainty.less_sure(account))
    if hidden := account.hidden_otherwise:
        parts.append(count("{n} report hidden by filters", "{n} reports hidden by filters", hidden))
    if in_days and account.bounded:
        parts.append(_("{n} shown by their bounds alone").format(n=number(account.bounded)))
    elif account.undated:
        parts.append(_("{n} undated").format(n=number(account.undated)))
    if account.unlocated:
        parts.append(_("{n} without a place").format(n=number(account.unlocated)))
    if account.doubtful:
        parts.append(_("{n} with a doubtful place").format(n=number(account.doubtful)))
    if account.by_hand:
        parts.append(_("{n} by hand").format(n=number(account.by_hand)))
    parts.append(count("{n} article", "{n} articles", account.articles))
    if account.rejected:
        parts.append(count("{n} set aside", "{n} set aside", account.rejected))
    return " · ".join(parts)


def _most_telling(account: Account) -> str:
    """The list of what is left out that is opened first."""
    if account.hidden_otherwise:
        return "hidden"
    return "unsure" if account.hides_less_sure else "undated"


_SLOT = "frise_account_slot"


def slot() -> DeltaGenerator:
    """Container at the end of the line for a page's downloads; the page itself without a line."""
    found: DeltaGenerator = st.session_state.get(_SLOT) or st.container()
    return found


def draw(filters: Filters) -> Account:
    """Draw the line with its link to what is left out; returns the counts."""
    account = query().account(filters)
    with st.container(key="frise_account", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="fr-account">{line(account, filters.in_days)}</p>', width="content")
        counting.button(account)
        certainty.button(account)
        if st.button(_("What is left out"), key="account_left_out", type="tertiary"):
            link.set_view("list", _most_telling(account))
            st.switch_page("pages/left_out.py")
        st.session_state[_SLOT] = st.container(width="content")
    return account
