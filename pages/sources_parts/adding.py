"""A form that adds a source to the settings file, or only tries it."""

from __future__ import annotations

import streamlit as st

from events import audit_log
from events.settings import SettingsError
from events.settings_writing import add_source
from events.source_settings import KINDS, Source, read_source
from events.store import Store, StoreError
from pages.shell import look, person
from pages.shell.language import _, error_words, number, quoted
from pages.sources_parts import child, trial
from pages.sources_parts.ledger import kind_names

_KEY = "source"
_ADDED = "frise_source_added"  # name of the last one, until it was said
_TRIED = "frise_source_tried"
_TEXTS = ("name", "path", "url", "user", "secret", "outlet", "language")


def draw() -> None:
    """The form; its fields are those of the chosen kind."""
    look.title(_("Add a source"))
    if not trial.may():
        look.note(_("The settings do not let pages add sources: write them into frise.toml."))
        return
    if name := st.session_state.pop(_ADDED, ""):
        look.note(_("Added: {name}. It is looked at now.").format(name=quoted(name)))
    names = kind_names()
    kind = st.selectbox(_("Kind"), list(names), format_func=names.__getitem__, key=f"{_KEY}_kind")
    with st.form(f"{_KEY}_form", border=False):
        _fields(str(kind))
        with st.container(horizontal=True):
            tried = st.form_submit_button(_("What would it bring?"), key=f"{_KEY}_try")
            added = st.form_submit_button(_("Add it"), key=f"{_KEY}_add", type="primary")
    if tried or added:
        _sent(str(kind), added)
    if source := st.session_state.get(_TRIED):
        trial.draw(source)


def _fields(kind: str) -> None:
    st.text_input(_("Name"), key=f"{_KEY}_name")
    if kind == "pages":
        st.text_area(_("Addresses, one a line"), key=f"{_KEY}_urls", height=100)
    elif "url" in KINDS[kind].one_of:
        st.text_input(_place(kind), key=f"{_KEY}_url")
    else:
        st.text_input(_place(kind), key=f"{_KEY}_path")
    if kind == "feed":
        st.checkbox(_("Read the pages that it leads to, not only the feed"), key=f"{_KEY}_follow")
    if kind == "imap":
        left, right = st.columns(2, gap="small")
        left.text_input(_("User"), key=f"{_KEY}_user")
        right.text_input(_("Name of its password in secrets.toml"), key=f"{_KEY}_secret")
    left, right = st.columns(2, gap="small")
    left.text_input(_("Outlet"), key=f"{_KEY}_outlet")
    right.text_input(_("Language (fr, en …)"), key=f"{_KEY}_language")
    left.text_input(_("Tags, separated by commas"), key=f"{_KEY}_tags")
    least = KINDS[kind].least_minutes
    right.number_input(
        _("Minutes between looks"),
        min_value=least,
        value=None,
        placeholder=number(KINDS[kind].minutes),
        key=f"{_KEY}_every_minutes",
    )


def _place(kind: str) -> str:
    return {
        "feed": _("Address of the feed"),
        "imap": _("Address: imaps://server/mailbox"),
        "folder": _("Folder on the machine that runs Frise"),
        "maildir": _("Folder on the machine that runs Frise"),
    }[kind]


def _table(kind: str) -> dict[str, object]:
    """What the form says, as keys of a source; empty fields are left out."""
    kept = st.session_state
    table: dict[str, object] = {"kind": kind}
    table |= {key: str(kept.get(f"{_KEY}_{key}") or "").strip() for key in _TEXTS}
    table["urls"] = str(kept.get(f"{_KEY}_urls") or "").split()
    table["tags"] = [
        tag.strip() for tag in str(kept.get(f"{_KEY}_tags") or "").split(",") if tag.strip()
    ]
    table["every_minutes"] = float(kept.get(f"{_KEY}_every_minutes") or 0)
    table["follow"] = bool(kept.get(f"{_KEY}_follow"))
    allowed = {"name", "outlet", "language", "tags", "every_minutes", "kind"}
    allowed |= {*KINDS[kind].one_of, *KINDS[kind].may}
    return {key: value for key, value in table.items() if value and key in allowed}


def _sent(kind: str, add: bool) -> None:
    table = _table(kind)
    try:
        source: Source = read_source(table, _("the form"))
        if not add:
            st.session_state[_TRIED] = source
            trial.run(source)
            return
        if Store().exists():
            audit_log.record(Store(), "source added", person.name(), f"source {source.name}")
        add_source(table)
    except (SettingsError, StoreError) as error:
        look.problem(error_words(error))
        return
    st.session_state[_ADDED] = source.name
    st.session_state.pop(_TRIED, None)
    child.start()
    st.rerun()
