"""Bookmarks: those of this browser's name, or of everybody."""

from __future__ import annotations

import streamlit as st

from events import annotating
from events.annotations import Bookmark
from pages.notes_parts import going, paged
from pages.shared import facts
from pages.shell import person, signing, states
from pages.shell.escaping import escaped
from pages.shell.language import _
from pages.shell.store_access import reports


def draw() -> None:
    """The newest first."""
    every = reports().annotations().bookmarks[::-1]
    mine = [mark for mark in every if mark.who == person.name()]
    if every and len(mine) < len(every):
        everybody = st.toggle(_("Those of everybody"), key="bookmarks_all", value=not mine)
        mine = list(every) if everybody else mine
    if not mine:
        states.nothing_yet(
            _("There is no bookmark yet."),
            _("Choose an event; “Bookmark” beside its sentence keeps it here under your name."),
            _("Choose an event"),
            "timeline",
        )
    for mark in paged.page(mine, "bookmarks"):
        _mark(mark)


def _mark(mark: Bookmark) -> None:
    small = f"{mark.who}, {facts.moment(mark.at)}"
    st.html(
        f'<p class="fr-key">{escaped(mark.subject.about)} <small>· {escaped(small)}</small></p>'
    )
    key = f"{mark.subject.key}_{mark.who}"
    with st.container(horizontal=True, gap="xsmall", key=f"frise_acts_mark_{key}"):
        going.button(mark.subject, f"mark_{key}")
        if mark.who == person.name():
            st.button(
                _("Take out"), key=f"mark_out_{key}", type="tertiary", on_click=_out, args=(mark,)
            )


def _out(mark: Bookmark) -> None:
    signing.signed(lambda store, who: annotating.bookmark(store, mark.subject, who, kept=False))
