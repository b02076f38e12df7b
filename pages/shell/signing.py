"""What a person writes from a page: signed with the name that this browser gave, and said where it
cannot be stored."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from events.settings import SettingsError
from events.store import Store, StoreError
from pages.shell import person
from pages.shell.language import _, error_words
from pages.shell.store_access import reports


def signed(write: Callable[[Store, str], object]) -> bool:
    """Write it in the name of this browser; False, and why, where it is refused."""
    who = person.name()
    if not who:
        st.toast(_("Give your name: others will read who wrote it."))
        return False
    try:
        write(Store(reports().location), who)
    except (StoreError, SettingsError, ValueError) as error:
        st.toast(error_words(error))
        return False
    return True


def press(write: Callable[[Store, str], object]) -> None:
    """The same for a button."""
    signed(write)


def ask(key: str) -> None:
    """A field for the name, where this browser gave none yet."""
    if not person.name():
        st.text_input(
            _("Your name"),
            key=f"{key}_who",
            max_chars=person.MOST,
            placeholder=_("once a browser"),
            width=320,
            on_change=_take_name,
            args=(f"{key}_who",),
        )


def _take_name(key: str) -> None:
    person.give(str(st.session_state[key] or ""))
