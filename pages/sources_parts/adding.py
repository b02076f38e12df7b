"""The form that adds a source to the settings file, changes one that stands there, or tries it."""

from __future__ import annotations

import streamlit as st

from events import audit_log
from events.settings import SettingsError
from events.settings_writing import add_sources, change_source, source_table
from events.source_settings import KINDS, Source, read_source
from events.store import Store, StoreError
from loaders.sources.state import State
from pages.shell import look, person
from pages.shell.language import _, error_words, named, number, quoted
from pages.sources_parts import child, trial
from pages.sources_parts.kinds import kind_names

_KEY = "source"
_DONE = "frise_source_added"  # (name, whether it was changed) of the last one, until it was said
_TRIED = "frise_source_tried"
_CHANGED = "frise_source_changed"  # the table of the source that is being changed
_TEXTS = ("name", "path", "url", "user", "secret", "outlet", "language")
_NOT_IN_FORM = ("at", "zone", "hosts")


def draw() -> None:
    """The form; its fields are those of the chosen kind, filled with a source that is changed."""
    done, changed = st.session_state.pop(_DONE, ("", False))
    if done:
        _fill(None)
    table = st.session_state.get(_CHANGED)
    look.title(_("Add a source") if table is None else _("Change a source"))
    if not trial.may():
        look.note(_("The settings do not let pages add sources: write them into frise.toml."))
        return
    if done:
        told = _("Changed: {name}.") if changed else _("Added: {name}. It is looked at now.")
        look.note(told.format(name=quoted(done)))
    kind = _kind() if table is None else str(table["kind"])
    if table is not None:
        look.note(named(kind_names()[kind], table["name"]))
    with st.form(f"{_KEY}_form", border=False):
        _fields(kind, by_file=table is not None and "path" in table)
        with st.container(horizontal=True):
            words = _("Add it") if table is None else _("Save")
            tried = st.form_submit_button(_("What would it bring?"), key=f"{_KEY}_try")
            added = st.form_submit_button(words, key=f"{_KEY}_add", type="primary")
    if table is not None:
        st.button(_("Cancel"), key=f"{_KEY}_cancel", type="tertiary", on_click=_fill, args=(None,))
    if tried or added:
        _sent(kind, table, added)
    if source := st.session_state.get(_TRIED):
        trial.draw(source)


def change(name: str) -> None:
    """Fill the form with a source, so that it can be changed."""
    try:
        _fill(source_table(name) or None)
    except (SettingsError, OSError, ValueError) as error:
        st.toast(error_words(error))


def _kind() -> str:
    names = kind_names()
    return str(
        st.selectbox(_("Kind"), list(names), format_func=names.__getitem__, key=f"{_KEY}_kind")
    )


def _fields(kind: str, by_file: bool) -> None:
    st.text_input(_("Name"), key=f"{_KEY}_name")
    if kind == "pages" and not by_file:
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
    right.number_input(
        _("Minutes between looks"),
        min_value=float(KINDS[kind].least_minutes),
        value=None,
        format="%g",
        placeholder=number(KINDS[kind].minutes),
        key=f"{_KEY}_every_minutes",
    )


def _place(kind: str) -> str:
    return {
        "feed": _("Address of the feed"),
        "imap": _("Address: imaps://server/mailbox"),
        "folder": _("Folder on the machine that runs Frise"),
        "maildir": _("Folder on the machine that runs Frise"),
        "pages": _("File of addresses, one a line, on the machine that runs Frise"),
    }[kind]


def _fill(table: dict[str, object] | None) -> None:
    """The form with the values of a source; None: empty, to add one."""
    kept, told = st.session_state, table or {}
    kept[_CHANGED] = table
    kept.pop(_TRIED, None)
    for key in _TEXTS:
        kept[f"{_KEY}_{key}"] = str(told.get(key, ""))
    for key, between in (("urls", "\n"), ("tags", ", ")):
        values = told.get(key)
        kept[f"{_KEY}_{key}"] = between.join(values) if isinstance(values, list) else ""
    minutes = told.get("every_minutes")
    kept[f"{_KEY}_every_minutes"] = float(str(minutes)) if minutes else None
    kept[f"{_KEY}_follow"] = bool(told.get("follow"))


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


def _sent(kind: str, before: dict[str, object] | None, save: bool) -> None:
    """Try what the form says, or write it in the place of the source `before`, None to add it."""
    kept = {key: value for key, value in (before or {}).items() if key in _NOT_IN_FORM}
    table = _table(kind) | kept
    try:
        source: Source = read_source(table, _("the form"))
        if not save:
            st.session_state[_TRIED] = source
            trial.run(source)
            return
        if Store().exists():
            act = "source added" if before is None else "source changed"
            audit_log.record(Store(), act, person.name(), f"source {source.name}")
        if before is None:
            add_sources([table])
        else:
            _change(str(before["name"]), source, table)
    except (SettingsError, StoreError) as error:
        look.problem(error_words(error))
        return
    st.session_state[_DONE] = (source.name, before is not None)
    child.start()
    st.rerun()


def _change(name: str, source: Source, table: dict[str, object]) -> None:
    """Another table for the source; its ledger goes along, and it is looked at soon."""
    change_source(name, table)
    state = State(Store())
    if not state.path.exists():
        return
    if source.name != name:
        state.rename(name, source.name)
    if not state.entry(source.name).paused:
        state.pause(source.name, False)
