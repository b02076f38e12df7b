"""All notes, the newest first, with a search in their words."""

from __future__ import annotations

import unicodedata

import streamlit as st

from events.annotations import Note
from pages.notes_parts import going, paged
from pages.shared import noted
from pages.shell import look, open_case, states
from pages.shell.language import _, count, named
from pages.shell.store_access import reports

_WORDS = "notes_words"


def draw() -> None:
    """The list; those of an open case first are told apart by its name."""
    known = {case.id: case.name for case in open_case.known().of("case")}
    notes = [n for n in reports().annotations().written() if not n.case or n.case in known]
    noted.unsaved()
    if not notes:
        states.nothing_yet(
            _("No note was written yet."),
            _(
                "Choose an event; beside its sentence “Note or tag this” keeps what your team "
                "should know of it, of its story, its day or its place."
            ),
            _("Choose an event"),
            "timeline",
        )
        return
    with st.container(width=480):
        st.text_input(
            _("Search in notes"), key=_WORDS, type="search", max_chars=100, placeholder=_("Words")
        )
    asked = _folded(str(st.session_state.get(_WORDS) or ""))
    case = open_case.notes_of()
    found = [n for n in reversed(notes) if asked in _folded(f"{n.text} {n.subject.about} {n.who}")]
    if case:
        found = [n for n in found if n.case == case] + [n for n in found if n.case != case]
    _lost(notes)
    if not found:
        look.note(_("No note has these words."))
    for note in paged.page(found, "notes"):
        _note(note, known.get(note.case, ""))


def _note(note: Note, case: str) -> None:
    title = noted.note_title(note)
    about = f"{title} · {named(_('Case'), case)}" if case else title
    noted.line(note, about, going.button)


def _lost(notes: list[Note]) -> None:
    """How many are about events that the store does not have."""
    lost = {note.id for note in reports().lost_annotations().notes} & {note.id for note in notes}
    if lost:
        words = count(
            "{n} note is about an event that the store does not have: another reader read its "
            "article, or its article was not loaded here.",
            "{n} notes are about events that the store does not have: another reader read their "
            "articles, or these were not loaded here.",
            len(lost),
        )
        look.note(words)


def _folded(text: str) -> str:
    told = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in told if not unicodedata.combining(c)).strip()
