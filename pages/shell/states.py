"""Messages instead of a page: nothing matches, store damaged, drawing failed."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from events.bucket.working_copy import of_folder
from events.filters import Filters
from events.wording import format_moment
from pages.shell import certainty, chips, counting, link, look
from pages.shell.escaping import escaped, plain, shortened
from pages.shell.language import _, current, error_words
from pages.shell.store_access import query, reports

MOST_WAYS = 8


def damaged(error: Exception) -> None:
    """Message: the store exists but cannot be read."""
    look.title(_("The store cannot be read"))
    look.problem(error_words(error))
    look.note(
        _(
            "Put the folder of the store back from a copy, or name another one in FRISE_STORE and "
            "load the articles again."
        )
    )
    look.note(_("Nothing was changed. The pages come back as soon as the store can be read."))
    st.button(_("Try again"), key="try_again")


def unreachable(error: Exception) -> None:
    """Message: the store lies in a bucket that does not answer."""
    look.title(_("The store cannot be reached"))
    look.problem(error_words(error))
    look.note(_("The pages come back as soon as the bucket answers."))
    st.button(_("Try again"), key="try_again")


def out_of_reach() -> None:
    """A line above a page whose store lies in a bucket that no longer answers."""
    copy = of_folder(reports().location)
    if copy is None or copy.unreachable is None:
        return
    since = format_moment(dt.datetime.fromtimestamp(copy.unreachable[0]).astimezone(), current())
    told = _(
        "The bucket of the store has not answered since {moment}: what is shown is the copy on "
        "this machine, and nothing can be stored."
    )
    look.problem(told.format(moment=since))


def bad_setting(error: Exception) -> None:
    """A setting that cannot hold: which, where, and what to do."""
    look.title(_("A setting cannot hold"))
    look.problem(error_words(error))
    look.note(
        _("Nothing was changed. The pages come back as soon as the setting is mended or removed.")
    )
    st.button(_("Try again"), key="try_again")


def broken(error: Exception) -> None:
    """Message: a page failed, with details for a bug report; nothing is lost."""
    told = _("This part of the page could not be drawn: {error}.")
    look.problem(told.format(error=f"{type(error).__name__}: {shortened(str(error), 200)}"))
    look.note(_("Change the filters or the days shown, or load the page again."))


def nothing_matches(filters: Filters) -> None:
    """Message: no event passes the filters; which to remove, and how many events that gives."""
    st.html(f'<p class="fr-line">{_("No event passes all of these filters.")}</p>')
    ways = loosened(filters)
    found = [way for way in ways if way[3]]
    look.note(
        _("Taking one away would show:")
        if found
        else _("Taking away any single one still shows nothing.")
    )
    with st.container(key="frise_events_ways"):
        for name, value, words, events in found[:MOST_WAYS]:
            gain = counting.counted(events)
            st.button(
                plain(_("Without {filter}: {events}").format(filter=words, events=gain)),
                key=f"loosen_{name}_{value}",
                type="tertiary",
                on_click=link.set_filters,
                args=(filters.without(name, value),),
            )
        certainty.button(query().account(filters))
    st.button(_("Clear all"), key="loosen_all", on_click=chips.clear)


def nothing_yet(what: str, then: str, words: str, page: str) -> None:
    """Message: a list is empty; how it is filled, and a button that leads to where."""
    st.html(f'<p class="fr-line">{escaped(what)}</p>')
    look.note(then)
    if st.button(words, key=f"first_{page}", type="primary"):
        st.switch_page(f"pages/{page}.py")


def loosened(filters: Filters) -> list[tuple[str, str, str, int]]:
    """(field, value, words, events shown) for each value that can be removed, most events first."""
    ways = []
    for name, values in filters.parts():
        for value in values:
            events = query().count(filters.without(name, value))
            words = shortened(chips.chip_words(name, value, filters), 40)
            ways.append((name, value, words, events))
    return sorted(ways, key=lambda way: -way[3])
