"""The filters that are on, as chips: a click takes one away."""

from __future__ import annotations

import streamlit as st

from events.filters import Filters
from pages.shell import link, names
from pages.shell.escaping import plain, shortened
from pages.shell.language import _, day, label, number, quoted


def chip_words(name: str, value: str, filters: Filters) -> str:
    """One value of one filter in words."""
    if name in ("date_from", "date_to", "as_of"):
        when = day(getattr(filters, name), "day", short=True)
        texts = {
            "date_from": _("from {day}"),
            "date_to": _("to {day}"),
            "as_of": _("as of {day}"),
        }
        return texts[name].format(day=when)
    if name == "actors":
        return names.actor(value)
    if name in ("types", "statuses"):
        return label(value)
    if name == "langs":
        return _("in {language}").format(language=names.language_name(value))
    if name == "text":
        return quoted(str(value))
    if name == "min_confidence":
        return _("confidence from {share}").format(share=number(100 * float(value)) + " %")
    if name == "level":
        texts = {"government": _("counted by government"), "state": _("counted by state")}
        return texts.get(value, _("counted by bloc"))
    return names.place_value(value)


def draw(filters: Filters) -> None:
    """The row of chips; empty where no filter is on.

    It is always there: a row that comes and goes moves all that follows to another place of the
    page, and the browser then builds charts and map anew.
    """
    parts = filters.parts()
    with st.container(key="frise_chips", horizontal=True, gap="xsmall"):
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


def _take_away(name: str, value: str) -> None:
    link.set_filters(link.filters().without(name, value))


def clear() -> None:
    """Take every filter away."""
    link.set_filters(Filters())
