"""In the evidence panel: the form that corrects every field of an event, and its save.

What is sent is what the person changed since the form was opened. Where somebody else edited the
event meanwhile, that is shown first, what was typed stays, and a second save stores it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import streamlit as st

from events import registry
from events.corrections import FIELDS, NONE, headline_value, parties_value, value_of
from events.editing import correct, newest_edit, reject
from events.headline import MOST
from events.ontology import MODES, STATUSES
from events.records import records
from pages.shared import correction_date, decided, decision, edit_words
from pages.shared.correction_choices import Choices, choices
from pages.shared.facts import Row
from pages.shell import look
from pages.shell.language import _, current
from pages.shell.store_access import query

_EDITOR, _KEY = "frise_editor", "fix"
_OPEN = "correct_open"
_SAVED = "frise_saved"  # the form closes in the next run: a switch that is drawn cannot be set


@dataclass
class _Editor:
    """The form of one event: its fields when it was opened, and the newest edit then and since."""

    event_id: int
    opened: int
    seen: int
    base: dict[str, str]

    def key(self, field: str) -> str:
        return f"{_KEY}_{self.event_id}_{self.opened}_{field}"


def draw(row: Row, rejected: bool) -> None:
    """The switch that opens the form, and the form. `rejected`: it was said to be no event."""
    if st.session_state.pop(_SAVED, False):
        st.session_state[_OPEN] = False
    if st.toggle(_("Correct this event"), key=_OPEN):
        _form(row, rejected)


def open_form() -> None:
    """Open the form of the event that is shown next."""
    st.session_state[_OPEN] = True


@st.fragment
def _form(row: Row, rejected: bool) -> None:
    editor, known = _editor(row), choices(row)
    told = _fields(row, editor, known)
    changed = {f: value for f, value in told.items() if value != editor.base[f]}
    for field, value in changed.items():
        edit = {"field": field, "old": editor.base[field], "new": value, "value": value}
        look.note(edit_words.changed(edit))
    decision.fields(_KEY)
    with st.container(horizontal=True):
        save = st.button(_("Save"), key=f"{_KEY}_save", type="primary", disabled=not changed)
        none = st.button(_("This is no event"), key=f"{_KEY}_none", disabled=rejected)
    look.note(_("Nothing is overwritten: every decision can be taken back."))
    if save or none:
        _store(editor, changed if save else None)


def _editor(row: Row) -> _Editor:
    """The form as it was opened; a new one for another event, and after a save."""
    event_id = int(row["event_id"])
    editor = st.session_state.get(_EDITOR)
    if not isinstance(editor, _Editor) or editor.event_id != event_id:
        newest = newest_edit(query(), event_id)
        base = {field: value_of(field, row) for field in FIELDS}
        editor = st.session_state[_EDITOR] = _Editor(event_id, newest, newest, base)
    return editor


def _store(editor: _Editor, changed: dict[str, str] | None) -> None:
    """Save the changed values (None: that it is no event); what others did meanwhile is told."""
    why, who = decision.given(_KEY)
    event, newest = editor.event_id, newest_edit(query(), editor.event_id)
    if newest > editor.seen:
        edits = query().history()
        mine = (edits["event_id"] == event) & (edits["edit_id"] > editor.seen)
        for edit in records(edits[mine]):
            words = _("{who} changed this meanwhile: {change}. Save again to keep yours too.")
            look.problem(words.format(who=edit["who"], change=edit_words.changed(edit)))
        editor.seen = newest
        return
    if changed is None:
        done = decided.write(event, who, lambda q: reject(q, event, why, who, editor.seen))
    else:
        done = decided.write(
            event, who, lambda q: correct(q, event, changed, why, who, editor.seen)
        )
    if done:
        del st.session_state[_EDITOR]
        st.session_state[_SAVED] = True
        st.rerun()


def _fields(row: Row, editor: _Editor, known: Choices) -> dict[str, str]:
    """Draw the fields; field -> the value that is chosen, as edits write it."""
    names = edit_words.field_names()
    left, right = st.columns(2)
    with left:
        told = {"type": _choice(editor, known, "type", names)}
        told["status"] = _one(editor, "status", [*STATUSES], names)
    with right:
        modes = MODES.get(told["type"], ())
        told["mode"] = _one(editor, "mode", [NONE, *modes], names)
        weights = [*edit_words.weights()]
        unknown = [] if editor.base["weight"] in weights else [NONE]
        told["weight"] = _one(editor, "weight", [*unknown, *weights], names)
    for side in ("sources", "targets"):
        told[side] = _parties(editor, known, side, names[side])
    told["date"] = correction_date.draw(
        editor.key("date"), names["date"], known.values["date"], lambda v: known.words("date", v)
    )
    told["place"] = _choice(editor, known, "place", names)
    told["attributed_to"] = _choice(editor, known, "attributed_to", names)
    told["headline"] = _headline(row, editor, names["headline"])
    return told


def _choice(editor: _Editor, known: Choices, field: str, names: dict[str, str]) -> str:
    """A field that is chosen from a list with certainties."""
    return str(
        st.selectbox(
            names[field],
            known.values[field],
            key=editor.key(field),
            format_func=lambda value: known.words(field, value),
        )
    )


def _one(editor: _Editor, field: str, values: list[str], names: dict[str, str]) -> str:
    """A field of few values."""
    base = editor.base[field]
    return str(
        st.selectbox(
            names[field],
            values,
            index=values.index(base) if base in values else 0,
            key=editor.key(field),
            format_func=lambda v: _("none") if v == NONE else edit_words.value_in_words(field, v),
        )
    )


def _parties(editor: _Editor, known: Choices, side: str, name: str) -> str:
    """Actors of one side; one that is in no table is added under its own name."""
    chosen: list[Any] = st.multiselect(
        name,
        known.values[side],
        default=_codes(editor.base[side]),
        key=editor.key(side),
        format_func=lambda code: known.words(side, code),
        accept_new_options=True,
        placeholder=_("Nobody named"),
    )
    codes = [c if registry.known(c) else f"X:{' '.join(c.split())}" for c in map(str, chosen)]
    return parties_value(codes)


def _codes(value: str) -> list[str]:
    found: list[str] = json.loads(value)
    return found


def _headline(row: Row, editor: _Editor, name: str) -> str:
    """The headline of the event's own language, or a first one in the reader's."""
    lang = str(row["headline_lang"]) or current()
    base = editor.base["headline"]
    before = "" if base == NONE else str(json.loads(base)["text"])
    told = st.text_input(name, value=before, key=editor.key("headline"), max_chars=MOST)
    line = " ".join(str(told).split())
    return headline_value(line, lang) if line else base
