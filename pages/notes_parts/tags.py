"""All tags: on how much each is, what has it, its name and colour, and its end."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from events import annotating
from events.annotating import COLOURS, MOST_NAME
from events.annotations import Annotations
from events.filters import Filters
from pages.notes_parts import paged
from pages.shared import noted
from pages.shell import link, signing, states
from pages.shell.escaping import escaped
from pages.shell.language import _, count, listed
from pages.shell.store_access import reports

_KEY = "tags"


def draw() -> None:
    """A line a tag."""
    told = reports().annotations()
    if not told.colours:
        states.nothing_yet(
            _("There is no tag yet."),
            _(
                "Choose an event; beside its sentence “Note or tag this” gives it a tag of your "
                "own, such as “to check”, by which every page and file can be filtered."
            ),
            _("Choose an event"),
            "timeline",
        )
        return
    for name in paged.page(sorted(told.colours, key=str.casefold), _KEY):
        _tag(name, told)


def _tag(name: str, told: Annotations) -> None:
    on = told.named([name])
    stories = sum(subject.on == "story" for subject in on)
    parts = [count("{n} report", "{n} reports", len(on) - stories)] if len(on) > stories else []
    parts += [count("{n} story", "{n} stories", stories)] if stories else []
    words = listed(parts) if parts else _("on nothing")
    st.html(f'<p>{noted.chips([name])} <span class="fr-small">{escaped(words)}</span></p>')
    with st.container(horizontal=True, gap="xsmall", key=f"frise_acts_tag_{name}"):
        if st.button(_("Show its events"), key=f"tag_show_{name}", type="tertiary"):
            link.set_filters(replace(Filters(), tags=(name,)))
            st.switch_page("pages/timeline.py")
        with st.popover(_("Name and colour"), key=f"tag_change_{name}", type="tertiary"):
            _form(name, told.colours[name])
        st.button(
            _("Delete"), key=f"tag_drop_{name}", type="tertiary", on_click=_drop, args=(name,)
        )


def _form(name: str, colour: str) -> None:
    key, names = f"tag_form_{name}", colour_names()
    with st.form(key, border=False):
        st.text_input(_("Name"), value=name, key=f"{key}_name", max_chars=MOST_NAME)
        st.selectbox(
            _("Colour"),
            list(COLOURS),
            index=list(COLOURS).index(colour) if colour in COLOURS else 0,
            key=f"{key}_colour",
            format_func=lambda c: names[c],
        )
        st.form_submit_button(
            _("Save"), key=f"{key}_save", on_click=_store, args=(name, colour, key)
        )


def colour_names() -> dict[str, str]:
    """The colours of tags in words."""
    return {
        "grey": _("grey"),
        "blue": _("blue"),
        "green": _("green"),
        "violet": _("violet"),
        "orange": _("orange"),
        "red": _("red"),
    }


def _store(name: str, colour: str, key: str) -> None:
    to, chosen = str(st.session_state[f"{key}_name"]), str(st.session_state[f"{key}_colour"])
    if chosen != colour:
        signing.signed(lambda store, who: annotating.colour(store, name, chosen, who))
    signing.signed(lambda store, who: annotating.rename(store, name, to, who))


def _drop(name: str) -> None:
    if signing.signed(lambda store, who: annotating.drop(store, name, who)):
        st.toast(_("Deleted. For 30 days it can be put back under Notes."))
