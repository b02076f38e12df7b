"""The active filters as chips: a click removes one."""

from __future__ import annotations

import streamlit as st

from events import filter_words
from events.filters import Filters
from pages.shell import link, names, open_case
from pages.shell.escaping import escaped, plain, shortened
from pages.shell.language import _, current, listed, quoted
from pages.shell.store_access import query


def chip_words(name: str, value: str, filters: Filters) -> str:
    """One value of one filter in words."""
    if name == "places":  # the store has names that the tables do not have
        return names.place_value(value)
    return filter_words.chip(filters, name, value, current())


def draw(filters: Filters) -> None:
    """Draw the row of chips, empty if no filter is active.

    The row always exists: if it came and went, all elements after it would change position and
    the browser would rebuild charts and map.
    """
    parts = filters.parts()
    with st.container(key="frise_chips", horizontal=True, gap="xsmall"):
        open_case.chip()
        if not parts:
            return
        for name, values in parts:
            for value in values:
                words = shortened(chip_words(name, value, filters), 40)
                st.button(
                    plain(words) + " ×",
                    key=f"chip_{name}_{value}",
                    help=_("Take this filter away"),
                    on_click=_take_away,
                    args=(name, value),
                )
        st.button(_("Clear all"), key="chip_all", type="tertiary", on_click=clear)
        if filters.text:
            _corrected(filters.text)


def _corrected(text: str) -> None:
    """Say what words with a wrong letter were taken for."""
    for typed, near in query().hits(text, ()).plan.corrected:
        told = _("Nothing is written {typed}; shown is {found}.").format(
            typed=quoted(typed), found=listed(map(quoted, near[:3]))
        )
        st.html(f'<p class="fr-small">{escaped(told)}</p>')


def _take_away(name: str, value: str) -> None:
    link.set_filters(link.filters().without(name, value))


def clear() -> None:
    """Remove all filters."""
    link.set_filters(Filters())
