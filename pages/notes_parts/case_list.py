"""Cases and saved views: open, a briefing by one press, rename, delete; a file of them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from events import audit_log, case_file, cases
from events.cases import Case, CaseRefused
from events.filter_words import in_words
from events.filters import Filters
from events.query import Query
from pages.notes_parts import paged
from pages.shared import facts
from pages.shell import link, look, open_case, person, signing
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, error_words, named, number
from pages.shell.store_access import reports

_KEY = "case"
_TAKEN, _FILE = "frise_cases_taken", "frise-cases.json"


def draw() -> None:
    """A form for a new case, the cases, the views, the file."""
    known = open_case.known()
    every = [*reversed(known.of("case")), *known.of("view")]
    if not every:
        st.html(f'<p class="fr-line">{escaped(_("There is no case yet."))}</p>')
        look.note(
            _(
                "A case is a question that you come back to: its filters, its notes and its "
                "briefings. Choose filters above, give it a name, and keep it."
            )
        )
    for case in paged.page(every, "cases"):
        _case(case)
    left, right = st.columns(2, gap="medium")
    with left:
        _new()
    with right:
        _file(every)


def _new() -> None:
    with st.form(f"{_KEY}_new", border=False):
        st.text_input(_("A case of the present filters"), key=f"{_KEY}_name",
                      max_chars=cases.MOST_NAME, placeholder=_("Name of the case"))  # fmt: skip
        st.form_submit_button(_("Keep as a case"), key=f"{_KEY}_save", on_click=_save)


def _save() -> None:
    name, params = str(st.session_state[f"{_KEY}_name"] or ""), open_case.present()
    made: list[str] = []
    if signing.signed(lambda s, who: made.append(cases.save(s, "case", name, params, who))):
        st.session_state[f"{_KEY}_name"] = ""  # a name that was refused stays, to be mended
        link.set_view(open_case.PARAM, made[0])


def _case(case: Case) -> None:
    filters, _problems = Filters.from_params(case.params)
    notes = sum(note.case == case.id for note in reports().annotations().written())
    kinds = {"case": _("Case"), "view": _("Saved view")}
    parts = [kinds[case.kind], in_words(filters, current())]
    parts += [count("{n} note", "{n} notes", notes)] if notes else []
    parts += [f"{case.who}, {facts.moment(case.at)}"] if case.at else []
    st.html(
        f'<p class="fr-key"><b>{escaped(case.name)}</b><br>'
        f"<small>{escaped(' · '.join(parts))}</small></p>"
    )
    for made in case.briefings[-3:]:
        words = _("Briefing of {when} by {who}: “{title}”, {n} reports")
        told = words.format(
            when=facts.moment(made.at), who=made.who, title=made.title, n=number(made.reports)
        )
        look.note(told)
    with st.container(horizontal=True, gap="xsmall", key=f"frise_acts_case_{case.id}"):
        if st.button(_("Open"), key=f"case_open_{case.id}", type="tertiary"):
            open_case.open_case(case)
            st.switch_page("pages/timeline.py")
        if case.kind == "case" and st.button(
            _("Briefing"), key=f"case_pack_{case.id}", type="tertiary"
        ):
            open_case.open_case(case)
            st.session_state["pack_asked"] = True
            st.switch_page("pages/briefing.py")
        with st.popover(_("Rename"), key=f"case_rename_{case.id}", type="tertiary"):
            _rename_form(case)
        st.button(
            _("Delete"),
            key=f"case_drop_{case.id}",
            type="tertiary",
            on_click=open_case.delete,
            args=(case,),
        )


def _rename_form(case: Case) -> None:
    key = f"case_form_{case.id}"
    with st.form(key, border=False):
        st.text_input(_("Name"), value=case.name, key=f"{key}_name", max_chars=cases.MOST_NAME)
        st.form_submit_button(_("Rename"), key=f"{key}_save", on_click=_rename, args=(case, key))


def _rename(case: Case, key: str) -> None:
    name = str(st.session_state[f"{key}_name"] or "")
    signing.signed(lambda store, who: cases.rename(store, case.id, name, who))


def _file(every: list[Case]) -> None:
    """All of them as a file, and those of a file."""
    st.html(f'<p class="fr-head">{escaped(_("As a file, with the notes of the cases"))}</p>')
    st.download_button(
        _("Cases and views (JSON)"),
        partial(_written, every, reports(), person.name()),
        file_name=_FILE,
        mime="application/json",
        key="cases_file",
        on_click="ignore",
        disabled=not every,
    )
    given = st.file_uploader(_("Take over a file of cases"), type=["json"], key="cases_given")
    if given is not None and st.button(_("Take it over"), key="cases_take"):
        _take(given.getvalue())
    for line in st.session_state.pop(_TAKEN, []):
        look.note(line)


def _written(every: list[Case], query: Query, who: str) -> bytes:
    audit_log.record_leaving(query.location, who, _FILE)
    return case_file.written(every, query.annotations())


def _other_words(n: int) -> list[str]:
    """Notes whose words differ from those of the file."""
    if not n:
        return []
    return [
        count(
            "{n} note is here with other words, which stay",
            "{n} notes are here with other words, which stay",
            n,
        )
    ]


def _take(data: bytes) -> None:
    try:
        brought = case_file.checked(data, open_case.known(), reports().annotations())
    except CaseRefused as error:
        look.problem(error_words(error))
        return
    lines = [
        count("{n} case or view taken over", "{n} cases and views taken over", len(brought.rows)),
        count("{n} note taken over", "{n} notes taken over", len(brought.notes)),
        count("{n} is here already", "{n} are here already", brought.known),
        *_other_words(brought.other_words),
        *(named(_("Left out"), problem.told(_)) for problem in brought.problems),
    ]
    nothing = not (brought.rows or brought.notes)
    if nothing or signing.signed(lambda s, who: case_file.store_all(s, brought, who)):
        st.session_state[_TAKEN] = lines
        st.rerun()
