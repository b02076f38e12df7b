"""The case that is open: named in the link, a chip beside those of the filters."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from events import cases
from events.cases import Case, Cases
from events.journal import CASES, Journal
from events.link_version import Params
from events.store import Store, store_location
from pages.shell import link, signing
from pages.shell.escaping import plain, shortened
from pages.shell.language import _, named

PARAM = "case"
_LEFT_OUT = (PARAM, "event", "article", "desk")  # of a link, what a case or view does not keep


def known() -> Cases:
    """Every case and view of the store; read again when one was changed."""
    location = store_location()
    stamp = (*Journal(location, CASES).stamp(), _changed(location / cases.OLD_VIEWS))
    return _known(os.fspath(location), stamp)


@st.cache_resource(max_entries=2, show_spinner=False)
def _known(location: str, stamp: tuple[int, ...]) -> Cases:
    return cases.read(Store(Path(location)))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def opened() -> Case | None:
    """The case of the link, if the store has it."""
    case_id = link.view(PARAM)
    return known().case(case_id) if case_id else None


def notes_of() -> str:
    """The id of the case whose notes show beside those of none; ""."""
    case = opened()
    return case.id if case else ""


def open_case(case: Case) -> None:
    """Let the filters and the view of a case or saved view hold."""
    link.take(case.params)
    link.set_view(PARAM, case.id if case.kind == "case" else None)


def close() -> None:
    """Close the case; its filters stay."""
    link.set_view(PARAM, None)


def present() -> Params:
    """What a case or view keeps of the present filters and view."""
    return link.link_params(**dict.fromkeys(_LEFT_OUT))


def keep_present(case: Case) -> None:
    """Let the present filters be those of the case."""
    if signing.signed(lambda store, who: cases.set_params(store, case.id, present(), who)):
        st.toast(_("The case has these filters now."))


def chip() -> None:
    """The open case, closed by a press; where other filters hold now, they can be kept."""
    case = opened()
    if case is None:
        return
    words = named(_("Case"), shortened(case.name, 32))
    st.button(plain(words) + " ×", key="chip_case", help=_("Close this case"), on_click=close)
    if present() != case.params:
        st.button(
            _("Keep these filters in the case"),
            key="chip_case_keep",
            type="tertiary",
            on_click=keep_present,
            args=(case,),
        )


def delete(case: Case) -> None:
    """Delete a case or a view, signed, and say that it can be put back."""
    if signing.signed(lambda store, who: cases.delete(store, case.id, who)):
        st.toast(_("Deleted. For 30 days it can be put back under Notes."))
