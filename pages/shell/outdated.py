"""A store of an older schema: said in every page's place, and brought up to date from there."""

from __future__ import annotations

import streamlit as st

from events.bucket.shown import shown
from events.migration import migrate
from events.settings import SettingsError
from events.store import SCHEMA_VERSION, Store, StoreError, store_location
from events.tables import SCHEMAS
from pages.shell import look, person
from pages.shell.language import _, error_words, number

_STEP = "frise_migration"  # "ask": is it wanted?  "run": it is being done, or was cut short
_PROBLEM = "frise_migration_problem"
_DONE = "frise_migration_done"  # where the old store is kept


def offer() -> None:
    """What is the matter, and a button for it; the work begins after a second one.

    A press only asks for it: the work runs once the page is drawn with its buttons off. Whatever
    cuts it short, it begins again, and until it is whole the old store stands where it stood.
    """
    store = Store(store_location())
    look.title(_("The store is of an older version"))
    told = _(
        "The store at {path} has schema {old}; this version of Frise reads schema {new}. It can be "
        "brought up to date: articles, events and corrections are carried over."
    )
    schema = str(store.marker()["schema"])
    look.note(told.format(path=shown(store.location), old=schema, new=SCHEMA_VERSION))
    if problem := st.session_state.pop(_PROBLEM, ""):
        look.problem(problem)
    step = st.session_state.get(_STEP)
    if step is None:
        words = _("Bring the store up to date")
        st.button(words, key="migrate", type="primary", on_click=_go, args=("ask",))
        look.note(_("On the command line: python -m loaders migrate"))
    else:
        _confirm(running=step == "run")
    if step == "run":
        _run(store)


def say_done() -> None:
    """After it was done, once: where the old store is kept."""
    if kept := st.session_state.pop(_DONE, ""):
        told = _("The store is up to date. The old one is kept at {path}.").format(path=kept)
        st.toast(told, duration="long")


def _confirm(running: bool) -> None:
    look.note(
        _(
            "The new store is made from the old one, which stays beside it under another name "
            "until you delete it. The disk needs room for both."
        )
    )
    look.note(_("A backup is wise all the same: python -m loaders backup FILE"))
    with st.container(horizontal=True):
        st.button(
            _("Bring it up to date now"),
            key="migrate_now",
            type="primary",
            disabled=running,
            on_click=_go,
            args=("run",),
        )
        st.button(_("Not now"), key="migrate_not", disabled=running, on_click=_go, args=(None,))


def _go(step: str | None) -> None:
    st.session_state[_STEP] = step


def _run(store: Store) -> None:
    bar = st.progress(0.0, _("Bringing the store up to date …"))
    started: list[str] = []

    def progress(table: str) -> None:
        started.append(table)
        told = _("Table {n} of {all}").format(n=number(len(started)), all=number(len(SCHEMAS)))
        bar.progress(min(1.0, len(started) / len(SCHEMAS)), told)

    try:
        st.session_state[_DONE] = str(migrate(store.location, progress, person.name()).kept or "")
    except (StoreError, SettingsError, OSError) as error:
        st.session_state[_PROBLEM] = error_words(error)
    _go(None)
    st.rerun()
