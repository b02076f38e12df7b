"""The briefing pack: a form for title, marking and language, then files with their receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from events import cases
from events.filter_words import in_words
from events.filters import Filters
from events.packs import note_pack
from exports.logged import log_selection
from exports.pack.bundle import FILES, make_pack, zipped
from exports.pack.template import Kind, TemplateError, Templates, checked
from exports.receipt import Receipt, receipt
from exports.selection import select
from pages.briefing_parts import preview, since
from pages.shell import frame, look, open_case, person, signing
from pages.shell.escaping import escaped
from pages.shell.language import _, current, error_words, number
from pages.shell.store_access import query, reports

_MADE = "frise_pack"
_MARKINGS = ("", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
_NAMES = {
    "briefing.pptx": "Slides (PowerPoint)",
    "briefing.docx": "Document (Word)",
    "briefing.pdf": "Document (PDF)",
    "briefing.html": "Web page, in one file",
    "frieze-a3.pdf": "Wall frieze, A3 (PDF)",
    "events.xlsx": "Workbook (Excel)",
    "changes.json": "Changes since the last briefing (JSON)",
    "receipt.json": "Receipt (JSON)",
}


@dataclass(frozen=True)
class Made:
    """A pack made in this session, with the key of its settings."""

    key: tuple[Any, ...]
    files: dict[str, bytes]
    receipt: Receipt


def draw(filters: Filters) -> None:
    """Form and files on the left, a preview of the pack on the right."""
    look.title(_("Briefing"), in_words(filters, current()))
    left, right = look.split(0.55)
    with left:
        asked = _form()
        key = (query().version(), filters, *asked)
        if st.session_state.pop("pack_asked", False):
            st.session_state[_MADE] = _make(filters, key, *asked)
        made: Made | None = st.session_state.get(_MADE)
        if made is None:
            items = "".join(f"<li>{escaped(_(name))}</li>" for name in _NAMES.values())
            words = escaped(_("Files of the pack"))
            st.html(f'<p class="fr-head">{words}</p><ul class="fr-list">{items}</ul>')
        else:
            _files(made, fresh=made.key == key)
    with right:
        preview.draw(filters, asked[0], asked[1], asked[3])
        since.draw(filters)


def _form() -> tuple[str, str, str, bool, Templates]:
    """Title, marking, language, whether with notes, and templates of the pack; of an open case with
    its name and its notes."""
    case = open_case.opened()
    languages = {"fr": "Français", "en": "English"}
    with st.form("pack", border=True):
        titled = case.name if case else ""
        title = st.text_input(
            _("Title"), titled, max_chars=160, placeholder=_("made of the filters"),
            key=f"pack_title_{case.id if case else ''}",
        )  # fmt: skip
        marking = st.selectbox(
            _("Marking on every page"),
            _MARKINGS,
            format_func=lambda value: value or _("None"),
            accept_new_options=True,
        )
        codes = list(languages)
        lang = st.segmented_control(
            _("Language"),
            codes,
            default=current(),
            format_func=lambda code: languages[code],
            required=True,
        )
        with_notes = st.checkbox(
            _("With the notes"), case is not None, key=f"pack_notes_{case.id if case else ''}"
        )
        given = st.file_uploader(
            _("Your own template (PPTX, DOCX)"),
            type=["pptx", "potx", "docx", "dotx"],
            accept_multiple_files=True,
        )
        if st.form_submit_button(_("Make the briefing"), type="primary"):
            st.session_state["pack_asked"] = True
    asked = title.strip(), str(marking or "")[:80], str(lang), with_notes
    return *asked, _templates(given)


def _templates(files: Sequence[UploadedFile]) -> Templates:
    """The templates among the files; one that cannot be used is said, and the pack has Frise's
    look."""
    found: dict[Kind, bytes] = {}
    for file in files:
        try:
            kind, data = checked(file.name, file.getvalue())
        except TemplateError as error:
            look.problem(error_words(error))
        else:
            found[kind] = data
    return Templates(**found)


def _make(
    filters: Filters,
    key: tuple[Any, ...],
    title: str,
    marking: str,
    lang: str,
    with_notes: bool,
    templates: Templates,
) -> Made | None:
    """The pack; None where a template cannot be used, which is said."""
    # what is stored while the files are made is told by the next one
    version, moment = reports().version(), dt.datetime.now(dt.UTC)
    selection = select(
        reports(), filters, lang=lang, title=title, marking=marking, since=since.last(filters),
        notes=with_notes, case=open_case.notes_of(),
    )  # fmt: skip
    log_selection(reports().location, "briefing made", person.name(), title or "-", selection)
    bar = st.progress(0.0, text=_("Making the briefing"))

    def progress(name: str, done: int, of: int) -> None:
        bar.progress(done / of, text=_(_NAMES[name]) if name else _("Done"))

    try:
        files = dict(make_pack(selection, progress, templates))
    except TemplateError as error:
        look.problem(error_words(error))
        return None
    finally:
        bar.empty()
    note_pack(reports().location, filters, version, moment)
    made = Made(key, files, receipt(selection))
    _note_briefing(made)
    return made


def _note_briefing(made: Made) -> None:
    """A case remembers the briefings that were made of it."""
    case = open_case.opened()
    if case:
        told = made.receipt
        title, reports_in = told.title or case.name, told.exported
        signing.signed(
            lambda store, who: cases.note_briefing(
                store, case.id, title, reports_in, told.sha256, who
            )
        )


def _files(made: Made, fresh: bool) -> None:
    if not fresh:
        look.note(_("Filters, title or data have changed since these files were made."))
    stamp = dt.datetime.fromisoformat(made.receipt.made_at).strftime("%Y%m%d-%H%M")
    st.download_button(
        _("All files (ZIP)"),
        zipped(made.files),
        file_name=f"frise-briefing-{stamp}.zip",
        mime="application/zip",
        key="pack_zip",
        on_click="ignore",
        type="primary",
    )
    for name in FILES:
        st.download_button(
            f"{_(_NAMES[name])} · {number(max(1, len(made.files[name]) // 1000))} kB",
            made.files[name],
            file_name=name,
            key=f"pack_{name}",
            on_click="ignore",
        )
    look.note(
        _("{shown} exported + {left} left out = {loaded} loaded reports").format(
            shown=number(made.receipt.exported),
            left=number(sum(n for _reason, n in made.receipt.left_out)),
            loaded=number(made.receipt.loaded),
        )
    )


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
