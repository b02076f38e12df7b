"""Preview of a pack before it is made: its sections with their numbers, its first page."""

from __future__ import annotations

import streamlit as st

from events.filters import Filters
from exports.pack.content import Content, content
from exports.pack.lead import LeadPart
from exports.selection import select
from pages.shared import detail
from pages.shell import counting, look, open_case
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, number
from pages.shell.store_access import query, reports


def draw(filters: Filters, title: str, marking: str, with_notes: bool) -> None:
    """Sections and first page of the pack; for a large store only quick counts."""
    if detail.is_large(filters):
        _large(filters)
        return
    case = open_case.notes_of()
    key = (query().version(), filters, current(), with_notes, case)
    told = _kept(key, filters, with_notes, case)
    _sections(told)
    _first_page(told, title, marking)


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(key: tuple[object, ...], _filters: Filters, _notes: bool, _case: str) -> Content:
    """The content of the pack, cached by `key`: store, filters, language, notes."""
    return content(select(reports(), _filters, lang=current(), notes=_notes, case=_case))


def _large(filters: Filters) -> None:
    account = reports().account(filters)
    rows = [
        (_("Events and sources"), counting.told(account)),
        (_("Sources"), count("{n} article", "{n} articles", account.articles)),
        (_("Without a date"), number(account.undated)),
        (_("Without a place"), number(account.unlocated)),
        (_("Left out"), number(account.loaded - account.shown)),
    ]
    _table(rows)
    look.note(_("So many events are put in order only when the pack is made."))


def _sections(told: Content) -> None:
    """One line per section of the slides, the document and the web page."""
    undated, unplaced = told.receipt.undated, told.receipt.unlocated
    left_out = sum(value for _reason, value in told.receipt.left_out)
    stories = number(told.stories)
    key = _("{shown} of {all} events").format(shown=number(len(told.key)), all=stories)
    pairs = _("{shown} of {all} pairs of actors").format(
        shown=number(len(told.dyads)), all=number(told.dyads_all)
    )
    hidden = count(
        "{n} report left out by the filters", "{n} reports left out by the filters", left_out
    )
    rows = [
        (_("Key events"), key),
        *((part.title, count("{n} row", "{n} rows", len(part.rows))) for part in told.parts),
        (_("Timeline"), _with_without(told.events - undated, undated, _("without a date"))),
        (_("Where"), _with_without(told.events - unplaced, unplaced, _("without a place"))),
        (_("Who acts on whom"), pairs),
        (_("Events and sources"), _with_reports(told)),
        (_("Receipt"), hidden),
    ]
    _table(rows)


def _with_without(having: int, lacking: int, words: str) -> str:
    return f"{count('{n} report', '{n} reports', having)} · {number(lacking)} {words}"


def _with_reports(told: Content) -> str:
    shown = _("{shown} of {all} events").format(
        shown=number(len(told.table)), all=number(told.stories)
    )
    reports = count("{n} report", "{n} reports", told.events)
    articles = count("{n} article", "{n} articles", told.receipt.articles)
    return f"{shown} · {reports} · {articles}"


def _table(rows: list[tuple[str, str]]) -> None:
    head = escaped(_("What the pack will hold"))
    cells = "".join(
        f"<tr><td>{escaped(name)}</td><td>{escaped(value)}</td></tr>" for name, value in rows
    )
    st.html(f'<p class="fr-head">{head}</p><table class="fr-table">{cells}</table>')


def _first_page(told: Content, title: str, marking: str) -> None:
    """Head and bottom line of the document, as they will stand in it."""
    facts = "".join(f'<p class="fr-small">{escaped(fact)}</p>' for fact in told.facts)
    mark = f'<p class="fr-small"><b>{escaped(marking)}</b></p>' if marking else ""
    parts = "".join(_lead(part) for part in told.lead)
    st.html(
        f'<p class="fr-head">{escaped(_("First page"))}</p><div class="fr-sheet">{mark}'
        f'<p class="fr-title">{escaped(title or told.title)}</p>'
        f'<p class="fr-sub">{escaped(told.subtitle)}</p>{facts}{parts}</div>'
    )


def _lead(part: LeadPart) -> str:
    lines = "".join(
        f'<p class="fr-key">{escaped(line.text)}<br><small>{escaped(line.credit)}</small></p>'
        for line in part.lines
    )
    nothing = f'<p class="fr-small">{escaped(part.nothing)}</p>'
    return f'<p class="fr-head">{escaped(part.heading)}</p>{lines or nothing}'
