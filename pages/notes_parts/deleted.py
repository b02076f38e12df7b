"""What was deleted in the last 30 days: a press puts it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from events import annotating, cases
from events.annotations import KEPT
from events.store import Store
from pages.notes_parts import paged
from pages.shared import facts, noted
from pages.shell import look, open_case, signing
from pages.shell.escaping import escaped, shortened
from pages.shell.language import _, day, named
from pages.shell.store_access import reports


@dataclass(frozen=True)
class _Gone:
    """A deleted thing: `back` puts it back."""

    key: str
    words: str
    when: dt.datetime
    back: Callable[[Store, str], object]


def draw() -> None:
    """The last deleted first."""
    found = sorted(_gone(dt.datetime.now(dt.UTC)), key=lambda each: each.when, reverse=True)
    if not found:
        look.note(_("Nothing was deleted in the last 30 days."))
    for each in paged.page(found, "deleted"):
        until = _("deleted {when}, kept until {day}").format(
            when=facts.moment(each.when), day=day((each.when + KEPT).date())
        )
        words, small = escaped(each.words), escaped(until)
        st.html(f'<p class="fr-key">{words}<br><small>{small}</small></p>')
        with st.container(key=f"frise_acts_{each.key}"):
            st.button(
                _("Put it back"),
                key=f"back_{each.key}",
                type="tertiary",
                on_click=signing.press,
                args=(each.back,),
            )


def _note_back(note: str, store: Store, who: str) -> None:
    annotating.delete(store, note, who, deleted=False)


def _tag_back(name: str, store: Store, who: str) -> None:
    annotating.drop(store, name, who, deleted=False)


def _case_back(case: str, store: Store, who: str) -> None:
    cases.delete(store, case, who, deleted=False)


def _gone(now: dt.datetime) -> list[_Gone]:
    told = reports().annotations()
    kinds = {"case": _("Case"), "view": _("Saved view")}
    found = [
        _Gone(
            f"note_{n.id}",
            named(noted.note_title(n), shortened(n.text, 120)),
            n.deleted or now,
            partial(_note_back, n.id),
        )
        for n in told.deleted(now)
    ]
    found += [
        _Gone(
            f"tag_{name}",
            named(_("Tag"), name),
            when,
            partial(_tag_back, name),
        )
        for name, when in told.dropped.items()
        if now - when <= KEPT
    ]
    return found + [
        _Gone(
            f"case_{c.id}",
            named(kinds[c.kind], c.name),
            c.deleted or now,
            partial(_case_back, c.id),
        )
        for c in open_case.known().deleted(now)
    ]
